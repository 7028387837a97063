"""Drawings: a hole stays a hole, marks stand apart, axes are easily read, nothing hidden gives the scale. No database."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samordna.domain.followup.drawing import BADGE, LETTER, NARROW, Point, line_chart, nice, small_charts, span

DAY = date(2026, 1, 31)


def points(*levels):
    return [
        Point(on=DAY + timedelta(days=30 * at), label=f"p{at}", level=None if level is None else Decimal(level), text="x")
        for at, level in enumerate(levels)
    ]


def drawn(*levels, steps=(), events=(), seams=(), baseline=None):
    return line_chart(points(*levels), baseline, steps, write=str, events=events, seams=seams)


def test_a_hole_in_the_figures_is_a_hole_in_the_line():
    chart = drawn(1, 2, None, 4, 5)
    assert (len(chart.lines), len(chart.marks)) == (2, 4)
    assert drawn(1, None, 2).lines == (), "two figures with a hole between them are two marks"
    assert drawn(None, None) is None


def test_everything_lies_within_the_paper_and_each_tick_is_read():
    chart = drawn(3, 17, steps=[(DAY + timedelta(days=300), Decimal(40))], baseline=(DAY - timedelta(days=90), Decimal(1)))
    assert [tick.text for tick in chart.upwards] == ["0", "10", "20", "30", "40"]
    assert all(chart.left <= mark.x <= chart.right and chart.top <= mark.y <= chart.bottom for mark in chart.marks)
    assert chart.top <= chart.goal.y < chart.baseline <= chart.bottom


@given(st.decimals(-(10**6), 10**6, places=3), st.decimals(0, 10**6, places=3))
def test_an_axis_holds_what_is_drawn_in_a_handful_of_equal_steps(low, wide):
    bottom, top, ticks = nice(low, low + wide)
    assert bottom <= low <= low + wide <= top
    assert 2 <= len(ticks) <= 7
    assert len({after - before for before, after in pairwise(ticks)}) == 1


def test_marks_that_lie_close_stand_above_each_other_and_are_numbered_in_order():
    near = [DAY, DAY + timedelta(days=1), DAY + timedelta(days=2), DAY + timedelta(days=60)]
    chart = drawn(1, 2, 3, events=near)
    assert [mark.title for mark in chart.events] == ["1", "2", "3", "4"]
    assert [mark.y for mark in chart.events][:3] == [chart.events[0].y + BADGE * at for at in range(3)]
    assert chart.events[3].y == chart.events[0].y
    assert chart.top > max(mark.y for mark in chart.events), "the line begins below them"
    assert span(points(1, 2), None, ()) == (DAY, DAY + timedelta(days=30))


def test_labels_on_the_line_of_time_never_lie_on_each_other():
    for number in (1, 2, 7, 60, 200):
        chart = drawn(*range(number))
        places = [tick.at for tick in chart.across]
        assert all(after - before >= 88 for before, after in pairwise(places)), number


def test_small_drawings_share_a_scale_made_of_what_they_show():
    first, second = small_charts([points(10, 20), points(20, 10)], None)
    assert [mark.y for mark in first.marks] == [mark.y for mark in second.marks][::-1]
    alone = small_charts([points(10, 20)], None)[0]
    assert alone.marks == first.marks, "a row that is not drawn leaves no trace in the scale"
    assert small_charts([points(None)], None)[0].last is None


@pytest.mark.parametrize("levels", [(5,), (5, 5), (0, 0)])
def test_what_never_changes_is_drawn_too(levels):
    assert drawn(*levels) is not None
    assert small_charts([points(*levels)], Decimal(5))[0].last is not None


def test_a_seam_is_a_ruled_letter_between_the_figures_on_each_side_of_it():
    day = DAY + timedelta(days=31)
    chart = drawn(1, 2, 3, 4, seams=[day, DAY + timedelta(days=200)], events=[DAY + timedelta(days=45)])
    first, second = chart.seams
    assert (first.title, second.title) == ("A", "B")
    assert chart.marks[1].x < first.x < chart.marks[2].x, "and on neither of them"
    assert first.y != chart.events[0].y, "the number and the letter stand above each other"
    assert second.x > chart.marks[-1].x, "the paper reaches to it"
    assert chart.top > max(mark.y for mark in (*chart.seams, *chart.events))


def test_a_phone_has_a_drawing_of_its_own_with_fewer_labels_and_room_for_each():
    for number in (1, 2, 12, 60):
        chart = drawn(*(10**6 + at for at in range(number)), seams=[DAY])
        small = chart.narrow
        assert small.width == NARROW.width < chart.width
        assert small.narrow is None
        assert len(small.across) <= NARROW.labels
        assert all(after.at - before.at >= NARROW.apart for before, after in pairwise(small.across))
        assert all(LETTER * len(tick.text) < small.left for tick in small.upwards), "no figure is cut off"
        assert all(small.left <= mark.x <= small.right and small.top <= mark.y <= small.bottom for mark in small.marks)
        assert [mark.title for mark in small.seams] == ["A"]
