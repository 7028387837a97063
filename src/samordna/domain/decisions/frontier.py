"""How alike against what cost: the decisions that are the best for some price of a difference, read from the engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One decision: `differing` weighted differences and `cost` in all.

    It is the best where a difference is worth from `least` to `most` (None: however much). `price` is a whole price at
    which a what-if shows it; None where there is none.
    """

    differing: int
    cost: int
    least: Fraction
    most: Fraction | None
    price: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Frontier:
    """The points, the most alike first. `whole`: none is missing."""

    points: tuple[Point, ...]
    whole: bool


def frontier_of(rows: Sequence[Mapping[str, Any]] | None) -> Frontier:
    """The engine's rows, the least alike first; None where it found none in time."""
    if rows is None:
        return Frontier(points=(), whole=False)
    points = [
        Point(
            differing=row["likeness"]["weighted"],
            cost=row["cost"],
            least=_rate(row["best_from"]),
            most=_rate(row["best_to"]) if row["best_to"] else None,
            price=row["price"],
        )
        for row in rows
    ]
    return Frontier(points=tuple(reversed(points)), whole=all(row["complete"] for row in rows))


def _rate(rate: Mapping[str, int]) -> Fraction:
    return Fraction(rate["cost"], rate["likeness"])
