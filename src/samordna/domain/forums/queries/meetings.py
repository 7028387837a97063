"""Meetings and agendas as pages and the API show them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.refusals import refusal_of
from samordna.domain.collaborations.access import seen_collaborations
from samordna.domain.collaborations.authority import ruling
from samordna.domain.collaborations.facts import AuthorityFacts
from samordna.domain.collaborations.models import Collaboration, Participation
from samordna.domain.collaborations.queries.rulings import facts_of
from samordna.domain.forums.access import (
    RAISE,
    forum_for,
    item_for,
    meeting_for,
    permit_forum,
    prepares,
    visible_forums,
)
from samordna.domain.forums.deadlines import routine_of, why_not_raised
from samordna.domain.forums.enums import AHEAD, ItemKind, ItemState, MeetingState
from samordna.domain.forums.happened import (
    happened_to,
    must_not_be_opened,
    must_not_go_on,
    why_staying,
    why_waiting,
)
from samordna.domain.forums.mandate import Reach, reach_of
from samordna.domain.forums.models import Forum, Item, Meeting, Paper, Routine
from samordna.domain.forums.phrases import reach_sentence
from samordna.domain.forums.queries.meeting_rows import Deadline, ItemRow, MeetingPage, MeetingRow, PaperRow
from samordna.domain.forums.queries.pages import seats_of
from samordna.domain.forums.rules import last_day
from samordna.domain.matters.access import visible_matters

RELATED = (
    "meeting",
    "owner_role__organisation",
    "matter",
    "area__collaboration",
    "raised_for",
    "raised_by__role",
    "carried_to",
)
PAPERS = Prefetch("papers", Paper.objects.filter(removed_at__isnull=True))
MOST_PAST = 30
MOST_NEXT = 8
MOST_OFFERED = 12
"""So many of the next meetings are offered to carry an item over to; from the backlog any meeting's own page takes it."""


def meeting_row(meeting: Meeting) -> MeetingRow:
    """One meeting in a list; its forum fetched with it."""
    return MeetingRow(
        id=meeting.pk,
        forum_id=meeting.forum_id,
        forum=meeting.forum.name,
        title=meeting.title,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        place=meeting.place,
        link=meeting.link,
        state=meeting.state,
        state_label=str(MeetingState(meeting.state).label),
    )


def meetings_of(actor: Actor, at: datetime, forum_id: str = "") -> tuple[MeetingRow, ...]:
    """The meetings that are still to come, the nearest first: of one forum, or of all that the actor may read."""
    found = Meeting.objects.filter(forum__in=visible_forums(actor, at), state__in=AHEAD).select_related("forum")
    if forum_id:
        found = found.filter(forum_id=forum_id)
    return tuple(map(meeting_row, found.order_by("starts_at", "pk")))


def next_meetings(actor: Actor, forum_ids: Collection[str], at: datetime) -> tuple[MeetingRow, ...]:
    """The nearest few meetings of these forums, as far as the actor may read them."""
    found = Meeting.objects.filter(forum__in=visible_forums(actor, at), forum_id__in=forum_ids, state__in=AHEAD)
    return tuple(map(meeting_row, found.select_related("forum").order_by("starts_at", "pk")[:MOST_NEXT]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """What a forum has before it and behind it. `raising`: why the actor may not raise an item, or ""."""

    coming: tuple[MeetingRow, ...]
    past: tuple[MeetingRow, ...]
    backlog: tuple[ItemRow, ...]
    raising: str


def ahead_of(actor: Actor, forum_id: str, at: datetime) -> Ahead:
    """The forum's meetings and its backlog: a constant number of queries."""
    forum = forum_for(actor, forum_id, at=at)
    rows = Meeting.objects.filter(forum=forum).select_related("forum")
    past = rows.exclude(state__in=AHEAD).order_by("-starts_at", "pk")[:MOST_PAST]
    return Ahead(
        coming=tuple(map(meeting_row, rows.filter(state__in=AHEAD).order_by("starts_at", "pk"))),
        past=tuple(map(meeting_row, past)),
        backlog=_items(actor, forum, None, _open(Item.objects.filter(forum=forum, meeting=None)), at),
        raising=refused_to_raise(actor, forum, None, at),
    )


def _open(found: QuerySet[Item]) -> QuerySet[Item]:
    return found.filter(state=ItemState.OPEN)


def refused_to_raise(actor: Actor, forum: Forum, meeting: Meeting | None, at: datetime) -> str:
    """Why the actor may not raise an item here, or ""."""
    refused = refusal_of(permit_forum, actor, RAISE, forum, at)
    if refused or prepares(actor, forum, at):
        return refused
    return why_not_raised(actor, forum, meeting, clock.day(at))


def meeting_page(actor: Actor, meeting_id: str, at: datetime) -> MeetingPage:
    """The meeting with its agenda, its deadlines and who is called: a constant number of queries."""
    meeting = meeting_for(actor, meeting_id, at=at)
    forum, everything = meeting.forum, Item.objects.filter(forum=meeting.forum)
    rows = _items(actor, forum, meeting, everything.filter(meeting=meeting), at)
    items = tuple(row for row in rows if row.state in {ItemState.OPEN, ItemState.DONE})
    backlog = _items(actor, forum, None, _open(everything.filter(meeting=None)), at) if meeting.state in AHEAD else ()
    boxed = sum(row.minutes or 0 for row in items)
    length = (meeting.ends_at - meeting.starts_at) // timedelta(minutes=1)
    others = Meeting.objects.filter(forum=forum, state__in=AHEAD).exclude(pk=meeting.pk).select_related("forum")
    return MeetingPage(
        row=meeting_row(meeting),
        cancelled_reason=meeting.cancelled_reason,
        items=items,
        gone=tuple(row for row in rows if row.state in {ItemState.CARRIED, ItemState.WITHDRAWN}),
        backlog=backlog,
        deadlines=_deadlines(meeting, routine_of(forum, clock.day(meeting.starts_at)), at),
        seats=seats_of(actor, forum, at),
        boxed=boxed,
        spare=length - boxed,
        raising=refused_to_raise(actor, forum, meeting, at),
        others=tuple(map(meeting_row, others.order_by("starts_at", "pk")[:MOST_OFFERED])),
        moving=refusal_of(must_not_be_opened, meeting.pk),
        ending=refusal_of(must_not_go_on, meeting.pk),
    )


def _deadlines(meeting: Meeting, routine: Routine | None, at: datetime) -> tuple[Deadline, ...]:
    if routine is None or meeting.state not in AHEAD:
        return ()
    on, today = clock.day(meeting.starts_at), clock.day(at)
    rows = (
        (_("Items in"), routine.items_days, False),
        (_("Call out"), routine.call_days, meeting.called_at is None),
        (_("Papers out"), routine.papers_days, False),
    )
    return tuple(
        Deadline(what=what, day=last_day(on, days), late=waited and last_day(on, days) < today)
        for what, days, waited in rows
        if days
    )


def item_page(actor: Actor, item_id: str, at: datetime) -> ItemRow:
    """One item."""
    item = item_for(actor, item_id, at=at)
    return _items(actor, item.forum, item.meeting, Item.objects.filter(pk=item.pk), at)[0]


def _items(actor: Actor, forum: Forum, meeting: Meeting | None, found: QuerySet[Item], at: datetime) -> tuple[ItemRow, ...]:
    """Items in the order of the agenda, with the moments at which they begin as far as the ones before have a time box."""
    items = list(found.select_related(*RELATED).prefetch_related(PAPERS).order_by("order", "raised_at", "pk"))
    matters = {item.matter_id for item in items if item.matter_id}
    seen = set(visible_matters(actor, at).filter(pk__in=matters).values_list("pk", flat=True)) if matters else set()
    told = seen_collaborations(actor, at)
    reaches = reaches_of(forum, items, told, at)
    leads = prepares(actor, forum, at)
    begins = meeting.starts_at if meeting else None
    happened = happened_to([item.pk for item in items] if meeting else [])
    rows = []
    for number, item in enumerate(items, start=1):
        own = leads or (bool(actor.organisation_id) and item.raised_for_id == actor.organisation_id)
        hidden = item.area is not None and item.area.collaboration_id not in told
        row = _row(item, number, reaches.get(item.pk), shown=item.matter_id in seen, hidden_area=hidden)
        staying, waiting = why_staying(item.pk, happened), why_waiting(item.pk, item.title, happened)
        own = own and item.state == ItemState.OPEN
        rows.append(replace(row, begins=begins, own=own, staying=staying, waiting=waiting))
        boxed = begins is not None and item.minutes
        begins = begins + timedelta(minutes=item.minutes or 0) if boxed and begins else None
    return tuple(rows)


def reaches_of(forum: Forum, items: Sequence[Item], seen: Collection[str], at: datetime) -> dict[str, Reach]:
    """For each decision, in the collaborations that the reader has `seen`: what the forum may do in its area, by the
    mandates of this moment."""
    wanted = [item for item in items if item.kind == ItemKind.DECISION and item.area]
    chosen = set(forum.areas.values_list("pk", flat=True)) if wanted else set()
    facts: dict[str, tuple[AuthorityFacts, list[str]]] = {}
    found: dict[str, Reach] = {}
    for item in wanted:
        area = item.area
        if area is None or area.collaboration_id not in seen:
            continue
        if area.collaboration_id not in facts:
            facts[area.collaboration_id] = _facts(area.collaboration, at)
        known, present = facts[area.collaboration_id]
        within = not chosen or bool(chosen & _above(area.pk, known))
        rulings = ((known.names[one], ruling(area.pk, one, at, known)) for one in present)
        found[item.pk] = reach_of(forum.power, rulings, within=within)
    return found


def _facts(given: Collaboration, at: datetime) -> tuple[AuthorityFacts, list[str]]:
    parts = Participation.objects.on(clock.day(at)).filter(collaboration=given)
    return facts_of(given), sorted(set(parts.values_list("organisation_id", flat=True)))


def _above(area_id: str, facts: AuthorityFacts) -> set[str]:
    """The area and those that it lies beneath."""
    found: set[str] = set()
    here: str | None = area_id
    while here and here not in found:
        found.add(here)
        here = facts.areas[here].parent_id
    return found


def _row(item: Item, number: int, reached: Reach | None, *, shown: bool, hidden_area: bool) -> ItemRow:
    area = item.area.name if item.area and not hidden_area else ""
    owner = f"{item.owner_role.name}, {item.owner_role.organisation.name}" if item.owner_role else ""
    carried = getattr(item, "carried_to", None)
    return ItemRow(
        id=item.pk,
        number=number,
        kind=item.kind,
        kind_label=str(ItemKind(item.kind).label),
        title=item.title,
        purpose=item.purpose,
        minutes=item.minutes,
        begins=None,
        owner_role_id=item.owner_role_id or "",
        owner=owner,
        matter_id=(item.matter_id or "") if shown else "",
        matter=item.matter.title if item.matter and shown else "",
        hidden_matter=bool(item.matter_id) and not shown,
        area_id="" if hidden_area else item.area_id or "",
        area=area,
        hidden_area=hidden_area,
        raised_at=item.raised_at,
        raised_for=item.raised_for.name if item.raised_for else "",
        raised_by=item.raised_by.role.name if item.raised_by else "",
        state=item.state,
        state_label=str(ItemState(item.state).label),
        withdrawn_reason=item.withdrawn_reason,
        carried_to=carried.meeting_id or "" if carried else "",
        papers=tuple(_papers(item)),
        ahead=item.meeting is None or item.meeting.state in AHEAD,
        allowed=reached.allowed if reached else item.kind != ItemKind.DECISION,
        mandate=_mandate(item, reached, area, hidden=hidden_area),
        own=False,
        staying="",
        waiting="",
    )


def _mandate(item: Item, reached: Reach | None, area: str, *, hidden: bool) -> str:
    if reached:
        return reach_sentence(reached, area)
    if hidden and item.kind == ItemKind.DECISION:
        return _("The question lies in an area that you cannot see, so you are not shown who may decide on it.")
    return ""


def _papers(item: Item) -> Iterable[PaperRow]:
    return (PaperRow(id=row.pk, name=row.name, address=row.address, text=row.text) for row in item.papers.all())


def matter_choices(actor: Actor, forum_id: str, at: datetime, current: str = "") -> tuple[tuple[str, str], ...]:
    """The matters that an item can be about: of the collaborations that own the forum, and that the actor may see.

    `current`: what it is about now, which is always among them when the actor may see it.
    """
    forum = forum_for(actor, forum_id, at=at)
    owners = forum.ownerships.filter(ended_at__isnull=True, accepted_at__isnull=False).values("collaboration_id")
    visible = visible_matters(actor, at)
    rows = list(visible.filter(collaboration_id__in=owners).order_by("-opened_at", "pk")[:MOST_MATTERS])
    if current and current not in {row.pk for row in rows}:
        rows += visible.filter(pk=current)
    return tuple((row.pk, row.title) for row in rows)


MOST_MATTERS = 200
"""So many of the latest matters are offered in a form."""
