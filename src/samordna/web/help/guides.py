"""The guides, read from the same files as the documentation: the few forms of Markdown that they use, as data.

A guide is a list of blocks; the template shows them, so nothing in a file can become anything but text, a list or a link.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from samordna.core.errors import Absent

NAMES = ("samordnare", "deltagare", "chef", "administrator", "drift")
PACKAGED = Path(__file__).resolve().parents[2] / "how-to"
SOURCE = Path(__file__).resolve().parents[4] / "docs" / "how-to"
ITEM = re.compile(r"^(?:[-*]|\d+\.) +")
PIECE = re.compile(
    r"\*\*(?P<strong>[^*]+)\*\*|\*(?P<named>[^*]+)\*|`(?P<code>[^`]+)`|\[(?P<label>[^\]]+)\]\((?P<to>[^)]+)\)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A run of text. `kind`: text, strong, named (what a page calls something), code or link."""

    kind: str
    text: str
    to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A heading, a paragraph, a list or lines of code. `items` has one run for each item; other blocks have one in all."""

    kind: str
    items: tuple[tuple[Piece, ...], ...]
    level: int = 0
    anchor: str = ""

    @property
    def text(self) -> str:
        """Its words alone."""
        return " ".join("".join(piece.text for piece in item) for item in self.items)


@cache
def guide_of(name: str) -> tuple[Block, ...]:
    """The guide of this name; raises `Absent`."""
    if name not in NAMES:
        raise Absent
    folder = PACKAGED if PACKAGED.is_dir() else SOURCE
    return tuple(_blocks((folder / f"{name}.md").read_text(encoding="utf-8")))


def _blocks(text: str) -> Iterator[Block]:
    inside: list[str] = []
    for line in (*text.splitlines(), ""):
        starts = line.startswith("#") or not line.strip()
        if starts and inside and not inside[0].startswith("```"):
            yield _block(inside)
            inside = []
        if line.startswith("#"):
            yield _heading(line)
        elif line.strip() or (inside and inside[0].startswith("```")):
            inside.append(line)
            if line.strip() == "```" and len(inside) > 1:
                yield Block(kind="code", items=((Piece(kind="code", text="\n".join(inside[1:-1])),),))
                inside = []


def _heading(line: str) -> Block:
    level = len(line) - len(line.lstrip("#"))
    title = line[level:].strip()
    return Block(kind="heading", items=(tuple(pieces(title)),), level=level, anchor=anchor_of(title))


def anchor_of(title: str) -> str:
    """What a heading is addressed by."""
    return re.sub(r"\W+", "-", title.casefold()).strip("-")


def _block(lines: list[str]) -> Block:
    if not ITEM.match(lines[0]):
        return Block(kind="paragraph", items=(tuple(pieces(" ".join(lines))),))
    items: list[str] = []
    for line in lines:
        if ITEM.match(line):
            items.append(ITEM.sub("", line))
        else:
            items[-1] += f" {line.strip()}"
    kind = "numbered" if lines[0][0].isdigit() else "list"
    return Block(kind=kind, items=tuple(tuple(pieces(item)) for item in items))


def pieces(text: str) -> Iterator[Piece]:
    """The runs of a line."""
    since = 0
    for found in PIECE.finditer(text):
        if found.start() > since:
            yield Piece(kind="text", text=text[since : found.start()])
        since = found.end()
        kind = found.lastgroup or "text"
        if kind == "to":
            yield Piece(kind="link", text=found["label"], to=found["to"])
        else:
            yield Piece(kind=kind, text=found[kind])
    if text[since:]:
        yield Piece(kind="text", text=text[since:])
