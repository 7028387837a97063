"""How people sign in: one's own connections, an organisation's providers and rules, and who uses which provider."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from samordna.core.actor import Actor
from samordna.core.assurance import PASSWORD
from samordna.domain.admissions.models import AffiliationRule, GivenHolding, Identity, ProviderUse
from samordna.domain.admissions.providers import Provider, providers
from samordna.domain.organisations.access import organisation_for, visible_organisations


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """One way that somebody signs in by a provider; `provider` is its name, or its id when it is no longer configured."""

    id: str
    provider_id: str
    provider: str
    affiliations: tuple[str, ...]
    seen_at: datetime


def identities_of(actor: Actor) -> tuple[Connection, ...]:
    """The actor's own connections to providers."""
    rows = Identity.objects.filter(person_id=actor.person_id or "").order_by("provider", "pk")
    return tuple(
        Connection(
            id=row.pk,
            provider_id=row.provider,
            provider=_name(row.provider),
            affiliations=tuple(row.affiliations),
            seen_at=row.seen_at,
        )
        for row in rows
    )


def _name(provider_id: str) -> str:
    provider = providers().get(provider_id)
    return provider.name if provider else provider_id


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleRow:
    """One rule, and how many hold the role by it now."""

    id: str
    affiliation: str
    role: str
    holders: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderRow:
    """One provider, and who uses it."""

    id: str
    name: str
    kind: str
    level: int
    vouches_for: tuple[str, ...]
    used: bool
    organisations: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningIn:
    """How an organisation's people sign in."""

    organisation_id: str
    organisation: str
    number: str
    providers: tuple[ProviderRow, ...]
    rules: tuple[RuleRow, ...]

    @property
    def used(self) -> tuple[ProviderRow, ...]:
        """The providers whose word counts here."""
        return tuple(row for row in self.providers if row.used)


def signing_in(actor: Actor, organisation_id: str, at: datetime) -> SigningIn:
    """The organisation's providers and rules, for its administrator."""
    organisation = organisation_for(actor, organisation_id, "organisation.administer", at)
    rows = AffiliationRule.objects.filter(role__organisation=organisation, ended_at__isnull=True)
    rules = list(rows.select_related("role").order_by("affiliation", "role__name", "pk"))
    held: dict[str, int] = defaultdict(int)
    running = GivenHolding.objects.filter(rule__in=rules, holding__valid_to__isnull=True)
    for rule_id in running.values_list("rule_id", flat=True):
        held[rule_id] += 1
    return SigningIn(
        organisation_id=organisation.pk,
        organisation=organisation.name,
        number=organisation.number,
        providers=provider_rows(actor, at, organisation.pk),
        rules=tuple(
            RuleRow(id=rule.pk, affiliation=rule.affiliation, role=rule.role.name, holders=held[rule.pk]) for rule in rules
        ),
    )


def provider_rows(actor: Actor, at: datetime, own: str = "") -> tuple[ProviderRow, ...]:
    """Every configured provider with the organisations that use it, by name; nothing for whoever may not read of those."""
    seen = visible_organisations(actor, at)
    uses = ProviderUse.objects.filter(ended_at__isnull=True, organisation__in=seen)
    using: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for provider, pk, name in uses.order_by("organisation__name", "pk").values_list(
        "provider", "organisation_id", "organisation__name"
    ):
        using[provider].append((pk, name))
    found = sorted(providers().values(), key=lambda provider: provider.name.casefold())
    return tuple(_row(provider, using[provider.id], own) for provider in found)


def _row(provider: Provider, using: list[tuple[str, str]], own: str) -> ProviderRow:
    return ProviderRow(
        id=provider.id,
        name=provider.name,
        kind="OpenID Connect" if provider.kind == "oidc" else "SAML 2.0",
        level=max([provider.level, *provider.levels.values(), PASSWORD]),
        vouches_for=provider.vouches_for_email,
        used=any(pk == own for pk, _name in using),
        organisations=tuple(using),
    )
