"""Who may see and lead which collaboration, and the facts every later step's access starts from."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor, Duty
from samordna.core.errors import Absent, Forbidden
from samordna.core.policy import Allow, Facts, Span, Thing
from samordna.core.reading import once_per_reading, once_until_written
from samordna.domain.collaborations.enums import CollaborationState, MandateForm
from samordna.domain.collaborations.models import (
    Area,
    Collaboration,
    CollaborationRole,
    Exemption,
    Goal,
    Mandate,
    Participation,
    Party,
    PicturePoint,
)
from samordna.domain.organisations.access import holding_spans, insist


@once_until_written
def facts_for(actor: Actor) -> Facts:
    """What policy needs to know about this actor: three small queries, whatever the tables hold."""
    participations = _participations(actor.organisation_id)
    return Facts(holdings=holding_spans(actor), participations=participations, coordinates=_coordinates(actor))


@once_until_written
def _participations(organisation_id: str | None) -> dict[tuple[str, str], frozenset[Span]]:
    if organisation_id is None:
        return {}
    found: dict[tuple[str, str], set[Span]] = defaultdict(set)
    rows = Participation.objects.filter(organisation_id=organisation_id).order_by()
    for collaboration, joined, left in rows.values_list("collaboration_id", "joined_on", "left_on"):
        found[(organisation_id, collaboration)].add(Span(start=joined, end=left))
    return {key: frozenset(spans) for key, spans in found.items()}


def _coordinates(actor: Actor) -> dict[tuple[str, str], frozenset[Span]]:
    if actor.role_id is None or Duty.COORDINATE not in actor.duties:
        return {}
    rows = Collaboration.objects.filter(coordinator_role_id=actor.role_id).order_by()
    # The role prepares the collaboration before its first day, so only the end bounds what it may lead.
    return {(actor.role_id, pk): frozenset({Span(end=end)}) for pk, end in rows.values_list("pk", "valid_to")}


def thing_of(collaboration: Collaboration) -> Thing:
    """The collaboration as policy sees it."""
    return Thing(
        collaboration_id=collaboration.pk,
        organisation_id=collaboration.host_id,
        superior_id=collaboration.superior_id,
        parent_id=collaboration.parent_id,
        draft=collaboration.state == CollaborationState.PLANNED,
    )


def permit(actor: Actor, action: str, thing: Thing, at: datetime | None = None) -> Allow:
    """Decide over all facts; raises `Absent` or `Refused`."""
    return insist(actor, action, thing, facts_for(actor), at)


def collaboration_for(
    actor: Actor, collaboration_id: str, action: str = "collaboration.read", at: datetime | None = None
) -> Collaboration:
    """The collaboration, if the actor may do this with it."""
    found = Collaboration.objects.filter(pk=collaboration_id).select_related("host", "coordinator_role", "superior")
    collaboration = found.order_by().first()
    if collaboration is None:
        raise Absent
    permit(actor, action, thing_of(collaboration), at)
    return collaboration


def reach(actor: Actor, at: datetime | None = None) -> tuple[list[str], list[str]]:
    """Ids of the collaborations the actor's organisation takes part in now, and of those its role coordinates.

    The first step of every list: later lists filter on these ids, so that a list costs the same whatever the tables hold.
    """
    on = clock.day(at or clock.now())
    facts = facts_for(actor)
    if not any(span.at(on) for spans in facts.holdings.values() for span in spans):
        return [], []
    taking_part = [key[1] for key, spans in facts.participations.items() if any(span.at(on) for span in spans)]
    coordinated = [key[1] for key, spans in facts.coordinates.items() if any(span.at(on) for span in spans)]
    return taking_part, coordinated


def once_in(actor: Actor, at: datetime | None = None) -> list[str]:
    """Ids of the collaborations that the actor's organisation takes part in or has taken part in."""
    on = clock.day(at or clock.now())
    facts = facts_for(actor)
    if not any(span.at(on) for spans in facts.holdings.values() for span in spans):
        return []
    joined = facts.participations.items()
    return [key[1] for key, spans in joined if any(span.start is None or span.start <= on for span in spans)]


def visible_collaborations(actor: Actor, at: datetime | None = None) -> QuerySet[Collaboration]:
    """The collaborations the actor may read: exactly those that `collaboration_for` gives."""
    if actor.system:
        return Collaboration.objects.all()
    taking_part, coordinated = reach(actor, at)
    on = clock.day(at or clock.now())
    held = any(span.at(on) for spans in holding_spans(actor).values() for span in spans)
    above = Q(superior_id=actor.organisation_id) if held and actor.organisation_id else Q(pk__in=[])
    shared = ~Q(state=CollaborationState.PLANNED)
    within = Q(parent_id__in=coordinated)
    return Collaboration.objects.filter(Q(pk__in=coordinated) | ((Q(pk__in=taking_part) | above | within) & shared))


def seen_collaborations(actor: Actor, at: datetime | None = None) -> frozenset[str]:
    """The ids of those, asked once for a whole page: what lies in collaborations filters on them."""
    return _seen_on(actor, clock.day(at or clock.now()))


@once_per_reading
def _seen_on(actor: Actor, on: date) -> frozenset[str]:
    return frozenset(visible_collaborations(actor, clock.noon(on)).order_by().values_list("pk", flat=True))


def mandate_for(actor: Actor, mandate_id: str, action: str = "collaboration.read", at: datetime | None = None) -> Mandate:
    """The mandate, if the actor may do this with it; it belongs to the organisation that gave it.

    What is delegated from the collaboration that this one lies in, the coordinator there takes back or ends.
    """
    within = ("collaboration__coordinator_role", "collaboration__superior", "collaboration__parent")
    related = (*within, "giver", "holder_role__organisation")
    mandate = Mandate.objects.select_related(*related).filter(pk=mandate_id).order_by().first()
    if mandate is None:
        raise Absent
    if mandate.form == MandateForm.DELEGATED and action == "mandate.give":
        action = "mandate.delegate"
    _permit_own(actor, mandate.collaboration, mandate.giver_id, action, at)
    return mandate


def participation_for(
    actor: Actor, participation_id: str, action: str = "collaboration.read", at: datetime | None = None
) -> Participation:
    """An organisation's taking part, if the actor may do this with it; it belongs to the organisation."""
    related = ("collaboration__superior", "organisation", "party")
    participation = Participation.objects.select_related(*related).filter(pk=participation_id).order_by().first()
    if participation is None:
        raise Absent
    _permit_own(actor, participation.collaboration, participation.organisation_id, action, at)
    return participation


def party_for(actor: Actor, party_id: str, action: str = "collaboration.read", at: datetime | None = None) -> Party:
    """The party, if the actor may do this with it; what belongs to the superior is asked for as `mandate.give`."""
    party = Party.objects.select_related("collaboration__superior").filter(pk=party_id).order_by().first()
    if party is None:
        raise Absent
    _permit_own(actor, party.collaboration, party.collaboration.superior_id, action, at)
    return party


def exemption_for(
    actor: Actor, exemption_id: str, action: str = "collaboration.read", at: datetime | None = None
) -> Exemption:
    """The exemption, if the actor may do this with its party."""
    exemption = (
        Exemption.objects.select_related("party__collaboration__superior").filter(pk=exemption_id).order_by().first()
    )
    if exemption is None:
        raise Absent
    collaboration = exemption.party.collaboration
    _permit_own(actor, collaboration, collaboration.superior_id, action, at)
    return exemption


def area_for(actor: Actor, area_id: str, action: str = "collaboration.read", at: datetime | None = None) -> Area:
    """The subject area, if the actor may do this with its collaboration."""
    area = Area.objects.select_related("collaboration").filter(pk=area_id).order_by().first()
    if area is None:
        raise Absent
    permit(actor, action, thing_of(area.collaboration), at)
    return area


def carried_for(
    actor: Actor, collaboration_role_id: str, action: str = "collaboration.read", at: datetime | None = None
) -> CollaborationRole:
    """The collaboration's own role, if the actor may do this with its collaboration."""
    carried = CollaborationRole.objects.select_related("collaboration").filter(pk=collaboration_role_id).order_by().first()
    if carried is None:
        raise Absent
    permit(actor, action, thing_of(carried.collaboration), at)
    return carried


def contribution_for(actor: Actor, collaboration_id: str, at: datetime | None = None) -> tuple[Collaboration, str | None]:
    """The collaboration, and whose view the actor tells in it: its organisation's, or the coordination's (None)."""
    collaboration = collaboration_for(actor, collaboration_id, at=at)
    own = replace(thing_of(collaboration), organisation_id=actor.organisation_id)
    permit(actor, "collaboration.contribute", own, at)
    coordinates = actor.system or actor.role_id == collaboration.coordinator_role_id
    return collaboration, None if coordinates else actor.organisation_id


def sponsoring_for(actor: Actor, collaboration_id: str, at: datetime | None = None) -> Collaboration:
    """The collaboration, if the actor may name the sponsor of its own organisation there."""
    collaboration = collaboration_for(actor, collaboration_id, at=at)
    permit(actor, "sponsor.name", replace(thing_of(collaboration), organisation_id=actor.organisation_id), at)
    return collaboration


def check_may_remove(actor: Actor, point_id: str, at: datetime | None = None) -> PicturePoint:
    """The point of the shared picture, for the coordinator and for the organisation that added it."""
    related = ("collaboration__host", "collaboration__coordinator_role", "collaboration__superior")
    point = PicturePoint.objects.select_related(*related).filter(pk=point_id).order_by().first()
    if point is None:
        raise Absent
    _collaboration, organisation_id = contribution_for(actor, point.collaboration_id, at)
    if organisation_id is not None and organisation_id != point.organisation_id:
        raise Forbidden(_("Only the coordinator, or the organisation that added the point, takes it away."))
    return point


def goal_for(actor: Actor, goal_id: str, action: str = "collaboration.read", at: datetime | None = None) -> Goal:
    """The goal, if the actor may do this with its collaboration."""
    related = ("collaboration__host", "collaboration__coordinator_role", "collaboration__superior")
    goal = Goal.objects.select_related(*related).filter(pk=goal_id).order_by().first()
    if goal is None:
        raise Absent
    permit(actor, action, thing_of(goal.collaboration), at)
    return goal


def check_may_start(actor: Actor, host_id: str, at: datetime | None = None) -> None:
    """May the actor start a collaboration led from this organisation? Whoever holds a role is told why not."""
    permit(actor, "organisation.read", Thing(), at)
    try:
        permit(actor, "collaboration.start", Thing(organisation_id=host_id), at)
    except Absent as absent:
        raise Forbidden(_("Only a coordinator starts a collaboration, and leads it from its own organisation.")) from absent


def check_may_give(actor: Actor, collaboration: Collaboration, giver_id: str, at: datetime | None = None) -> None:
    """May the actor give a mandate in this organisation's name? The collaboration is fetched with the right to read it."""
    permit(actor, "mandate.give", replace(thing_of(collaboration), organisation_id=giver_id), at)


def framed_for(
    actor: Actor, collaboration_id: str, action: str = "mandate.delegate", at: datetime | None = None
) -> Collaboration:
    """A collaboration that lies in another, for the coordinator of that one; raises `Absent` and `Refused` as others do."""
    collaboration = collaboration_for(actor, collaboration_id, at=at)
    permit(actor, action, thing_of(collaboration), at)
    return collaboration


def _permit_own(
    actor: Actor, collaboration: Collaboration, organisation_id: str | None, action: str, at: datetime | None
) -> None:
    """Reading first, so that a refused act says nothing to those who may not know of it."""
    permit(actor, "collaboration.read", thing_of(collaboration), at)
    if action != "collaboration.read":
        permit(actor, action, replace(thing_of(collaboration), organisation_id=organisation_id), at)
