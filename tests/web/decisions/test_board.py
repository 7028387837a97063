"""The decision board as a page: what it shows, what one may try and do there, and what it refuses."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samordna.domain.decisions import operations as do
from samordna.domain.decisions.models import Attempt, Proposal
from samordna.domain.matters.enums import Confidence, MatterStage, PositionState
from samordna.domain.matters.models import Aspect, Condition, Matter
from samordna.domain.organisations.enums import RoleKind
from tests import factories as f
from tests.domain.decisions import chain
from tests.domain.decisions import world as w
from tests.domain.decisions.world import World
from tests.web.decisions.conftest import SignIn, lasting


def address(world: World, query: str = "") -> str:
    return reverse("board", args=[world.matter.pk]) + query


def settled(world: World) -> Proposal:
    attempt = do.propose_by_engine(actor=world.coordinator, matter_id=world.matter.pk)
    return attempt.proposals.get()


def test_the_board_shows_the_frame_and_who_differs(world: World, sign_in: SignIn):
    w.condition(world.position(world.town), world.matter, world.transition, "one_of", "none", reason="Council said so")
    w.condition(world.position(world.region), world.matter, world.transition, "one_of", "none", reason="Us too")
    settled(world)
    shown = sign_in(world.representative(world.town)).get(address(world)).content.decode()
    assert re.search(r"<strong>3</strong>\s*<span class=\"ram\">frame</span>", shown)
    assert 'data-says="adapted" data-who="Holmö"' in shown
    assert "Transition is at least 6" in shown
    assert "Hiring takes a season" in shown
    assert "5 <small>of 6 alike" in shown


def test_cells_say_in_words_what_they_show_in_marks(world: World, sign_in: SignIn):
    shown = sign_in(world.coordinator).get(address(world)).content.decode()
    assert '<td data-says="refuses" data-who="Holmö"><span class="unseen">not accepted</span></td>' in shown
    assert shown.count('scope="rowgroup"') == 3
    assert shown.count('scope="row"') == 11
    assert shown.count('scope="col"') == 5


def test_a_board_without_proposal_says_so_and_offers_one(world: World, sign_in: SignIn):
    shown = sign_in(world.coordinator).get(address(world)).content.decode()
    assert "There is no proposal yet." in shown
    assert "Let the engine propose" in shown


def test_the_engine_is_asked_with_one_button(world: World, sign_in: SignIn):
    client = sign_in(world.representative(world.town))
    response = client.post(reverse("propose", args=[world.matter.pk]), follow=True)
    assert response.redirect_chain == [(address(world), 302)]
    assert "respects every condition it can check" in response.content.decode()
    assert Attempt.objects.get().result == "settled"


def test_a_clash_is_told_with_owners_and_ways_out(world: World, sign_in: SignIn):
    w.condition(world.position(world.town), world.matter, world.days, "at_most", "2", reason="Thrift", relax_price=40)
    do.propose_by_engine(actor=world.coordinator, matter_id=world.matter.pk)
    shown = sign_in(world.representative(world.region)).get(address(world)).content.decode()
    assert "These 2 conditions cannot all be met at the same time" in shown
    assert shown.count('<span class="owner">') >= 2
    assert "Thrift" in shown
    assert re.search(r"<b>40 tkr per år</b>: “Free days is at most 2” \(Åstad\)", shown)


def test_silence_is_named_on_the_board(world: World, sign_in: SignIn):
    world.matter.positions.filter(organisation=world.town).update(state=PositionState.SILENT)
    shown = sign_in(world.coordinator).get(address(world)).content.decode()
    assert "1 participant has not answered" in shown
    assert "Silence is not consent" in shown


def test_one_who_may_only_read_sees_why_the_button_is_off(world: World, sign_in: SignIn):
    officer = f.actor(world.town, RoleKind.OFFICER)
    client = sign_in(officer)
    shown = client.get(address(world)).content.decode()
    assert "Your role may read but not answer for the organisation." in shown
    assert reverse("propose", args=[world.matter.pk]) not in re.findall(r'formaction="([^"]+)"', shown)
    client.post(reverse("propose", args=[world.matter.pk]))
    assert not Attempt.objects.exists()


def test_while_the_matter_is_closed_nothing_is_proposed(world: World, sign_in: SignIn):
    Matter.objects.filter(pk=world.matter.pk).update(stage=MatterStage.LET_BE)
    shown = sign_in(world.coordinator).get(address(world)).content.decode()
    assert "The matter is closed." in shown
    assert "Try something else" not in shown


def test_a_what_if_is_an_address(world: World, sign_in: SignIn):
    settled(world)
    option = w.option(world.transition, "3").pk
    response = sign_in(world.coordinator).get(address(world, f"?om=&om=ram.{world.transition.pk}.{option}"))
    shown = response.content.decode()
    assert response.status_code == 200
    assert "Transition is 3" in shown
    assert "Nothing has been saved." in shown
    assert "<del>6</del> → <ins>3</ins>" in shown
    assert f'value="ram.{world.transition.pk}.{option}" selected' in shown


def test_script_only_takes_the_same_part_out_of_the_same_page(world: World, sign_in: SignIn):
    shown = sign_in(world.coordinator).get(address(world)).content.decode()
    (form,) = re.findall(r"<form class=\"try\"[^>]*>", shown)
    assert f'method="get" action="{address(world)}#tavla"' in form
    assert f'hx-get="{address(world)}" hx-select="#tavla" hx-target="#tavla"' in form
    assert shown.count('id="tavla"') == 1


@pytest.mark.parametrize("query", ["?om=nonsense", "?om=ram.x.y", "?om=utan.nothing", "?om=delning.x.sometimes"])
def test_nonsense_in_the_address_is_said_so_and_the_board_stands(world: World, sign_in: SignIn, query: str):
    response = sign_in(world.coordinator).get(address(world, query))
    assert response.status_code == 422
    shown = response.content.decode()
    assert "One of the changes does not fit this matter." in shown
    assert "Holmö" in shown


@pytest.mark.parametrize("query", ["?sida=0", "?sida=x", "?sida=99999999999", "?sida=²"])
def test_a_page_that_is_not_there_is_the_nearest(world: World, sign_in: SignIn, query: str):
    assert sign_in(world.coordinator).get(address(world, query)).status_code == 200


def test_an_unknown_proposal_and_a_strangers_matter_look_the_same(world: World, sign_in: SignIn):
    stranger = f.actor(f.organisation("Elsewhere"))
    asked = sign_in(stranger).get(address(world))
    missing = sign_in(stranger).get(reverse("board", args=["nothing"]))
    assert (asked.status_code, missing.status_code) == (404, 404)
    assert lasting(asked.content).replace(world.matter.pk, "nothing") == lasting(missing.content)
    assert sign_in(world.coordinator).get(address(world, "?forslag=nothing")).status_code == 404


def test_what_is_in_confidence_is_nowhere_on_the_page(world: World, sign_in: SignIn):
    Condition.objects.filter(position__organisation=world.island).update(
        confidence=Confidence.COORDINATOR, reason="CANARY", legal_ground="CANARY"
    )
    for organisation in (world.town, world.region):
        w.condition(world.position(organisation), world.matter, world.transition, "one_of", "none")
    position = world.position(world.island)
    w.benefit(position, 777001, 777002, 777003)
    w.cost(position, world.transition, "6", 777004, 777005, 777006)
    settled(world)
    for query in ("", f"?om=ram.{world.days.pk}.{w.option(world.days, '2').pk}"):
        shown = sign_in(world.representative(world.town)).get(address(world, query)).content.decode()
        assert "CANARY" not in shown
        assert "77700" not in shown
    shown = sign_in(world.representative(world.town)).get(address(world)).content.decode()
    assert "Why is not open to you" in shown[shown.index("Holmö</b>") :]
    assert "CANARY" in sign_in(world.coordinator).get(address(world)).content.decode()


def test_the_board_costs_the_same_for_three_ten_and_three_hundred(world: World, sign_in: SignIn):
    def asked() -> tuple[int, int]:
        with CaptureQueriesContext(connection) as queries:
            response = client.get(address(world))
        assert response.status_code == 200
        return len(queries), len(response.content)

    def grow(to: int) -> None:
        made = world.matter.positions.count()
        for number in range(made, to):
            position = f.position(world.matter, f.organisation(f"Kommun {number:03}"), state=PositionState.ANSWERED)
            w.condition(position, world.matter, world.basis, "one_of", ["average", "individual"][number % 2])

    client = sign_in(world.representative(world.town))
    settled(world)
    client.get(address(world))
    three = asked()
    grow(10)
    settled(world)
    ten = asked()
    grow(300)
    settled(world)
    many = asked()
    assert three[0] == ten[0] == many[0]
    assert many[1] < 200_000


def test_let_be_asks_for_a_reason_and_closes_the_matter(world: World, sign_in: SignIn):
    client, page = sign_in(world.coordinator), reverse("let_be", args=[world.matter.pk])
    assert client.get(page).status_code == 200
    assert client.post(page, {"reason": "  "}).status_code == 422
    response = client.post(page, {"reason": "It costs more than it gives"})
    assert response.url == reverse("matter", args=[world.matter.pk])
    world.matter.refresh_from_db()
    assert world.matter.stage == MatterStage.LET_BE
    assert sign_in(world.representative(world.town)).get(page).status_code == 403


def test_what_is_not_worth_it_says_so_first_with_who_loses_and_the_figures_become_the_reason(world: World, sign_in: SignIn):
    Aspect.objects.filter(pk=world.basis.pk).update(sharing="common")
    w.cost(world.position(world.town), world.basis, "average", 40, 50, 60)
    w.cost(world.position(world.region), world.basis, "individual", 70, 80, 90)
    settled(world)
    client = sign_in(world.coordinator)
    shown = client.get(address(world)).content.decode()
    assert shown.index("let it be") < shown.index('id="matrix-caption"')
    assert re.search(r"Those who lose by it:</p><ul><li>" + world.town.name, shown)
    form = client.get(reverse("let_be", args=[world.matter.pk])).content.decode()
    assert re.search(r"gives -\d+ .* for the whole", form)
    assert f"Worse off than alone: {world.town.name} (-50 " in form


def test_the_proposals_stand_as_tabs_and_one_is_looked_at(world: World, sign_in: SignIn):
    first, second = chain.proposed(world, title="First"), chain.proposed(world, title="Second")
    shown = sign_in(world.coordinator).get(address(world, f"?forslag={first.pk}")).content.decode()
    assert re.search(rf'forslag={first.pk}" aria-current="page"', shown)
    assert f"forslag={second.pk}" in shown
