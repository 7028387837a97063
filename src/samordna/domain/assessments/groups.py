"""Which groups of answers may be shown, so that no group that can be worked out from them is small.

Concept. Everybody who answers is in one *cell*: an organisation, a level and the way in which the answer came. Cells are
put together into *blocks* of at least so many answers. A row that is shown (all, one organisation, one level) is always a
union of whole blocks. Whatever is added and taken away of such rows is again whole blocks, so that no difference between
two of them tells of fewer: this is what hiding only the small rows would miss.

Whoever leads may know what came on paper, and may have used links of its own, and could take such answers away from what is
shown. A block is therefore large enough only by the answers of its most secret way (`secret`): answers by link and on paper
never help answers that were given signed in to be many enough, nor those on paper answers by link.

Links are of two kinds. Those that went out as letters, one to each recipient who does not lead, cannot be used by whoever
leads. Those that were handed to whoever leads can: four answers of one's own would uncover the fifth, and nothing that is
kept could tell. They therefore protect nobody, themselves neither, and are shown only together with enough others. Answers
on paper are known to whoever enters them; among themselves they are many enough for everybody else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

Cell = tuple[str, str, str]
"""An organisation or a group outside, a level or "", and one of `WAYS`."""
SIGNED_IN, BY_LINK, HANDED, ON_PAPER = WAYS = ("", "link", "handed", "paper")
"""How an answer came, the most secret first."""
Block = frozenset[Cell]
Counts = Mapping[Cell, int]


def blocks(counts: Counts, least: int) -> tuple[Block, ...]:
    """Cells put together until each block has `least` answers; cells that no block may take are in none.

    First within the organisations, or first within the levels: whichever leaves more rows to show.
    """
    there = {cell: n for cell, n in counts.items() if n > 0}
    ways = [_put_together(there, least, by) for by in (0, 1)]
    return max(ways, key=lambda way: (len(shown_rows(there, way)), way is ways[0]))


def coarser(parts: Iterable[Block], counts: Counts, least: int) -> tuple[Block, ...]:
    """The blocks of one question: those that too few have answered are put together with others."""
    return _without_small(parts, counts, least)


def secret(cells: Iterable[Cell], counts: Counts) -> int:
    """How many answers protect each other here: those of the most secret way that anybody has answered in."""
    sizes = dict.fromkeys(WAYS, 0)
    for cell in cells:
        sizes[cell[2]] += counts.get(cell, 0)
    way, n = next(((way, n) for way, n in sizes.items() if n), ("", 0))
    return 0 if way == HANDED else n


def shown(row: Iterable[Cell], counts: Counts, parts: Iterable[Block]) -> bool:
    """May these cells be shown as one? Only when they are exactly some of the blocks."""
    wanted = {cell for cell in row if counts.get(cell, 0)}
    covered: set[Cell] = set()
    for block in parts:
        present = {cell for cell in block if counts.get(cell, 0)}
        if present & wanted:
            if not present <= wanted:
                return False
            covered |= present
    return bool(wanted) and covered == wanted


def rows_of(cells: Iterable[Cell]) -> dict[tuple[str, str], tuple[Cell, ...]]:
    """Every row that one would show: ("all", ""), ("organisation", id), ("level", level), with its cells."""
    given = sorted(cells)
    rows: dict[tuple[str, str], tuple[Cell, ...]] = {("all", ""): tuple(given)}
    for place, kind in ((0, "organisation"), (1, "level")):
        for key in sorted({cell[place] for cell in given} - {""}):
            rows[(kind, key)] = tuple(cell for cell in given if cell[place] == key)
    return rows


def shown_rows(counts: Counts, parts: Iterable[Block]) -> list[tuple[str, str]]:
    """The rows that may be shown."""
    parts = tuple(parts)
    return [row for row, cells in rows_of(counts).items() if shown(cells, counts, parts)]


def _put_together(counts: Counts, least: int, by: int) -> tuple[Block, ...]:
    done: list[Block] = []
    for key in sorted({cell[by] for cell in counts}):
        within = frozenset(cell for cell in counts if cell[by] == key)
        if secret(within, counts) < least:
            done.append(within)
        else:
            done += _without_small([frozenset({cell}) for cell in sorted(within)], counts, least)
    return _without_small(done, counts, least)


def _without_small(given: Iterable[Block], counts: Counts, least: int) -> tuple[Block, ...]:
    """Those that are too small become one; if that is too small too, the smallest of the others that is large enough for
    both goes with it. Where none is, they are left out."""
    sized = sorted(((secret(block, counts), sorted(block), block) for block in given), key=lambda one: one[:2])
    large = [block for n, _cells, block in sized if n >= least]
    small = [block for n, _cells, block in sized if n < least]
    together = frozenset[Cell]().union(*small)
    if not small or secret(together, counts) >= least:
        return (*large, *([together] if small else []))
    for host in large:
        if secret(together | host, counts) >= least:
            return (*(block for block in large if block != host), together | host)
    return tuple(large)
