"""Several clashes on one board, who else states the same, and what does not add up among one owner's conditions."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from samordna.domain.decisions import operations as do
from samordna.domain.matters.enums import PositionState
from tests.domain.decisions import world as w
from tests.domain.decisions.world import World
from tests.web.decisions.conftest import SignIn


@pytest.fixture
def torn(world: World) -> World:
    """Two clashes: free days (region against town), and the town's own demands on the basis."""
    place = world.position(world.town), world.matter
    w.condition(*place, world.days, "at_least", "5", reason="Weekends", relax_price=40)
    w.condition(*place, world.basis, "one_of", "average", reason="One system")
    w.condition(*place, world.basis, "one_of", "individual", reason="Our board")
    do.propose_by_engine(actor=world.coordinator, matter_id=world.matter.pk)
    return world


def board(client: Client, world: World) -> str:
    return client.get(reverse("board", args=[world.matter.pk])).content.decode()


def test_every_clash_is_listed_with_its_owners_reasons_and_cheapest_end(torn: World, sign_in: SignIn):
    shown = board(sign_in(torn.coordinator), torn)
    assert "Conditions clash in 2 places" in shown
    first, second = shown[shown.index('id="krock-1"') :].split('id="krock-2"')
    about_days, about_basis = (first, second) if "Weekends" in first else (second, first)
    assert "Incentive every month" in about_days
    assert "Åstad gives up “Free days is at least 5”, for 40 tkr per år" in about_days
    assert "Our board" in about_basis
    assert "One system" in about_basis
    assert "Nobody in this clash has said what giving way would cost" in about_basis


def test_one_clash_alone_needs_no_list(world: World, sign_in: SignIn):
    w.condition(world.position(world.town), world.matter, world.days, "at_least", "5", reason="Weekends")
    do.propose_by_engine(actor=world.coordinator, matter_id=world.matter.pk)
    shown = board(sign_in(world.coordinator), world)
    assert "These 2 conditions cannot all be met" in shown
    assert "Conditions clash in" not in shown


def test_those_who_state_the_same_are_named_with_it(world: World, sign_in: SignIn):
    for organisation in (world.town, world.island):
        w.condition(world.position(organisation), world.matter, world.days, "at_least", "5", reason="Weekends")
    do.propose_by_engine(actor=world.coordinator, matter_id=world.matter.pk)
    assert "The same condition is stated by" in board(sign_in(world.coordinator), world)


def test_the_api_tells_all_clashes(torn: World, sign_in: SignIn):
    (attempt,) = sign_in(torn.coordinator).get(f"/api/v1/matters/{torn.matter.pk}/attempts").json()
    assert len(attempt["other_clashes"]) == 1
    assert attempt["all_clashes_told"]


def test_an_owner_that_contradicts_itself_is_told_while_it_answers_and_both_stay(world: World, sign_in: SignIn):
    position = world.position(world.town)
    type(position).objects.filter(pk=position.pk).update(state=PositionState.STARTED)
    for label in ("average", "individual"):
        w.condition(position, world.matter, world.basis, "one_of", label)
    client = sign_in(world.representative(world.town))
    for step in ("forutsattningar", "skicka"):
        shown = client.get(reverse("position", args=[world.matter.pk, position.pk]) + f"?steg={step}").content.decode()
        assert "These conditions of yours cannot all be met by anybody. Both are kept" in shown
    assert position.conditions.filter(withdrawn_at=None).count() == 2


@pytest.mark.parametrize(
    ("labels", "words"), [(("average", "individual"), "nobody could meet together"), (("average",) * 2, "more than once")]
)
def test_the_coordinator_is_told_whose_conditions_do_not_add_up(
    world: World, sign_in: SignIn, labels: tuple[str, ...], words: str
):
    for label in labels:
        w.condition(world.position(world.town), world.matter, world.basis, "one_of", label)
    client = sign_in(world.coordinator)
    shown = board(client, world)
    assert "Åstad has stated" in shown
    assert words in shown
    (told,) = client.get(f"/api/v1/matters/{world.matter.pk}/remarks").json()
    assert told["contradicts"] == (len(set(labels)) > 1)


def test_what_others_state_in_confidence_gives_no_remark_to_anybody_else(world: World, sign_in: SignIn):
    for label in ("average", "individual"):
        w.condition(world.position(world.town), world.matter, world.basis, "one_of", label, confidence="coordinator")
    told: Any = sign_in(world.representative(world.region)).get(f"/api/v1/matters/{world.matter.pk}/remarks").json()
    assert told == []


def test_the_level_of_detail_is_told_by_the_api(world: World, sign_in: SignIn):
    told = sign_in(world.coordinator).get(f"/api/v1/matters/{world.matter.pk}/detail-level").json()
    assert [row["level"] for row in told] == ["needlessly_fixed", "right", "right"]
