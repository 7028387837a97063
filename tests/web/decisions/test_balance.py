"""The balance page: whose figures are read, what is refused, and that its size does not grow with the participants."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samordna.domain.decisions import operations as do
from samordna.domain.decisions.queries import balance as balance_queries
from samordna.domain.matters.enums import PositionState
from samordna.domain.organisations.enums import RoleKind
from tests import factories as f
from tests.domain.decisions import world as w
from tests.domain.decisions.world import World
from tests.web.decisions.conftest import SignIn


@pytest.fixture
def weighed(world: World) -> World:
    for organisation in world.organisations:
        w.benefit(world.position(organisation), 311, 322, 333)
    do.propose_by_engine(actor=world.coordinator, matter_id=world.matter.pk)
    return world


def page(world: World) -> str:
    return reverse("balance", args=[world.matter.pk])


def test_a_participant_reads_its_own_figures_and_nobody_elses(weighed: World, sign_in: SignIn):
    shown = sign_in(weighed.representative(weighed.town)).get(page(weighed)).content.decode()
    assert shown.count("322") >= 1
    assert shown.count("read by itself and the coordinator") == 2
    assert "A fair sharing" not in shown


def test_the_coordinator_reads_all(weighed: World, sign_in: SignIn):
    shown = sign_in(weighed.coordinator).get(page(weighed)).content.decode()
    assert "read by itself and the coordinator" not in shown
    assert "966" in shown


def test_without_a_proposal_the_page_says_so(world: World, sign_in: SignIn):
    assert "There is no proposal yet" in sign_in(world.coordinator).get(page(world)).content.decode()


def test_where_nobody_has_stated_a_figure_it_is_said_instead_of_zeros(world: World, sign_in: SignIn):
    do.propose_by_engine(actor=world.coordinator, matter_id=world.matter.pk)
    shown = sign_in(world.coordinator).get(page(world)).content.decode()
    assert "None of the 3 participants has stated what it costs or gives." in shown
    assert reverse("asking", args=[world.matter.pk]) in shown
    assert 'id="helheten"' not in shown
    told = sign_in(world.representative(world.town)).get(page(world)).content.decode()
    assert "You have not stated what it costs or gives you" in told
    w.benefit(world.position(world.town), 1, 2, 3)
    do.propose_by_engine(actor=world.coordinator, matter_id=world.matter.pk)
    assert 'id="helheten"' in sign_in(world.coordinator).get(page(world)).content.decode()


def test_the_largest_come_first_and_the_rest_is_folded(world: World, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(balance_queries, "SHOWN", 2)
    for gain, organisation in enumerate(world.organisations):
        w.benefit(world.position(organisation), 100 * gain, 100 * gain, 100 * gain)
    do.propose_by_engine(actor=world.coordinator, matter_id=world.matter.pk)
    shown = sign_in(world.coordinator).get(page(world)).content.decode()
    shown = shown[shown.index('id="delarna"') :]
    names = [one.name for one in reversed(world.organisations)]
    places = [shown.index(f'<th scope="row">{name}') for name in names]
    assert places == sorted(places)
    assert places[1] < shown.index("1 more, for whom it means less") < places[2]


@pytest.mark.parametrize("amount", ["", "0", "-5", "12.5", "many", "99999999999"])
def test_a_rate_that_cannot_be_is_said_on_the_page_and_kept(weighed: World, sign_in: SignIn, amount: str):
    client = sign_in(f.actor(weighed.town, RoleKind.ADMINISTRATOR))
    answer = client.post(reverse("hourly_rate", args=[weighed.matter.pk]), {"rate-amount": amount})
    assert answer.status_code == 422
    assert f'value="{amount}"' in answer.content.decode() or not amount


def test_only_the_coordinator_proposes_a_sharing(weighed: World, sign_in: SignIn):
    address = reverse("share_cost", args=[weighed.matter.pk])
    assert sign_in(weighed.representative(weighed.town)).post(address, {"method": "nobody_loses"}).status_code == 403
    assert sign_in(weighed.coordinator).post(address, {"method": "by magic"}).status_code == 302
    assert not weighed.matter.collaboration.matters.filter(kind="cost_split").exists()


def test_the_api_says_the_same(weighed: World, sign_in: SignIn):
    client = sign_in(weighed.coordinator)
    told = client.get(f"/api/v1/matters/{weighed.matter.pk}/balance").json()
    assert told["whole"]["net"]["likely"] == 966
    assert {part["verdict"] for part in told["participants"]} == {"worth_it"}
    rated = sign_in(f.actor(weighed.town, RoleKind.ADMINISTRATOR))
    kept = rated.put(f"/api/v1/organisations/{weighed.town.pk}/hourly-rate", {"amount": 500}, "application/json")
    assert (kept.status_code, kept.json()["amount"]) == (200, 500)
    hours = {"hours": 3, "reason": "Reading"}
    town = sign_in(weighed.representative(weighed.town))
    assert town.put(f"/api/v1/matters/{weighed.matter.pk}/time", hours, "application/json").status_code == 200
    assert (
        town.put(f"/api/v1/matters/{weighed.matter.pk}/time", hours | {"whole": True}, "application/json").status_code
        == 403
    )
    assert client.get(f"/api/v1/matters/{weighed.matter.pk}/sharing").json()["possible"]
    assert town.get(f"/api/v1/matters/{weighed.matter.pk}/sharing").status_code == 409
    refused = client.post(f"/api/v1/matters/{weighed.matter.pk}/sharing", {"method": "nobody_loses"}, "application/json")
    assert refused.status_code == 409


def test_the_page_asks_as_much_of_the_database_for_three_as_for_three_hundred(weighed: World, sign_in: SignIn):
    client = sign_in(weighed.coordinator)

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(page(weighed)).status_code == 200
        return len(asked)

    client.get(page(weighed))
    few = queries()
    for number in range(297):
        f.position(weighed.matter, f.organisation(f"Kommun {number:03d}"), state=PositionState.ANSWERED)
    assert queries() == few
