"""What decisions cost and give, added up, and what is left of it when meetings are paid (K2, K3)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from samordna.domain.decisions.effort import is_yearly, kronor_in
from samordna.domain.decisions.queries.weights import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """What decisions cost and give, added up in one unit; the net is what is left, by the same estimates."""

    unit: str
    cost: Span
    benefit: Span

    @property
    def net(self) -> Span:
        """Gain less cost."""
        return self.benefit.less(self.cost)

    @property
    def scale(self) -> int:
        """The largest amount, for bars."""
        return max(abs(end) for span in (self.cost, self.benefit, self.net) for end in (span.low, span.high))


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """What a year gives beyond what it costs, in kronor, with the year's meetings taken off."""

    net: Span
    meetings: int

    @property
    def after(self) -> Span:
        """What is left."""
        return self.net.less(Span(low=self.meetings, likely=self.meetings, high=self.meetings))

    @property
    def verdict(self) -> str:
        """Worth it; not, by the likely figures; or not whatever figure is right ("dont")."""
        if self.after.high < 0:
            return "dont"
        return "not_likely" if self.after.likely < 0 else "worth_it"


def span_of(value: int | Mapping[str, int]) -> Span:
    """An estimate as it is stored with a decision."""
    if isinstance(value, int):
        return Span(low=value, likely=value, high=value)
    return Span(low=value["low"], likely=value["likely"], high=value["high"])


def added(spans: Sequence[Span]) -> Span:
    """Lowest to lowest and highest to highest."""
    return Span(
        low=sum(span.low for span in spans),
        likely=sum(span.likely for span in spans),
        high=sum(span.high for span in spans),
    )


def summed(rows: Iterable[tuple[str, Span, Span]]) -> tuple[Sum, ...]:
    """Cost and benefit of what is weighed in one unit; units are never mixed."""
    by_unit: dict[str, list[tuple[Span, Span]]] = defaultdict(list)
    for unit, cost, benefit in rows:
        by_unit[unit].append((cost, benefit))
    return tuple(
        Sum(unit=unit, cost=added([cost for cost, _ in pairs]), benefit=added([benefit for _, benefit in pairs]))
        for unit, pairs in sorted(by_unit.items())
    )


def left_after(sums: Iterable[Sum], meetings: int) -> Left | None:
    """The sums that are money a year, with the year's meetings taken off; None where there is none to take them from."""
    nets = [(one.net, kronor_in(one.unit)) for one in sums if is_yearly(one.unit)]
    spans = [Span(low=net.low * kr, likely=net.likely * kr, high=net.high * kr) for net, kr in nets if kr]
    return Left(net=added(spans), meetings=meetings) if spans else None
