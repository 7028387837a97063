"""Which affiliation gives which role: the organisation's own rules, and the holdings that follow from them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from samordna.core import clock, journal
from samordna.core.actor import Actor
from samordna.core.errors import Refused, TooLarge
from samordna.core.operation import operation
from samordna.core.refusals import refusal_of
from samordna.domain.admissions.access import rule_for
from samordna.domain.admissions.affiliations import meanings, tidied
from samordna.domain.admissions.limits import MOST_RULES
from samordna.domain.admissions.models import AffiliationRule, GivenHolding, Identity, ProviderUse
from samordna.domain.admissions.operations.accepting import take_role
from samordna.domain.admissions.providers import providers
from samordna.domain.organisations.access import organisation_for, role_for
from samordna.domain.organisations.findings import Findings
from samordna.domain.organisations.models import Holding, Organisation
from samordna.domain.organisations.operations.administering import must_leave_an_administrator


def regrant(actor: Actor, identity: Identity, at: datetime) -> tuple[list[Holding], list[Holding]]:
    """Give what the rules say now, and end what they said before and no longer say.

    A role that the person holds for another reason is left as it is, and is not ended by a rule. Whoever has left the
    organisation comes back by its own word, not by a rule; and a sign-in never ends its last administrator's holding.
    """
    today, kept, given = clock.day(at), set(), []
    left = set(identity.person.memberships.filter(active=False).values_list("organisation_id", flat=True))
    for rule in _fitting(identity):
        if rule.role.organisation_id in left or not clock.active(rule.role.valid_from, rule.role.valid_to, today):
            continue
        held = Holding.objects.on(today).filter(role=rule.role, person=identity.person).first()
        if held is None:
            held = take_role(actor, rule.role, identity.person, None, at)
            GivenHolding.objects.create(holding=held, identity=identity, rule=rule)
            given.append(held)
        kept.add(held.pk)
    over = GivenHolding.objects.filter(identity=identity).exclude(pk__in=kept)
    return given, end_given(actor, over, at, spare_the_last=True)


def end_given(actor: Actor, given: QuerySet[GivenHolding], at: datetime, *, spare_the_last: bool = False) -> list[Holding]:
    """End holdings that rules gave, today; one that began today ends with the day, since a fact lasts for some time.

    Raises `Refused` when nobody would administer the organisation then, or lets the last one's holding go on.
    """
    today, ended = clock.day(at), []
    running = Q(holding__valid_to__isnull=True) | Q(holding__valid_to__gt=today)
    for row in given.filter(running).select_related("holding__role").order_by("pk"):
        holding = row.holding
        last = max(today, holding.valid_from + timedelta(days=1))
        if holding.valid_to is not None and holding.valid_to <= last:
            continue
        refusal = refusal_of(must_leave_an_administrator, holding.role.organisation_id, [holding.pk], last)
        if refusal and spare_the_last:
            continue
        if refusal:
            raise Refused(refusal)
        holding.valid_to = last
        holding.save(update_fields=["valid_to"])
        journal.record(
            actor=actor,
            action="holding_ended",
            subject_kind="holding",
            subject_id=holding.pk,
            at=at,
            role=holding.role_id,
            person=holding.person_id,
            valid_to=last.isoformat(),
        )
        ended.append(holding)
    return ended


def _fitting(identity: Identity) -> list[AffiliationRule]:
    using = ProviderUse.objects.filter(provider=identity.provider, ended_at__isnull=True).values("organisation")
    rules = AffiliationRule.objects.filter(
        affiliation__in=meanings(identity.affiliations), ended_at__isnull=True, role__organisation__in=using
    )
    return list(rules.select_related("role__organisation").order_by("affiliation", "pk"))


@operation("organisation.administer")
def use_provider(*, actor: Actor, organisation_id: str, provider: str, at: datetime | None = None) -> ProviderUse:
    """Say that the organisation's people sign in by this provider, so that its word counts for the organisation's roles."""
    organisation = organisation_for(actor, organisation_id, "organisation.administer", at)
    at = at or clock.now()
    Organisation.objects.select_for_update().get(pk=organisation_id)
    found = Findings()
    found.choice("provider", provider, list(providers()))
    found.insist()
    if ProviderUse.objects.filter(organisation=organisation, provider=provider, ended_at__isnull=True).exists():
        raise Refused(_("The organisation uses this provider already."))
    use = ProviderUse.objects.create(organisation=organisation, provider=provider, since=at)
    _record(actor, "provider_used", "organisation", organisation.pk, at, provider=provider)
    return use


@operation("organisation.administer")
def stop_using_provider(*, actor: Actor, organisation_id: str, provider: str, at: datetime | None = None) -> ProviderUse:
    """Say that the provider's word no longer counts here. Roles that it gave end; accounts stay."""
    organisation = organisation_for(actor, organisation_id, "organisation.administer", at)
    at = at or clock.now()
    rows = ProviderUse.objects.select_for_update().filter(organisation=organisation, provider=provider)
    use = rows.filter(ended_at__isnull=True).first()
    if use is None:
        raise Refused(_("The organisation does not use this provider."))
    use.ended_at = at
    use.save(update_fields=["ended_at"])
    given = GivenHolding.objects.filter(identity__provider=provider, holding__role__organisation=organisation)
    ended = end_given(actor, given, at)
    _record(actor, "provider_dropped", "organisation", organisation.pk, at, provider=provider, ended=len(ended))
    return use


@operation("organisation.administer")
def add_affiliation_rule(*, actor: Actor, role_id: str, affiliation: str, at: datetime | None = None) -> AffiliationRule:
    """Say that whoever signs in with this affiliation holds the role: `id@organisation number`, or `*@…` for everybody."""
    role = role_for(actor, role_id, "organisation.administer", at)
    at = at or clock.now()
    Organisation.objects.select_for_update().get(pk=role.organisation_id)
    found = Findings()
    meant = tidied(affiliation)
    if not meant:
        found.say("affiliation", _("Write it as anna.k@212000-1397, or as *@212000-1397 for everybody there."))
    own = AffiliationRule.objects.filter(role__organisation=role.organisation_id, ended_at__isnull=True)
    if meant and own.filter(role=role, affiliation=meant).exists():
        found.say("affiliation", _("There is such a rule already."))
    found.insist()
    if own.count() >= MOST_RULES:
        raise TooLarge(_("An organisation has at most %(most)s rules.") % {"most": MOST_RULES})
    rule = AffiliationRule.objects.create(role=role, affiliation=meant, made_at=at)
    _record(actor, "affiliation_rule_added", "affiliation_rule", rule.pk, at, role=role.pk)
    return rule


@operation("organisation.administer")
def end_affiliation_rule(*, actor: Actor, rule_id: str, at: datetime | None = None) -> AffiliationRule:
    """End a rule, and the holdings that it gave."""
    rule_for(actor, rule_id, at)
    at = at or clock.now()
    rule = AffiliationRule.objects.select_for_update().get(pk=rule_id)
    if rule.ended_at is not None:
        raise Refused(_("The rule has ended already."))
    rule.ended_at = at
    rule.save(update_fields=["ended_at"])
    ended = end_given(actor, GivenHolding.objects.filter(rule=rule), at)
    _record(actor, "affiliation_rule_ended", "affiliation_rule", rule.pk, at, role=rule.role_id, ended=len(ended))
    return rule


def _record(actor: Actor, action: str, kind: str, pk: str, at: datetime, **content: Any) -> None:
    journal.record(actor=actor, action=action, subject_kind=kind, subject_id=pk, at=at, **content)
