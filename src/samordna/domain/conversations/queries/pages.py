"""Threads and messages: a constant number of queries however many there are."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Prefetch, Q
from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.refusals import refusal_of
from samordna.domain.conversations.access import is_own, leads, message_for, place_for, thread_for, visible_threads
from samordna.domain.conversations.choosing import roles_there
from samordna.domain.conversations.limits import EDITABLE_FOR, PAGE
from samordna.domain.conversations.models import Message, Outgrowth, Thread, Wording
from samordna.domain.decisions.access import visible_decisions
from samordna.domain.forums.access import visible_forums
from samordna.domain.forums.models import Forum
from samordna.domain.matters.access import visible_matters
from samordna.domain.matters.models import Matter
from samordna.domain.organisations.models import Holding, Role

THREADS = 30
QUOTED = 280
"""Characters of a quoted message that are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where one talks: the forum or the matter, and the address of its page."""

    kind: str
    id: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadRow:
    """One thread in a list."""

    id: str
    subject: str
    started_at: datetime
    started_for: str
    latest_at: datetime
    messages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadList:
    """The threads of a forum or a matter, the latest first. `speaking`: why the actor may not speak here, or ""."""

    place: Place
    rows: tuple[ThreadRow, ...]
    page: int
    more: bool
    speaking: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GrownRow:
    """What a message was taken further as, where the reader may see it."""

    kind: str
    id: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierRow:
    """What a message said before it was worded anew."""

    text: str
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageRow:
    """One message. `text` is "" once it has been withdrawn. `editable`: may the actor word it anew now; `withdrawable`: may
    the actor withdraw it."""

    id: str
    who: str
    role: str
    organisation: str
    said_at: datetime
    text: str
    quotes_id: str
    quoted: str
    quoted_who: str
    mentions: tuple[str, ...]
    changed_at: datetime | None
    earlier: tuple[EarlierRow, ...]
    withdrawn_at: datetime | None
    withdrawn_reason: str
    grown: tuple[GrownRow, ...]
    own: bool
    editable: bool
    withdrawable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadPage:
    """A thread with one page of its messages, in the order of time. `leads`: does the actor keep order there?"""

    id: str
    subject: str
    place: Place
    messages: tuple[MessageRow, ...]
    page: int
    pages: int
    total: int
    speaking: str
    leads: bool


def threads_of(actor: Actor, forum_id: str, matter_id: str, at: datetime, page: int = 1) -> ThreadList:
    """The threads of a forum or about a matter."""
    forum, matter = place_for(actor, forum_id, matter_id, at)
    found = Thread.objects.filter(forum=forum, matter=matter).annotate(many=Count("messages"))
    first = (max(page, 1) - 1) * THREADS
    rows = list(found.select_related("started_by__role__organisation")[first : first + THREADS + 1])
    return ThreadList(
        place=_place(forum, matter),
        rows=tuple(_thread_row(row, row.many) for row in rows[:THREADS]),
        page=max(page, 1),
        more=len(rows) > THREADS,
        speaking=_refused(actor, forum, matter, at),
    )


def latest_threads(actor: Actor, forum_id: str, matter_id: str, at: datetime, most: int = 3) -> tuple[ThreadRow, ...]:
    """The few latest threads, for the page of the forum or the matter."""
    found = visible_threads(actor, at).filter(forum_id=forum_id or None, matter_id=matter_id or None)
    counted = found.annotate(many=Count("messages")).select_related("started_by__role__organisation")
    return tuple(_thread_row(row, row.many) for row in counted[:most])


def thread_page(actor: Actor, thread_id: str, at: datetime, page: int | None = None) -> ThreadPage:
    """A thread; without a page, its latest."""
    thread = thread_for(actor, thread_id, at)
    total = thread.messages.count()
    pages = max(1, -(-total // PAGE))
    number = pages if page is None else min(max(page, 1), pages)
    order = leads(actor, thread, at)
    return ThreadPage(
        id=thread.pk,
        subject=thread.subject,
        place=_place(thread.forum, thread.matter),
        messages=_messages(actor, thread, slice((number - 1) * PAGE, number * PAGE), at, order=order),
        page=number,
        pages=pages,
        total=total,
        speaking=_refused(actor, thread.forum, thread.matter, at),
        leads=order,
    )


def message_row(actor: Actor, message_id: str, at: datetime) -> MessageRow:
    """One message."""
    message = message_for(actor, message_id, at)
    order = leads(actor, message.thread, at)
    return _messages(actor, message.thread, slice(0, 1), at, order=order, only=message.pk)[0]


def thread_of_message(actor: Actor, message_id: str, at: datetime) -> str:
    """The thread in which a message stands that the actor may read."""
    return message_for(actor, message_id, at).thread_id


def page_of_message(actor: Actor, message_id: str, at: datetime) -> int:
    """On which page of its thread a message stands."""
    message = message_for(actor, message_id, at)
    earlier = Q(said_at__lt=message.said_at) | Q(said_at=message.said_at, pk__lt=message.pk)
    return Message.objects.filter(earlier, thread_id=message.thread_id).count() // PAGE + 1


def mention_choices(actor: Actor, forum_id: str, matter_id: str, at: datetime) -> tuple[tuple[str, str], ...]:
    """The roles that one may mention, by organisation."""
    forum, matter = place_for(actor, forum_id, matter_id, at)
    rows = roles_there(forum, matter, clock.day(at)).select_related("organisation")
    return tuple(
        (row.pk, f"{row.organisation.name}: {row.name}") for row in rows.order_by("organisation__name", "name", "pk")
    )


def grown_from(
    actor: Actor, at: datetime, *, item_id: str = "", matter_id: str = "", experience_id: str = ""
) -> ThreadRow | None:
    """The thread that an item, a matter or an experience grew out of, if the actor may read it."""
    of = {"item_id": item_id} if item_id else {"matter_id": matter_id} if matter_id else {"experience_id": experience_id}
    found = visible_threads(actor, at).filter(messages__outgrowths__in=Outgrowth.objects.filter(**of))
    thread = found.select_related("started_by__role__organisation").first()
    return _thread_row(thread, 0) if thread else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """The message that an experience grew out of, and where it stands: its thread, and the page of it."""

    experience_id: str
    message_id: str
    thread_id: str
    subject: str
    page: int


def origins_of(actor: Actor, at: datetime, experience_ids: Collection[str]) -> tuple[Origin, ...]:
    """The messages that experiences grew out of, of those in threads that the actor may read; one query."""
    earlier = Q(message__thread__messages__said_at__lt=F("message__said_at"))
    found = Outgrowth.objects.filter(experience__in=experience_ids, message__thread__in=visible_threads(actor, at))
    rows = found.annotate(before=Count("message__thread__messages", filter=earlier)).select_related("message__thread")
    return tuple(
        Origin(
            experience_id=row.experience_id or "",
            message_id=row.message_id,
            thread_id=row.message.thread_id,
            subject=row.message.thread.subject,
            page=row.before // PAGE + 1,
        )
        for row in rows
    )


def _place(forum: Forum | None, matter: Matter | None) -> Place:
    if forum is not None:
        return Place(kind="forum", id=forum.pk, title=forum.name)
    return Place(kind="matter", id=matter.pk if matter else "", title=matter.title if matter else "")


def _refused(actor: Actor, forum: Forum | None, matter: Matter | None, at: datetime) -> str:
    if forum is not None and forum.closed_on is not None:
        return _("The forum is closed, so nothing more is said here.")
    return refusal_of(place_for, actor, forum.pk if forum else "", matter.pk if matter else "", at, speaking=True)


def _thread_row(thread: Thread, many: int) -> ThreadRow:
    by = thread.started_by
    return ThreadRow(
        id=thread.pk,
        subject=thread.subject,
        started_at=thread.started_at,
        started_for=by.role.organisation.name if by else "",
        latest_at=thread.latest_at,
        messages=many,
    )


def _messages(
    actor: Actor, thread: Thread, which: slice, at: datetime, *, order: bool, only: str = ""
) -> tuple[MessageRow, ...]:
    found = thread.messages.filter(pk=only) if only else thread.messages.all()
    rows = list(
        found.select_related("said_by__role", "said_for", "quotes").prefetch_related(
            Prefetch("mentions", Role.objects.select_related("organisation").order_by("organisation__name", "name", "pk")),
            Prefetch("wordings", Wording.objects.order_by("until", "pk")),
        )[which]
    )
    said = {row.said_by_id for row in rows} | {row.quotes.said_by_id for row in rows if row.quotes}
    names = {held.pk: held.known_as for held in Holding.objects.filter(pk__in=said - {None}).named()}
    grown = _grown(actor, [row.pk for row in rows], at)
    return tuple(_row(actor, row, names, grown.get(row.pk, ()), at, order=order) for row in rows)


def _row(
    actor: Actor, message: Message, names: dict[str, str], grown: Sequence[GrownRow], at: datetime, *, order: bool
) -> MessageRow:
    own, stands, quoted = is_own(actor, message), message.withdrawn_at is None, message.quotes
    shown = "" if quoted is None or quoted.withdrawn_at else quoted.text
    return MessageRow(
        id=message.pk,
        who=names.get(message.said_by_id or "", ""),
        role=message.said_by.role.name if message.said_by else "",
        organisation=message.said_for.name if message.said_for else "",
        said_at=message.said_at,
        text=message.text if stands else "",
        quotes_id=message.quotes_id or "",
        quoted=f"{shown[:QUOTED]}…" if len(shown) > QUOTED else shown,
        quoted_who=names.get(quoted.said_by_id or "", "") if quoted else "",
        mentions=tuple(f"{role.name}, {role.organisation.name}" for role in message.mentions.all()),
        changed_at=message.changed_at,
        earlier=tuple(EarlierRow(text=row.text, until=row.until) for row in message.wordings.all() if stands),
        withdrawn_at=message.withdrawn_at,
        withdrawn_reason=message.withdrawn_reason,
        grown=tuple(grown),
        own=own,
        editable=own and stands and at <= message.said_at + EDITABLE_FOR,
        withdrawable=(own or order) and stands,
    )


def _grown(actor: Actor, messages: Collection[str], at: datetime) -> dict[str, list[GrownRow]]:
    """What these messages were taken further as, of what the actor may see: one query."""
    seen = (
        Q(item__forum__in=visible_forums(actor, at).values("pk"))
        | Q(matter__in=visible_matters(actor, at).values("pk"))
        | Q(experience__version__decision__in=visible_decisions(actor, at).values("pk"))
    )
    found: dict[str, list[GrownRow]] = {}
    rows = Outgrowth.objects.filter(seen, message__in=messages)
    for row in rows.select_related("item", "matter", "experience__version__decision__matter"):
        found.setdefault(row.message_id, []).append(_grown_row(row))
    return found


def _grown_row(row: Outgrowth) -> GrownRow:
    if row.item is not None:
        return GrownRow(kind="item", id=row.item.pk, title=row.item.title)
    if row.matter is not None:
        return GrownRow(kind="matter", id=row.matter.pk, title=row.matter.title)
    decision = row.experience.version.decision if row.experience else None
    return GrownRow(kind="following", id=decision.pk if decision else "", title=decision.matter.title if decision else "")
