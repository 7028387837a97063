"""Days in, days out: from when somebody is introduced, when a step is due, and what counts as done."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from samordna.domain.introductions.enums import Standing, StepState
from samordna.domain.introductions.limits import SOON
from samordna.domain.introductions.rules import Asked, begins, days_away, months_after, progress

DAY = date(2026, 3, 1)
DAYS = st.integers(0, 60).map(lambda n: DAY + timedelta(days=n))


def asked(*by_days, since=DAY):
    return [Asked(root=f"s{n}", asked_from=since, by_days=days) for n, days in enumerate(by_days)]


def states(told):
    return [step.state for step in told.steps]


def test_who_was_there_before_is_introduced_only_if_the_programme_says_so():
    before, after = DAY - timedelta(days=1), DAY + timedelta(days=1)
    assert begins(after, DAY, present=False) == after
    assert begins(DAY, DAY, present=False) == DAY
    assert begins(before, DAY, present=False) is None
    assert begins(before, DAY, present=True) == DAY


def test_a_step_is_late_the_day_after_its_last_day_and_never_without_one():
    last = DAY + timedelta(days=10)
    assert states(progress(asked(10, None), {}, DAY, last)) == [StepState.TO_DO, StepState.TO_DO]
    assert states(progress(asked(10, None), {}, DAY, last + timedelta(days=1))) == [StepState.LATE, StepState.TO_DO]


def test_a_step_added_later_counts_from_that_day_and_leaves_the_training_standing():
    added = [*asked(5), Asked(root="new", asked_from=DAY + timedelta(days=90), by_days=10)]
    told = progress(added, {"s0": DAY}, DAY, DAY + timedelta(days=95))
    assert (told.steps[1].due, told.steps[1].state) == (DAY + timedelta(days=100), StepState.TO_DO)
    assert (told.standing, told.trained, told.new) == (Standing.UNDER_WAY, True, 1)


def test_what_was_left_from_the_beginning_is_no_training():
    told = progress(asked(None, None), {"s0": DAY}, DAY, DAY + timedelta(days=9))
    assert (told.trained, told.new, told.standing) == (False, 0, Standing.UNDER_WAY)
    assert not progress([], {}, DAY, DAY).trained, "a programme without steps trains nobody"


def test_a_deputy_moves_the_last_day_and_nobody_is_late_while_away():
    away = [(DAY + timedelta(days=2), DAY + timedelta(days=22))]
    during, after = DAY + timedelta(days=15), DAY + timedelta(days=30)
    assert states(progress(asked(10), {}, DAY, during, None, away)) == [StepState.TO_DO]
    told = progress(asked(10), {}, DAY, after, None, away)
    assert (told.steps[0].due, told.steps[0].state) == (DAY + timedelta(days=30), StepState.TO_DO)
    assert states(progress(asked(10), {}, DAY, after + timedelta(days=1), None, away)) == [StepState.LATE]


def test_what_is_renewed_is_asked_for_again_in_time():
    until = months_after(DAY, 12)
    assert until == date(2027, 3, 1)
    assert states(progress(asked(5), {"s0": DAY}, DAY, until - SOON - timedelta(days=1), 12)) == [StepState.DONE]
    soon = progress(asked(5), {"s0": DAY}, DAY, until - SOON, 12)
    assert (states(soon), soon.standing, soon.valid_to) == ([StepState.RENEW], Standing.INTRODUCED, until)
    gone = progress(asked(5), {"s0": DAY}, DAY, until, 12)
    assert (states(gone), gone.standing, gone.trained) == ([StepState.LATE], Standing.NOT_BEGUN, False)


def test_a_month_has_an_end():
    assert months_after(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert months_after(date(2025, 12, 31), 2) == date(2026, 2, 28)
    assert months_after(date(2024, 2, 29), 12) == date(2025, 2, 28)


@given(st.lists(st.tuples(DAYS, st.none() | DAYS), max_size=4), DAYS, DAYS)
def test_a_day_away_counts_once(spans, first, last):
    spans = [(start, end) for start, end in spans if end is None or end > start]
    counted = {
        day
        for day in (first + timedelta(days=n) for n in range(max(0, (last - first).days)))
        if any(start <= day and (end is None or day < end) for start, end in spans)
    }
    assert days_away(spans, first, last) == len(counted)


@given(
    st.lists(st.none() | st.integers(0, 40), max_size=5), st.dictionaries(st.sampled_from(["s0", "s1", "s2"]), DAYS), DAYS
)
def test_what_is_left_and_what_is_done_are_everything(by_days, done, on):
    told = progress(asked(*by_days), done, DAY, on)
    assert told.done + len(told.left) == len(told.steps) == len(by_days)
    assert (told.standing is Standing.INTRODUCED) == (bool(by_days) and not told.left)
    assert [step.due or date.max for step in told.left] == sorted(step.due or date.max for step in told.left)
