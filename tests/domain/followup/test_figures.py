"""Numbers, periods and figures as people write them, and what may not be read from what is shown. No database."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from xlsxwriter import Workbook

from samordna.core.clock import read_day
from samordna.domain.collaborations.enums import Direction
from samordna.domain.followup.disclosure import Why, disclosed, shown_to_each, size_of
from samordna.domain.followup.figures import Fault, Figure, Told, figure_of
from samordna.domain.followup.numbers import Unreadable, read_number
from samordna.domain.followup.periods import finished, key_read, period_at, read_period
from samordna.domain.followup.reading import rows_of
from samordna.domain.followup.weighing import Path, Way, Weighed, way, whole


@pytest.mark.parametrize(
    ("text", "number"),
    [
        *(("12,5", "12.5"), ("1 234,5", "1234.5"), ("1\u00a0234", "1234"), ("1\u202f234\u202f567", "1234567")),
        *(("1.234,5", "1234.5"), ("1.234.567", "1234567"), ("12,5 %", "12.5"), ("-3,25", "-3.25"), ("−4", "-4")),
        *(("0.125", "0.125"), ("12.5", "12.5"), (",5", "0.5"), ("0", "0")),
    ],
)
def test_a_number_is_read_as_it_is_written(text, number):
    assert read_number(text).number == Decimal(number)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        *(("1.234", Unreadable.TWO_WAYS), ("12 34", Unreadable.NO_NUMBER), ("1,2,3", Unreadable.NO_NUMBER)),
        *(("tolv", Unreadable.NO_NUMBER), ("1.23.4", Unreadable.NO_NUMBER), ("%", Unreadable.NO_NUMBER)),
        *(("1e5", Unreadable.NO_NUMBER), ("0,00001", Unreadable.TOO_FINE), ("9" * 13, Unreadable.TOO_LARGE)),
        *(("٣", Unreadable.NO_NUMBER), ("NaN", Unreadable.NO_NUMBER), ("1.23,4", Unreadable.NO_NUMBER)),
    ],
)
def test_what_cannot_be_read_or_can_be_read_in_two_ways_is_said(text, fault):
    assert read_number(text).fault is fault


def test_empty_is_no_number_and_no_fault():
    assert read_number("  ") == read_number("")
    assert read_number("").number is None
    assert read_number("").fault is None


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=4, allow_nan=False))
def test_every_number_comes_back_as_it_was_written_in_swedish(number):
    whole_part, _point, part = format(abs(number), ",.4f").partition(".")
    for space in (" ", "\u00a0", "."):
        text = ("-" if number < 0 else "") + whole_part.replace(",", space) + "," + part
        assert read_number(text).number == number


@pytest.mark.parametrize("text", ["2026-03-31", "20260331", "31/3 2026", "31.3.2026", "31 mars 2026", "31 Mar. 2026"])
def test_a_day_in_each_style(text):
    assert read_day(text) == date(2026, 3, 31)


@pytest.mark.parametrize("text", ["31/2 2026", "2026-13-01", "mars", "", "1/1/26"])
def test_no_day(text):
    assert read_day(text) is None


@pytest.mark.parametrize(
    ("frequency", "key", "texts"),
    [
        ("month", "2026-03", ("2026-03", "mars 2026", "3/2026", "202603", "2026-03-15", "March 2026")),
        ("quarter", "2026-Q1", ("2026-Q1", "kvartal 1 2026", "Q1 2026", "2026 kv 1", "2026-03-31", "2026 kvartal 1")),
        ("tertial", "2026-T2", ("2026-T2", "tertial 2 2026", "T2 2026", "31/8 2026")),
        ("half", "2026-H2", ("2026-H2", "halvår 2 2026", "1 juli 2026")),
        ("year", "2026", ("2026", "2026-12-31")),
    ],
)
def test_a_period_in_each_style(frequency, key, texts):
    assert {period.key for text in texts if (period := read_period(text, frequency))} == {key}
    assert all(read_period(text, frequency) for text in texts)
    assert read_period("2026-Q5", frequency) is None
    assert read_period("i fjol", frequency) is None


@given(st.dates(date(1950, 1, 1), date(2150, 1, 1)), st.sampled_from(["month", "quarter", "tertial", "half", "year"]))
def test_every_day_lies_in_one_period_that_its_key_names(day, frequency):
    period = period_at(frequency, day)
    assert period.starts_on <= day <= period.ends_on
    assert key_read(period.key) == period
    assert period.following.before == period
    assert (period.following.starts_on - period.ends_on).days == 1


def test_the_periods_that_are_to_be_reported():
    keys = [period.key for period in finished("month", date(2026, 1, 20), date(2026, 4, 1), 24)]
    assert keys == ["2026-03", "2026-02", "2026-01"]
    assert len(list(finished("month", date(2000, 1, 1), date(2026, 4, 1), 24))) == 24
    assert list(finished("year", date(2026, 1, 1), date(2026, 4, 1), 24)) == []


@pytest.mark.parametrize(
    ("kind", "minimum", "told", "expected"),
    [
        ("count", 1, Told(value="12"), Figure(value=Decimal(12))),
        ("count", 1, Told(value="1,5"), {"value": Fault.NOT_WHOLE}),
        ("count", 1, Told(value="-1"), {"value": Fault.NEGATIVE}),
        ("count", 1, Told(), {"value": Fault.EMPTY}),
        ("count", 1, Told(value="0"), Figure(value=Decimal(0))),
        ("count", 1, Told(missing="Systemet låg nere"), Figure(missing="Systemet låg nere")),
        ("count", 1, Told(missing="x" * 201), {"missing": Fault.TOO_LONG}),
        ("count", 1, Told(missing="a\x00b"), {"missing": Fault.NO_TEXT}),
        ("count", 1, Told(value="1", missing="x"), {"missing": Fault.BOTH}),
        ("count", 1, Told(value="1", numerator="1"), {"numerator": Fault.NOT_ASKED}),
        (
            "share",
            5,
            Told(numerator="7", denominator="8"),
            Figure(value=Decimal("87.5"), numerator=Decimal(7), denominator=Decimal(8), group=8),
        ),
        ("share", 5, Told(value="110", denominator="8"), {"value": Fault.OVER_HUNDRED}),
        ("share", 5, Told(numerator="9", denominator="8"), {"numerator": Fault.MORE_THAN_ALL}),
        ("share", 5, Told(numerator="0", denominator="0"), {"denominator": Fault.OF_NONE}),
        ("share", 5, Told(value="50"), {"denominator": Fault.HOW_MANY}),
        ("share", 1, Told(value="50 %"), Figure(value=Decimal(50))),
        ("share", 1, Told(value="50", numerator="7", denominator="8"), {"value": Fault.DISAGREES}),
        ("mean", 5, Told(value="3,2"), {"group": Fault.HOW_MANY}),
        ("mean", 5, Told(value="3,2", group="41"), Figure(value=Decimal("3.2"), group=41)),
        ("amount", 5, Told(value="1200"), {"group": Fault.HOW_MANY}),
        ("amount", 5, Told(value="1200", group="3"), Figure(value=Decimal(1200), group=3)),
        ("amount", 1, Told(value="1.234"), {"value": Fault.TWO_WAYS}),
    ],
)
def test_a_figure_of_each_kind(kind, minimum, told, expected):
    assert figure_of(told, kind, minimum) == expected


def test_no_row_of_a_file_is_lost_and_a_sum_of_tenths_is_read_as_it_is_seen():
    head = b"Indikator;Organisation;Period;V\xc3\xa4rde\n"
    rows = rows_of(head + b"V\x00\xc3\xa4ntan;;2026-01;5\n;Havsn\xc3\xa4s;2026-02;6\n;;;\n")
    assert [(row.line, row.indicator, row.value) for row in rows] == [(2, "Väntan", "5"), (3, "", "6")]
    buffer = BytesIO()
    book = Workbook(buffer)
    page = book.add_worksheet()
    page.write_row(0, 0, ["Indikator", "Organisation", "Period", "Värde"])
    page.write_row(1, 0, ["Väntan", "Havsnäs", "2026-01", 0.1 + 0.2])
    page.write_row(2, 0, ["Väntan", "Havsnäs", "2026-02", 100 / 3])
    book.close()
    assert [row.value for row in rows_of(buffer.getvalue())] == ["0,3", "33,3333"]


def test_the_whole_of_each_kind():
    some = [
        Weighed(value=Decimal(50), numerator=Decimal(1), denominator=Decimal(2)),
        Weighed(value=Decimal(100), numerator=Decimal(8), denominator=Decimal(8)),
    ]
    assert whole(some, "weighted", "share") == Decimal(90)
    means = [Weighed(value=Decimal(2), group=10), Weighed(value=Decimal(4), group=30)]
    assert whole(means, "weighted", "mean") == Decimal("3.5")
    assert whole([Weighed(value=Decimal(2)), *means], "weighted", "mean") is None, "a weight that nobody knows"
    assert whole(means, "sum", "amount") == Decimal(6)
    assert whole(means, "none", "mean") is None


def test_how_it_goes_is_held_against_the_way_to_the_target():
    path = Path(
        direction=Direction.DOWN,
        baseline=Decimal(30),
        baseline_on=date(2026, 1, 1),
        steps=((date(2027, 1, 1), Decimal(20)),),
    )
    on = date(2026, 7, 2)
    levels = {
        Decimal(19): Way.REACHED,
        Decimal(25): Way.ON_ITS_WAY,
        Decimal(27): Way.SLOWER,
        Decimal(29): Way.FAR,
        Decimal(31): Way.WORSE,
    }
    assert {level: way(path, level, on) for level in levels} == levels
    assert way(path, None, on) is Way.UNMEASURED
    assert path.expected(date(2025, 1, 1)) == Decimal(30)
    assert path.expected(date(2030, 1, 1)) == Decimal(20)


NAMES = tuple("abcdef")


@given(
    st.dictionaries(st.sampled_from(NAMES), st.none() | st.integers(0, 40), min_size=1),
    st.none() | st.sampled_from(NAMES),
    st.sets(st.sampled_from(NAMES)),
    st.integers(1, 12),
)
def test_what_is_shown_gives_no_hidden_figure_away(sizes, own, seen, minimum):
    found = disclosed(sizes, own=own, seen=seen, minimum=minimum, summed=True)
    assert own not in found.hidden
    for each, size in sizes.items():
        if each != own and (each not in seen or (size is not None and size < minimum)):
            assert each in found.hidden
    if found.whole and found.hidden:
        assert len(found.hidden) >= 2, "one alone would be what is left of the whole"
        few = [sizes[each] for each in found.hidden if sizes[each] is not None and sizes[each] < minimum]
        assert not few or sum(sizes[each] or 0 for each in found.hidden) >= minimum


@given(
    st.dictionaries(st.sampled_from(NAMES), st.none() | st.integers(0, 12), max_size=6),
    st.dictionaries(st.sampled_from(NAMES), st.frozensets(st.sampled_from(NAMES), max_size=2)),
    st.dictionaries(st.sampled_from(NAMES), st.frozensets(st.sampled_from(NAMES), max_size=2), max_size=2),
    st.integers(1, 12),
    st.booleans(),
)
def test_what_is_shown_to_each_is_what_is_shown_to_every_one_of_them(sizes, readers, knows, minimum, summed):
    sure = {of: frozenset(sorted(those)[:1]) for of, those in knows.items()}
    one_by_one = all(
        disclosed(
            sizes, own=of, seen=seen, minimum=minimum, summed=summed, knows=knows.get(of, ()), sure=sure.get(of, ())
        ).whole
        for of, seen in readers.items()
    )
    assert shown_to_each(sizes, readers, knows, minimum, summed=summed, sure=sure) == one_by_one


def test_whoever_knows_for_certain_all_that_is_hidden_is_given_nothing_away_by_the_whole():
    sizes = {"a": 3, "b": 40, "c": None}
    asked = {"own": None, "seen": (), "minimum": 5, "summed": True}
    assert disclosed(sizes, **asked, knows="abc", sure="abc").whole
    for sure in ("", "a", "ab"):
        assert not disclosed(sizes, **asked, knows="abc", sure=sure).whole, sure
    assert not disclosed({"a": 9, "b": 9}, **asked, knows="a", sure="a").whole, "what is left is the others' figure"


@given(
    st.dictionaries(st.sampled_from(NAMES), st.none() | st.integers(0, 40), min_size=1),
    st.sets(st.sampled_from(NAMES)),
    st.integers(1, 12),
)
def test_whoever_came_after_others_is_left_with_two_hidden_figures_at_least(sizes, knows, minimum):
    found = disclosed(sizes, own="z", seen=(), minimum=minimum, summed=True, knows=knows)
    assert set(found.hidden) == set(sizes), "what it may know is not shown for that"
    if found.whole:
        assert len(set(sizes) - knows) >= 2, "one alone would be what is left of the whole"


@given(
    st.dictionaries(st.sampled_from(NAMES), st.none() | st.integers(0, 12), max_size=6),
    st.none() | st.sampled_from(NAMES),
    st.sets(st.sampled_from(NAMES)),
    st.sets(st.sampled_from(NAMES)),
    st.integers(1, 12),
)
def test_whoever_may_know_more_is_never_shown_more(sizes, own, seen, knows, minimum):
    stranger = disclosed(sizes, own=own, seen=seen, minimum=minimum, summed=True)
    found = disclosed(sizes, own=own, seen=seen, minimum=minimum, summed=True, knows=knows)
    assert stranger.whole or not found.whole
    if found.whole:
        assert set(found.hidden) >= set(stranger.hidden)
        left = set(found.hidden) - knows
        assert not found.hidden or len(left) >= 2, "nobody is left where it may know all"


def test_a_count_of_a_few_in_a_large_group_is_of_a_few():
    assert size_of("count", Decimal(2), None, 500) == 2
    assert size_of("count", Decimal(900), None, 500) == 500
    assert size_of("amount", Decimal(1200), None, 3) == 3


def test_a_group_of_two_is_hidden_and_hides_another_that_would_give_it_away():
    sizes = {"a": 2, "b": 9, "c": 80}
    found = disclosed(sizes, own=None, seen=set(sizes), minimum=5, summed=True)
    assert found.hidden == {"a": Why.TOO_FEW, "b": Why.PROTECTS}
    assert found.whole
    assert not disclosed({"a": 2, "b": 90}, own="b", seen={"a"}, minimum=5, summed=True).whole
