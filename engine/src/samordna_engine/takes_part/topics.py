"""Aspects gathered into topics, each with the ways in which it can be settled.

Aspects that many conditions tie together belong in one topic, as far as the number of its ways allows. What ties
aspects of different topics together waits until those topics are joined.
"""

from collections.abc import Sequence

import numpy as np

from samordna_engine.projection.tables import Numbers, Scope, cells
from samordna_engine.takes_part.question import Question

Ties = dict[tuple[int, int], int]
"""How many statements there are over pairs of aspects."""


def topics_of(question: Question, ties: Ties, most: int) -> list[Scope]:
    """All aspects, gathered into topics with at most so many ways, those that are tied the strongest first.

    How strongly two topics are tied is the number of statements over both; of equals the smaller join first.
    """
    topic: list[Scope] = [(a,) for a in range(len(question.sizes))]
    while True:
        between: dict[tuple[Scope, Scope], int] = {}
        for (a, b), count in ties.items():
            if topic[a] != topic[b]:
                pair = min(topic[a], topic[b]), max(topic[a], topic[b])
                between[pair] = between.get(pair, 0) + count
        fitting = [(pair, count) for pair, count in between.items() if _ways(question.sizes, pair) <= most]
        if not fitting:
            return sorted(set(topic))
        (one, other), _ = max(fitting, key=lambda f: (f[1] ** 2 / _ways(question.sizes, f[0]), f[0]))
        joined = tuple(sorted(one + other))
        for a in joined:
            topic[a] = joined


def _ways(sizes: Sequence[int], pair: tuple[Scope, Scope]) -> int:
    return cells(sizes, pair[0] + pair[1])


def ties_of(question: Question) -> Ties:
    """How many statements there are over each pair of aspects."""
    ties: dict[tuple[int, int], int] = {}
    counts = np.bincount(question.table, minlength=len(question.tables)).tolist()
    for table, count in zip(question.tables, counts, strict=True):
        for i, a in enumerate(table.scope):
            for b in table.scope[i + 1 :]:
                ties[a, b] = ties.get((a, b), 0) + count
    return ties


def all_ways(sizes: Sequence[int], topic: Scope) -> Numbers:
    """Every way to settle a topic, as rows of options for all aspects; zero outside the topic."""
    options = np.indices([sizes[a] for a in topic]).reshape(len(topic), -1)
    ways = np.zeros((options.shape[1], len(sizes)), np.int64)
    ways[:, list(topic)] = options.T
    return ways
