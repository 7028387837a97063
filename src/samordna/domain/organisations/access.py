"""Who acts as what, and which organisations' affairs they may look after."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from hashlib import sha256

from django.db.models import QuerySet

from samordna.core import assurance, clock
from samordna.core.actor import Actor, Via
from samordna.core.errors import Absent, Forbidden, Refused
from samordna.core.policy import Allow, Facts, Span, Thing, decide
from samordna.core.reading import once_until_written
from samordna.core.refusals import sentence_for
from samordna.domain.organisations.enums import DUTIES, RoleKind
from samordna.domain.organisations.models import (
    ApiToken,
    Carried,
    ContactPath,
    Holding,
    Organisation,
    Person,
    Reorganisation,
    Role,
    Side,
)


@once_until_written
def holding_spans(actor: Actor) -> dict[tuple[str, str], frozenset[Span]]:
    """When the holding that the actor acts as runs; bounded by the role's own life, the organisation's, and, for a deputy,
    by the holding of the one it stands in for."""
    if actor.person_id is None or actor.role_id is None:
        return {}
    held = Holding.objects.filter(
        pk=actor.holding_id, person_id=actor.person_id, role_id=actor.role_id, person__is_active=True
    )
    rows = held.order_by().values_list(
        *("valid_from", "role__valid_from", "role__organisation__valid_from"),
        *("valid_to", "role__valid_to", "role__organisation__valid_to", "deputy_of__valid_to"),
    )
    spans = frozenset(Span(start=max(row[:3]), end=_earliest(*row[3:])) for row in rows)
    return {(actor.person_id, actor.role_id): spans}


def running_holdings(holding_ids: Iterable[str], on: date) -> set[tuple[str, str, str]]:
    """Of these holdings those that run on the day, of persons who may sign in, as (holding, person, role): one query."""
    rows = Holding.objects.on(on).filter(pk__in=list(holding_ids), person__is_active=True)
    return set(rows.values_list("pk", "person_id", "role_id"))


def _earliest(*days: date | None) -> date | None:
    return min((day for day in days if day is not None), default=None)


def actor_of(holding: Holding, via: Via = Via.SESSION, *, may_write: bool = True, assurance: int = 0) -> Actor:
    """The holding's person as its holder. `holding.role` should be loaded with it."""
    return Actor(
        via=via,
        person_id=holding.person_id,
        holding_id=holding.pk,
        role_id=holding.role_id,
        organisation_id=holding.role.organisation_id,
        duties=DUTIES[RoleKind(holding.role.kind)],
        may_write=may_write,
        assurance=assurance,
    )


def token_digest(secret: str) -> str:
    """What is kept of an API token: SHA-256 is enough for a random secret, and lets it be found by an index."""
    return sha256(secret.encode()).hexdigest()


def actor_of_token(secret: str, at: datetime | None = None) -> Actor | None:
    """Who acts by this API token; None when it is unknown, revoked, expired, or its holding no longer runs."""
    at = at or clock.now()
    tokens = ApiToken.objects.select_related("holding__role", "holding__person")
    token = tokens.filter(digest=token_digest(secret), revoked_at__isnull=True, expires_at__gt=at).first()
    if token is None or not token.holding.person.is_active:
        return None
    if not Holding.objects.on(clock.day(at)).filter(pk=token.holding_id).exists():
        return None
    return actor_of(token.holding, Via.TOKEN, may_write=token.may_write)


def signed_in_without_role(person: Person) -> Actor:
    """Somebody with an account but no role now: may look after the account and nothing else."""
    return Actor(via=Via.SESSION, person_id=person.pk)


def holdings_now(person: Person, at: datetime | None = None) -> QuerySet[Holding]:
    """The roles that the person may act in now, with role and organisation loaded."""
    on = clock.day(at or clock.now())
    running = Holding.objects.on(on).filter(person=person)
    return running.select_related("role__organisation").order_by("role__organisation__name", "role__name", "pk")


def holding_of(person_id: str | None, holding_id: str) -> Holding | None:
    """One of the person's own holdings, also one that has ended, with role and organisation loaded."""
    return Holding.objects.filter(pk=holding_id, person_id=person_id).select_related("role__organisation").first()


def permit(actor: Actor, action: str, thing: Thing, at: datetime | None = None) -> Allow:
    """Decide over the organisations' own facts; raises `Absent` or `Refused`."""
    facts = Facts(holdings=holding_spans(actor), participations={}, coordinates={})
    return insist(actor, action, thing, facts, at)


def insist(actor: Actor, action: str, thing: Thing, facts: Facts, at: datetime | None = None) -> Allow:
    """`decide`, with a denial turned into `Absent` (answered as if the thing did not exist) or `Refused` (a sentence)."""
    verdict = decide(actor, action, thing, facts, clock.day(at or clock.now()))
    if isinstance(verdict, Allow):
        if not assurance.suffices(actor, action):
            raise Forbidden(assurance.lacking(actor, action))
        return verdict
    if verdict.hidden:
        raise Absent
    raise Forbidden(sentence_for(verdict))


def organisation_for(
    actor: Actor, organisation_id: str, action: str = "organisation.read", at: datetime | None = None
) -> Organisation:
    """The organisation, if the actor may do this with it."""
    organisation = Organisation.objects.filter(pk=organisation_id).order_by().first()
    if organisation is None:
        raise Absent
    permit(actor, action, Thing(organisation_id=organisation.pk), at)
    return organisation


def visible_organisations(actor: Actor, at: datetime | None = None) -> QuerySet[Organisation]:
    """The directory: everyone who holds a role may read it."""
    try:
        permit(actor, "organisation.read", Thing(), at)
    except (Absent, Refused):
        return Organisation.objects.none()
    return Organisation.objects.all()


def actor_for_holding(holding_id: str, via: Via, at: datetime | None = None) -> Actor:
    """The actor who holds this holding now, for a host's command that acts for somebody; `Absent` when nobody does."""
    on = clock.day(at or clock.now())
    held = Holding.objects.on(on).select_related("role").filter(pk=holding_id, person__is_active=True).first()
    if held is None:
        raise Absent
    return actor_of(held, via)


def role_for(actor: Actor, role_id: str, action: str = "organisation.read", at: datetime | None = None) -> Role:
    """The role, if the actor may do this with its organisation."""
    role = Role.objects.select_related("organisation").filter(pk=role_id).order_by().first()
    if role is None:
        raise Absent
    permit(actor, action, Thing(organisation_id=role.organisation_id), at)
    return role


def holding_for(actor: Actor, holding_id: str, action: str = "organisation.read", at: datetime | None = None) -> Holding:
    """The holding, if the actor may do this with it: its holder is the person it is about."""
    holding = Holding.objects.select_related("role__organisation", "person").filter(pk=holding_id).order_by().first()
    if holding is None:
        raise Absent
    permit(actor, action, Thing(organisation_id=holding.role.organisation_id, person_id=holding.person_id), at)
    return holding


def token_for(actor: Actor, token_id: str, at: datetime | None = None) -> ApiToken:
    """The key to the API, for the person it belongs to or the administrator of the organisation it acts for.

    To everybody else it is not there: keys are no part of the directory.
    """
    token = (
        ApiToken.objects.select_related("holding__role__organisation", "holding__person")
        .filter(pk=token_id)
        .order_by()
        .first()
    )
    if token is None:
        raise Absent
    holding = token.holding
    thing = Thing(organisation_id=holding.role.organisation_id, person_id=holding.person_id)
    if holding.person_id == actor.person_id:
        permit(actor, "account.change", thing, at)
        return token
    try:
        permit(actor, "organisation.administer", thing, at)
    except Refused as refused:
        raise Absent from refused
    return token


def contact_path_for(
    actor: Actor, contact_path_id: str, action: str = "organisation.read", at: datetime | None = None
) -> ContactPath:
    """The contact path, if the actor may do this with it; it belongs to the organisation of the role it leads to."""
    path = ContactPath.objects.select_related("to_role__organisation").filter(pk=contact_path_id).order_by().first()
    if path is None:
        raise Absent
    permit(actor, action, Thing(organisation_id=path.to_role.organisation_id), at)
    return path


def reorganisation_for(
    actor: Actor, reorganisation_id: str, action: str = "reorganisation.read", at: datetime | None = None
) -> Reorganisation:
    """The reorganisation, for those who hold a role in an organisation that it concerns; to others it is not there."""
    found = (
        Reorganisation.objects.prefetch_related("sides__organisation", "placements")
        .filter(pk=reorganisation_id)
        .order_by()
        .first()
    )
    if found is None:
        raise Absent
    concerned = any(side.organisation_id == actor.organisation_id for side in found.sides.all() if side.organisation_id)
    own = Thing(organisation_id=actor.organisation_id if concerned else None)
    permit(actor, "reorganisation.read", own, at)
    if action != "reorganisation.read":
        permit(actor, action, own, at)
    return found


def visible_reorganisations(actor: Actor, at: datetime | None = None) -> QuerySet[Reorganisation]:
    """The reorganisations that the actor may read: exactly those that `reorganisation_for` gives."""
    if actor.system:
        return Reorganisation.objects.all()
    try:
        permit(actor, "reorganisation.read", Thing(organisation_id=actor.organisation_id), at)
    except (Absent, Refused):
        return Reorganisation.objects.none()
    own = Side.objects.filter(organisation_id=actor.organisation_id).values("reorganisation_id")
    return Reorganisation.objects.filter(pk__in=own)


def check_may_call_off(actor: Actor, planned: Reorganisation, at: datetime | None = None) -> None:
    """While nobody has agreed to it a plan is a draft of whoever may plan; after that it takes somebody who may agree."""
    agreed = any(side.agreed_at is not None for side in planned.sides.all())
    reorganisation_for(actor, planned.pk, "reorganisation.agree" if agreed else "reorganisation.plan", at)


def carried_for(actor: Actor, carried_id: str, action: str = "reorganisation.read", at: datetime | None = None) -> Carried:
    """What an organisation is asked about, for that organisation alone."""
    row = Carried.objects.select_related("reorganisation", "of", "to").filter(pk=carried_id).order_by().first()
    if row is None or (row.to_id != actor.organisation_id and not actor.system):
        raise Absent
    own = Thing(organisation_id=row.to_id)
    permit(actor, "reorganisation.read", own, at)
    if action != "reorganisation.read":
        permit(actor, action, own, at)
    return row
