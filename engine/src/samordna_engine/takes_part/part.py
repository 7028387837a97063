"""A part of the search: which ways of each topic are left, and who is in, out or undecided.

Every undecided participant divides its benefit between the topics. In each topic by itself, the best way is then found
as if everyone could take part in that topic alone, wherever its share covers its cost there. Nothing that is decided
together can be worth more than the sum of those bests: whoever takes part does so in every topic, and its shares add
up to its benefit. The division is chosen to make the sum small (`shares.py`); any division gives a bound that holds.
(Lagrangean decomposition on the participants' switches, Guignard and Kim 1987; with one topic it is exact.)

All sums are of floats that hold whole multiples of a power of two, below 2^52 of it, and therefore exact.
"""

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from samordna_engine.limits import Deadline
from samordna_engine.projection.matter import BROKEN
from samordna_engine.projection.tables import Numbers, Scope, Truths
from samordna_engine.takes_part.question import Question

Reals = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """`topics` have their ways after each other: topic t has rows `starts[t]` up to `starts[t + 1]`.

    `ways[w]` are options for all aspects (zero outside the topic), `cost[w, i]` is what way w costs the undecided
    participant `people[i]` (infinite where it may not be), `base[w]` what it is worth to the frame and to those who
    are in, whose benefit is in it. `share[t, i]` is the division. `waiting` are the rows of the question that tie
    aspects of different topics together, and are about the frame or about those who are not out.
    """

    question: Question
    topics: tuple[Scope, ...]
    starts: Numbers
    ways: Numbers
    cost: Reals
    base: Reals
    people: Numbers
    share: Reals
    waiting: Numbers

    @property
    def empty(self) -> bool:
        """Whether some topic has no way left."""
        return bool((self.starts[1:] == self.starts[:-1]).any())

    @property
    def exact(self) -> bool:
        """Whether the bound is reached by the frame of the best ways."""
        return len(self.topics) == 1 or not (len(self.people) or len(self.waiting))

    def topic(self) -> Numbers:
        """The topic of each way."""
        return np.repeat(np.arange(len(self.topics)), self.starts[1:] - self.starts[:-1])

    def worth(self, share: Reals) -> Reals:
        """The most that each way can be worth, under a division."""
        left = share[self.topic()]
        left -= self.cost
        np.maximum(left, 0, out=left)
        worth: Reals = left.sum(axis=1)
        return worth + self.base

    def frame(self, worth: Reals) -> Numbers:
        """The best way of each topic, together, as the options of all aspects."""
        best = [start + int(worth[start:end].argmax()) for start, end in pairwise(self.starts.tolist())]
        frame: Numbers = self.ways[best].sum(axis=0)
        return frame

    def with_ways(self, keep: Numbers) -> "Part":
        """The same with these ways only (in order)."""
        starts = np.searchsorted(keep, self.starts)
        return replace(self, starts=starts, ways=self.ways[keep], cost=self.cost[keep], base=self.base[keep])

    def decided(self, into: Truths, out: Truths) -> "Part":
        """The same where some of the undecided are in and some out. Ways that those who are in cannot have are gone."""
        if not into.any() and not out.any():
            return self
        rows = self.topic()
        base = self.base
        if into.any():
            base = base + (self.share[:, into][rows] - self.cost[:, into]).sum(axis=1)
        left = ~into & ~out
        part = replace(
            self,
            base=base,
            cost=self.cost[:, left],
            people=self.people[left],
            share=self.share[:, left],
            waiting=self.waiting[~np.isin(self.question.owner[self.waiting], self.people[out])],
        )
        return part.with_ways(np.nonzero(np.isfinite(base))[0]) if into.any() else part


def whole(question: Question, topics: list[Scope], ways: list[Numbers], deadline: Deadline) -> Part:
    """The part that is everything. Those who must take part are in, and those without anything to gain are out.

    Past the deadline, more than need be is left waiting; its bound holds all the same.
    """
    starts = np.cumsum([0, *(len(of) for of in ways)])
    rows = np.concatenate(ways)
    cost = np.zeros((len(rows), question.count))
    base = np.zeros(len(rows))
    for t, topic in enumerate(topics):
        of = slice(int(starts[t]), int(starts[t + 1]))
        for a in topic:
            cost[of] += as_reals(question.cost[a].T[rows[of, a]])
            base[of] -= as_reals(question.common[a][rows[of, a]])
    share = _in_proportion(question.benefit, cost, starts)
    everyone = np.arange(question.count)
    waiting = np.arange(len(question.owner))
    part = Part(question, tuple(topics), starts, rows, cost, base, everyone, share, waiting)
    part = part.with_ways(np.nonzero(np.isfinite(base))[0])
    part = part.decided(question.must, ~question.must & (question.benefit <= 0))
    for t in range(len(topics)):
        if not deadline.passed:
            part = absorbed(part, t)
    return part


def _in_proportion(benefit: Numbers, cost: Reals, starts: Numbers) -> Reals:
    """Benefits divided in proportion to what the topics cost on the whole; whole numbers that add up."""
    usual = np.minimum(cost, 2.0 * np.abs(benefit) + 1)
    weight = np.add.reduceat(usual, starts[:-1], axis=0) / np.diff(starts)[:, None] + 1e-3
    share: Reals = np.floor(benefit * (weight / weight.sum(axis=0)))
    share[0] += benefit - share.sum(axis=0)
    return share


def as_reals(cost: Numbers) -> Reals:
    """Costs as reals, infinite where something may not be."""
    return np.where(cost >= BROKEN, np.inf, cost.astype(np.float64))


def absorbed(part: Part, t: int) -> Part:
    """The same, where what waited and is about topic t, or what is settled, only is part of what its ways cost."""
    question, of = part.question, slice(int(part.starts[t]), int(part.starts[t + 1]))
    outside = np.ones(len(question.sizes), np.bool_)
    outside[list(part.topics[t])] = False
    frames = part.ways[of].copy()
    for other, (start, end) in enumerate(pairwise(part.starts.tolist())):
        if end - start == 1 and other != t:
            outside[list(part.topics[other])] = False
            frames += part.ways[start]
    within = ~outside[question.flat.aspect[question.table[part.waiting]]].any(axis=1)
    if not within.any():
        return part
    gathered = question.gathered(part.waiting[within])
    owners, paid = gathered.owners, question.paid(gathered, frames)
    cost, base = part.cost.copy(), part.base.copy()
    undecided = np.isin(owners, part.people)
    cost[of, np.searchsorted(part.people, owners[undecided])] += as_reals(paid[:, undecided])
    base[of] -= as_reals(paid[:, ~undecided]).sum(axis=1)
    part = replace(part, cost=cost, base=base, waiting=part.waiting[~within])
    return part if undecided.all() else part.with_ways(np.nonzero(np.isfinite(base))[0])


def joined(part: Part, one: int, other: int, least: float) -> Part:
    """The same with two topics joined into one, of whose ways those are kept that can lead to at least so much."""
    worth = part.worth(part.share)
    best = np.maximum.reduceat(worth, part.starts[:-1])
    spans = [slice(start, end) for start, end in pairwise(part.starts.tolist())]
    slack = best.sum() - least
    lost = (best[one] - worth[spans[one]])[:, None] + (best[other] - worth[spans[other]])
    first, second = np.nonzero(lost <= slack)
    first, second = first + part.starts[one], second + part.starts[other]
    rest = [t for t in range(len(part.topics)) if t not in (one, other)]
    kept = np.concatenate([np.zeros(0, np.int64), *(np.arange(spans[t].start, spans[t].stop) for t in rest)])
    share = part.share[one] + part.share[other]
    part = replace(
        part,
        topics=(*(part.topics[t] for t in rest), tuple(sorted(part.topics[one] + part.topics[other]))),
        starts=np.cumsum([0, *(spans[t].stop - spans[t].start for t in rest), len(first)]),
        ways=np.concatenate([part.ways[kept], part.ways[first] + part.ways[second]]),
        cost=np.concatenate([part.cost[kept], part.cost[first] + part.cost[second]]),
        base=np.concatenate([part.base[kept], part.base[first] + part.base[second]]),
        share=np.concatenate([part.share[rest], share[None]]),
    )
    return absorbed(part, len(part.topics) - 1)
