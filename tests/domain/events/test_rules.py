"""Places go in the order of the answers, and whoever moves up had waited."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from samordna.domain.events.rules import placed

COMING = st.lists(st.integers(0, 40), unique=True)


@given(COMING, st.none() | st.integers(1, 10))
def test_places_go_in_the_order_of_the_answers(coming, places):
    has, waits = placed(coming, places)
    assert [*has, *waits] == coming
    assert len(has) == (len(coming) if places is None else min(places, len(coming)))


@given(COMING, st.integers(1, 10), st.data())
def test_one_place_given_up_goes_to_the_one_who_waited_longest(coming, places, data):
    if not coming:
        return
    gone = data.draw(st.sampled_from(coming))
    after = [one for one in coming if one != gone]
    had_place = gone in coming[:places]
    up = [one for one in placed(after, places)[0] if one in placed(coming, places)[1]]
    assert up == (coming[places : places + 1] if had_place else [])
