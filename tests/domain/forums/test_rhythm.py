"""Rhythm: rules against another library's answers, exceptions, the nights when clocks change, and what is refused."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from time import process_time

import pytest
from dateutil import rrule as theirs
from hypothesis import given
from hypothesis import strategies as st

from samordna.domain.forums.rhythm import (
    DAYS,
    MOST_DAYS,
    MOST_OCCURRENCES,
    Budget,
    Every,
    Fault,
    Moved,
    Oddity,
    Refused,
    Rule,
    Series,
    days,
    occurrences,
    zone,
)
from samordna.domain.forums.rule_text import read_rule, write_rule

STOCKHOLM = zone("Europe/Stockholm")


def some(values: st.SearchStrategy[int], most: int = 3) -> st.SearchStrategy[tuple[int, ...]]:
    return st.lists(values, max_size=most, unique=True).map(lambda found: tuple(sorted(found)))


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    """Rules of every kind that is read; half of them without an end."""
    every = draw(st.sampled_from(Every))
    # The other library takes "every Tuesday and the first Monday" as both at once; the standard, as either. Not mixed here.
    numbers = st.integers(-5, 5).filter(bool) if every in (Every.MONTH, Every.YEAR) and draw(st.booleans()) else st.just(0)
    month_days = draw(some(st.integers(-31, 31).filter(bool), 2)) if every is not Every.WEEK else ()
    by_month = draw(some(st.integers(1, 12)))
    weekdays = draw(st.lists(st.tuples(numbers, st.integers(0, 6)), max_size=3, unique=True))
    end = draw(st.sampled_from(["", "count", "until"]))
    return Rule(
        every=every,
        interval=draw(st.integers(1, 5)),
        count=draw(st.integers(1, 30)) if end == "count" else None,
        until=draw(st.dates(date(9995, 1, 1), date(9998, 1, 1))) if end == "until" else None,
        by_month=by_month,
        by_month_day=month_days,
        by_year_day=draw(some(st.integers(-366, 366).filter(bool))) if every is Every.YEAR and draw(st.booleans()) else (),
        by_day=tuple(weekdays),
        by_place=draw(some(st.integers(-3, 3).filter(bool), 2)) if by_month or month_days or weekdays else (),
        week_start=draw(st.sampled_from([0, 6])),
    )


class TestRules:
    """The days of a rule."""

    @given(rule=rules(), start=st.dates(date(9995, 1, 1), date(9996, 6, 30)), later=st.integers(0, 500))
    def test_the_same_days_as_another_library_from_any_day_on(self, rule: Rule, start: date, later: int) -> None:
        """Just before the end of time: the other library looks for a rule that never matches until the year 9999."""
        begins = datetime.combine(start, datetime.min.time())
        since, last = start + timedelta(days=later), date(9998, 6, 30)
        given_by = theirs.rrulestr(write_rule(replace(rule, until=None)), dtstart=begins)
        ends = min(rule.until or last, last)
        expected = [each.date() for each in given_by.between(begins, datetime.combine(ends, datetime.min.time()), inc=True)]
        found = days(rule, begins, since, last, STOCKHOLM, Budget())
        assert list(found) == [on for on in expected if on >= since]

    @given(rule=rules())
    def test_a_rule_written_and_read_is_the_same_rule(self, rule: Rule) -> None:
        assert read_rule(write_rule(rule)) == rule
        assert read_rule(f"RRULE:{write_rule(rule).lower()};") == rule

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;COUNT=4", "0106 0108 0120 0122"),
            ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=3", "0130 0227 0331"),
            ("FREQ=MONTHLY;BYDAY=TU,1MO,-1MO;COUNT=7", "0106 0113 0120 0126 0127 0202 0203"),
            ("FREQ=MONTHLY;BYMONTHDAY=31;COUNT=3", "0131 0331 0531"),
            ("FREQ=YEARLY;BYMONTH=3;BYDAY=2TU;COUNT=1", "0310"),
            ("FREQ=DAILY;UNTIL=20260108T080000Z", "0106 0107 0108"),
            ("FREQ=DAILY;UNTIL=20260108T075959Z", "0106 0107"),
            ("FREQ=DAILY;UNTIL=20260108T090000", "0106 0107 0108"),
            ("FREQ=DAILY;UNTIL=20260108", "0106 0107 0108"),
        ],
    )
    def test_rules_as_one_meets_them(self, text: str, expected: str) -> None:
        series = Series(start=datetime(2026, 1, 6, 9), minutes=60, rule=read_rule(text))
        found = occurrences(series, datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC))
        assert " ".join(f"{each.start:%m%d}" for each in found) == expected
        assert {each.start.hour for each in found} == {9}


class TestSeries:
    """Exceptions, and local time."""

    def test_left_out_extra_and_moved(self) -> None:
        series = Series(
            start=datetime(2026, 1, 6, 9),
            minutes=90,
            rule=read_rule("FREQ=WEEKLY;COUNT=5"),
            left_out=frozenset({datetime(2026, 1, 13, 9)}),
            extra=frozenset({datetime(2026, 1, 16, 13), datetime(2026, 1, 20, 9)}),
            moved={datetime(2026, 1, 27, 9): Moved(start=datetime(2026, 1, 5, 8), minutes=30)},
        )
        found = occurrences(series, datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 3, 1, tzinfo=UTC))
        assert [f"{each.start:%m%d %H}" for each in found] == ["0105 08", "0106 09", "0116 13", "0120 09", "0203 09"]
        assert [(each.end - each.start).seconds // 60 for each in found] == [30, 90, 90, 90, 90]
        assert found[0].planned == datetime(2026, 1, 27, 9)
        one = Series(start=datetime(2026, 1, 6, 9), minutes=30, extra=frozenset({datetime(2026, 1, 7, 9)}))
        assert len(occurrences(one, datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 3, 1, tzinfo=UTC))) == 2

    @pytest.mark.parametrize(
        ("day", "starts", "ends", "oddity"),
        [
            (date(2026, 3, 28), "02:30+0100", "03:30+0100", None),
            (date(2026, 3, 29), "03:30+0200", "04:30+0200", Oddity.SKIPPED),
            (date(2026, 10, 25), "02:30+0200", "02:30+0100", Oddity.TWICE),
            (date(2026, 10, 26), "02:30+0100", "03:30+0100", None),
        ],
    )
    def test_half_past_two_on_the_nights_when_the_clocks_change(
        self, day: date, starts: str, ends: str, oddity: Oddity | None
    ) -> None:
        series = Series(start=datetime(2026, 1, 1, 2, 30), minutes=60, rule=Rule(every=Every.DAY))
        midnight = datetime(day.year, day.month, day.day, tzinfo=STOCKHOLM)
        (one,) = occurrences(series, midnight, midnight + timedelta(days=1))
        assert (f"{one.start:%H:%M%z}", f"{one.end:%H:%M%z}", one.oddity) == (starts, ends, oddity)
        assert one.end.astimezone(UTC) - one.start.astimezone(UTC) == timedelta(hours=1)

    def test_the_time_of_day_is_local_all_the_year(self) -> None:
        series = Series(start=datetime(2026, 1, 7, 9), minutes=60, rule=Rule(every=Every.WEEK))
        found = occurrences(series, datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC))
        assert {each.start.hour for each in found} == {9}
        assert {each.start.astimezone(UTC).hour for each in found} == {7, 8}

    def test_an_unknown_zone_is_named(self) -> None:
        for name in ("Europe/Stokholm", "../../etc/passwd", "", "W. Europe Standard Time"):
            with pytest.raises(Refused) as refused:
                Series(start=datetime(2026, 1, 7, 9), minutes=60, zone=name)
            assert (refused.value.fault, refused.value.about) == (Fault.ZONE, name)


class TestLimits:
    """What explodes is refused with the limit, and never worked out."""

    @pytest.mark.parametrize(
        ("text", "fault", "about"),
        [
            ("FREQ=SECONDLY", Fault.TOO_OFTEN, "SECONDLY"),
            ("FREQ=HOURLY;INTERVAL=2", Fault.TOO_OFTEN, "HOURLY"),
            ("FREQ=DAILY;BYHOUR=" + ",".join(map(str, range(24))), Fault.TOO_OFTEN, "BYHOUR"),
            ("FREQ=DAILY;INTERVAL=0", Fault.INTERVAL, 366),
            ("FREQ=DAILY;COUNT=0", Fault.TOO_MANY_COUNTED, 500),
            ("FREQ=DAILY;COUNT=31536000", Fault.TOO_MANY_COUNTED, 500),
            ("FREQ=MONTHLY;BYMONTHDAY=" + ",".join(["1"] * 51), Fault.TOO_MANY_VALUES, 50),
            ("FREQ=YEARLY;BYSETPOS=" + ",".join(map(str, range(1, 366))), Fault.TOO_LONG, 1000),
            ("FREQ=YEARLY;BYWEEKNO=12", Fault.NOT_READ, "BYWEEKNO"),
            ("FREQ=WEEKLY;BYDAY=2MO", Fault.NOT_READ, "BYDAY"),
            ("FREQ=DAILY;COUNT=3;UNTIL=20270101", Fault.BOTH_ENDS, ""),
            ("FREQ=MONTHLY;BYMONTHDAY=32", Fault.UNREADABLE, "BYMONTHDAY=32"),
            ("FREQ=MONTHLY;BYMONTHDAY=٣", Fault.UNREADABLE, "BYMONTHDAY=٣"),
            ("FREQ=WEEKLY;UNTIL=20261399", Fault.UNREADABLE, "UNTIL=20261399"),
            ("FREQ=WEEKLY;BYDAY=XX", Fault.UNREADABLE, "BYDAY=XX"),
            ("FREQ=WEEKLY;FREQ=DAILY", Fault.UNREADABLE, "FREQ=DAILY"),
            ("varje tisdag", Fault.UNREADABLE, "VARJE TISDAG"),
            ("", Fault.UNREADABLE, ""),
        ],
    )
    def test_refused_with_the_limit_or_the_word(self, text: str, fault: Fault, about: int | str) -> None:
        with pytest.raises(Refused) as refused:
            read_rule(text)
        assert (refused.value.fault, refused.value.about) == (fault, about)

    def test_never_more_work_than_the_limit_says(self) -> None:
        """Rules that never match, or always do: the dearest answer that can be asked for takes well under a second."""
        far = (datetime(1900, 1, 1, tzinfo=UTC), datetime(9000, 1, 1, tzinfo=UTC))
        for text, fault in (
            ("FREQ=DAILY", Fault.TOO_MANY),
            ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", Fault.TOO_FAR),
            ("FREQ=YEARLY;BYYEARDAY=-366;BYMONTH=3;BYDAY=" + ",".join(f"{n}MO" for n in range(1, 50)), Fault.TOO_FAR),
        ):
            series = Series(start=datetime(2026, 1, 1, 9), minutes=60, rule=read_rule(text))
            began = process_time()
            with pytest.raises(Refused) as refused:
                occurrences(series, *far)
            assert process_time() - began < 1.5
            limit = {Fault.TOO_MANY: MOST_OCCURRENCES, Fault.TOO_FAR: MOST_DAYS}[fault]
            assert (refused.value.fault, refused.value.about) == (fault, limit)
        late = Series(start=datetime(9998, 12, 30, 9), minutes=60, rule=read_rule("FREQ=WEEKLY"))
        assert len(occurrences(late, datetime(9998, 1, 1, tzinfo=UTC), datetime(9999, 12, 20, tzinfo=UTC))) == 51
        with pytest.raises(Refused):
            Series(start=datetime(2026, 1, 1, 9), minutes=14 * 24 * 60 + 1)

    def test_an_old_series_is_answered_from_today(self) -> None:
        old = Series(start=datetime(1601, 1, 1, 9), minutes=60, rule=read_rule("FREQ=WEEKLY;INTERVAL=3;BYDAY=MO,FR"))
        found = occurrences(old, datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 3, 1, tzinfo=UTC))
        first = datetime(1601, 1, 1, 9)
        assert found
        assert all((each.planned - first).days % 21 in (0, 4) for each in found)

    def test_nonsense_is_refused_and_nothing_else_happens(self) -> None:
        dice = random.Random(6)
        words = [
            "FREQ=",
            "DAILY",
            "YEARLY",
            "BYDAY=",
            "MO",
            ",",
            ";",
            "-1",
            "0",
            "COUNT=",
            "UNTIL=",
            "2026",
            "T",
            "Z",
            "é",
            "\n",
            "=",
        ]
        for _turn in range(3_000):
            text = "".join(dice.choices(words, k=dice.randrange(12)))
            try:
                rule = read_rule(text)
            except Refused:
                continue
            list(islice(days(rule, datetime(2026, 1, 1), date(2026, 1, 1), date(2126, 1, 1), STOCKHOLM, Budget()), 3))


def test_the_weekdays_are_in_the_order_of_python() -> None:
    assert [theirs.weekdays[number].weekday for number in range(7)] == list(range(7))
    assert tuple(str(day) for day in theirs.weekdays) == DAYS
