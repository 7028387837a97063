"""A spreadsheet's package, made safe before a reader opens it.

A file of a kilobyte can claim a cell in the last row of the last column, and a reader that lays a sheet out as a rectangle
would then take hundreds of gigabytes and end the whole program. So each part is unpacked within its bound, the rectangle
that its cells span is measured, and only what has been measured is packed again for the reader.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import Final
from xml.parsers import expat

from django.utils.translation import gettext as _

from samordna.core.errors import Invalid, TooLarge

MAX_UNPACKED: Final = 60 * 1024 * 1024
MAX_PACKED_PARTS: Final = 200
MAX_ROWS: Final = 60_000
MAX_COLUMNS: Final = 200
MAX_CELLS: Final = 3_000_000
"""So many cells the rectangles of all sheets may have together, empty ones counted."""
REFERENCE: Final = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
HOLDS: Final = frozenset({"v", "is", "f", "t"})
"""What a cell has within it when it holds something; one with only a look is not laid out."""


def unreadable(sentence: str) -> Invalid:
    """A file that cannot be used, with the sentence that says why."""
    return Invalid({"file": sentence})


def checked(content: bytes) -> bytes:
    """The package with the parts that have been measured. Raises `TooLarge` or `Invalid({"file": sentence})`."""
    buffer, cells = io.BytesIO(), 0
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package, zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as safe:
            parts = {part.filename: part for part in package.infolist()}
            _bounded(package.infolist())
            for name, part in parts.items():
                data = package.read(part)
                spanned = _Span().of(data)
                if spanned is not None:
                    cells += spanned
                    safe.writestr(name, data)
            if cells > MAX_CELLS:
                raise _too_wide()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, RuntimeError, EOFError, zlib.error) as error:
        raise unreadable(_("The file is damaged. Save it anew and try again.")) from error
    if not any(name.lower() == "xl/workbook.xml" for name in parts):
        raise unreadable(_("The file is not a spreadsheet that can be read. Save it as .xlsx and try again."))
    return buffer.getvalue()


def _bounded(parts: list[zipfile.ZipInfo]) -> None:
    """Reading stops at the size that a part says it has, so what they say together bounds what is unpacked."""
    if len(parts) > MAX_PACKED_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        sentence = _("Unpacked, the file may be at most %(limit)s MB. Divide it into several.")
        raise TooLarge(sentence % {"limit": MAX_UNPACKED >> 20})


def _too_wide() -> TooLarge:
    limits = {"rows": MAX_ROWS, "columns": MAX_COLUMNS, "cells": MAX_CELLS}
    sentence = _(
        "The sheets reach too far: at most %(rows)s rows, %(columns)s columns and %(cells)s cells together. "
        "Is something written far out in a sheet? Take it away, or divide the file into several."
    )
    return TooLarge(sentence % limits)


class _Span:
    """The rectangle from the first cell of a sheet to the last that holds something."""

    def __init__(self) -> None:
        self.row = self.column = self.rows = self.columns = 0
        self.pending = False

    def of(self, data: bytes) -> int | None:
        """How many cells it has; 0 for a part that is no sheet, None for one that is not XML (which no sheet is then)."""
        reader = expat.ParserCreate(namespace_separator=":")
        reader.StartElementHandler = self._begins
        reader.EndElementHandler = self._ends
        reader.StartDoctypeDeclHandler = self._declares
        try:
            reader.Parse(data, True)
        except expat.ExpatError:
            return None
        return self.rows * self.columns

    def _declares(self, *_said: object) -> None:
        raise ValueError  # a spreadsheet declares no entities of its own

    def _begins(self, name: str, given: dict[str, str]) -> None:
        match name.rpartition(":")[2]:
            case "row":
                self.row, self.column = _number(given["r"]) if "r" in given else self.row + 1, 0
            case "c":
                self._at(given.get("r"))
                self.pending = True
            case word if self.pending and word in HOLDS:
                self.pending = False
                self.rows, self.columns = max(self.rows, self.row), max(self.columns, self.column)
                if self.rows > MAX_ROWS or self.columns > MAX_COLUMNS:
                    raise _too_wide()

    def _at(self, reference: str | None) -> None:
        if reference is None:
            self.column += 1
            return
        found = REFERENCE.fullmatch(reference)
        if found is None:
            raise ValueError
        column = 0
        for letter in found.group(1).upper():
            column = column * 26 + ord(letter) - ord("A") + 1
        self.row, self.column = int(found.group(2)), column

    def _ends(self, name: str) -> None:
        if name.rpartition(":")[2] == "c":
            self.pending = False


def _number(text: str) -> int:
    if not re.fullmatch("[0-9]{1,7}", text):
        raise ValueError
    return int(text)
