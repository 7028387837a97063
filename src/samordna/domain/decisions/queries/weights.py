"""What a proposal costs and gives, per participant and for the whole, as far as the actor may read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from samordna.domain.decisions.queries.facts import Facts


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """An estimate in the matter's unit."""

    low: int
    likely: int
    high: int

    @property
    def certain(self) -> bool:
        """Is it one number?"""
        return self.low == self.high

    def less(self, other: Span) -> Span:
        """The difference between two estimates."""
        return Span(low=self.low - other.high, likely=self.likely - other.likely, high=self.high - other.low)


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """One participant's balance, or the whole's (no name). `net` = benefit − what the decision costs beyond going alone.

    `changes`: in how many aspects today's practice must change. `alone`: what it would cost to do as one likes best.
    """

    organisation_id: str
    name: str
    own: bool
    cost: Span
    need_loss: int
    benefit: Span
    given_up: Span
    net: Span
    alone: int
    verdict: str
    changes: int

    @property
    def blank(self) -> bool:
        """Has nothing been stated that could be weighed?"""
        spans = (self.cost, self.benefit, self.given_up, self.net)
        return not self.alone and not self.need_loss and not any(span.low or span.high for span in spans)

    @property
    def together(self) -> int:
        """What it costs in the decision, needs that are not met included."""
        return self.cost.likely + self.need_loss


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """`whole` is None where the actor may not read it. `hidden`: how many participants' figures the actor may not read.

    `scale`: the largest net amount of a participant, for bars.
    """

    whole: Weighed | None
    parts: tuple[Weighed, ...]
    hidden: int
    worse_off: int
    scale: int

    @property
    def losing(self) -> tuple[Weighed, ...]:
        """The participants that would be worse off than alone, those that lose the most first, as far as they are read."""
        return tuple(sorted((part for part in self.parts if part.verdict == "not_worth_it"), key=_loss))


def weights_of(facts: Facts, balance: Mapping[str, Any]) -> Weights | None:
    """The balance that is stored with a proposal; None while it has not been weighed."""
    if "whole" not in balance:
        return None
    rows: Mapping[str, Mapping[str, Any]] = balance["participants"]
    parts = [
        _weighed(row, owner, facts.names.get(owner, ""), owner == facts.own_id)
        for owner, row in rows.items()
        if facts.reads_figures_of(owner)
    ]
    whole = _weighed(balance["whole"], "", "", False) if balance["whole"] else None
    return Weights(
        whole=whole,
        parts=tuple(sorted(parts, key=_first)),
        hidden=0 if facts.leads else len(facts.saids) - len(parts),
        worse_off=sum(1 for part in parts if part.verdict == "not_worth_it"),
        scale=max((max(abs(part.net.low), abs(part.net.high)) for part in parts), default=0),
    )


def _loss(part: Weighed) -> tuple[int, str]:
    return (part.net.likely, part.name)


def _first(part: Weighed) -> tuple[bool, int, str]:
    """The actor's own organisation, and then those that lose the most."""
    return (not part.own, part.net.likely, part.name)


def _weighed(row: Mapping[str, Any], organisation_id: str, name: str, own: bool) -> Weighed:
    return Weighed(
        organisation_id=organisation_id,
        name=name,
        own=own,
        cost=_span(row["cost"]),
        need_loss=row["need_loss"],
        benefit=_span(row["benefit"]),
        given_up=_span(row["given_up"]),
        net=_span(row["net"]),
        alone=row["own_best_cost"],
        verdict=row["verdict"],
        changes=len(row.get("changes", ())),
    )


def _span(value: int | Mapping[str, int]) -> Span:
    """The engine writes a certain amount as one number."""
    if isinstance(value, int):
        return Span(low=value, likely=value, high=value)
    return Span(low=value["low"], likely=value["likely"], high=value["high"])
