"""What differs between two versions: section by section, word by word, row by row. Pure functions over documents."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import chain

from samordna.domain.agreements.document import Document, Part
from samordna.domain.agreements.prose import blocks

WORDS = re.compile(r"\s+|[^\s\w]|\w+")
SAME, GONE, NEW = "same", "gone", "new"
MOST_WORDS = 3_000  # in two paragraphs compared word by word; longer ones are shown whole, the old and the new


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that both have (same), only the earlier (gone) or only the later (new)."""

    mark: str
    text: str


Line = tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One section of both. `mark`: whether the section itself is the same, gone or new. Tables as (mark, cells)."""

    title: str
    mark: str
    lines: tuple[Line, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def differs(self) -> bool:
        """Is anything in it not the same in both?"""
        pieces = chain.from_iterable(self.lines)
        return self.mark != SAME or any(p.mark != SAME for p in pieces) or any(mark != SAME for mark, _ in self.rows)


def differences(earlier: Document, later: Document) -> tuple[Compared, ...]:
    """Every section of either, in the later one's order; the first is what stands on the first page."""
    before, after = _keyed(earlier), _keyed(later)
    order = [*after, *(key for key in before if key not in after)]
    head = _compare(_head(earlier), _head(later))
    return (head, *(_compare(before.get(key), after.get(key)) for key in order))


def line_differences(earlier: str, later: str) -> tuple[Line, ...]:
    """Two texts, paragraph by paragraph and within changed ones word by word."""
    return tuple(_lines(_paragraphs(earlier), _paragraphs(later)))


def _keyed(document: Document) -> dict[tuple[str, str, int], Part]:
    found: dict[tuple[str, str, int], Part] = {}
    for part in document.parts:
        title = part.title if part.heading == "own" else ""
        times = sum(1 for heading, name, _ in found if (heading, name) == (part.heading, title))
        found[(part.heading, title, times)] = part
    return found


def _head(document: Document) -> Part:
    rows = ((document.kind, document.title), *document.head)
    return Part(heading="head", title="", text="", columns=("", ""), rows=rows)


def _compare(before: Part | None, after: Part | None) -> Compared:
    shown = after or before
    if shown is None:
        raise ValueError("A section is in at least one of the two.")
    mark = SAME if before and after else NEW if after else GONE
    return Compared(
        title=shown.title,
        mark=mark,
        lines=line_differences(before.text if before else "", after.text if after else ""),
        columns=shown.columns,
        rows=tuple(_rows(before.rows if before else (), after.rows if after else ())),
    )


def _paragraphs(text: str) -> list[str]:
    return [("- " if block.kind == "list" else "") + line for block in blocks(text) for line in block.lines]


def _lines(before: Sequence[str], after: Sequence[str]) -> Iterator[Line]:
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from ((Piece(SAME, line),) for line in before[a:b])
            continue
        pairs = min(b - a, d - c)
        yield from (_words(before[a + i], after[c + i]) for i in range(pairs))
        yield from ((Piece(GONE, line),) for line in before[a + pairs : b])
        yield from ((Piece(NEW, line),) for line in after[c + pairs : d])


def _words(before: str, after: str) -> Line:
    old, new = WORDS.findall(before), WORDS.findall(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if len(old) + len(new) > MOST_WORDS or matcher.quick_ratio() < 0.4:
        return (Piece(GONE, before), Piece(NEW, after))
    found: list[Piece] = []
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            found.append(Piece(SAME, "".join(old[a:b])))
            continue
        found += [Piece(GONE, "".join(old[a:b]))] if b > a else []
        found += [Piece(NEW, "".join(new[c:d]))] if d > c else []
    return tuple(found)


def _rows(before: Sequence[tuple[str, ...]], after: Sequence[tuple[str, ...]]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from ((SAME, row) for row in before[a:b])
            continue
        yield from ((GONE, row) for row in before[a:b])
        yield from ((NEW, row) for row in after[c:d])
