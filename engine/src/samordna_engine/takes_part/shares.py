"""Dividing benefits between topics so that the bound becomes small.

The bound falls steepest when each participant moves its benefit away from topics where it takes part in more of what is
nearly best, to those where it takes part in less. How long the steps are depends on how far the bound is from the best
that is known (Polyak 1969). Looking at all that is nearly best, not at one best way, keeps them from zigzagging.

What comes out need not be exact, since any division gives a bound; so single precision is enough here.
"""

from math import log

import numpy as np
from numpy.typing import NDArray

from samordna_engine.limits import Deadline
from samordna_engine.takes_part.part import Part, Reals

PATIENCE = 8
NEARLY = 0.02
FAR = log(1e-2)
BLOCK = 1 << 15

Singles = NDArray[np.float32]


class _Worth:
    """What each way is worth under a division, worked out in blocks that fit the processor's memory."""

    def __init__(self, part: Part) -> None:
        self.part = part
        self.topic = part.topic()
        self.starts = part.starts[:-1]
        self.cost = part.cost.astype(np.float32)
        rows = max(1, BLOCK // max(1, len(part.people)))
        self.blocks: list[tuple[int, int, int]] = []
        for t, start in enumerate(self.starts.tolist()):
            end = int(part.starts[t + 1])
            self.blocks += [(t, row, min(row + rows, end)) for row in range(start, end, rows)]
        self.room = np.empty((len(part.ways) if part.cost.size <= BLOCK else rows, len(part.people)), np.float32)
        self.ones = np.ones(len(part.people), np.float32)

    def under(self, share: Reals) -> Reals:
        """What each way is worth."""
        single = share.astype(np.float32)
        if len(self.room) == len(self.cost):
            np.take(single, self.topic, axis=0, out=self.room, mode="clip")
            np.subtract(self.room, self.cost, out=self.room)
            np.maximum(self.room, 0, out=self.room)
            return (self.room @ self.ones) + self.part.base
        worth = np.empty(len(self.cost))
        for t, start, end in self.blocks:
            room = self.room[: end - start]
            np.subtract(single[t], self.cost[start:end], out=room)
            np.maximum(room, 0, out=room)
            worth[start:end] = room @ self.ones
        return worth + self.part.base

    def taken(self, share: Reals, worth: Reals, tops: Reals, width: float) -> Reals:
        """How much each participant takes part in each topic, over the ways that are nearly best: [topic, person]."""
        below = worth - tops[self.topic]
        rows = (below > width * FAR).nonzero()[0]
        of = self.topic[rows]
        weight = np.exp(below[rows] / width)
        weight /= np.bincount(of, weight, minlength=len(self.starts))[of]
        covered = (share.take(of, axis=0) > self.cost.take(rows, axis=0)) * weight[:, None]
        taken: Reals = np.add.reduceat(covered, rows.searchsorted(self.starts), axis=0)
        return taken


def divided(part: Part, target: float, rounds: int, deadline: Deadline) -> Reals:
    """The best division found in so many rounds; no more once its bound is below the target."""
    worths = _Worth(part)
    share = best_share = part.share
    best, step, still = np.inf, 1.0, 0
    for _ in range(rounds):
        worth = worths.under(share)
        tops = np.maximum.reduceat(worth, worths.starts)
        bound = float(tops.sum())
        still = still + 1 if bound > best - 0.002 * max(best - target, 1) else 0
        if bound < best:
            best, best_share = bound, share
        if best < target or deadline.passed:
            break
        if still >= PATIENCE:
            step, still, share = step * 0.7, 0, best_share
        gap = bound - target
        taken = worths.taken(share, worth, tops, max(gap * NEARLY * max(step, 0.05), 1e-3))
        taken -= taken.mean(axis=0)
        steepness = float((taken * taken).sum())
        if steepness < 1e-12:
            break
        share = share - (step * gap / steepness) * taken
    return best_share
