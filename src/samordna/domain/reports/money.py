"""What a year's meetings cost together in kronor, where that tells nobody what an hour costs at another. Pure.

What an hour costs is each organisation's own to tell. Everybody knows its own price, and how many hours the others have put
in; so the sum is told only where at least three others are in it besides whoever reads, none of which is most of what is
left, and it is told in two figures.
"""

from __future__ import annotations

from collections.abc import Mapping

LEAST_OTHERS = 3  # who are in the sum besides whoever reads it
MOST_OF_ONE = 2 / 3  # of what is left when the reader's own is taken away


def together(kronor: Mapping[str, int], knows: Mapping[str, frozenset[str]]) -> int | None:
    """The sum of what each organisation's time has cost, in two figures; None where it would tell too much of one.

    `knows`: whose prices an organisation may know besides its own, since it came after them; asked with and without, for
    it may be that it does not, as where the other lives on.
    """
    readers = {*kronor, *knows, ""}
    for known in (each for reader in readers for each in ({reader}, {reader, *knows.get(reader, ())})):
        others = [cost for of, cost in kronor.items() if of not in known]
        if len(others) < LEAST_OTHERS or max(others) > MOST_OF_ONE * sum(others):
            return None
    return in_two_figures(sum(kronor.values()))


def in_two_figures(amount: int) -> int:
    """The amount as one says it: 183 712 is 180 000."""
    return round(amount, 2 - len(str(amount)))
