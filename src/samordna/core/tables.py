"""Tables that come and go as files: bounded reading of spreadsheets and of text with separators, and the words in them.

What comes in is never trusted: how large it is, how large it becomes when it is unpacked, and how many rows it has are
bounded before anything is read. What goes out cannot be run as a formula. Words are compared in either language, whatever
the case and the spaces.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from importlib import import_module
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import override

from samordna.core.errors import TooLarge
from samordna.core.packages import MAX_ROWS, checked, unreadable

Cell = str | int | date | None
XLSX_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAX_BYTES: Final = 5 * 1024 * 1024
MAX_CELL: Final = 32_000
FORMULA_STARTS: Final = ("=", "+", "@", "\t", "\r")

LANGUAGES = ("sv", "en")


def words_for(of: Mapping[str, Promise | str]) -> dict[str, str]:
    """What may be written for each key, in any language, as it is compared: small letters, single spaces."""
    found: dict[str, str] = {}
    for language in LANGUAGES:
        with override(language):
            found |= {folded(str(word)): key for key, word in of.items()}
    return found | {folded(key): key for key in of}


def folded(text: str) -> str:
    """Text as it is compared."""
    return " ".join(text.split()).casefold()


def raw_tables(
    content: bytes, point: str = ".", decimals: int = 10, *, named: bool = True
) -> dict[str, list[tuple[int, list[str]]]]:
    """Every sheet's rows as they stand; a number in a spreadsheet has this decimal point and at most so many decimals.

    Text with separators has the table's name first in every row; unless `named`, a row may have nothing there.
    Raises `TooLarge` or `Invalid({"file": sentence})`.
    """
    if len(content) > MAX_BYTES:
        sentence = _("The file may be at most %(limit)s MB; this is %(count)s MB. Divide it into several.")
        raise TooLarge(sentence % {"limit": MAX_BYTES >> 20, "count": -(-len(content) >> 20)})
    raw = _unpacked(content, point, decimals) if content[:2] == b"PK" else _separated(content, named=named)
    if sum(len(rows) for rows in raw.values()) > MAX_ROWS:
        raise TooLarge(_("The file may have at most %(limit)s rows. Divide it into several.") % {"limit": MAX_ROWS})
    return raw


def guarded(value: Cell) -> str:
    """Text that a spreadsheet program would run as a formula gets an apostrophe before it."""
    text = "" if value is None else str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith((*FORMULA_STARTS, "-", "'")) else text


def letters_of(place: int) -> str:
    """A column's letters: A for 0."""
    found = ""
    while place >= 0:
        found, place = chr(ord("A") + place % 26) + found, place // 26 - 1
    return found


def _unpacked(content: bytes, point: str, decimals: int) -> dict[str, list[tuple[int, list[str]]]]:
    calamine = import_module("python_calamine")  # slow: a compiled library that no other page needs
    safe = checked(content)
    found: dict[str, list[tuple[int, list[str]]]] = {}
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(safe))
        for title in book.sheet_names[:20]:
            sheet = book.get_sheet_by_name(title)
            rows = sheet.to_python(skip_empty_area=False, nrows=MAX_ROWS + 1)
            found[title] = [(n, [_cell(cell, point, decimals) for cell in row]) for n, row in enumerate(rows, start=1)]
    except (calamine.CalamineError, ValueError, OSError, KeyError) as error:
        raise unreadable(_("The file is not a spreadsheet that can be read. Save it as .xlsx and try again.")) from error
    return found


def _cell(cell: object, point: str = ".", decimals: int = 10) -> str:
    if isinstance(cell, float):
        cell = round(cell, decimals)  # a sum of 0.1 and 0.2 is 0.3 to whoever sees it
        return str(int(cell)) if cell.is_integer() else str(cell).replace(".", point)
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return str(cell).replace("\x00", "").strip()[:MAX_CELL]


def _separated(content: bytes, *, named: bool) -> dict[str, list[tuple[int, list[str]]]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    found: dict[str, list[tuple[int, list[str]]]] = {}
    first = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";" if ";" in first else "\t" if "\t" in first else ",")
    try:
        for number, row in enumerate(reader, start=1):
            first, *cells = [_cell(cell.removeprefix("'")) for cell in row] or [""]
            if first or (any(cells) and not named):
                found.setdefault(first.removeprefix("#"), []).append((number, cells))
    except csv.Error as error:
        raise unreadable(_("The file is not a table that can be read. Save it as .xlsx and try again.")) from error
    return found


def write_cell(page: Any, row: int, place: int, value: Cell, cell: Any, day: Any) -> None:
    """One cell of a spreadsheet, as text, a whole number or a day; never as a formula or a link."""
    if isinstance(value, date):
        page.write_datetime(row, place, datetime(value.year, value.month, value.day), day)
    elif isinstance(value, int):
        page.write_number(row, place, value, cell)
    elif value:
        page.write_string(row, place, value, cell)


def sheet_of(title: str, rows: Sequence[Sequence[Cell]], widths: Sequence[int]) -> bytes:
    """A spreadsheet of one sheet that can be sorted and narrowed: the first row is its head. `widths`: of its columns.

    The same rows give the same bytes.
    """
    writer = import_module("xlsxwriter")  # slow: 40 ms that no other page should wait for
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with writer.Workbook(buffer, options) as book:
        book.set_properties({"title": title, "created": datetime(2000, 1, 1)})
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E7EEF4", "border": 1})
        cell = book.add_format({"text_wrap": True, "valign": "top"})
        day = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"})
        page = book.add_worksheet(title)
        page.freeze_panes(1, 1)
        page.repeat_rows(0)
        page.set_landscape()
        page.fit_to_pages(1, 0)
        for place, width in enumerate(widths):
            page.set_column(place, place, width)
        for number, row in enumerate(rows):
            for place, value in enumerate(row):
                write_cell(page, number, place, value, head if number == 0 else cell, day)
        page.autofilter(0, 0, len(rows) - 1, len(widths) - 1)
    return buffer.getvalue()
