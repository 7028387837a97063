"""Whom do I contact about X at Y? One question in plain words, answered with roles and who holds them today.

The words are compared by their stems (`core.words`), forgivingly: an inflected form, a part of a joined word, a missing dot
or ring, one slip of the finger. What is about the thing weighs more than what is about the role; a word that fits the name
of an organisation says where, and narrows the answer to it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache

from django.db.models import Q

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.words import asked, likeness, stems
from samordna.domain.organisations.access import visible_organisations
from samordna.domain.organisations.enums import HoldingKind
from samordna.domain.organisations.models import ContactPath, Holding, Role

LONGEST_QUESTION = 200
"""Characters of a question that are read."""
MOST_WORDS = 12
MOST_ANSWERS = 30
MOST_ROLES = 10
WORTH_SHOWING = 0.25
"""The least share of the best answer's points that another one has, to be shown."""
SURE = 60
"""A likeness from which a word is taken to be the name of an organisation."""
TOPIC, ALSO, ROLE, FOR_WHOM, DUTIES = 10, 8, 5, 3, 2
"""How much a word counts, by where it is found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StandIn:
    """Somebody who stands in for a holder who is away."""

    name: str
    stands_in_for: str
    until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answering:
    """Who answers for a role on a day: those who are there, and those who stand in for the ones who are not."""

    present: tuple[str, ...] = ()
    stand_ins: tuple[StandIn, ...] = ()

    @property
    def vacant(self) -> bool:
        """Does nobody answer?"""
        return not self.present and not self.stand_ins


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A role to contact. `path_id` and what follows it are empty for a role that no contact path leads to."""

    role_id: str
    role: str
    organisation_id: str
    organisation: str
    answering: Answering
    path_id: str = ""
    topic: str = ""
    from_whom: str = ""
    how: str = ""
    when_not: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What was asked, and the answers, the best first. `places`: the organisations that the question names.

    `by_area`: a collaboration's subject area whose words were looked for too. `roles`: those that seem to have to do with
    it, although no contact path says so. `unknown`: words that fit nothing.
    """

    question: str
    paths: tuple[Answer, ...] = ()
    roles: tuple[Answer, ...] = ()
    total: int = 0
    places: tuple[str, ...] = ()
    by_area: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Words:
    """The words about one path or role: where they stand, how much they count there, and their stems."""

    row: Answer
    fields: tuple[tuple[int, tuple[str, ...]], ...]


@dataclass(slots=True)
class _Found:
    score: float = 0
    fits: set[str] = field(default_factory=set)


@lru_cache(maxsize=50_000)
def _stems(text: str) -> tuple[str, ...]:
    return stems(text)


def find_contacts(actor: Actor, question: str, at: datetime, areas: Sequence[str] = ()) -> Answers:
    """The answers to a question in plain words: five queries. `areas`: subject areas that the actor may see by name."""
    question = " ".join(question.replace("\x00", "").split())[:LONGEST_QUESTION]
    wanted = asked(question)[:MOST_WORDS]
    if not wanted:
        return Answers(question=question)
    on, names = clock.day(at), dict(visible_organisations(actor, at).values_list("pk", "name"))
    places, about = _places(wanted, names)
    chosen = places or names
    by_area = tuple(area for area in areas if about and _fits(about, _stems(area)) == set(about))
    more = tuple({stem for area in by_area for stem in _stems(area)} - set(about))
    paths, fits = _ranked(_path_words(chosen, names, on), about, more)
    roles, fits_roles = _ranked(_role_words(chosen, names, on), about, ()) if about else ([], set())
    reached = {row.role_id for row in paths}
    others = [row for row in roles if row.role_id not in reached][:MOST_ROLES]
    known = fits | fits_roles | (set(wanted) - set(about)) | (set(about) if by_area else set())
    shown = _answered(paths[:MOST_ANSWERS], others, on)
    return Answers(
        question=question,
        paths=shown[: len(paths[:MOST_ANSWERS])],
        roles=shown[len(paths[:MOST_ANSWERS]) :],
        total=len(paths),
        places=tuple(sorted(places.values())),
        by_area=by_area,
        unknown=tuple(stem for stem in wanted if stem not in known),
    )


def _places(wanted: Sequence[str], names: dict[str, str]) -> tuple[dict[str, str], tuple[str, ...]]:
    """The organisations that the question names, and the words that are about something else.

    A word that fits many organisations' names ("kommun") names none of them, unless another one does with it.
    """
    by_word = {word: {pk for pk, name in names.items() if _best(word, _stems(name)) >= SURE} for word in wanted}
    telling = {word: fits for word, fits in by_word.items() if 0 < len(fits) <= max(1, len(names) // 3)}
    if not telling:
        return {}, tuple(wanted)
    chosen = set.union(*telling.values())
    narrowed = set.intersection(*telling.values()) or chosen
    about = tuple(word for word in wanted if not by_word[word])
    return {pk: names[pk] for pk in narrowed}, about


def _best(word: str, among: Iterable[str]) -> int:
    return max((likeness(word, stem) for stem in among), default=0)


def _fits(words: Iterable[str], among: Collection[str]) -> set[str]:
    return {word for word in words if _best(word, among) >= SURE}


def covers(topic: str, also: str, area: str) -> bool:
    """Does a contact path about this answer for a subject area: is every word of the area's name among its own?"""
    words = asked(area)
    return bool(words) and _fits(words, (*_stems(topic), *_stems(also))) == set(words)


def _ranked(rows: Iterable[_Words], about: Sequence[str], more: Sequence[str]) -> tuple[list[Answer], set[str]]:
    """Those that have to do with what is asked, the best first, and the words they fit; all when only a place is asked for.

    What is far from the best is left out: it was found by a chance likeness.
    """
    found, fits = [], set[str]()
    for words in rows:
        hit = _scored(words, about)
        if more:
            hit.score += _scored(words, more).score / 2
        if hit.score or not about:
            row = words.row
            found.append((-len(hit.fits), -hit.score, row.topic, row.organisation, row.role, row.role_id, row.path_id, row))
            fits |= hit.fits
    best = max((-each[1] for each in found), default=0)
    return [each[-1] for each in sorted(found, key=lambda each: each[:-1]) if -each[1] >= best * WORTH_SHOWING], fits


def _scored(words: _Words, about: Iterable[str]) -> _Found:
    found = _Found()
    for word in about:
        best = max((weight * _best(word, among) for weight, among in words.fields), default=0)
        if best:
            found.score += best
            found.fits.add(word)
    return found


def _path_words(chosen: Collection[str], names: dict[str, str], on: date) -> list[_Words]:
    columns = ("pk", "topic", "also", "from_whom", "how", "when_not", "to_role_id", "to_role__name")
    rows = ContactPath.objects.on(on).values_list(*columns, "to_role__responsibilities", "to_role__organisation_id")
    if len(chosen) < len(names):
        rows = rows.filter(to_role__organisation_id__in=chosen)
    found = []
    for pk, topic, also, whom, how, when_not, role_id, role, duties, organisation in rows:
        if organisation not in names:
            continue
        answer = Answer(
            path_id=pk,
            topic=topic,
            from_whom=whom,
            how=how,
            when_not=when_not,
            role_id=role_id,
            role=role,
            organisation_id=organisation,
            organisation=names[organisation],
            answering=Answering(),
        )
        told = ((TOPIC, topic), (ALSO, also), (ROLE, role), (FOR_WHOM, whom), (DUTIES, duties))
        found.append(_Words(answer, tuple((weight, _stems(text)) for weight, text in told if text)))
    return found


def _role_words(chosen: Collection[str], names: dict[str, str], on: date) -> list[_Words]:
    alive = Q(valid_to__isnull=True) | Q(valid_to__gt=on)
    rows = Role.objects.filter(alive, valid_from__lte=on)
    if len(chosen) < len(names):
        rows = rows.filter(organisation_id__in=chosen)
    found = []
    for pk, name, purpose, duties, organisation in rows.values_list(
        "pk", "name", "purpose", "responsibilities", "organisation_id"
    ):
        if organisation in names:
            row = Answer(
                role_id=pk,
                role=name,
                organisation_id=organisation,
                organisation=names[organisation],
                answering=Answering(),
            )
            told = ((ROLE, name), (DUTIES, purpose), (DUTIES, duties))
            found.append(_Words(row, tuple((weight, _stems(text)) for weight, text in told if text)))
    return found


def _answered(paths: Sequence[Answer], roles: Sequence[Answer], on: date) -> tuple[Answer, ...]:
    rows = (*paths, *roles)
    who = answering({row.role_id for row in rows}, on)
    return tuple(
        Answer(**{name: getattr(row, name) for name in Answer.__slots__} | {"answering": who[row.role_id]}) for row in rows
    )


def answering(role_ids: Collection[str], on: date) -> dict[str, Answering]:
    """Who answers for each of these roles on a day: one query. A holder whom somebody stands in for is away."""
    columns = ("pk", "role_id", "kind", "known_as", "deputy_of_id", "principal_known_as", "valid_to")
    rows = list(
        Holding.objects.on(on).filter(role_id__in=role_ids).named().order_by("valid_from", "pk").values_list(*columns)
    )
    away = {principal for _pk, _role, _kind, _name, principal, _whom, _until in rows if principal}
    present: dict[str, list[str]] = {role_id: [] for role_id in role_ids}
    stand_ins: dict[str, list[StandIn]] = {role_id: [] for role_id in role_ids}
    for pk, role_id, kind, name, _principal, whom, until in rows:
        if kind == HoldingKind.DEPUTY:
            stand_ins[role_id].append(StandIn(name=name, stands_in_for=whom, until=until))
        elif pk not in away:
            present[role_id].append(name)
    return {each: Answering(present=tuple(present[each]), stand_ins=tuple(stand_ins[each])) for each in role_ids}
