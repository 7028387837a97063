"""The map of heat: made of what the result shows alone. No database."""

from __future__ import annotations

from decimal import Decimal
from types import SimpleNamespace

from samordna.domain.assessments.queries.heat import MOST_QUESTIONS_BY_THEMSELVES, heat_map
from samordna.domain.assessments.queries.results import Column, Result, Seen

COLUMNS = (
    Column(row=("all", ""), label="Alla", n=9),
    Column(row=("level", "middle"), label="Chefer", n=4),
    Column(row=("organisation", "a"), label="A", n=5),
    Column(row=("organisation", "b"), label="B", n=None),
)


def seen(now, needed):
    decimals = [None if one is None else Decimal(str(one)) for one in (now, needed)]
    return Seen(now=decimals[0], needed=decimals[1], n=5, top=None)


def question(key, *means, section="", needed=True):
    shown = tuple(seen(*mean) for mean in means)
    plain = {"key": key, "text": key, "kind": "scale", "needed": needed, "steps": 5, "first": 1, "n": 9}
    return Result(section=section, seen=shown, **plain)


def page(*results, columns=COLUMNS):
    return SimpleNamespace(results=results, columns=columns)


def test_each_organisation_has_its_distance_and_what_is_hidden_is_not_shown():
    found = heat_map(page(question("f1", (3, 4), (1, 1), (2, 5), (None, None))))
    assert [column.label for column in found.columns] == ["Alla", "A", "B"]
    assert [(one.gap, one.shade) for one in found.rows[0].cells] == [(1, 3), (3, 4), (None, None)]


def test_an_area_whose_questions_are_not_all_shown_has_no_figure_to_work_the_hidden_one_out_of():
    many = [
        question(f"q{n}", (3, 4), (1, 1), (2, 3), (3, 3), section="Ledning") for n in range(MOST_QUESTIONS_BY_THEMSELVES)
    ]
    other = question("x", (3, 4), (1, 1), (None, None), (3, 3.2), section="Mål")
    partly = question("y", (3, 4), (1, 1), (4, 4), (3, 3.2), section="Mål")
    found = heat_map(page(*many, other, partly))
    assert [row.label for row in found.rows] == ["Ledning", "Mål"]
    assert [one.now for one in found.rows[1].cells] == [3, None, 3]
    assert [one.shade for one in found.rows[0].cells] == [3, 3, 0]


def test_without_how_it_needs_to_be_the_distance_is_to_the_best():
    found = heat_map(page(question("f1", (3, None), (1, None), (5, None), (1, None), needed=False)))
    assert [one.shade for one in found.rows[0].cells] == [4, 0, 4]


def test_there_is_no_map_of_nobody():
    assert heat_map(page(question("f1", (3, 4)), columns=COLUMNS[:1])) is None
    assert heat_map(page()) is None
