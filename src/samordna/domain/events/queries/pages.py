"""Events as pages and the API show them: a constant number of queries, however many come."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.db.models import Case, F, Q, QuerySet, When
from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.overtaking import fingerprint
from samordna.core.refusals import refusal_of
from samordna.domain.collaborations.queries.crowd import Crowd, Found
from samordna.domain.decisions.access import visible_decisions
from samordna.domain.decisions.models import Decision
from samordna.domain.events.access import event_for, invited_roles, visible_events
from samordna.domain.events.answering import coming_to, why_not_answered
from samordna.domain.events.enums import Coming, EventKind
from samordna.domain.events.models import Enrolment, Event, LedTo
from samordna.domain.events.rules import placed
from samordna.domain.events.wording import event_words, invited_name, notes_words
from samordna.domain.forums.access import RAISE, forum_for, owners_of, prepares, visible_forums
from samordna.domain.forums.choosing import preparers_within
from samordna.domain.forums.enums import AHEAD, MeetingState
from samordna.domain.forums.models import Item, Ownership
from samordna.domain.forums.queries.meeting_rows import MeetingRow
from samordna.domain.forums.queries.meetings import meeting_row
from samordna.domain.matters.access import visible_matters
from samordna.domain.organisations.models import Holding
from samordna.domain.organisations.waiting import Waiting, WaitingKind

SHOWN = 50  # events that have been, on a page
MOST_OFFERED = 100
Choices = tuple[tuple[str, str], ...]


class Which(StrEnum):
    """The two parts of a list of events."""

    AHEAD = "ahead"
    PAST = "past"


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRow:
    """One event in a list. `came`: how many were there, where that has been noted."""

    id: str
    kind: str
    kind_label: str
    meeting: MeetingRow
    why: str
    places: int | None
    coming: int
    came: int | None = None

    @property
    def when(self) -> Which:
        """Is it to come, or has it been?"""
        return Which.AHEAD if self.meeting.state in AHEAD else Which.PAST


@dataclass(frozen=True, slots=True, kw_only=True)
class ComingRow:
    """Somebody who has answered. `has_place`: comes, and does not wait; `was_there`: None until it has been noted."""

    id: str
    who: str
    role: str
    organisation: str
    answer: str
    answer_label: str
    has_place: bool
    note: str
    was_there: bool | None
    own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LedToRow:
    """What the event led to, of what the reader may see. `kind` names its page."""

    kind: str
    id: str
    title: str
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EventPage:
    """One event. `refused`: why the actor cannot answer, or ""; `begun`: has it begun, so that it can be noted;
    `telling`: why the actor may not tell what it led to, or ""; `untold`: are some invited whose invitation is not out?
    `fingerprint`, `notes_fingerprint`: what a change of it, or of its notes, hands back to say what it began from."""

    row: EventRow
    for_whom: str
    programme: str
    answer_by: date | None
    everybody: bool
    invited: tuple[str, ...]
    invited_ids: tuple[str, ...]
    coming: tuple[ComingRow, ...]
    waiting: tuple[ComingRow, ...]
    declined: tuple[ComingRow, ...]
    own: ComingRow | None
    notes: str
    noted_at: datetime | None
    led_to: tuple[LedToRow, ...]
    refused: str
    telling: str
    preparing: bool
    untold: bool
    begun: bool
    fingerprint: str
    notes_fingerprint: str

    @property
    def id(self) -> str:
        """The event's own."""
        return self.row.id

    @property
    def came(self) -> int:
        """How many were there."""
        return sum(1 for one in (*self.coming, *self.waiting, *self.declined) if one.was_there)


@dataclass(frozen=True, slots=True, kw_only=True)
class EventsPage:
    """The events to come, the nearest first, and a page of those that have been, the latest first. `later`: how many to
    come there are besides those."""

    ahead: tuple[EventRow, ...]
    later: int
    past: tuple[EventRow, ...]
    page: int
    pages: int


def events_page(actor: Actor, at: datetime, forum_id: str = "", page: int = 1) -> EventsPage:
    """The events of one forum, or of all that the actor may read."""
    ahead, past = (events_in(actor, at, forum_id, which) for which in Which)
    pages = max(1, -(-past.count() // SHOWN))
    page = min(max(page, 1), pages)
    near, been = list(ahead[:MOST_OFFERED]), list(past[(page - 1) * SHOWN : page * SHOWN])
    rows = event_rows([*near, *been])
    return EventsPage(
        ahead=rows[: len(near)],
        later=max(ahead.count() - len(near), 0),
        past=rows[len(near) :],
        page=page,
        pages=pages,
    )


def events_in(actor: Actor, at: datetime, forum_id: str = "", which: str = "") -> QuerySet[Event]:
    """The events that the actor may read, of one forum or of all: those to come, the nearest first, and then those that
    have been, the latest first."""
    found = visible_events(actor, at).select_related("meeting__forum")
    if forum_id:
        found = found.filter(meeting__forum_id=forum_id)
    coming = Q(meeting__state__in=AHEAD)
    if which:
        found = found.filter(coming if which == Which.AHEAD else ~coming)
    near = Case(When(coming, then=F("meeting__starts_at")), default=None)
    return found.alias(been=~coming, near=near).order_by("been", F("near").asc(), "-meeting__starts_at", "pk")


def event_rows(events: Collection[Event]) -> tuple[EventRow, ...]:
    """These as a list shows them; one query."""
    many: dict[str, int] = defaultdict(int)
    there: dict[str, int] = {}
    rows = Enrolment.objects.filter(event__in=events).values_list("event_id", "answer", "was_there")
    for pk, answer, was_there in rows:
        many[pk] += answer == Coming.COMING
        if was_there is not None:
            there[pk] = there.get(pk, 0) + was_there
    return tuple(_row(one, many[one.pk], there.get(one.pk)) for one in events)


def event_page(actor: Actor, event_id: str, at: datetime) -> EventPage:
    """One event, for those who may read its forum."""
    event = event_for(actor, event_id, at=at)
    rows = list(event.enrolments.select_related("holding__role__organisation").order_by("answered_at", "pk"))
    names = {held.pk: held.known_as for held in Holding.objects.filter(pk__in=[row.holding_id for row in rows]).named()}
    with_place, waiting = placed(coming_to(event, at), event.places)
    has_place = {row.pk for row in with_place}
    shown = {row.pk: _coming_row(row, names, actor, has_place=row.pk in has_place) for row in rows}
    preparing = prepares(actor, event.meeting.forum, at)
    telling = refusal_of(forum_for, actor, event.meeting.forum_id, RAISE, at)
    invited = list(event.invited.select_related("role__organisation", "organisation"))
    return EventPage(
        row=_row(event, len(with_place) + len(waiting)),
        for_whom=event.for_whom,
        programme=event.programme,
        answer_by=event.answer_by,
        everybody=event.everybody,
        invited=tuple(invited_name(row) for row in invited),
        invited_ids=tuple(row.role_id or row.organisation_id or "" for row in invited),
        coming=tuple(shown[row.pk] for row in with_place),
        waiting=tuple(shown[row.pk] for row in waiting),
        declined=tuple(shown[row.pk] for row in rows if row.answer == Coming.CANNOT),
        own=next((one for one in shown.values() if one.own), None),
        notes=event.notes,
        noted_at=event.noted_at,
        led_to=tuple(_led_to(actor, event, at)),
        refused=telling or why_not_answered(actor, event, at),
        telling=telling,
        preparing=preparing,
        untold=preparing and invited_roles(event, at).exclude(pk__in=event.told).exists(),
        begun=at >= event.meeting.starts_at and event.meeting.state != MeetingState.CANCELLED,
        fingerprint=fingerprint(event_words(event, invited)),
        notes_fingerprint=fingerprint(notes_words(event.notes)),
    )


def event_of_meeting(actor: Actor, meeting_id: str, at: datetime) -> str:
    """The event that a meeting is; "" when it is a plain meeting or not the actor's to read."""
    return visible_events(actor, at).filter(meeting=meeting_id).values_list("pk", flat=True).first() or ""


def invited_choices(actor: Actor, forum_id: str, at: datetime) -> Choices:
    """The organisations and roles that can be invited."""
    rows = preparers_within(owners_of(forum_for(actor, forum_id, at=at)), clock.day(at)).select_related("organisation")
    found: dict[str, str] = {}
    for role in rows.order_by("organisation__name", "name", "pk"):
        found.setdefault(role.organisation_id, _("%(name)s, everybody there") % {"name": role.organisation.name})
        found[role.pk] = f"{role.organisation.name}: {role.name}"
    return tuple(found.items())


def led_to_choices(actor: Actor, event_id: str, at: datetime) -> Choices:
    """The latest items, matters and decisions that an event can have led to, as `kind:id`."""
    forum = event_for(actor, event_id, at=at).meeting.forum
    owners = [owner.collaboration_id for owner in owners_of(forum) if owner.accepted_at]
    items = Item.objects.filter(forum__in=visible_forums(actor, at), forum__ownerships__collaboration__in=owners)
    matters = visible_matters(actor, at).filter(collaboration__in=owners).order_by("-opened_at", "pk")
    decisions = visible_decisions(actor, at).filter(matter__collaboration__in=owners).select_related("matter")
    return (
        *((f"item:{row.pk}", _("Item: %(title)s") % {"title": row.title}) for row in _latest_items(items)),
        *((f"matter:{row.pk}", _("Matter: %(title)s") % {"title": row.title}) for row in matters[:MOST_OFFERED]),
        *((f"decision:{row.pk}", _("Decision: %(title)s") % {"title": row.matter.title}) for row in _some(decisions)),
    )


def _latest_items(found: QuerySet[Item]) -> list[Item]:
    return list(found.order_by("-raised_at", "pk").distinct()[:MOST_OFFERED])


def _some(found: QuerySet[Decision]) -> list[Decision]:
    return list(found.order_by("-pk")[:MOST_OFFERED])


def _row(event: Event, coming: int, came: int | None = None) -> EventRow:
    return EventRow(
        id=event.pk,
        kind=event.kind,
        kind_label=str(EventKind(event.kind).label),
        meeting=meeting_row(event.meeting),
        why=event.why,
        places=event.places,
        coming=coming,
        came=came,
    )


def _coming_row(row: Enrolment, names: dict[str, str], actor: Actor, *, has_place: bool) -> ComingRow:
    return ComingRow(
        id=row.pk,
        who=names.get(row.holding_id, ""),
        role=row.holding.role.name,
        organisation=row.holding.role.organisation.name,
        answer=row.answer,
        answer_label=str(Coming(row.answer).label),
        has_place=has_place,
        note=row.note,
        was_there=row.was_there,
        own=row.holding.person_id == actor.person_id,
    )


def _led_to(actor: Actor, event: Event, at: datetime) -> Iterator[LedToRow]:
    decisions = visible_decisions(actor, at).values("pk")
    seen = (
        Q(item__forum__in=visible_forums(actor, at).values("pk"))
        | Q(matter__in=visible_matters(actor, at).values("pk"))
        | Q(decision__in=decisions)
        | Q(experience__version__decision__in=decisions)
    )
    related = ("item", "matter", "decision__matter", "experience__version__decision__matter")
    for row in event.led_to.filter(seen).select_related(*related):
        yield _led_to_row(row)


def _led_to_row(row: LedTo) -> LedToRow:
    if row.item is not None:
        return LedToRow(kind="item", id=row.item.pk, title=row.item.title, how=row.how)
    if row.matter is not None:
        return LedToRow(kind="matter", id=row.matter.pk, title=row.matter.title, how=row.how)
    of = row.decision or (row.experience.version.decision if row.experience else None)
    kind = "decision" if row.decision is not None else "following"
    return LedToRow(kind=kind, id=of.pk if of else "", title=of.matter.title if of else "", how=row.how)


def waiting_in(crowd: Crowd, at: datetime) -> Iterator[Found]:
    """For each who is invited to an event and has not answered: say whether one comes. Four questions for any number."""
    taking_part = {pk for parts in crowd.taking_part.values() for pk in parts} | set(crowd.coordinated)
    owned = Ownership.objects.filter(collaboration__in=taking_part, accepted_at__isnull=False, ended_at__isnull=True)
    found = Event.objects.filter(
        meeting__forum__in=owned.values("forum_id"), meeting__state=MeetingState.CALLED, meeting__starts_at__gt=at
    ).exclude(answer_by__lt=clock.day(at))
    events = list(found.select_related("meeting__forum").prefetch_related("invited").order_by("meeting__starts_at", "pk"))
    if not events:
        return
    answered = set(Enrolment.objects.filter(event__in=events).values_list("event_id", "holding__person_id"))
    owners: dict[str, set[str]] = defaultdict(set)
    for forum_id, collaboration_id in owned.values_list("forum_id", "collaboration_id"):
        owners[str(forum_id)].add(str(collaboration_id))
    for event in events:
        for actor in crowd.actors:
            part = crowd.taking_part.get(actor.organisation_id or "", frozenset()) & owners[event.meeting.forum_id]
            if part and _is_invited(event, actor) and (event.pk, actor.person_id) not in answered:
                yield actor, _item(event)


def _is_invited(event: Event, actor: Actor) -> bool:
    named = {row.role_id or row.organisation_id for row in event.invited.all()}
    return event.everybody or bool(named & {actor.role_id, actor.organisation_id})


def _item(event: Event) -> Waiting:
    return Waiting(
        kind=WaitingKind.ANSWER,
        what=_("Say whether you are coming"),
        about=event.meeting.title or event.meeting.forum.name,
        collaboration=event.meeting.forum.name,
        url_name="event",
        url_args=(event.pk,),
        due=event.answer_by or clock.day(event.meeting.starts_at),
    )
