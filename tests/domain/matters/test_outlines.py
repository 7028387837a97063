"""What a matter asks, out and in: exactly the same again, and everything wrong told by sheet, row and column."""

from __future__ import annotations

import io
import json
import tracemalloc

import pytest
import xlsxwriter
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from samordna.core.errors import Invalid, TooLarge
from samordna.core.tables import raw_tables
from samordna.domain.matters.enums import AspectKind, MatterKind, Sharing
from samordna.domain.matters.exchange.files import spreadsheet, table
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
from samordna.domain.matters.queries.outlines import outline_in
from tests import factories as f

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
    unit = draw(st.one_of(st.just(""), LINE.map(lambda text: text[:20].strip())))  # an aspect's unit is at most 20 long
    sharing = draw(st.sampled_from(Sharing)).value
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


LONG = {
    "title": "t" * 161,
    "purpose": "p" * 10_001,
    "for_the_individual": "I",
    "area": "Payment",
    "unit": "u" * 41,
    "price_of_difference": 1_000_000_001,
    "aspects": [
        {"label": "A" * 81, "kind": "yes_no", "unit": "u" * 21, "explanation": "e" * 10_001},
        {"label": "B", "options": ["x", "y" * 81]},
        {"label": "C", "kind": "range", "options": ["0", "2000000000"]},
        {"label": "\x00", "kind": "yes_no"},
    ],
}


def test_what_opening_would_refuse_is_told_by_the_preview():
    with override("en"):
        outline, faults = read_outline(raw_of(OutlineIn.model_validate(LONG)), ["Payment"])
    assert outline is None
    limit = "Write at most {} characters; this is {}."
    assert {(fault.sheet, fault.row, fault.column): fault.what for fault in faults} == {
        ("The matter", 3, "Title"): limit.format(160, 161),
        ("The matter", 4, "What the matter is for"): limit.format(10_000, 10_001),
        ("The matter", 8, "Unit of cost and benefit"): limit.format(40, 41),
        ("The matter", 9, "What one difference costs"): "The figure is at most 1000000000.",
        ("Aspects", 2, "What has to be settled"): limit.format(80, 81),
        ("Aspects", 2, "Unit"): limit.format(20, 21),
        ("Aspects", 2, "Explanation"): limit.format(10_000, 10_001),
        ("Aspects", 3, "Options"): limit.format(80, 81),
        ("Aspects", 4, "Options"): "The figures go from −1000000000 to 1000000000.",
        ("Aspects", 5, "What has to be settled"): "Nothing stands here.",
    }


def test_too_many_aspects_are_one_sentence_and_are_not_gone_through():
    head = ["What has to be settled", "Kind of answer"]
    raw = {"The matter": [(1, ["Title", "T"])], "Aspects": [(1, head), *((n, ["same", "poem"]) for n in range(2, 60_002))]}
    with override("en"):
        told = [(one.row, one.what) for one in read_outline(raw, [])[1] if one.sheet == "Aspects"]
        assert told == [(1, "There are 60000 aspects; a matter has at most 40.")]
        with pytest.raises(TooLarge, match="at most 60000 rows"):
            raw_tables(b"#Aspects;x\r\n" + b"Aspects;y\r\n" * 60_000)


def test_a_misshapen_document_is_told_in_the_readers_language():
    wrong = {**LONG, "format": "other/9", "aspects": [{"label": "A"}] * 41, "surplus": 1}
    del wrong["purpose"]
    with override("sv"), pytest.raises(Invalid) as told:
        parsed_outline(json.dumps(wrong).encode())
    sentence = told.value.fields["file"]
    for part in ("format: Här ska det stå samordna-outline/1.", "purpose: Här står inget.", "högst 40 aspekter"):
        assert part in sentence, sentence
    assert "Input should" not in sentence


@pytest.mark.django_db
def test_a_document_that_begins_with_a_byte_order_mark_is_a_document():
    given = f.collaboration()
    f.area(given, "Payment")
    good = {**LONG, "title": "T", "purpose": "P", "unit": "", "price_of_difference": None, "aspects": []}
    read = outline_in(f.coordinator_of(given), given.pk, b"\xef\xbb\xbf" + json.dumps(good).encode())
    assert (read.faults, read.outline and read.outline.title) == ((), "T")
