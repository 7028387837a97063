"""What a matter asks, out and in: exactly the same again, and everything wrong told by sheet, row and column."""

from __future__ import annotations

import io
import tracemalloc

import pytest
import xlsxwriter
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from samordna.core.errors import Invalid
from samordna.domain.matters.enums import AspectKind, MatterKind, Sharing
from samordna.domain.matters.exchange.files import raw_tables, spreadsheet, table
from samordna.domain.matters.exchange.outlines import (
    AspectOutline,
    Outline,
    OutlineIn,
    parsed_outline,
    plain_outline,
    raw_of,
    read_outline,
)
from samordna.domain.matters.exchange.sheets import Asked

LETTERS = st.characters(codec="utf-8", exclude_categories=("C", "Z"), include_characters=" ")
LINE = st.text(LETTERS, min_size=1, max_size=30).map(lambda text: " ".join(text.split())).filter(bool)
PROSE = st.lists(LINE, max_size=3).map("\n".join)


@st.composite
def aspects(draw):
    kind = draw(st.sampled_from(AspectKind))
    options = ()
    if kind is AspectKind.RANGE:
        lowest, step = draw(st.integers(-50, 50)), draw(st.integers(1, 9))
        options = tuple(str(lowest + step * n) for n in range(draw(st.integers(2, 9))))
    elif kind is not AspectKind.YES_NO:
        options = tuple(draw(st.lists(LINE, min_size=2, max_size=5, unique=True)))
    unit, sharing = draw(st.one_of(st.just(""), LINE)), draw(st.sampled_from(Sharing)).value
    words = {"label": draw(LINE), "explanation": draw(PROSE), "unit": unit, "sharing": sharing}
    return AspectOutline(kind=kind.value, options=options, weight=draw(st.integers(1, 1000)), **words)


OUTLINES = st.builds(
    Outline,
    title=LINE,
    purpose=PROSE.filter(bool),
    for_the_individual=PROSE.filter(bool),
    area=st.just("Betalning"),
    convenience=PROSE,
    unit=st.one_of(st.just(""), LINE),
    price_of_difference=st.one_of(st.none(), st.integers(0, 10**9)),
    kind=st.sampled_from(MatterKind).map(lambda kind: kind.value),
    aspects=st.lists(aspects(), max_size=4, unique_by=lambda one: one.label).map(tuple),
)


@settings(max_examples=40, deadline=None)
@given(OUTLINES, st.sampled_from(["sv", "en"]))
def test_what_is_written_is_read_again_exactly(outline, language):
    asked = Asked(matter_id="m", title=outline.title, unit="h", subjects={}, participants={}, outline=outline)
    with override(language):
        assert read_outline(parsed_outline(_json(outline)), ["Betalning"]) == (outline, ())
        written = [spreadsheet([], asked), table([], asked)]
    for content in written:
        with override("en"):
            assert read_outline(raw_tables(content), ["Betalning"]) == (outline, ())


def _json(outline):
    return OutlineIn.model_validate(plain_outline(outline)).model_dump_json().encode()


WRONG = {
    "title": "",
    "purpose": "P",
    "for_the_individual": "I",
    "area": "Nowhere",
    "kind": "song",
    "aspects": [
        {"label": "A", "options": ["one", "one"]},
        {"label": "A", "kind": "yes_no"},
        {"label": "", "kind": "yes_no"},
        {"label": "B", "kind": "range", "options": ["1", "2", "4"]},
        {"label": "C", "kind": "poem", "options": ["x", "y"]},
        {"label": "D", "sharing": "never", "options": ["x", "y"], "weight": 0},
        {"label": "E", "options": ["x"]},
    ],
}


def test_everything_wrong_is_told_by_sheet_row_and_column():
    with override("en"):
        outline, faults = read_outline(raw_of(OutlineIn.model_validate(WRONG)), ["Payment"])
    assert outline is None
    told = {(fault.sheet, fault.row, fault.column): fault.what for fault in faults}
    assert told == {
        ("The matter", 2, "Kind"): "“song” is not one of those there are.",
        ("The matter", 3, "Title"): "Nothing stands here.",
        ("The matter", 7, "Area"): "“Nowhere” is not one of those there are.",
        ("Aspects", 2, "Options"): "An option stands there twice.",
        ("Aspects", 3, "What has to be settled"): "“A” stands there twice.",
        ("Aspects", 4, "What has to be settled"): "Nothing stands here.",
        ("Aspects", 5, "Options"): "These are not whole numbers, rising by the same step.",
        ("Aspects", 6, "Kind of answer"): "“poem” is not one of those there are.",
        ("Aspects", 7, "How much likeness matters here"): "“0” is not a whole number from 1 up.",
        ("Aspects", 7, "How alike must it be?"): "“never” is not one of those there are.",
        ("Aspects", 8, "Options"): "There are fewer than two options.",
    }


def test_a_file_without_the_sheet_says_which_is_missing():
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        book.add_worksheet("Something else")
    with override("en"), pytest.raises(Invalid, match="The file has no sheet “The matter”"):
        read_outline(raw_tables(buffer.getvalue()), ["Payment"])


def test_numbers_far_apart_cost_no_more_than_they_say():
    given = {**WRONG, "aspects": [{"label": "A", "kind": "range", "options": ["0", "1", "5000000"]}]}
    raw = raw_of(OutlineIn.model_validate(given))
    tracemalloc.start()
    faults = read_outline(raw, ["Nowhere"])[1]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [fault.row for fault in faults if fault.column == "Options" or fault.column == "Alternativ"] == [2]
    assert peak < 4_000_000, peak
