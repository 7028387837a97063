"""The laws of a version's life, over drawn histories."""

from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samordna.domain.agreements.enums import Ending, Standing
from samordna.domain.agreements.life import VersionFact, governs, standing, untidiness

FIRST = date(2013, 1, 1)
DAYS = st.integers(0, 60).map(lambda n: FIRST + timedelta(days=n))
EVERY_DAY = [FIRST + timedelta(days=n) for n in range(-2, 70)]


def fact(number, start, end=None, **fields):
    return VersionFact(number=number, start=start, end=end, sealed=True, concluded=True, **fields)


@st.composite
def histories(draw):
    found = []
    for number in range(1, draw(st.integers(1, 5)) + 1):
        start = draw(DAYS)
        end = draw(st.none() | st.integers(1, 30).map(lambda n, start=start: start + timedelta(days=n)))
        ended = draw(st.none() | DAYS)
        how = draw(st.sampled_from([Ending.REPLACED, Ending.REPEALED])) if ended else ""
        found.append(fact(number, start, end, ended_on=ended, ended_how=how))
    return found


def holding(facts, on):
    return [each for each in facts if standing(each, on) is Standing.IN_FORCE]


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(histories())
def test_overlaps_are_exactly_the_days_on_which_several_hold_and_gaps_those_on_which_none_does(facts):
    found = untidiness(facts)
    first = min((each.start for each in facts if each.holds_sometime), default=None)
    last = max((each.start for each in facts if each.holds_sometime), default=None)
    for on in EVERY_DAY:
        inside = [each for each in found if each.start <= on and (each.end is None or on < each.end)]
        several = len(holding(facts, on)) > 1
        assert several == any(each.kind == "overlap" for each in inside), on
        between = first is not None and first <= on <= last
        none = between and not holding(facts, on)
        assert none == any(each.kind == "gap" for each in inside), on


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(histories())
def test_the_one_that_governs_holds_and_has_the_highest_number(facts):
    for on in EVERY_DAY:
        held = holding(facts, on)
        governing = governs(facts, on)
        assert (governing is None) == (not held)
        assert governing is None or governing.number == max(each.number for each in held)


def test_the_real_untidy_history_is_told_as_it_is():
    """Versions 1 and 2 overlap, and between 3 and 4 there is a gap, as in a real agreement's document history."""
    facts = [
        fact(1, date(2013, 11, 1), date(2017, 1, 1)),
        fact(2, date(2015, 4, 1), date(2017, 1, 1)),
        fact(3, date(2017, 2, 3), date(2020, 1, 1)),
        fact(4, date(2021, 1, 1), date(2025, 1, 1)),
    ]
    found = [(each.kind, each.earlier, each.later, each.start, each.end) for each in untidiness(facts)]
    assert found == [
        ("overlap", 1, 2, date(2015, 4, 1), date(2017, 1, 1)),
        ("gap", 1, 3, date(2017, 1, 1), date(2017, 2, 3)),
        ("gap", 3, 4, date(2020, 1, 1), date(2021, 1, 1)),
    ]


def test_every_standing_there_is():
    on, start = date(2026, 6, 1), date(2026, 5, 1)
    later = date(2026, 7, 1)
    unsigned = VersionFact(number=1, start=start, end=None, sealed=True, concluded=False)
    draft = VersionFact(number=1, start=None, end=None, sealed=False, concluded=False)
    withdrawn = VersionFact(
        number=1, start=None, end=None, sealed=False, concluded=False, ended_on=on, ended_how=Ending.WITHDRAWN
    )
    expected = [
        (draft, Standing.DRAFT),
        (unsigned, Standing.SIGNING),
        (fact(1, later), Standing.COMING),
        (fact(1, start), Standing.IN_FORCE),
        (fact(1, start, on), Standing.EXPIRED),
        (fact(1, start, ended_on=on, ended_how=Ending.REPLACED), Standing.REPLACED),
        (fact(1, start, ended_on=on, ended_how=Ending.REPEALED), Standing.REPEALED),
        (fact(1, start, ended_on=later, ended_how=Ending.REPEALED), Standing.IN_FORCE),
        (withdrawn, Standing.WITHDRAWN),
    ]
    assert [standing(each, on) for each, _ in expected] == [told for _, told in expected]
    assert {told for _, told in expected} == set(Standing)
