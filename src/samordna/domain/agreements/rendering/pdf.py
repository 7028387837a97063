"""A document as PDF: tagged (PDF/UA-1), archival (PDF/A-2a), and the same bytes every time from the same document.

The document goes in as data beside the template, so nothing in it can be read as markup. Only the fonts that come with the
compiler are used, and the only moment in the file is the one given, or the bytes would depend on the machine.
"""

from __future__ import annotations

import json
import threading
from dataclasses import asdict
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import typst
from django.utils.translation import gettext as _
from django.utils.translation import override

from samordna.core.errors import Refused
from samordna.domain.agreements.document import Beneath, Document, Part, Piece
from samordna.domain.agreements.prose import blocks

TEMPLATE = Path(__file__).with_name("agreement.typ")
STANDARDS: list[Any] = ["a-2a", "ua-1"]
NOTHING: Beneath = {}
SHORT, SHORT_NAME = 18, 28  # characters of a cell, and of its column's name, that stand on one line
_one_at_a_time = threading.Lock()


def made_with() -> str:
    """What makes the PDF, with its version: kept with what is sealed."""
    return f"typst {version('typst')}"


def pdf_of(
    document: Document,
    at: datetime,
    *,
    draft: bool = False,
    mark: str = "",
    numbered: bool = True,
    spelled: bool = False,
    beneath: Beneath = NOTHING,
) -> bytes:
    """The document as PDF. `at` is written in the file as its time; `draft` marks every page, and `mark` does in its own
    words. `numbered`: do its parts have numbers, or are they in their titles already? `spelled`: a character
    that has no shape in the fonts is written as its code (U+1F44D), in what was noted by many and nobody signs. `beneath`:
    what stands beneath its parts besides.

    Otherwise raises `Refused`, naming the character.
    """
    said = _data(document, draft=draft, mark=mark, numbered=numbered, beneath=beneath)
    data = json.dumps(said, ensure_ascii=False, sort_keys=True)
    try:
        return _compile(data, at.astimezone(UTC))
    except typst.TypstError as error:
        if spelled and (codes := _shapeless(document, data, at)):
            return _compile(data.translate(codes), at.astimezone(UTC))
        raise Refused(_fault(document, str(error), at)) from error


@cache
def _compiler() -> typst.Compiler:
    """Finds and reads the fonts once; each document is then a few milliseconds."""
    return typst.Compiler(str(TEMPLATE), root=str(TEMPLATE.parent), ignore_system_fonts=True)


def _compile(data: str, at: datetime) -> bytes:
    with _one_at_a_time:
        made = _compiler().compile(
            format="pdf", sys_inputs={"data": data}, pdf_standards=STANDARDS, timestamp=int(at.timestamp())
        )
    if not isinstance(made, bytes):
        raise TypeError("One document is one PDF.")
    return made


def _data(
    document: Document, *, draft: bool, mark: str = "", numbered: bool = True, beneath: Beneath = NOTHING
) -> dict[str, Any]:
    with override(document.language):
        words = {
            "contents": _("Contents"),
            "draft": _("DRAFT: not sealed, not signed") if draft else mark,
            "signing": _("Signatures"),
            "signs": _("Signs for"),
            "party": _("Party"),
            "how": _(
                "Each party's authorised role signs this document by its digest (SHA-256). Who signed, in which role, "
                "when and how is recorded with the document in Samordna."
            ),
        }
    plain = asdict(document)
    return plain | {"words": words, "numbered": numbered, "parts": [_part(part, beneath) for part in document.parts]}


def _part(part: Part, beneath: Beneath) -> dict[str, Any]:
    return _said(part) | {"pieces": [_said(one) | _drawn(one) for one in beneath.get(part.heading, ())]}


def _said(given: Part | Piece) -> dict[str, Any]:
    prose = [{"kind": block.kind, "lines": list(block.lines)} for block in blocks(given.text)]
    return {"title": given.title, "blocks": prose, "columns": list(given.columns), "rows": [list(r) for r in given.rows]}


def _drawn(piece: Piece) -> dict[str, Any]:
    widths = _widths(piece.columns, piece.rows)
    return {"drawing": piece.drawing, "alt": piece.alt, "level": 3 if piece.under else 2, "widths": widths}


def _widths(columns: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> list[str]:
    """Columns of figures and days are as wide as what stands in them; the others share what is left."""
    cells = list(zip(*rows, strict=True)) or [() for _name in columns]
    own = [
        len(name) <= SHORT_NAME and all(len(cell) <= SHORT for cell in below)
        for name, below in zip(columns, cells, strict=True)
    ]
    return ["own" if one and not all(own) else "shared" for one in own]


def _fault(document: Document, error: str, at: datetime) -> str:
    """The sentence for a document that cannot be made: the first character that has no shape, where it is."""
    for part in document.parts:
        odd = sorted({c for c in part.title + part.text + str(part.rows) if ord(c) > 0x17F})
        for character in odd:
            probe = Document(**(_bare(document) | {"parts": (Part(heading="own", title="x", text=character),)}))
            try:
                _compile(json.dumps(_data(probe, draft=False)), at)
            except typst.TypstError:
                place = {"character": character, "code": f"U+{ord(character):04X}", "section": part.title}
                return (
                    _("The character %(character)s (%(code)s) under %(section)s cannot be printed. Write it with words.")
                    % place
                )
    return _("The PDF cannot be made: %(error)s") % {"error": error[:300]}


def _shapeless(document: Document, data: str, at: datetime) -> dict[int, str]:
    """The code of each character that has no shape in the fonts, found by halves."""

    def faulty(characters: str) -> str:
        probe = Document(**(_bare(document) | {"parts": (Part(heading="own", title="x", text=" ".join(characters)),)}))
        try:
            _compile(json.dumps(_data(probe, draft=False)), at)
        except typst.TypstError:
            half = len(characters) // 2
            return faulty(characters[:half]) + faulty(characters[half:]) if half else characters
        return ""

    odd = "".join(sorted({character for character in data if ord(character) > 0x17F}))
    return {ord(character): f"U+{ord(character):04X}" for character in faulty(odd)}


def _bare(document: Document) -> dict[str, Any]:
    plain = ("kind", "collaboration", "language", "reference")
    return {name: getattr(document, name) for name in plain} | {"title": "x", "head": (), "signers": ()}
