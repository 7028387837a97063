"""Dividing benefits between topics so that the bound becomes small.

The bound falls steepest when each participant moves its benefit away from topics where it takes part in more of what is
nearly best, to those where it takes part in less. How long the steps are depends on how far the bound is from the best
that is known (Polyak 1969). Looking at all that is nearly best, not at one best way, keeps them from zigzagging.
"""

import numpy as np

from samordna_engine.limits import Deadline
from samordna_engine.takes_part.part import Part, Reals

PATIENCE = 8
NEARLY = 0.02


def divided(part: Part, target: float, rounds: int, deadline: Deadline) -> Reals:
    """The best division found in so many rounds; no more once its bound is below the target."""
    topic, starts = part.topic(), part.starts[:-1]
    share = best_share = part.share
    best, step, still = np.inf, 1.0, 0
    left = np.empty_like(part.cost)
    for _ in range(rounds):
        np.take(share, topic, axis=0, out=left)
        left -= part.cost
        np.maximum(left, 0, out=left)
        worth = left.sum(axis=1) + part.base
        tops = np.maximum.reduceat(worth, starts)
        bound = float(tops.sum())
        still = still + 1 if bound > best - 0.002 * max(best - target, 1) else 0
        if bound < best:
            best, best_share = bound, share
        if best < target or deadline.passed:
            break
        if still >= PATIENCE:
            step, still, share = step * 0.7, 0, best_share
        gap = bound - target
        width = max(gap * NEARLY * max(step, 0.05), 1e-3)
        weight = np.exp((worth - tops[topic]) / width)
        rows = np.nonzero(weight > 1e-2)[0]
        weight, of = weight[rows], topic[rows]
        weight /= np.bincount(of, weight, minlength=len(starts))[of]
        first = np.nonzero(np.diff(of, prepend=-1))[0]
        takes = np.add.reduceat((left[rows] > 0) * weight[:, None], first, axis=0)
        takes -= takes.mean(axis=0)
        steepness = float((takes * takes).sum())
        if steepness < 1e-12:
            break
        share = share - (step * gap / steepness) * takes
    return best_share
