"""A good frame to begin with: one topic at a time is settled as well as it can be under the others."""

from itertools import pairwise
from typing import Final

import numpy as np

from samordna_engine.limits import Deadline
from samordna_engine.projection.tables import Numbers
from samordna_engine.takes_part.part import Part, Reals, as_reals

NOWHERE: Final = -float("inf")


def climbed(part: Part, worth: Reals, tried: int, deadline: Deadline) -> Numbers:
    """A frame that is not made better by settling one topic in another of its `tried` ways of the highest worth.

    It begins with the best way of each topic by itself; of equals the first.
    """
    spans = list(pairwise(part.starts.tolist()))
    promising = [start + np.argsort(-worth[start:end], kind="stable")[:tried] for start, end in spans]
    chosen = np.array([some[0] for some in promising])
    others = [np.delete(np.arange(len(spans)), t) for t in range(len(spans))]
    sums = _Sums(part)
    value, settled, t = NOWHERE, 0, 0
    while settled < len(spans) and not deadline.passed:
        worths = sums.of(chosen[others[t]], promising[t])
        best = int(worths.argmax())
        settled += 1
        if worths[best] > value:
            value, settled, chosen[t] = float(worths[best]), 1, promising[t][best]
        t = (t + 1) % len(spans)
    frame: Numbers = part.ways[chosen].sum(axis=0)
    return frame


class _Sums:
    """What whole frames are worth, when those take part that gain by it."""

    def __init__(self, part: Part) -> None:
        self.part = part
        self.benefit = part.share.sum(axis=0)
        self.waiting = part.question.gathered(part.waiting)
        self.undecided = np.isin(self.waiting.owners, part.people)
        self.column = np.searchsorted(part.people, self.waiting.owners[self.undecided])

    def of(self, fixed: Numbers, tried: Numbers) -> Reals:
        """What the frames of some fixed ways with each of the tried ones are worth."""
        part = self.part
        left = (self.benefit - part.cost[fixed].sum(axis=0)) - part.cost[tried]
        base = part.base[fixed].sum() + part.base[tried]
        if len(self.waiting.owners):
            paid = as_reals(part.question.paid(self.waiting, part.ways[fixed].sum(axis=0) + part.ways[tried]))
            left[:, self.column] -= paid[:, self.undecided]
            base -= paid[:, ~self.undecided].sum(axis=1)
        worth: Reals = np.maximum(left, 0).sum(axis=1) + base
        return worth
