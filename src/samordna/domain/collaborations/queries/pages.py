"""The collaboration, its mandates and the list of collaborations, as pages and the API show them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, F, Q

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.domain.collaborations.access import collaboration_for, visible_collaborations
from samordna.domain.collaborations.depth import Depth, DepthSetting, Level, effective
from samordna.domain.collaborations.enums import CollaborationState
from samordna.domain.collaborations.facts import MandateState
from samordna.domain.collaborations.models import Area, Collaboration, Exemption, Participation, Party
from samordna.domain.collaborations.phrases import (
    PRESET_MEANINGS,
    criterion_sentence,
    depth_label,
    exempted_words,
)
from samordna.domain.collaborations.queries.depths import ComingDepth, HeldDepth, coming_depth, held_depth
from samordna.domain.collaborations.queries.goals import GoalRow, goals_of
from samordna.domain.collaborations.queries.mandates import MandateRow, mandates_in
from samordna.domain.collaborations.queries.readiness import lacking_to_open, what_is_lacking
from samordna.domain.collaborations.queries.rulings import exemption_fact, setting_of
from samordna.domain.collaborations.queries.wording import fingerprints_of
from samordna.domain.organisations.queries import holder_names

UNBEGUN = (CollaborationState.PLANNED, CollaborationState.FORMING)


@dataclass(frozen=True, slots=True, kw_only=True)
class CollaborationRow:
    """One collaboration in a list."""

    id: str
    name: str
    purpose: str
    state: str
    state_label: str
    host: str
    participants: int
    coordinated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberRow:
    """One organisation's taking part. `standing`: in, coming or left."""

    participation_id: str
    organisation_id: str
    name: str
    joined_on: date
    left_on: date | None
    left_reason: str
    standing: str
    own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ExemptionRow:
    """What the superior has freed a party from: in words, why, until when. `overdue`: it should have been looked over."""

    id: str
    words: str
    reason: str
    starts_on: date
    ends_on: date | None
    review_on: date | None
    running: bool
    overdue: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyRow:
    """One voice: who speaks in it, its depth where it has one of its own, and an exemption that runs or is to come."""

    id: str
    name: str
    depth: str
    own_depth: bool
    may_leave: bool
    owes_notice: bool
    exemption: ExemptionRow | None
    members: tuple[MemberRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaRow:
    """A subject area in its tree; `level` 0 lies beneath none."""

    id: str
    name: str
    level: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WithinRow:
    """A collaboration that lies in the one shown."""

    id: str
    name: str
    state_label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CollaborationPage:
    """One collaboration, whole."""

    id: str
    name: str
    purpose: str
    target_group: str
    criteria: tuple[str, ...]
    state: str
    state_label: str
    host_id: str
    host: str
    coordinator_role: str
    coordinators: tuple[str, ...]
    superior_id: str
    superior: str
    parent_id: str
    parent: str
    within: tuple[WithinRow, ...]
    depth: str
    depth_meaning: str
    notice_days: int
    coming: ComingDepth | None
    valid_from: date
    valid_to: date | None
    parties: tuple[PartyRow, ...]
    former: tuple[MemberRow, ...]
    areas: tuple[AreaRow, ...]
    mandates: tuple[MandateRow, ...]
    goals: tuple[GoalRow, ...]
    purpose_number: int
    without_consultation: str
    lacking: tuple[str, ...]
    lacking_to_open: tuple[str, ...]
    fingerprints: dict[str, str]

    @property
    def decidable(self) -> list[tuple[str, int]]:
        """The areas in which coordination may decide now, with the number of mandates that say so."""
        running = [mandate for mandate in self.mandates if mandate.state == MandateState.IN_FORCE]
        areas = [clause.area for mandate in running for clause in mandate.clauses if clause.decides]
        return sorted((area, areas.count(area)) for area in set(areas))

    @property
    def forming(self) -> bool:
        """Is it being formed together with those who take part?"""
        return self.state == CollaborationState.FORMING

    @property
    def planned(self) -> bool:
        """Is it still being prepared?"""
        return self.state == CollaborationState.PLANNED

    @property
    def participants(self) -> int:
        """How many organisations take part now."""
        return sum(member.standing == "in" for party in self.parties for member in party.members)


def collaborations_of(actor: Actor, at: datetime, organisation_id: str = "") -> tuple[CollaborationRow, ...]:
    """The collaborations the actor may read, by name; with an organisation, those of them that it takes part in now."""
    on = clock.day(at)
    running = Q(participations__joined_on__lte=on) & (
        Q(participations__left_on__isnull=True) | Q(participations__left_on__gt=on)
    )
    found = visible_collaborations(actor, at)
    if organisation_id:
        taking_part = Participation.objects.on(on).filter(organisation_id=organisation_id).values("collaboration_id")
        found = found.filter(pk__in=taking_part)
    counted = found.annotate(count=Count("participations__organisation", filter=running, distinct=True))
    return tuple(
        CollaborationRow(
            id=row.pk,
            name=row.name,
            purpose=row.purpose,
            state=row.state,
            state_label=str(CollaborationState(row.state).label),
            host=row.host.name,
            participants=row.count,
            coordinated=row.coordinator_role_id == actor.role_id,
        )
        for row in counted.select_related("host").order_by("name", "pk")
    )


def collaboration_page(actor: Actor, collaboration_id: str, at: datetime) -> CollaborationPage:
    """The collaboration with parties, areas and mandates: a constant number of queries."""
    given, on = collaboration_for(actor, collaboration_id, at=at), clock.day(at)
    held = held_depth(given, on)
    depth = _depth(held, DepthSetting())
    parties, former = _parties(given, held, on, actor)
    return CollaborationPage(
        id=given.pk,
        name=given.name,
        purpose=given.purpose,
        target_group=given.target_group,
        criteria=tuple(criterion_sentence(row.kind, row.subject, row.operator, row.value) for row in given.criteria.all()),
        state=given.state,
        state_label=str(CollaborationState(given.state).label),
        host_id=given.host_id,
        host=given.host.name,
        coordinator_role=given.coordinator_role.name,
        coordinators=holder_names([given.coordinator_role_id], on)[given.coordinator_role_id],
        superior_id=given.superior_id or "",
        superior=given.superior.name if given.superior else "",
        parent_id=given.parent_id or "",
        parent=_parent_name(actor, given, at),
        within=_within(actor, given, at),
        depth=depth_label(depth),
        depth_meaning=str(PRESET_MEANINGS[depth.preset]) if depth.preset else "",
        notice_days=held.notice_days,
        coming=coming_depth(given, on),
        valid_from=given.valid_from,
        valid_to=given.valid_to,
        parties=parties,
        former=former,
        areas=area_tree(given),
        mandates=mandates_in(given, at, actor),
        goals=tuple(row for row in goals_of(given) if row.ended_at is None),
        purpose_number=given.purpose_number,
        without_consultation=given.without_consultation,
        lacking=what_is_lacking(given, on) if given.state in UNBEGUN else (),
        lacking_to_open=lacking_to_open(given, on) if given.state == CollaborationState.PLANNED else (),
        fingerprints=fingerprints_of(given),
    )


def _parent_name(actor: Actor, given: Collaboration, at: datetime) -> str:
    """The name of the one it is part of, for those who may read that one as well."""
    if given.parent_id is None:
        return ""
    found = visible_collaborations(actor, at).filter(pk=given.parent_id)
    return found.values_list("name", flat=True).first() or ""


def _within(actor: Actor, given: Collaboration, at: datetime) -> tuple[WithinRow, ...]:
    found = visible_collaborations(actor, at).filter(parent=given).order_by("name", "pk")
    return tuple(
        WithinRow(id=pk, name=name, state_label=str(CollaborationState(state).label))
        for pk, name, state in found.values_list("pk", "name", "state")
    )


def _depth(held: HeldDepth, own: DepthSetting, freed: DepthSetting | None = None) -> Depth:
    return effective(((Level.COLLABORATION, held.setting), (Level.PARTY, own), (Level.EXEMPTION, freed or DepthSetting())))


def _parties(
    given: Collaboration, held: HeldDepth, on: date, actor: Actor
) -> tuple[tuple[PartyRow, ...], tuple[MemberRow, ...]]:
    members: dict[str, list[MemberRow]] = defaultdict(list)
    rows = Participation.objects.filter(collaboration=given).select_related("organisation")
    for row in rows.order_by("organisation__name", "joined_on", "pk"):
        members[row.party_id].append(_member(row, on, actor))
    freed = _exemptions(given, on)
    present = {party: [m for m in rows if m.standing != "left"] for party, rows in members.items()}
    former = [member for rows in members.values() for member in rows if member.standing == "left"]
    parties = [
        _party(held, party, tuple(present[party.pk]), freed.get(party.pk), on)
        for party in Party.objects.filter(collaboration=given).order_by("name", "pk")
        if present.get(party.pk)
    ]
    return tuple(parties), tuple(former)


def _exemptions(given: Collaboration, on: date) -> dict[str, Exemption]:
    """By party, the exemption that runs, or else the next one to come."""
    found = Exemption.objects.filter(party__collaboration=given).exclude(ends_on__lte=on).exclude(ends_on=F("starts_on"))
    return {row.party_id: row for row in found.order_by("-starts_on", "-given_at")}


def _exemption_row(row: Exemption, on: date) -> ExemptionRow:
    return ExemptionRow(
        id=row.pk,
        words=exempted_words(row.ends_on, row.review_on),
        reason=row.reason,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        review_on=row.review_on,
        running=row.starts_on <= on,
        overdue=row.review_on is not None and row.review_on <= on,
    )


def _party(held: HeldDepth, party: Party, members: tuple[MemberRow, ...], freed: Exemption | None, on: date) -> PartyRow:
    own = setting_of(party.join, party.contribute, party.follow)
    running = freed is not None and freed.starts_on <= on
    depth = _depth(held, own, exemption_fact(freed).setting if freed is not None and running else None)
    return PartyRow(
        id=party.pk,
        name=party.name,
        depth=depth_label(depth),
        own_depth=own != DepthSetting(),
        may_leave=depth.may_leave,
        owes_notice=depth.notice_applies and held.notice_days > 0,
        exemption=_exemption_row(freed, on) if freed is not None else None,
        members=members,
    )


def _member(row: Participation, on: date, actor: Actor) -> MemberRow:
    coming = row.joined_on > on
    left = row.left_on is not None and row.left_on <= on
    return MemberRow(
        participation_id=row.pk,
        organisation_id=row.organisation_id,
        name=row.organisation.name,
        joined_on=row.joined_on,
        left_on=row.left_on,
        left_reason=row.left_reason,
        standing="coming" if coming else "left" if left else "in",
        own=row.organisation_id == actor.organisation_id,
    )


def area_tree(given: Collaboration) -> tuple[AreaRow, ...]:
    """The collaboration's areas as a tree read from top to bottom."""
    beneath: dict[str | None, list[Area]] = defaultdict(list)
    for area in Area.objects.filter(collaboration=given).order_by("name", "pk"):
        beneath[area.parent_id].append(area)
    found: list[AreaRow] = []

    def walk(parent: str | None, level: int) -> None:
        for area in beneath[parent]:
            found.append(AreaRow(id=area.pk, name=area.name, level=level))
            walk(area.pk, level + 1)

    walk(None, 0)
    return tuple(found)
