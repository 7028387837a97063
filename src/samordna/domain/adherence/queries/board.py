"""The following board: a collaboration's decisions in force × its organisations, four honest answers and silence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.db.models import Prefetch, QuerySet

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.domain.adherence.queries.exemptions import exempted
from samordna.domain.adherence.queries.standing import Standing, Tally, answers_by_organisation, tally_of
from samordna.domain.collaborations.access import visible_collaborations
from samordna.domain.collaborations.models import Participation
from samordna.domain.decisions.access import visible_decisions
from samordna.domain.decisions.enums import DecisionState
from samordna.domain.decisions.models import Adoption, DecisionVersion
from samordna.domain.decisions.queries.binding import bindings_of
from samordna.domain.organisations.models import Organisation

ROWS = 50  # organisations on a page; the figures are over all of them
MOST_COLUMNS = 12  # decisions side by side; older ones are reached from the list beneath


class Show(StrEnum):
    """Which organisations are asked for: all, or those with at least one decision to which this applies."""

    ALL = ""
    WANTING = "wanting"
    BREACH = "breach"
    OVERDUE = "overdue"
    SILENT = "silent"
    ALREADY_SO = "already_so"
    WILL_CHANGE = "will_change"
    CANNOT = "cannot"
    WILL_NOT = "will_not"
    MUST = "must"
    EXEMPT = "exempt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One decision in force."""

    decision_id: str
    version_id: str
    number: int
    title: str
    in_force_from: date | None
    tally: Tally


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One organisation and its standing to each decision, in the columns' order."""

    organisation_id: str
    organisation: str
    own: bool
    standings: tuple[Standing, ...]

    def fits(self, show: Show) -> bool:
        """Does the organisation belong to what is asked for?"""
        return show is Show.ALL or any(_fits(standing, show) for standing in self.standings)


def _fits(standing: Standing, show: Show) -> bool:
    match show:
        case Show.WANTING:
            return standing.silent or standing.breach or standing.overdue
        case Show.BREACH:
            return standing.breach
        case Show.OVERDUE:
            return standing.overdue
        case Show.SILENT:
            return standing.silent
        case Show.MUST:
            return standing.must
        case Show.EXEMPT:
            return standing.exempt
        case _:
            return standing.kind == show


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A collaboration that the reader may look at."""

    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowingBoard:
    """The board of one collaboration; `older` are decisions in force that have no column of their own.

    `rows` is one page of the organisations, from 1; `more`: are there others after it? `found`: how many in all.
    """

    choices: tuple[Choice, ...]
    chosen: Choice | None
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    older: tuple[Column, ...]
    tally: Tally
    page: int
    more: bool
    found: int


def following_board(
    actor: Actor, at: datetime, collaboration_id: str = "", *, show: Show = Show.ALL, search: str = "", page: int = 1
) -> FollowingBoard:
    """The board of the asked collaboration, or of the first that has a decision in force.

    `show` keeps only some organisations, `search` those whose name holds the words. The reader's own organisation is on
    the first page, then the others by name. A constant number of queries.
    """
    decisions = visible_decisions(actor, at)
    versions = DecisionVersion.objects.filter(state=DecisionState.IN_FORCE, decision__in=decisions)
    rows = visible_collaborations(actor, at).order_by("name", "pk").values_list("pk", "name")
    with_decisions = set(versions.values_list("decision__matter__collaboration_id", flat=True))
    choices = tuple(Choice(id=pk, name=name) for pk, name in rows)
    chosen = _chosen(choices, with_decisions, collaboration_id)
    found = _versions(versions.filter(decision__matter__collaboration_id=chosen.id)) if chosen else []
    shown = _standings(found[:MOST_COLUMNS], chosen, at)
    older = [_column(version, []) for version in found[MOST_COLUMNS:]]
    columns = [
        _column(version, [row[index] for row in shown.values()]) for index, version in enumerate(found[:MOST_COLUMNS])
    ]
    words = search.casefold().strip()
    rows_of_all = (_row(standings, actor) for standings in shown.values())
    lines = [row for row in rows_of_all if row.fits(show) and words in row.organisation.casefold()]
    lines.sort(key=lambda row: not row.own)
    return FollowingBoard(
        choices=choices,
        chosen=chosen,
        columns=tuple(columns),
        rows=tuple(lines[(page - 1) * ROWS : page * ROWS]),
        older=tuple(older),
        tally=tally_of(standing for standings in shown.values() for standing in standings),
        page=page,
        more=len(lines) > page * ROWS,
        found=len(lines),
    )


def _chosen(choices: tuple[Choice, ...], with_decisions: set[str], asked: str) -> Choice | None:
    named = next((choice for choice in choices if choice.id == asked), None)
    first = next((choice for choice in choices if choice.id in with_decisions), None)
    return named or first or (choices[0] if choices else None)


def _versions(versions: QuerySet[DecisionVersion]) -> list[DecisionVersion]:
    adoptions = Prefetch("adoptions", Adoption.objects.only("version_id", "organisation_id", "answer", "in_force_from"))
    related = versions.select_related("decision__matter__collaboration").defer("content", "certificate")
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
    free = exempted(versions, versions[0].decision.matter.collaboration)
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
    )


def _row(standings: tuple[Standing, ...], actor: Actor) -> Row:
    first = standings[0]
    return Row(
        organisation_id=first.organisation_id,
        organisation=first.organisation,
        own=first.organisation_id == actor.organisation_id,
        standings=standings,
    )
