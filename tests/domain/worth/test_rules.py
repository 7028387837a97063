"""No answer is ever shown among fewer than five, and what has been shown never changes by one answer."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from samordna.domain.worth.limits import TOGETHER
from samordna.domain.worth.rules import Asked, Said, grouped, waiting

DAY = date(2026, 1, 1)
SAID = st.builds(
    Said, worth=st.sampled_from(["yes", "partly", "no"]), decided=st.sampled_from(["yes", "no"]), change=st.text(max_size=3)
)
PERSONS = st.lists(st.sampled_from("abcdefgh"), unique=True, max_size=7)
MEETINGS = st.lists(
    st.tuples(
        PERSONS.flatmap(lambda who: st.tuples(st.just(who), st.lists(SAID, min_size=len(who), max_size=len(who)))),
        st.booleans(),
    ),
    max_size=8,
).map(
    lambda rows: [
        Asked(on=DAY + timedelta(days=number), answers=tuple(said), persons=frozenset(who), closed=closed)
        for number, ((who, said), closed) in enumerate(rows)
    ]
)


@given(MEETINGS)
def test_what_is_shown_is_enough_and_adds_up(meetings):
    groups = list(grouped(meetings))
    for group in groups:
        of = [one.persons for one in meetings if group.first <= one.on <= group.last]
        assert len(frozenset().union(*of)) >= TOGETHER, "of five persons, however many answers each has given"
    assert all(sum(group.worth.values()) == sum(group.decided.values()) == group.answers for group in groups)
    assert all(list(group.lines) == sorted(group.lines) for group in groups)
    total = sum(len(one.answers) for one in meetings)
    assert sum(group.answers for group in groups) + waiting(meetings) == total
    assert all(before.last < after.first for before, after in itertools.pairwise(groups))


@given(MEETINGS, SAID)
def test_one_answer_more_changes_nothing_that_was_shown(meetings, one):
    """An answer comes only to a meeting that is open; nothing that is shown is made of such a meeting."""
    before = list(grouped(meetings))
    more = [
        each if each.closed else replace(each, answers=(*each.answers, one), persons=each.persons | {"i"})
        for each in meetings
    ]
    assert list(grouped(more)) == before
