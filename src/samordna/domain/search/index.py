"""Keeping the index in step with what is written.

Every operation ends by telling what it has written in the journal (`core.operation`); `follow` looks up which things that
concerns and indexes them again, in the same transaction. So whoever has saved something finds it at once, and a change that
is rolled back was never in the index. `rebuild` does the same for everything there is, a few hundred things at a time, and
changes only what is not as it should be: it may run while people work.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import translation

from samordna.core.journal import Told
from samordna.core.tasks import Job, enqueue
from samordna.domain.collaborations.models import Goal
from samordna.domain.decisions.models import Decision, Proposal
from samordna.domain.events.models import Event
from samordna.domain.forums.models import Item, Meeting
from samordna.domain.knowledge.models import Service
from samordna.domain.matters.models import Condition, Need
from samordna.domain.minutes.models import Minutes
from samordna.domain.organisations.models import ContactPath, Holding, Role, Side
from samordna.domain.proceedings.models import Outcome
from samordna.domain.search import words
from samordna.domain.search.enums import Kind
from samordna.domain.search.models import Entry
from samordna.domain.search.texts import MODELS, TEXTS
from samordna.domain.search.writing import Text

BATCH = 500
PART = 5_000
"""Things that one task goes through; the longest take some milliseconds each."""
REREAD = "search.reread"
EDITION = "2026-11-23"
"""When what is indexed of some kind was changed last, besides kinds that are new: written anew with every such change."""
FIELDS = ("place_id", "title", "body", "on")
Touched = Iterator[tuple[Kind, Iterable[str]]]

_held: ContextVar[bool] = ContextVar("the index waits", default=False)


@contextmanager
def at_the_end() -> Iterator[None]:
    """Index everything once, when the block ends, instead of after each operation in it: for loading a whole world."""
    token = _held.set(True)
    try:
        yield
    finally:
        _held.reset(token)
    rebuild()


def follow(told: Sequence[Told]) -> None:
    """Index again what an operation has touched, by what it wrote in the journal."""
    if _held.get():
        return
    touched: dict[Kind, set[str]] = defaultdict(set)
    for each in dict.fromkeys(told):
        for kind, ids in TOUCHES[each.kind](each) if each.kind in TOUCHES else ():
            touched[kind].update(ids)
    for kind, ids in touched.items():
        refresh(kind, sorted(ids))


def refresh(kind: Kind, ids: Sequence[str]) -> int:
    """Index these things again; returns how many entries were not as they should be."""
    if not ids:
        return 0
    with translation.override("sv"):
        wanted = {text.object_id: text for text in TEXTS[kind](ids)}
    stored = {entry.object_id: entry for entry in Entry.objects.filter(kind=kind, object_id__in=ids).order_by()}
    gone = [entry for key, entry in stored.items() if key not in wanted]
    changed = [
        _changed(entry, wanted[key]) for key, entry in stored.items() if key in wanted and _differs(entry, wanted[key])
    ]
    missing = [_entry(text) for key, text in wanted.items() if key not in stored]
    words.forget([entry.pk for entry in (*gone, *changed)])
    Entry.objects.filter(pk__in=[entry.pk for entry in gone]).delete()
    if changed:
        Entry.objects.bulk_update(changed, FIELDS)
    made = Entry.objects.bulk_create(missing)
    words.write([(entry.pk, entry.title, entry.body) for entry in (*changed, *made)])
    return len(gone) + len(changed) + len(made)


def bring_up_to_date(at: datetime) -> None:
    """What an upgrade asks of the index, done once and by itself: kinds that nothing is indexed of are indexed at once, and
    what is indexed of the others is gone through in the background where this version reads more in it than the last."""
    known = Entry.objects.exists()
    fill_if_empty()
    if known:
        enqueue(REREAD, [Job(key=EDITION, arguments={"edition": EDITION})], at)


def reread(arguments: Mapping[str, Any], at: datetime) -> None:
    """Make some of the index what it should be, and queue the next part: a whole one may take longer than a task may."""
    kinds, first = list(Kind.values), str(arguments.get("after", ""))
    place = kinds.index(str(arguments.get("kind", kinds[0])))
    ids = [key for key in _ids_of(Kind(kinds[place])) if key > first][:PART]
    for begin in range(0, len(ids), BATCH):
        with transaction.atomic():
            refresh(Kind(kinds[place]), ids[begin : begin + BATCH])
    ended = len(ids) < PART
    if ended and place + 1 == len(kinds):
        return
    kind, after = (kinds[place + 1], "") if ended else (kinds[place], ids[-1])
    given = {"edition": str(arguments["edition"]), "kind": kind, "after": after}
    enqueue(REREAD, [Job(key=":".join(given.values()), arguments=given)], at)


def fill_if_empty() -> None:
    """Index what there is of each kind that nothing is indexed of yet: what could not be found before this version."""
    indexed = set(Entry.objects.order_by().values_list("kind", flat=True).distinct())
    for kind in Kind:
        if kind not in indexed:
            _of_kind(kind)


def rebuild() -> int:
    """Make the whole index what it should be; returns how many entries were not."""
    return sum(_of_kind(kind) for kind in Kind)


def _ids_of(kind: Kind) -> list[str]:
    """What there is of a kind, and what is indexed of it and may be gone."""
    rows: QuerySet[Any] = MODELS[kind]._default_manager.all()
    ids: set[str] = set(rows.order_by().values_list("pk", flat=True))
    return sorted(ids | set(Entry.objects.filter(kind=kind).values_list("object_id", flat=True)))


def _of_kind(kind: Kind) -> int:
    ordered, corrected = _ids_of(kind), 0
    for first in range(0, len(ordered), BATCH):
        with transaction.atomic():
            corrected += refresh(kind, ordered[first : first + BATCH])
    return corrected


def _differs(entry: Entry, text: Text) -> bool:
    return any(getattr(entry, name) != getattr(text, name) for name in FIELDS)


def _changed(entry: Entry, text: Text) -> Entry:
    for name in FIELDS:
        setattr(entry, name, getattr(text, name))
    return entry


def _entry(text: Text) -> Entry:
    return Entry(kind=text.kind, object_id=text.object_id, **{name: getattr(text, name) for name in FIELDS})


def _itself(kind: Kind) -> Callable[[Told], Touched]:
    def touched(told: Told) -> Touched:
        yield kind, [told.id]

    return touched


def _collaboration(told: Told) -> Touched:
    yield Kind.COLLABORATION, [told.collaboration_id or told.id]


def _goals(told: Told) -> Touched:
    """A goal that is set may replace another; an indicator belongs to what the goal is now."""
    yield Kind.GOAL, Goal.objects.filter(collaboration_id=told.collaboration_id).values_list("pk", flat=True)


def _matter(told: Told) -> Touched:
    """Sending a matter out may carry over what was said before it: whatever is said in it and not yet indexed, or is
    indexed and withdrawn since."""
    matter = told.matter_id or told.id
    yield Kind.MATTER, [matter]
    yield Kind.DECISION, Decision.objects.filter(matter_id=matter).values_list("pk", flat=True)
    for kind, model in ((Kind.CONDITION, Condition), (Kind.NEED, Need)):
        said: QuerySet[Condition] | QuerySet[Need] = model._default_manager.filter(matter_id=matter)
        live = set(said.filter(withdrawn_at__isnull=True).values_list("pk", flat=True))
        yield kind, live ^ set(Entry.objects.filter(kind=kind, place_id=matter).values_list("object_id", flat=True))


def _aspect(told: Told) -> Touched:
    """What rules say depends on the aspects' labels."""
    yield Kind.MATTER, [told.matter_id]
    yield Kind.CONDITION, Condition.objects.filter(matter_id=told.matter_id).values_list("pk", flat=True)
    yield Kind.NEED, Need.objects.filter(matter_id=told.matter_id).values_list("pk", flat=True)


def _position(told: Told) -> Touched:
    yield Kind.CONDITION, Condition.objects.filter(position_id=told.id).values_list("pk", flat=True)
    yield Kind.NEED, Need.objects.filter(position_id=told.id).values_list("pk", flat=True)


def _item(told: Told) -> Touched:
    """An item, the one that it was carried over to, and what was decided at it, which is called by it."""
    carried = Item.objects.filter(carried_from_id=told.id).values_list("pk", flat=True)
    yield Kind.ITEM, [told.id, *carried]
    yield Kind.OUTCOME, Outcome.objects.filter(question__item_id=told.id).values_list("pk", flat=True)


def _forum(told: Told) -> Touched:
    """A forum, and its meetings that have no name of their own: they and their minutes are called by it."""
    yield Kind.FORUM, [told.id]
    unnamed = Meeting.objects.filter(forum_id=told.id, title="")
    yield Kind.MEETING, unnamed.values_list("pk", flat=True)
    yield Kind.MINUTES, Minutes.objects.filter(meeting__in=unnamed).values_list("pk", flat=True)


def _meeting(told: Told) -> Touched:
    yield Kind.MEETING, [told.id]
    yield Kind.EVENT, Event.objects.filter(meeting_id=told.id).values_list("pk", flat=True)
    yield Kind.MINUTES, Minutes.objects.filter(meeting_id=told.id).values_list("pk", flat=True)


def _event(told: Told) -> Touched:
    """An event, which its meeting is found as no more."""
    yield Kind.EVENT, [told.id]
    yield Kind.MEETING, Event.objects.filter(pk=told.id).values_list("meeting_id", flat=True)


def _organisation(told: Told) -> Touched:
    yield Kind.ORGANISATION, [told.id]
    yield Kind.PROFILE, [told.id]
    yield Kind.SERVICE, Service.objects.filter(role__organisation_id=told.id).values_list("pk", flat=True)
    yield Kind.ROLE, Role.objects.filter(organisation_id=told.id).values_list("pk", flat=True)
    yield Kind.CONTACT_PATH, ContactPath.objects.filter(to_role__organisation_id=told.id).values_list("pk", flat=True)


def _reorganisation(told: Told) -> Touched:
    """Once it is carried out: the organisations that it concerns, and the roles that have moved or are called by them."""
    done = Side.objects.filter(reorganisation_id=told.id, reorganisation__carried_out_at__isnull=False)
    concerned = list(done.exclude(organisation=None).values_list("organisation_id", flat=True))
    if concerned:
        yield Kind.ORGANISATION, [str(each) for each in concerned]
        yield Kind.PROFILE, [str(each) for each in concerned]
        yield Kind.SERVICE, Service.objects.filter(role__organisation_id__in=concerned).values_list("pk", flat=True)
        yield Kind.ROLE, Role.objects.filter(organisation_id__in=concerned).values_list("pk", flat=True)
        paths = ContactPath.objects.filter(to_role__organisation_id__in=concerned)
        yield Kind.CONTACT_PATH, paths.values_list("pk", flat=True)


def _person(told: Told) -> Touched:
    yield Kind.ROLE, Holding.objects.filter(person_id=told.id).values_list("role_id", flat=True)


def _holding(told: Told) -> Touched:
    yield Kind.ROLE, Holding.objects.filter(pk=told.id).values_list("role_id", flat=True)


def _role(told: Told) -> Touched:
    yield Kind.ROLE, [told.id]
    yield Kind.CONTACT_PATH, ContactPath.objects.filter(to_role_id=told.id).values_list("pk", flat=True)


def _attempt(told: Told) -> Touched:
    """The proposal that the engine found, which is nobody's act of its own."""
    yield Kind.PROPOSAL, Proposal.objects.filter(attempt_id=told.id).values_list("pk", flat=True)


def _decision(told: Told) -> Touched:
    yield Kind.DECISION, Decision.objects.filter(matter_id=told.matter_id).values_list("pk", flat=True)


TOUCHES: Mapping[str, Callable[[Told], Touched]] = {
    **dict.fromkeys(("collaboration", "point", "party"), _collaboration),
    **dict.fromkeys(("goal", "indicator"), _goals),
    "questionnaire": _itself(Kind.QUESTIONNAIRE),
    "chain": _itself(Kind.CHAIN),
    "annual_report": _itself(Kind.ANNUAL_REPORT),
    "introduction_programme": _itself(Kind.INTRODUCTION),
    "matter": _matter,
    "aspect": _aspect,
    "position": _position,
    "condition": _itself(Kind.CONDITION),
    "need": _itself(Kind.NEED),
    **dict.fromkeys(("inquiry", "question"), _itself(Kind.INQUIRY)),
    "proposal": _itself(Kind.PROPOSAL),
    "attempt": _attempt,
    **dict.fromkeys(("decision", "decision_version", "version"), _decision),
    "agreement": _itself(Kind.AGREEMENT),
    "forum": _forum,
    "item": _item,
    "meeting": _meeting,
    "event": _event,
    "thread": _itself(Kind.THREAD),
    "experience": _itself(Kind.EXPERIENCE),
    "organisation": _organisation,
    "reorganisation": _reorganisation,
    "role": _role,
    "holding": _holding,
    "person": _person,
    "contact_path": _itself(Kind.CONTACT_PATH),
    "service": _itself(Kind.SERVICE),
    "profile": _itself(Kind.PROFILE),
}
"""What a thing that the journal names has to do with the index; things that are not here have no words of their own."""
