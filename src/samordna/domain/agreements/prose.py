"""Prose as it is typed, and what it becomes: paragraphs, lists and headings, the same on the page, in PDF and in Word.

An empty line ends a paragraph; a line that begins with "- " belongs to a list; one that begins with "## " is a heading.
Nothing else is markup, so nothing that is typed can become anything but text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

LISTED = re.compile(r"^\s*[-*•]\s+(?=\S)")
TITLED = re.compile(r"^##+\s+(?=\S)")
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]")
"""Control characters, marks that turn the direction of writing (a reader would see another text than the one that is
signed), and halves of surrogate pairs."""


@dataclass(frozen=True, slots=True)
class Block:
    """`kind`: text (one paragraph), list (its points) or title (one line)."""

    kind: str
    lines: tuple[str, ...]


def tidy(text: str) -> str:
    """One spelling of line ends and no blanks where they cannot be seen, so that equal texts are equal."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip("\n")


def unprintable(text: str) -> str:
    """The code of the first character that may not stand in a document, as U+202E; "" when there is none."""
    found = UNPRINTABLE.search(text)
    return f"U+{ord(found.group()):04X}" if found else ""


def blocks(text: str) -> tuple[Block, ...]:
    """The prose as blocks; every word of the text is in exactly one of them, in order."""
    return tuple(_blocks(text))


def _blocks(text: str) -> Iterator[Block]:
    for kind, group in groupby(tidy(text).split("\n"), key=_kind):
        lines = list(group)
        match kind:
            case "list":
                yield Block("list", tuple(LISTED.sub("", line).strip() for line in lines))
            case "title":
                yield from (Block("title", (TITLED.sub("", line).strip(),)) for line in lines)
            case "text":
                yield Block("text", (" ".join(line.strip() for line in lines),))


def _kind(line: str) -> str:
    if not line.strip():
        return "blank"
    return "list" if LISTED.match(line) else "title" if TITLED.match(line) else "text"
