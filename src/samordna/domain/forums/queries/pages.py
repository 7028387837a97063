"""Forums as pages and the API show them: the list, and one forum."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from django.db.models import Prefetch, QuerySet

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.reading import once_per_reading
from samordna.domain.collaborations.access import reach, seen_collaborations, visible_collaborations
from samordna.domain.collaborations.authority import ruling
from samordna.domain.collaborations.models import Area, Collaboration, Participation
from samordna.domain.collaborations.queries.rulings import facts_of
from samordna.domain.forums.access import forum_for, owners_of, visible_forums
from samordna.domain.forums.choosing import PartyOn, areas_within, parties_of, preparers_within, roles_within
from samordna.domain.forums.enums import VOTING, Formality, ForumKind, Power, Rhythm, SeatTask
from samordna.domain.forums.mandate import reach_of
from samordna.domain.forums.models import Forum, JointDay, Ownership, Routine, Seat
from samordna.domain.forums.phrases import joint_day_sentence, reach_sentence, routine_sentences
from samordna.domain.forums.queries.rows import DayRow, ForumPage, ForumRow, OwnerRow, ReachRow, RoutineRow, SeatRow
from samordna.domain.forums.rules import holding_on, joint_dates
from samordna.domain.organisations.enums import HoldingKind
from samordna.domain.organisations.models import Holding, Role

NEXT_DATES = 3
OWNERS = Prefetch(
    "ownerships",
    Ownership.objects.filter(ended_at__isnull=True).select_related("collaboration"),
    to_attr="running_ownerships",
)


def forums_of(actor: Actor, at: datetime, collaboration_id: str = "") -> tuple[ForumRow, ...]:
    """The forums the actor may read, of one collaboration or all: its own first, closed ones last; a constant number of
    queries."""
    found = visible_forums(actor, at)
    if collaboration_id:
        within = visible_collaborations(actor, at).filter(pk=collaboration_id)
        found = found.filter(ownerships__collaboration__in=within, ownerships__ended_at__isnull=True)
    rows = [_row(actor, forum, at) for forum in found.prefetch_related(OWNERS).order_by("name", "pk")]
    return tuple(sorted(rows, key=lambda row: (row.closed_on is not None, not row.asked, not row.mine, row.name)))


@once_per_reading
def _my_seats(role_id: str) -> dict[str, str]:
    rows = Seat.objects.filter(role_id=role_id, valid_to__isnull=True)
    return dict(rows.values_list("forum_id", "task"))


def _running(forum: Forum) -> list[Ownership]:
    """What `OWNERS` has fetched."""
    found: list[Ownership] = getattr(forum, "running_ownerships", [])
    return found


def _row(actor: Actor, forum: Forum, at: datetime) -> ForumRow:
    seen, (_joined, led) = seen_collaborations(actor, at), reach(actor, at)
    running = _running(forum)
    owners = tuple(_owner(each, led) for each in running if each.collaboration_id in seen)
    task = _my_seats(actor.role_id or "").get(forum.pk, "")
    return ForumRow(
        id=forum.pk,
        name=forum.name,
        kind=forum.kind,
        kind_label=str(ForumKind(forum.kind).label),
        formality=forum.formality,
        formality_label=str(Formality(forum.formality).label),
        power=forum.power,
        power_label=str(Power(forum.power).label),
        rhythm=forum.rhythm,
        rhythm_label=str(Rhythm(forum.rhythm).label),
        rhythm_note=forum.rhythm_note,
        place=forum.place,
        owners=owners,
        unseen_owners=sum(each.accepted_at is not None for each in running) - sum(owner.accepted for owner in owners),
        mine=bool(task) or (actor.role_id is not None and forum.prepares_id == actor.role_id),
        my_task=str(SeatTask(task).label) if task else "",
        asked=any(owner.leads and not owner.accepted for owner in owners) and forum.closed_on is None,
        closed_on=forum.closed_on,
    )


def _owner(owner: Ownership, led: Collection[str]) -> OwnerRow:
    given = owner.collaboration
    accepted, leads = owner.accepted_at is not None, given.pk in led
    return OwnerRow(id=given.pk, name=given.name, accepted=accepted, leads=leads)


def forum_page(actor: Actor, forum_id: str, at: datetime) -> ForumPage:
    """The forum, whole: a constant number of queries for each collaboration that owns it."""
    given, on = forum_for(actor, forum_id, at=at), clock.day(at)
    forum = Forum.objects.select_related("prepares__organisation").prefetch_related(OWNERS, "areas").get(pk=given.pk)
    owners, seen = _running(forum), seen_collaborations(actor, at)
    rows = _seats(actor, forum, owners, on)
    holders, deputies = _holders({forum.prepares_id}, on)
    routines = _routines(forum)
    held = holding_on(routines, on)
    prepares = forum.prepares
    return ForumPage(
        row=_row(actor, forum, at),
        purpose=forum.purpose,
        prepares_role_id=prepares.pk,
        prepares=f"{prepares.name}, {prepares.organisation.name}",
        prepared_by=(*holders[prepares.pk], *deputies[prepares.pk]),
        area_ids=tuple(area.pk for area in forum.areas.all() if area.collaboration_id in seen),
        seats=_sitting(rows),
        former=tuple(row for row in rows if row.valid_to is not None),
        routine=held,
        routines=tuple(routines),
        days=tuple(_day(day, on) for day in forum.joint_days.all() if _goes_on(day, forum, on)),
        reaches=tuple(_reaches(actor, forum, owners, at)),
        closed_reason=forum.closed_reason,
        on=on,
    )


def seats_of(actor: Actor, forum: Forum, at: datetime) -> tuple[SeatRow, ...]:
    """Who sits in the forum, which the caller may read: five queries."""
    return _sitting(_seats(actor, forum, owners_of(forum), clock.day(at)))


def _sitting(rows: Iterable[SeatRow]) -> tuple[SeatRow, ...]:
    return tuple(sorted((row for row in rows if row.valid_to is None), key=_seat_order))


def _seats(actor: Actor, forum: Forum, owners: Sequence[Ownership], on: date) -> list[SeatRow]:
    found = list(forum.seats.select_related("role__organisation").order_by("valid_from", "pk"))
    holders, deputies = _holders({seat.role_id for seat in found}, on)
    within = set(roles_within(owners, on).values_list("pk", flat=True))
    party_on = parties_of(owners, {seat.role.organisation_id for seat in found})
    return [replace(_seat(seat, actor, holders, deputies, within), party=_party(seat, party_on, on)) for seat in found]


def _party(seat: Seat, party_on: PartyOn, on: date) -> str:
    """For whom the role speaks; for a seat that it has left, for whom it spoke on its last day."""
    last = max(seat.valid_from, seat.valid_to - timedelta(days=1)) if seat.valid_to else on
    party = party_on(seat.role.organisation_id, min(on, last)) if seat.task in VOTING else None
    return party.name if party else ""


def _seat_order(row: SeatRow) -> tuple[int, str, str, str]:
    first = (SeatTask.CHAIR, SeatTask.MEMBER, SeatTask.DEPUTY, SeatTask.SECRETARY, SeatTask.GUEST)
    return first.index(SeatTask(row.task)), row.party, row.organisation, row.role


def _holders(role_ids: Collection[str], on: date) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """Who holds each role today, and who stands in: one query."""
    holders: dict[str, tuple[str, ...]] = defaultdict(tuple)
    deputies: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for held in Holding.objects.on(on).filter(role_id__in=role_ids).named().order_by("valid_from", "pk"):
        among = deputies if held.kind == HoldingKind.DEPUTY else holders
        among[held.role_id] += (held.known_as,)
    return holders, deputies


def _seat(
    seat: Seat,
    actor: Actor,
    holders: dict[str, tuple[str, ...]],
    deputies: dict[str, tuple[str, ...]],
    within: Collection[str],
) -> SeatRow:
    return SeatRow(
        id=seat.pk,
        role_id=seat.role_id,
        role=seat.role.name,
        organisation_id=seat.role.organisation_id,
        organisation=seat.role.organisation.name,
        task=seat.task,
        task_label=str(SeatTask(seat.task).label),
        party="",
        holders=holders[seat.role_id],
        deputies=deputies[seat.role_id],
        within=seat.role_id in within,
        mine=seat.role_id == actor.role_id,
        valid_from=seat.valid_from,
        valid_to=seat.valid_to,
    )


def _routines(forum: Forum) -> list[RoutineRow]:
    """The routines in the order in which they hold; of several from the same day, the one written last."""
    stored = {row.starts_on: row for row in forum.routines.order_by("starts_on", "number")}
    rows = sorted(stored.values(), key=lambda row: row.starts_on)
    ends: list[date | None] = [row.starts_on for row in rows[1:]]
    return [_routine(row, until) for row, until in zip(rows, [*ends, None], strict=True)]


def _routine(row: Routine, until: date | None) -> RoutineRow:
    return RoutineRow(
        id=row.pk,
        starts_on=row.starts_on,
        until=until,
        method=row.method,
        voice=row.voice,
        quorum=row.quorum,
        share=row.share,
        raising=row.raising,
        items_days=row.items_days,
        call_days=row.call_days,
        papers_days=row.papers_days,
        sentences=routine_sentences(row),
    )


def _goes_on(day: JointDay, forum: Forum, on: date) -> bool:
    return forum.closed_on is None and (day.valid_to is None or day.valid_to > on)


def _day(day: JointDay, on: date) -> DayRow:
    dates = joint_dates(day.weekday, day.every, day.valid_from, day.valid_to, max(on, day.valid_from), NEXT_DATES)
    return DayRow(
        id=day.pk,
        sentence=joint_day_sentence(day),
        place=day.place,
        valid_from=day.valid_from,
        valid_to=day.valid_to,
        next_on=tuple(dates),
    )


def _reaches(actor: Actor, forum: Forum, owners: Sequence[Ownership], at: datetime) -> Iterable[ReachRow]:
    """For each area, of those collaborations that the reader may see: what the forum may decide there."""
    if forum.power != Power.DECIDES:
        return
    seen, chosen = seen_collaborations(actor, at), {area.pk for area in forum.areas.all()}
    agreed = [owner.collaboration for owner in owners if owner.accepted_at and owner.collaboration_id in seen]
    areas: dict[str, list[Area]] = defaultdict(list)
    for area in areas_within(owners).order_by("name", "pk"):
        if area.pk in chosen or (not chosen and area.parent_id is None):
            areas[area.collaboration_id].append(area)
    for given in agreed:
        yield from _of_one(forum, given, areas[given.pk], at)


def _of_one(forum: Forum, given: Collaboration, areas: Sequence[Area], at: datetime) -> Iterable[ReachRow]:
    facts = facts_of(given)
    present = Participation.objects.on(clock.day(at)).filter(collaboration=given).values_list("organisation_id", flat=True)
    organisations = sorted(set(present))
    for area in areas:
        rulings = [(facts.names[one], ruling(area.pk, one, at, facts)) for one in organisations]
        reached = reach_of(forum.power, rulings)
        sentence = reach_sentence(reached, area.name)
        yield ReachRow(area_id=area.pk, area=area.name, collaboration=given.name, reach=reached, sentence=sentence)


def role_choices(actor: Actor, forum_id: str, at: datetime) -> tuple[tuple[str, str], ...]:
    """The roles that can sit in the forum, by organisation."""
    return _named(roles_within(owners_of(forum_for(actor, forum_id, at=at)), clock.day(at)))


def preparer_choices(actor: Actor, forum_id: str, at: datetime) -> tuple[tuple[str, str], ...]:
    """The roles that can prepare the forum."""
    return _named(preparers_within(owners_of(forum_for(actor, forum_id, at=at)), clock.day(at)))


def preparer_choices_in(given: Collaboration, at: datetime) -> tuple[tuple[str, str], ...]:
    """The roles that can prepare a forum that is to be set up in the collaboration, which the caller may read."""
    return _named(preparers_within([Ownership(collaboration=given, accepted_at=at)], clock.day(at)))


def _named(found: QuerySet[Role]) -> tuple[tuple[str, str], ...]:
    rows: Iterable[Role] = found.select_related("organisation").order_by("organisation__name", "name", "pk")
    return tuple((role.pk, f"{role.organisation.name}: {role.name}") for role in rows)


def area_choices(actor: Actor, forum_id: str, at: datetime) -> tuple[tuple[str, str], ...]:
    """The areas that the forum can decide on, of collaborations that the actor may see."""
    forum, seen = forum_for(actor, forum_id, at=at), seen_collaborations(actor, at)
    owners = list(forum.ownerships.filter(ended_at__isnull=True))
    several = len(owners) > 1
    rows = areas_within(owners).filter(collaboration_id__in=seen).order_by("collaboration__name", "name", "pk")
    return tuple((area.pk, f"{area.collaboration.name}: {area.name}" if several else area.name) for area in rows)
