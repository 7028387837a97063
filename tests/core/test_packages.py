"""A spreadsheet that reaches far is refused before it is laid out, whatever its sheet is called and however it is said."""

from __future__ import annotations

import io
import zipfile

import pytest
import xlsxwriter

from samordna.core.errors import Invalid, TooLarge
from samordna.core.tables import raw_tables

SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'


def _book(*cells, looks=()):
    """A book with these cells (row, column and text), and these cells that only have a look."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet, bold = book.add_worksheet("Roller"), book.add_format({"bold": True})
        for row, column, text in cells:
            sheet.write_string(row, column, text)
        for row, column in looks:
            sheet.write_blank(row, column, None, bold)
    return buffer.getvalue()


def _with_sheet(rows, name="xl/worksheets/sheet1.xml", head=""):
    """A book whose sheet says this, and lies in this part."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_book((0, 0, "x")))) as old, zipfile.ZipFile(buffer, "w") as made:
        for part in old.infolist():
            data = old.read(part).replace(b"worksheets/sheet1.xml", name.removeprefix("xl/").encode())
            if part.filename != "xl/worksheets/sheet1.xml":
                made.writestr(part.filename, data)
        made.writestr(name, head + SHEET % rows)
    return buffer.getvalue()


def test_what_is_written_is_read_and_what_only_has_a_look_counts_for_nothing():
    rows = raw_tables(_book((0, 0, "Roll"), (2, 3, "ö"), looks=[(1_048_575, 16_383)]))["Roller"]
    assert rows == [(1, ["Roll", "", "", ""]), (2, [""] * 4), (3, ["", "", "", "ö"])]


@pytest.mark.parametrize(
    "content",
    [
        _book((0, 0, "a"), (1_048_575, 16_383, "b")),
        _book((0, 0, "a"), (0, 300, "b")),
        _book((59_999, 0, "a"), (0, 199, "b")),
        _with_sheet('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c><v>1</v></c></row>'),
        _with_sheet('<row><c r="A1"><v>1</v></c><c r="xfd1048576" t="inlineStr"><is><t>b</t></is></c></row>'),
        _with_sheet("<row>" + "<c><v>1</v></c>" * 201 + "</row>"),
        _with_sheet('<row><c r="A1"><v>1</v></c><c r="XFD1048576"><v>1</v></c></row>', "xl/media/picture.png"),
    ],
)
def test_a_sheet_that_reaches_too_far_is_refused_before_it_is_laid_out(content):
    with pytest.raises(TooLarge, match=r"far out|långt bort"):
        raw_tables(content)


@pytest.mark.parametrize(
    "content",
    [
        _with_sheet('<row r="x"><c><v>1</v></c></row>'),
        _with_sheet('<row><c r="1A"><v>1</v></c></row>'),
        _with_sheet('<row><c r="A1"><v>1</v></row>'),
        _with_sheet("", head='<!DOCTYPE worksheet [<!ENTITY a "b">]>'),
    ],
)
def test_what_cannot_be_measured_is_not_read(content):
    with pytest.raises(Invalid):
        raw_tables(content)
