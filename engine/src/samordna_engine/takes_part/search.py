"""The best frame and those who gain by it, found and proved by dividing, sifting, joining and branching.

A part of the search is bounded by a division of benefits (`part.py`, `shares.py`). Ways that cannot lead to anything
better than the best known are sifted out, and so is being in or out, one participant at a time. When little is left,
topics are joined, which makes the bound sharper; with one topic it is exact. Where too much is left to join, the part
is split in two: one participant in or out, the one that matters the most.
"""

from dataclasses import dataclass, field, replace
from itertools import pairwise
from math import floor, frexp

import numpy as np

from samordna_engine.errors import Unproved
from samordna_engine.limits import Deadline
from samordna_engine.projection.matter import BROKEN
from samordna_engine.projection.tables import Numbers
from samordna_engine.takes_part.climb import climbed
from samordna_engine.takes_part.part import Part, Reals, absorbed, joined, whole
from samordna_engine.takes_part.question import Question
from samordna_engine.takes_part.shares import divided
from samordna_engine.takes_part.topics import all_ways, ties_of, topics_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """How the search proceeds; it changes how long it takes, never what it finds.

    A topic begins with at most `ways`, and all together at most `cells` = ways × participants. Two topics are joined
    when at most `joined_ways` and `cells` are left. `first` and `again` are rounds of dividing benefits, `tried` the
    number of ways per topic that are tried when looking for a good frame.
    """

    ways: int = 600
    joined_ways: int = 2000
    cells: int = 1 << 22
    first: int = 12
    again: int = 6
    tried: int = 16


@dataclass(frozen=True, slots=True)
class Best:
    """The best frame found, the net of the whole under it (−`BROKEN` where none was found), and a bound on the net."""

    frame: Numbers | None
    value: int
    bound: int

    @property
    def proved(self) -> bool:
        """Whether nothing better exists."""
        return self.bound <= self.value


@dataclass(frozen=True, slots=True)
class _Sifted:
    """A part that was sifted, its bound, and the bounds with each of the undecided in or out."""

    part: Part
    bound: float
    inside: Reals
    outside: Reals


@dataclass(slots=True)
class _Open:
    """A part that is still to be searched, and a number that nothing in it is above."""

    bound: float
    part: Part
    rounds: int


def best_frame(question: Question, deadline: Deadline, effort: Effort | None = None) -> Best:
    """The frame under which the whole gains the most when those take part that gain by it, proved unless stopped."""
    return _Search(question, deadline, effort or Effort()).run()


@dataclass(slots=True)
class _Search:
    question: Question
    deadline: Deadline
    effort: Effort
    value: int = -BROKEN
    frame: Numbers | None = None
    climbed: set[bytes] = field(default_factory=set)
    unit: float = field(init=False)

    def __post_init__(self) -> None:
        question = self.question
        largest = int(np.abs(question.benefit[question.benefit > -BROKEN >> 1]).sum())
        for costs in (*question.cost, *question.common):
            largest += int(np.where(costs < BROKEN, costs, 0).sum())
        self.unit = 2.0 ** -min(10, 51 - frexp(largest + 1)[1])

    def run(self) -> Best:
        """Search until everything is proved, or time is out."""
        part = self._everything()
        if part.empty:
            return Best(None, -BROKEN, -BROKEN)
        part = self._prepared(part)
        stack = [_Open(np.inf, part, self.effort.first)]
        while stack:
            if self.deadline.passed:
                return self._stopped(stack)
            node = stack.pop()
            if node.bound >= self.value + 1:
                stack.extend(self._expanded(node))
        return Best(self.frame, self.value, self.value)

    def _stopped(self, stack: list[_Open]) -> Best:
        """What is known when time is out: no part that is left is worth more than its bound."""
        bounds = (min(node.bound, float(_tops(node.part, node.part.worth(node.part.share)).sum())) for node in stack)
        return Best(self.frame, self.value, max(self.value, *(floor(bound) for bound in bounds)))

    def _everything(self) -> Part:
        question, effort = self.question, self.effort
        most, ties = effort.ways, ties_of(question)
        while True:
            topics = topics_of(question, ties, most)
            count = sum(int(np.prod([question.sizes[a] for a in topic])) for topic in topics)
            if most == 1 or count * question.count <= effort.cells:
                return whole(question, topics, [all_ways(question.sizes, topic) for topic in topics], self.deadline)
            most = max(1, most // 4)

    def _prepared(self, part: Part) -> Part:
        """The whole with a division to begin with, and a good frame known."""
        self._climb(part)
        for rounds in (self.effort.again // 2, self.effort.again * 2):
            if self.deadline.passed:
                break
            part = self._divided(part, rounds)
            self._climb(part)
        return part

    def _divided(self, part: Part, rounds: int) -> Part:
        if len(part.topics) == 1 or not len(part.people):
            return part
        target = self.value + 1.0
        if self.value == -BROKEN:
            bound = float(_tops(part, part.worth(part.share)).sum())
            target = bound - 0.1 * abs(bound) - 1
        share = np.floor(divided(part, target, rounds, self.deadline) / self.unit) * self.unit
        share[0] += part.share.sum(axis=0) - share.sum(axis=0)
        return replace(part, share=share)

    def _climb(self, part: Part) -> None:
        """Look for a good frame from the best way of each topic, unless it was begun from there before."""
        tried = min(self.effort.tried, 2 + self.effort.cells // (self.question.count * len(self.question.sizes) + 1))
        worth = part.worth(part.share)
        if (start := part.frame(worth).tobytes()) in self.climbed:
            return
        self.climbed.add(start)
        frame = climbed(part, worth, tried, self.deadline)
        self._offer(frame, int(self.question.totals(frame[None])[0]))

    def _offer(self, frame: Numbers, value: int) -> None:
        if value > self.value:
            self.value, self.frame = value, frame

    def _expanded(self, node: _Open) -> list[_Open]:
        """What is left of a part: nothing, when it is solved or cannot be better; itself, when time is out; or two."""
        part, rounds, bound = node.part, node.rounds, node.bound
        while not part.empty:
            if self.deadline.passed:
                return [_Open(bound, part, rounds)]
            part = self._divided(part, rounds)
            sifted = self._sifted(part)
            if sifted is None or sifted.part.empty:
                return []
            rounds, bound = self.effort.again, min(bound, sifted.bound)
            shrunk = sifted.part.cost.size < 0.8 * part.cost.size
            part = sifted.part
            if shrunk or part.exact:
                continue
            pair = self._pair(part)
            if pair is None:
                return self._split(sifted)
            part = joined(part, *pair, self.value + 1)
        return []

    def _sifted(self, part: Part) -> _Sifted | None:
        """The part without what cannot lead to anything better than the best known, or None when nothing in it can."""
        left = part.share[part.topic()] - part.cost
        takes = np.maximum(left, 0)
        worth = takes.sum(axis=1) + part.base
        tops = _tops(part, worth)
        bound = float(tops.sum())
        frame = part.frame(worth)
        value = int(self.question.totals(frame[None])[0])
        if part.exact and value < bound:
            raise Unproved(f"a frame that is worth {value} was thought to be worth {bound}")
        self._offer(frame, value)
        slack = bound - (self.value + 1)
        if slack < 0:
            return None
        keep = np.nonzero(tops[part.topic()] - worth <= slack)[0]
        part = part.with_ways(keep)
        left, takes, worth = left[keep], takes[keep], worth[keep, None]
        starts = part.starts[:-1]
        outside: Reals = np.maximum.reduceat(worth - takes, starts, axis=0).sum(axis=0)
        inside: Reals = np.maximum.reduceat(worth + np.minimum(left, 0), starts, axis=0).sum(axis=0)
        into, out = outside < self.value + 1, inside < self.value + 1
        if (into & out).any():
            return None
        undecided = ~into & ~out
        part = self._absorbed(part.decided(into, out))
        return _Sifted(part, bound, inside[undecided], outside[undecided])

    def _absorbed(self, part: Part) -> Part:
        for t in range(len(part.topics)):
            if part.empty or self.deadline.passed:
                break
            part = absorbed(part, t)
        return part

    def _pair(self, part: Part) -> tuple[int, int] | None:
        """The two topics with the fewest ways when they are joined, or None where those are too many."""
        worth = part.worth(part.share)
        tops = _tops(part, worth)
        slack = tops.sum() - (self.value + 1)
        lost = [np.sort(top - worth[start:end]) for top, (start, end) in zip(tops, pairwise(part.starts), strict=True)]
        fewest, pair = min(
            (int(np.searchsorted(lost[one], slack - lost[other], side="right").sum()), (one, other))
            for other in range(len(lost))
            for one in range(other)
        )
        fits = fewest <= self.effort.joined_ways and fewest * len(part.people) <= self.effort.cells
        return pair if fits or fewest <= 1 else None

    def _split(self, sifted: _Sifted) -> list[_Open]:
        """Two parts that are the whole part together; the more promising last, to be searched first.

        One participant is put in or out: the one by whom the bounds fall the most on both sides (their product, as is
        usual; Achterberg 2007). Where nobody is undecided, the ways of the largest topic are halved.
        """
        part, again = sifted.part, self.effort.again
        if not len(part.people):
            return [_Open(sifted.bound, half, again) for half in _halves(part)]
        falls = (1 + sifted.bound - sifted.inside) * (1 + sifted.bound - sifted.outside)
        i = int(falls.argmax())
        chosen = np.arange(len(falls)) == i
        none = np.zeros(len(falls), np.bool_)
        inside = _Open(min(sifted.bound, float(sifted.inside[i])), part.decided(chosen, none), again)
        outside = _Open(min(sifted.bound, float(sifted.outside[i])), part.decided(none, chosen), again)
        return sorted([outside, inside], key=lambda node: node.bound)


def _tops(part: Part, worth: Reals) -> Reals:
    tops: Reals = np.maximum.reduceat(worth, part.starts[:-1])
    return tops


def _halves(part: Part) -> list[Part]:
    """The ways of the topic with the most ways, one half and the other."""
    t = int(np.diff(part.starts).argmax())
    start, end = int(part.starts[t]), int(part.starts[t + 1])
    rows, middle = np.arange(len(part.ways)), (start + end) // 2
    first, second = (rows >= start) & (rows < middle), (rows >= middle) & (rows < end)
    return [part.with_ways(rows[~first]), part.with_ways(rows[~second])]
