"""The following board: a collaboration's decisions in force × its organisations, four honest answers and silence.

Those come first whose answers need somebody: breaches, days that have passed, silence. Whoever already does as decided in
everything comes last, and needs no row of cells.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch, QuerySet

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.domain.adherence.queries.contributing import not_contributing
from samordna.domain.adherence.queries.exemptions import exempted
from samordna.domain.adherence.queries.grouping import Cell, Group, Row, groups_of, row_of
from samordna.domain.adherence.queries.narrowing import EVERYTHING, Asked, Duty
from samordna.domain.adherence.queries.standing import Standing, Tally, answers_by_organisation, tally_of
from samordna.domain.collaborations.access import visible_collaborations
from samordna.domain.collaborations.models import Area, Participation
from samordna.domain.decisions.access import visible_decisions
from samordna.domain.decisions.enums import DecisionState
from samordna.domain.decisions.models import Adoption, DecisionVersion
from samordna.domain.decisions.queries.binding import bindings_of
from samordna.domain.organisations.models import Organisation

ROWS = 300  # organisations on a page; the figures are over all of them
MOST_COLUMNS = 12  # decisions side by side; older ones are reached from the list beneath
WANTED = frozenset({"silent", "late", "breach"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One decision in force. `duty`: what it is to all whom it binds; ANY where it differs among them."""

    decision_id: str
    version_id: str
    number: int
    title: str
    in_force_from: date | None
    tally: Tally
    duty: Duty


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A collaboration that the reader may look at."""

    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowingBoard:
    """The board of one collaboration; `older` are decisions in force that have no column of their own.

    `areas` are those that its decisions in force belong to. `rows` is one page of the organisations, from 1; `more`: are
    there others after it? `found`: how many in all.
    """

    choices: tuple[Choice, ...]
    chosen: Choice | None
    areas: tuple[Choice, ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    older: tuple[Column, ...]
    tally: Tally
    page: int
    more: bool
    found: int

    @property
    def wanted(self) -> Cell | None:
        """The decision that the reader's own organisation should say something about first, if it should."""
        own = (cell for row in self.rows if row.own for cell in row.cells)
        return next((cell for cell in own if cell.mark in WANTED), None)

    @property
    def groups(self) -> tuple[Group, ...]:
        """The rows of the page, those together that need the same."""
        return groups_of(self.rows)


def following_board(
    actor: Actor, at: datetime, collaboration_id: str = "", *, asked: Asked = EVERYTHING, page: int = 1
) -> FollowingBoard:
    """The board of the asked collaboration, or of the first that has a decision in force.

    The reader's own organisation is on the first page, then those who need somebody. A constant number of queries.
    """
    decisions = visible_decisions(actor, at)
    versions = DecisionVersion.objects.filter(state=DecisionState.IN_FORCE, decision__in=decisions)
    rows = visible_collaborations(actor, at).order_by("name", "pk").values_list("pk", "name")
    with_decisions = set(versions.values_list("decision__matter__collaboration_id", flat=True))
    choices = tuple(Choice(id=pk, name=name) for pk, name in rows)
    chosen = _chosen(choices, with_decisions, collaboration_id)
    in_force = _versions(versions.filter(decision__matter__collaboration_id=chosen.id)) if chosen else []
    above = _above(chosen)
    found = [one for one in in_force if not asked.area_id or asked.area_id in above[one.decision.matter.area_id]]
    shown = _standings(found[:MOST_COLUMNS], chosen, at)
    older = [_column(version, []) for version in found[MOST_COLUMNS:]]
    columns = [
        _column(version, [row[index] for row in shown.values()]) for index, version in enumerate(found[:MOST_COLUMNS])
    ]
    fitting = (standings for standings in shown.values() if asked.fits(standings, standings[0].organisation))
    lines = sorted((_row(standings, columns, actor) for standings in fitting), key=lambda row: row.order)
    return FollowingBoard(
        choices=choices,
        chosen=chosen,
        areas=_areas(in_force),
        columns=tuple(columns),
        rows=tuple(lines[(page - 1) * ROWS : page * ROWS]),
        older=tuple(older),
        tally=tally_of(standing for standings in shown.values() for standing in standings),
        page=page,
        more=len(lines) > page * ROWS,
        found=len(lines),
    )


def followed_in(actor: Actor, at: datetime, collaboration_id: str) -> tuple[Column, ...]:
    """How each decision in force of one collaboration is followed, as the board has it, all of them."""
    versions = DecisionVersion.objects.filter(state=DecisionState.IN_FORCE, decision__in=visible_decisions(actor, at))
    found = _versions(versions.filter(decision__matter__collaboration_id=collaboration_id))
    shown = _standings(found, Choice(id=collaboration_id, name=""), at)
    return tuple(_column(version, [row[index] for row in shown.values()]) for index, version in enumerate(found))


def _areas(versions: list[DecisionVersion]) -> tuple[Choice, ...]:
    found = {one.decision.matter.area_id: one.decision.matter.area.name for one in versions}
    return tuple(Choice(id=pk, name=name) for pk, name in sorted(found.items(), key=lambda item: (item[1], item[0])))


def _above(chosen: Choice | None) -> dict[str, set[str]]:
    """Every area of the collaboration: itself and those above it."""
    if chosen is None:
        return {}
    parents = dict(Area.objects.filter(collaboration_id=chosen.id).values_list("pk", "parent_id"))
    found: dict[str, set[str]] = {}
    for area in parents:
        up: str | None = area
        found[area] = set()
        while up is not None and up not in found[area]:
            found[area].add(up)
            up = parents.get(up)
    return found


def _chosen(choices: tuple[Choice, ...], with_decisions: set[str], asked: str) -> Choice | None:
    named = next((choice for choice in choices if choice.id == asked), None)
    first = next((choice for choice in choices if choice.id in with_decisions), None)
    return named or first or (choices[0] if choices else None)


def _versions(versions: QuerySet[DecisionVersion]) -> list[DecisionVersion]:
    adoptions = Prefetch("adoptions", Adoption.objects.only("version_id", "organisation_id", "answer", "in_force_from"))
    related = versions.select_related("decision__matter__collaboration", "decision__matter__area").defer(
        "content", "certificate"
    )
    return list(related.prefetch_related(adoptions).order_by("-in_force_from", "-decision__number", "pk"))


def _standings(versions: list[DecisionVersion], chosen: Choice | None, at: datetime) -> dict[str, tuple[Standing, ...]]:
    """Every concerned organisation's standings by organisation id, in the order of names."""
    if chosen is None or not versions:
        return {}
    today = clock.day(at)
    answers = answers_by_organisation([version.pk for version in versions])
    bindings = {version.pk: bindings_of(version) for version in versions}
    taking_part = Participation.objects.on(today).filter(collaboration_id=chosen.id)
    concerned = set(taking_part.values_list("organisation_id", flat=True)) | {key[1] for key in answers}
    concerned.update(pk for bound in bindings.values() for pk in bound)
    free = exempted(versions, versions[0].decision.matter.collaboration, today)
    quiet = not_contributing(versions)
    named = Organisation.objects.filter(pk__in=concerned).order_by("name", "pk").values_list("pk", "name")

    def standing(version: DecisionVersion, pk: str, name: str) -> Standing:
        given = answers.get((version.pk, pk), [])
        return Standing(
            organisation_id=pk,
            organisation=name,
            binding=bindings[version.pk].get(pk),
            answer=given[0] if given else None,
            today=today,
            exempt=(version.pk, pk) in free,
            not_contributing=(version.pk, pk) in quiet,
        )

    return {pk: tuple(standing(version, pk, name) for version in versions) for pk, name in named}


def _column(version: DecisionVersion, standings: list[Standing]) -> Column:
    return Column(
        decision_id=version.decision_id,
        version_id=version.pk,
        number=version.decision.number,
        title=version.decision.matter.title,
        in_force_from=version.in_force_from,
        tally=tally_of(standings),
        duty=_duty(standings),
    )


def _duty(standings: list[Standing]) -> Duty:
    musts = {standing.must for standing in standings if standing.bound}
    return Duty.ANY if len(musts) != 1 else Duty.MUST if musts.pop() else Duty.MAY


def _row(standings: tuple[Standing, ...], columns: list[Column], actor: Actor) -> Row:
    return row_of(standings, actor, tuple(_cell(one, column) for one, column in zip(standings, columns, strict=True)))


def _cell(standing: Standing, column: Column) -> Cell:
    return Cell(
        decision_id=column.decision_id,
        title=column.title,
        mark=standing.mark,
        word=standing.word,
        exempt=standing.exempt,
        must=standing.must and not column.duty,
        not_contributing=standing.not_contributing,
    )
