"""One option out of several that each voice has put in order: by pairs, and by the strongest path when pairs go in a ring.

Concept. a beats b when more voices put a before b than b before a. What beats each other option is the answer (Condorcet
1785). Sometimes nothing does: a beats b, b beats c and c beats a. A *path* is then a row of options, each of which beats
the next; it is as strong as its weakest step, that is, the number of voices behind it. a comes before b when the strongest
path from a to b is stronger than the strongest one back. Schulze, *A new monotonic, clone-independent, reversal symmetric,
and Condorcet-consistent single-winner election method*, Social Choice and Welfare 36 (2011), with the strength of a step
measured by winning votes; the strengths are found by the widest-path variant of Floyd and Warshall that the article gives,
in n³ steps.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, permutations

Ranks = tuple[tuple[str, ...], ...]
Pairs = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """How one option beats another: the row of options, how strong it is, and how strong the best way back is."""

    steps: tuple[str, ...]
    strength: int
    back: int

    @property
    def direct(self) -> bool:
        """Does it beat the other face to face?"""
        return len(self.steps) == 2


def against_each(options: Sequence[str], ballots: Iterable[Ranks]) -> dict[str, dict[str, int]]:
    """`[a][b]`: how many voices put a before b. What is left out of a ballot comes last, and equal."""
    pairs = {one: {other: 0 for other in options if other != one} for one in options}
    for ballot in ballots:
        place = {option: number for number, group in enumerate(ballot) for option in group}
        for one, other in combinations(options, 2):
            mine, yours = place.get(one, len(ballot)), place.get(other, len(ballot))
            if mine < yours:
                pairs[one][other] += 1
            elif yours < mine:
                pairs[other][one] += 1
    return pairs


def strongest(pairs: Pairs) -> dict[str, dict[str, Path]]:
    """The strongest path from each option to each other that can be reached; among equals the first found."""
    strength = {a: {b: number if number > pairs[b][a] else 0 for b, number in row.items()} for a, row in pairs.items()}
    towards = {a: dict.fromkeys(row, a) for a, row in pairs.items()}  # the last step before the end
    for via, start, end in permutations(pairs, 3):
        through = min(strength[start][via], strength[via][end])
        if through > strength[start][end]:
            strength[start][end], towards[start][end] = through, towards[via][end]
    return {
        a: {b: Path(steps=_steps(a, b, towards), strength=held, back=strength[b][a]) for b, held in row.items() if held}
        for a, row in strength.items()
    }


def _steps(start: str, end: str, towards: Mapping[str, Mapping[str, str]]) -> tuple[str, ...]:
    row = [end]
    while row[-1] != start:
        row.append(towards[start][row[-1]])
    return tuple(reversed(row))


def before_all(pairs: Pairs, paths: Mapping[str, Mapping[str, Path]]) -> tuple[str, ...]:
    """The options that no other comes before, in the order they were asked about; one unless some are equal."""
    return tuple(one for one in pairs if not any(_before(other, one, paths) for other in pairs if other != one))


def _before(one: str, other: str, paths: Mapping[str, Mapping[str, Path]]) -> bool:
    path = paths[one].get(other)
    return path is not None and path.strength > path.back
