"""Organisations in the order of what they need: first those who need somebody, and those together that need the same."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from samordna.core.actor import Actor
from samordna.domain.adherence.enums import FollowingAnswerKind, Urgency
from samordna.domain.adherence.queries.narrowing import ORDER, most_urgent
from samordna.domain.adherence.queries.standing import Standing

MANY = 12  # organisations that do as decided; so many are told by name alone


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What a cell says: the answer and how it is marked. `must`: it has to follow, where that differs in the column.

    `not_contributing`: it had to contribute while the decision was prepared, and did not.
    """

    decision_id: str
    title: str
    mark: str
    word: str
    exempt: bool
    must: bool
    not_contributing: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One organisation and its standing to each decision, in the columns' order."""

    organisation_id: str
    organisation: str
    own: bool
    standings: tuple[Standing, ...]
    cells: tuple[Cell, ...]
    urgency: Urgency
    urgent: int

    @property
    def order(self) -> tuple[bool, int, int, str, str]:
        """One's own organisation, then those who need somebody, in most decisions first; then by name."""
        return not self.own, ORDER.index(self.urgency), -self.urgent, self.organisation, self.organisation_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Rows whose most urgent standing is of one kind, in order. `settled`: they do as decided, in every decision."""

    urgency: Urgency
    own: bool
    rows: tuple[Row, ...]

    @property
    def word(self) -> str:
        """What they have in common, as a heading."""
        return str(self.urgency.label)

    @property
    def settled(self) -> bool:
        """Are they many, with nothing to tell of them but their names?"""
        if self.own or len(self.rows) < MANY:
            return False
        told = (one for row in self.rows for one in row.standings)
        return all(one.kind == FollowingAnswerKind.ALREADY_SO and not one.breach for one in told)


def row_of(standings: tuple[Standing, ...], actor: Actor, cells: tuple[Cell, ...] = ()) -> Row:
    """One organisation's row, with its cells where several decisions stand side by side."""
    first, (urgency, urgent) = standings[0], most_urgent(standings)
    return Row(
        organisation_id=first.organisation_id,
        organisation=first.organisation,
        own=first.organisation_id == actor.organisation_id,
        standings=standings,
        cells=cells,
        urgency=urgency,
        urgent=urgent,
    )


def groups_of(rows: Iterable[Row]) -> tuple[Group, ...]:
    """Rows in their order, those together that need the same."""
    found = groupby(rows, key=lambda row: (row.own, row.urgency))
    return tuple(Group(urgency=urgency, own=own, rows=tuple(each)) for (own, urgency), each in found)
