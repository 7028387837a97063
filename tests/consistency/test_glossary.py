"""The glossary's identifiers are the code's."""

from __future__ import annotations

import re

from tests.consistency.sources import ENGINE, ROOT, SOURCE, python

ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in (ROOT / "GLOSSARY.md").read_text().splitlines()
    if line.startswith("| ") and not line.startswith(("| Svenska", "| ---"))
]


def test_every_row_is_whole():
    assert all(len(row) == 4 and all(row) for row in ROWS)


def test_every_identifier_is_used_in_the_code():
    code = "\n".join(path.read_text() for path in [*python(SOURCE), *python(ENGINE)])
    unused = [row[2] for row in ROWS if row[2] != "–" and not re.search(rf"\b{row[2].strip('`')}\b", code)]
    assert unused == []


def test_no_word_has_two_meanings():
    english = [row[1] for row in ROWS]
    assert len(set(english)) == len(english)
