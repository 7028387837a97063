"""Patterns as rules and back, and which new day takes the place of which old one: without a database."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from samordna.domain.forums.rhythm import Fault, Refused
from samordna.domain.scheduling.enums import Pattern
from samordna.domain.scheduling.patterns import Said, Terms, meetings_from, pair_days, rule_of, said_of
from samordna.domain.scheduling.phrases import series_sentence

DAYS = st.lists(st.dates(date(2027, 1, 1), date(2027, 12, 31)), unique=True, max_size=25)


def terms(rule: str, **more: object) -> Terms:
    given = {"starts_on": date(2027, 1, 1), "begins": time(9), "minutes": 90, "zone": "Europe/Stockholm"}
    return Terms(rule=rule, **given | more)


def dates(rule: str, many: int, **more: object) -> list[date]:
    since = datetime(2027, 1, 1, tzinfo=UTC)
    return [each.planned.date() for each in meetings_from(terms(rule, **more), since, since + timedelta(days=366), many)]


@settings(max_examples=80)
@given(
    st.builds(
        Said,
        pattern=st.sampled_from([Pattern.WEEKS, Pattern.MONTH_WEEKDAY, Pattern.MONTH_DAY]),
        weekday=st.integers(0, 6),
        every=st.integers(1, 12),
        nth=st.sampled_from([1, 2, 3, 4, 5, -1]),
        month_day=st.integers(1, 31),
        not_in=st.lists(st.integers(1, 12), unique=True, max_size=11).map(lambda months: tuple(sorted(months))),
        count=st.none() | st.integers(1, 500),
    )
)
def test_a_form_says_again_what_it_has_said(said):
    again = said_of(rule_of(said), "Europe/Stockholm")
    assert rule_of(again) == rule_of(said)
    assert again.pattern == said.pattern


def test_the_first_wednesday_every_second_tuesday_and_four_dates_a_year():
    first = rule_of(Said(pattern=Pattern.MONTH_WEEKDAY, weekday=2, nth=1, not_in=(7,)))
    assert dates(first, 7) == [
        date(2027, month, day) for month, day in ((1, 6), (2, 3), (3, 3), (4, 7), (5, 5), (6, 2), (8, 4))
    ]
    second = rule_of(Said(weekday=1, every=2))
    assert dates(second, 3, starts_on=date(2027, 1, 5)) == [date(2027, 1, 5), date(2027, 1, 19), date(2027, 2, 2)]
    four = tuple(date(2027, month, 10) for month in (2, 5, 9, 11))
    assert dates("", 9, dates=four, left_out=four[1:2]) == [four[0], *four[2:]]
    with translation.override("sv"):
        assert series_sentence(terms(first)) == "Den första onsdagen i månaden, varje månad, 09.00–10.30, inte i juli"
        assert series_sentence(terms(second)) == "Tisdagar, varannan vecka, 09.00–10.30"
        assert series_sentence(terms("FREQ=YEARLY;BYDAY=20MO")) == "Enligt regeln FREQ=YEARLY;BYDAY=20MO, 09.00–10.30"
        away = tuple(date(2027, month, 6) for month in (1, 2, 3, 4))
        ten = rule_of(Said(weekday=2, count=10))
        assert series_sentence(terms(ten, left_out=away[:1])).endswith("10 gånger, utom 6 januari 2027")
        assert series_sentence(terms(ten, left_out=away)).endswith("10 gånger, utom 4 dagar som utgår")
        until = rule_of(Said(pattern=Pattern.MONTH_DAY, month_day=15, until=date(2027, 6, 30)))
        assert series_sentence(terms(until)) == "Den 15 i månaden, varje månad, 09.00–10.30, till och med 30 juni 2027"


@pytest.mark.parametrize(
    ("rule", "fault"),
    [
        ("FREQ=MINUTELY", Fault.TOO_OFTEN),
        ("FREQ=DAILY;COUNT=1000000", Fault.TOO_MANY_COUNTED),
        ("FREQ=WEEKLY;" + "X" * 1_000, Fault.TOO_LONG),
        ("FREQ=MONTHLY;BYMONTHDAY=" + ",".join(["1"] * 51), Fault.TOO_MANY_VALUES),
    ],
)
def test_a_rule_that_explodes_is_refused(rule, fault):
    with pytest.raises(Refused) as refused:
        rule_of(Said(pattern=Pattern.RULE, rule=rule))
    assert refused.value.fault is fault


@settings(max_examples=100)
@given(DAYS, DAYS, st.integers(0, 40))
def test_each_new_day_takes_the_place_of_one_near_old_day_at_most(old, new, far):
    paired = pair_days(old, new, timedelta(days=far))
    taken = list(paired.pairs.values())
    assert len(set(taken)) == len(taken)
    assert set(taken) | set(paired.left) == set(old)
    assert not set(taken) & set(paired.left)
    assert all(abs(day - before) <= timedelta(days=far) for day, before in paired.pairs.items())
    assert all(paired.pairs[day] == day for day in set(old) & set(new))


def test_weekly_to_monthly_keeps_the_nearest():
    weekly = [date(2027, 3, 2) + timedelta(days=7 * week) for week in range(9)]
    monthly = [date(2027, 3, 3), date(2027, 4, 7)]
    assert pair_days(weekly, monthly, timedelta(days=20)).pairs == {
        monthly[0]: date(2027, 3, 2),
        monthly[1]: date(2027, 4, 6),
    }
