"""The frontier as it is read from the engine: the most alike first, with what each difference is worth."""

from __future__ import annotations

from fractions import Fraction

import pytest

from samordna.domain.decisions import solving, workers
from samordna.domain.decisions.frontier import frontier_of
from samordna.domain.decisions.problem import question_of
from tests.domain.decisions import world as w
from tests.domain.decisions.world import World
from tests.factories import NOW


@pytest.fixture
def priced(world: World) -> World:
    """The town pays 50 for the average and the region 80 for individual, and either may differ."""
    w.cost(world.position(world.town), world.basis, "average", 40, 50, 60)
    w.cost(world.position(world.region), world.basis, "individual", 70, 80, 90)
    return world


def test_likeness_costs_what_it_costs(priced: World):
    found = solving.frontier(question_of(priced.matter, NOW).problem, queue="a", patience=60)
    assert [(point.differing, point.cost, point.least, point.most) for point in found.points] == [
        (0, 50, Fraction(50), None),
        (1, 0, Fraction(0), Fraction(50)),
    ]
    assert found.whole


def test_each_point_is_what_a_what_if_at_its_price_gives(priced: World):
    problem = question_of(priced.matter, NOW).problem
    for point in solving.frontier(problem, queue="a", patience=60).points:
        change = {"change": "set_price_of_difference", "price": point.price}
        answer = solving.what_if(problem, [change], queue="a").answer
        assert answer
        assert answer["proposal"]["cost"] == point.cost
        assert answer["proposal"]["likeness"]["weighted"] == point.differing


@pytest.mark.parametrize("failure", [workers.Crashed, workers.OutOfTime])
def test_what_is_not_found_is_not_said_to_be_whole(
    priced: World, monkeypatch: pytest.MonkeyPatch, failure: type[Exception]
):
    def fails(_request: object) -> None:
        raise failure

    monkeypatch.setattr(workers, "ask", fails)
    problem = question_of(priced.matter, NOW).problem
    assert solving.frontier(problem, queue="a", patience=60) == frontier_of(None)
    assert not frontier_of(None).whole
    assert solving.condition_prices(problem, queue="a", patience=60) == {}
