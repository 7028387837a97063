"""Asking the board: likeness against cost, why not, who stands aside, and what is still being worked out."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from samordna.domain.decisions import operations as do
from samordna.domain.decisions import solving
from samordna.domain.decisions.errands import AtWork
from samordna.domain.matters.enums import Confidence
from tests.domain.decisions import world as w
from tests.domain.decisions.world import World
from tests.web.decisions.conftest import SignIn


def page(sign_in: SignIn, world: World, query: str, actor: object = None) -> str:
    client = sign_in(actor or world.coordinator)
    return client.get(reverse("board", args=[world.matter.pk]) + query).content.decode()


@pytest.fixture
def priced(world: World) -> World:
    """Doing as the other does in the basis costs the town 50 and the region 80, so that likeness has a price."""
    w.cost(world.position(world.town), world.basis, "average", 40, 50, 60)
    w.cost(world.position(world.region), world.basis, "individual", 70, 80, 90)
    do.propose_by_engine(actor=world.coordinator, matter_id=world.matter.pk)
    return world


def test_the_frontier_is_worked_out_when_it_is_asked_for(priced: World, sign_in: SignIn):
    shown = page(sign_in, priced, "")
    assert "avvagning=1" in shown
    assert "frontier-chart" not in shown


def test_each_point_is_a_link_in_the_chart_and_a_row_in_the_table(priced: World, sign_in: SignIn):
    shown = page(sign_in, priced, "?avvagning=1")
    rows = re.findall(r'Show \d+</a></th><td class="number">(\d+)</td><td class="number">(\d+)</td><td>([^<]+)', shown)
    assert rows == [("0", "50", "at least 50 tkr per år"), ("1", "0", "at most 50 tkr per år")]
    began = shown.index('<svg class="frontier-chart"')
    chart = shown[began : shown.index("</svg>", began)]
    assert chart.count("<a href=") == 2
    assert 'class="stands"' in chart


def test_a_point_that_is_chosen_is_a_what_if_with_its_decision(priced: World, sign_in: SignIn):
    shown = page(sign_in, priced, "?avvagning=1")
    alike, cheap = re.findall(r'<th scope="row"><a href="(\?[^"]*)"', shown[shown.index('id="avvagning"') :])
    assert re.search(r"om=pris\.\d+&amp;", alike)
    tried = page(sign_in, priced, cheap.replace("&amp;", "&").split("#")[0])
    assert re.search(r"A difference may cost \d+ tkr per år", tried)
    assert re.search(r"<ins>5</ins> of 6 alike", tried)
    assert 'aria-current="true"' in tried


def test_others_costs_are_not_in_a_participants_frontier(priced: World, sign_in: SignIn):
    shown = page(sign_in, priced, "?avvagning=1", priced.representative(priced.island))
    assert "the same decision is the best whatever a difference is worth" in shown
    assert "not others' costs" in shown
    assert 'class="stands"' not in shown


def test_why_not_names_the_conditions_with_their_owners(priced: World, sign_in: SignIn):
    shown = page(sign_in, priced, f"?varfor={w.option(priced.days, '5').pk}")
    assert "Why not Free days: 5?" in shown
    assert "Incentive every month" in shown[shown.index('id="varfor"') :]
    assert f"?varfor={w.option(priced.days, '5').pk}#varfor" in page(sign_in, priced, "")


def test_why_not_tells_nobody_what_was_said_in_confidence(priced: World, sign_in: SignIn):
    priced.matter.conditions.filter(reason="Incentive every month").update(confidence=Confidence.COORDINATOR)
    shown = page(sign_in, priced, f"?varfor={w.option(priced.days, '5').pk}", priced.representative(priced.town))
    assert "Why not Free days: 5?" in shown
    assert "Incentive every month" not in shown


def test_why_not_of_something_else_is_nothing(priced: World, sign_in: SignIn):
    assert 'id="varfor"' not in page(sign_in, priced, "?varfor=zzzzzzzzzzzz")


@pytest.mark.parametrize("query", ["?avvagning=1", "?om=pris.7"])
def test_what_is_not_there_yet_is_said_and_asked_for_again(
    priced: World, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch, query: str
):
    def not_yet(*_given: object) -> None:
        raise AtWork(3.2)

    monkeypatch.setattr(solving._errands, "answer", not_yet)
    shown = page(sign_in, priced, query)
    assert "The engine has been at work for 3 s." in shown
    assert '<noscript><meta http-equiv="refresh" content="1"></noscript>' in shown
    assert f'hx-get="{reverse("board", args=[priced.matter.pk])}{query}"' in shown
    assert "frontier-chart" not in shown


def test_a_participant_may_be_tried_to_stand_aside(priced: World, sign_in: SignIn):
    assert f'value="avstar.{priced.island.pk}"' in page(sign_in, priced, "")
    assert f"{priced.island.name} stands aside" in page(sign_in, priced, f"?om=avstar.{priced.island.pk}")


def test_the_coordinator_sees_what_each_condition_costs_the_whole_and_nobody_else_does(world: World, sign_in: SignIn):
    hard = w.condition(world.position(world.town), world.matter, world.transition, "one_of", "none", reason="Council")
    do.propose_by_engine(actor=world.coordinator, matter_id=world.matter.pk)
    shown = page(sign_in, world, "?avvagning=1")
    told = shown[shown.index("What conditions cost the whole") :]
    assert "Council" in told
    assert "<b>1 difference fewer</b>" in told
    assert f"om=utan.{hard.pk}" in told
    assert reverse("reconsider", args=[world.matter.pk, hard.pk]) in told
    assert "What conditions cost the whole" not in page(sign_in, world, "?avvagning=1", world.representative(world.region))
