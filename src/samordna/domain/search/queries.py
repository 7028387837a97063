"""What is found, what one has at hand, and what one worked with last."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Case, Count, IntegerField, Model, QuerySet, Value, When
from django.db.models.functions import Coalesce

from samordna.core.actor import Actor
from samordna.core.models import JournalEntry
from samordna.core.words import WORD, asked, stems
from samordna.domain.agreements.models import Agreement
from samordna.domain.assessments.models import Questionnaire
from samordna.domain.change.models import Chain
from samordna.domain.collaborations.models import Collaboration
from samordna.domain.conversations.models import Thread
from samordna.domain.decisions.models import Decision, Proposal
from samordna.domain.events.models import Event
from samordna.domain.forums.models import Item, Meeting
from samordna.domain.introductions.models import Programme
from samordna.domain.matters.models import Matter
from samordna.domain.reports.models import AnnualReport
from samordna.domain.search import words
from samordna.domain.search.access import readable
from samordna.domain.search.enums import ONE, Kind
from samordna.domain.search.models import Entry, Favourite

PAGE = 20
MOST_WORDS, LONGEST_QUESTION = 12, 200
AROUND = 90
RECENT, LATEST_ENTRIES = 8, 300
"""How many things one is reminded of, and how far back in one's own entries they are looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A piece of text; `found` when it is a word that was asked for."""

    text: str
    found: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One thing that was found. `where` names what it lies in; `place_id` is what its page is addressed by."""

    kind: str
    kind_label: str
    object_id: str
    place_id: str
    title: tuple[Piece, ...]
    snippet: tuple[Piece, ...]
    where: str
    on: date

    @property
    def name(self) -> str:
        """The title as plain text."""
        return "".join(piece.text for piece in self.title)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One page of what was found. `counts` has the kinds that something was found of; `total` is of the chosen kind."""

    hits: tuple[Hit, ...]
    counts: tuple[tuple[str, str, int], ...]
    everything: int
    total: int
    page: int
    earlier: int
    later: int


NOTHING = Found(hits=(), counts=(), everything=0, total=0, page=1, earlier=0, later=0)


def question_of(text: str) -> tuple[str, ...]:
    """The stems that are looked for; none when the text has no word."""
    return asked(text.replace("\x00", "")[:LONGEST_QUESTION])[:MOST_WORDS]


def find(actor: Actor, at: datetime, text: str, kind: str = "", page: int = 1, size: int = PAGE) -> Found:
    """What the actor may open and has every word that is asked for, or one that begins so, in it.

    Those with all of them in the title come first, then the latest. A constant number of database queries.
    """
    question = question_of(text)
    if not question:
        return NOTHING
    matching = readable(actor, at).filter(words.matching(question))
    by_kind = dict(matching.order_by().values_list("kind").annotate(number=Count("pk")))
    counts = tuple((str(each), str(each.label), by_kind[each]) for each in Kind if each in by_kind)
    chosen = matching.filter(kind=kind) if kind in by_kind else matching
    total = by_kind.get(kind, sum(by_kind.values()))
    page = max(1, min(page, -(-total // size)))
    shown = _ordered(chosen, question)[(page - 1) * size : page * size] if total else []
    return Found(
        hits=_hits(shown, question),
        counts=counts,
        everything=sum(by_kind.values()),
        total=total,
        page=page,
        earlier=page - 1,
        later=page + 1 if page * size < total else 0,
    )


def first_few(actor: Actor, at: datetime, text: str, size: int = 8) -> tuple[Hit, ...]:
    """The first hits alone, uncounted, for whoever is still typing."""
    question = question_of(text)
    if not question:
        return ()
    return _hits(_ordered(readable(actor, at).filter(words.matching(question)), question)[:size], question)


def _ordered(found: QuerySet[Entry], question: Sequence[str]) -> QuerySet[Entry]:
    in_title = Case(When(words.in_title(question), then=Value(0)), default=Value(1), output_field=IntegerField())
    return found.annotate(rank=in_title).order_by("rank", "-on", "kind", "object_id")


def favourites(actor: Actor, at: datetime) -> tuple[Hit, ...]:
    """What the actor has marked and may still open, the latest marked first."""
    kept = Favourite.objects.filter(person_id=actor.person_id or "").order_by("-kept_at", "pk")
    order = {pair: place for place, pair in enumerate(kept.values_list("kind", "object_id")[:100])}
    entries = readable(actor, at, frozenset(kind for kind, _object_id in order)).filter(
        object_id__in=[object_id for _kind, object_id in order]
    )
    rows = [entry for entry in entries if (entry.kind, entry.object_id) in order]
    return _hits(sorted(rows, key=lambda entry: order[entry.kind, entry.object_id]), ())


def is_favourite(actor: Actor, kind: str, object_id: str) -> bool:
    """Has the actor marked this thing?"""
    return Favourite.objects.filter(person_id=actor.person_id or "", kind=kind, object_id=object_id).exists()


def kept_of(actor: Actor) -> set[tuple[str, str]]:
    """Everything that the actor has marked, as (kind, id)."""
    return set(Favourite.objects.filter(person_id=actor.person_id or "").values_list("kind", "object_id"))


def recent(actor: Actor, at: datetime) -> tuple[Hit, ...]:
    """The matters and collaborations that the actor did something in last. Nothing is noted of what is only read: the
    journal already has what one did, and that is enough to find the way back."""
    own = JournalEntry.objects.filter(person_id=actor.person_id or "-").order_by("-sequence")
    latest = own.values_list("matter_id", "collaboration_id")[:LATEST_ENTRIES]
    ids = list(dict.fromkeys(matter or collaboration for matter, collaboration in latest if matter or collaboration))
    place = {object_id: number for number, object_id in enumerate(ids)}
    kinds = (Kind.MATTER, Kind.COLLABORATION)
    entries = readable(actor, at, frozenset(kinds)).filter(kind__in=kinds, object_id__in=ids) if ids else []
    return _hits(sorted(entries, key=lambda entry: place[entry.object_id])[:RECENT], ())


def _hits(entries: Iterable[Entry], question: Sequence[str]) -> tuple[Hit, ...]:
    rows = list(entries)
    where = _surroundings(rows)
    return tuple(
        Hit(
            kind=entry.kind,
            kind_label=str(ONE[Kind(entry.kind)]),
            object_id=entry.object_id,
            place_id=entry.place_id,
            title=marked(entry.title, question),
            snippet=snippet(_beyond(entry), question),
            where=where.get((entry.kind, entry.place_id), ""),
            on=entry.on,
        )
        for entry in rows
    )


def _beyond(entry: Entry) -> str:
    """What the body says besides what the title has told already."""
    return entry.body.removeprefix(entry.title).strip()


def _surroundings(entries: Sequence[Entry]) -> Mapping[tuple[str, str], str]:
    """What each thing lies in, as it is called now: at most one query for each kind of page."""
    found: dict[tuple[str, str], str] = {}
    for kinds, rows, name in _PLACES:
        wanted = {entry.place_id for entry in entries if entry.kind in kinds}
        if wanted:
            for key, said in rows._default_manager.filter(pk__in=wanted).values_list("pk", name):
                found.update({(kind, str(key)): str(said) for kind in kinds})
    return found


_PLACES: Sequence[tuple[tuple[Kind, ...], type[Model], str | Coalesce]] = (
    ((Kind.MATTER,), Matter, "collaboration__name"),
    ((Kind.CONDITION, Kind.NEED, Kind.INQUIRY), Matter, "title"),
    ((Kind.DECISION,), Decision, "matter__collaboration__name"),
    ((Kind.EXPERIENCE,), Decision, "matter__title"),
    ((Kind.PROPOSAL,), Proposal, "matter__title"),
    ((Kind.AGREEMENT,), Agreement, "collaboration__name"),
    ((Kind.ITEM, Kind.OUTCOME), Item, "forum__name"),
    ((Kind.MEETING, Kind.MINUTES), Meeting, "forum__name"),
    ((Kind.EVENT,), Event, "meeting__forum__name"),
    ((Kind.THREAD,), Thread, Coalesce("forum__name", "matter__title")),
    ((Kind.GOAL,), Collaboration, "name"),
    ((Kind.QUESTIONNAIRE,), Questionnaire, "collaboration__name"),
    ((Kind.CHAIN,), Chain, "collaboration__name"),
    ((Kind.ANNUAL_REPORT,), AnnualReport, "collaboration__name"),
    ((Kind.INTRODUCTION,), Programme, Coalesce("collaboration__name", "organisation__name")),
)


def marked(text: str, question: Sequence[str]) -> tuple[Piece, ...]:
    """The text in pieces, with the words that were asked for apart."""
    pieces, since = [], 0
    for found in WORD.finditer(text) if question else ():
        if any(stem.startswith(wanted) for stem in stems(found.group()) for wanted in question):
            pieces += [Piece(text=text[since : found.start()], found=False), Piece(text=found.group(), found=True)]
            since = found.end()
    return tuple(piece for piece in (*pieces, Piece(text=text[since:], found=False)) if piece.text)


def snippet(body: str, question: Sequence[str]) -> tuple[Piece, ...]:
    """A piece of the text around the first word that was asked for, or its beginning."""
    pieces = marked(body, question)
    start = next((sum(len(p.text) for p in pieces[:place]) for place, piece in enumerate(pieces) if piece.found), 0)
    first = max(0, start - AROUND)
    if first:
        first = body.find(" ", first, start) + 1 or first
    last = min(len(body), start + 2 * AROUND)
    if last < len(body):
        last = max(body.rfind(" ", start, last), start + 1)
    cut = " ".join(body[first:last].strip().replace("\n", " · ").split())
    return marked(f"{'… ' if first else ''}{cut}{' …' if last < len(body) else ''}", question)
