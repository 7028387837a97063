"""M2: what is lent can be taken back at any time, or given notice of; what that changes is seen before it is done."""

from datetime import timedelta

import pytest

from samordna.core import clock
from samordna.domain.collaborations.authority import Decider
from samordna.domain.collaborations.models import Mandate
from samordna.domain.collaborations.queries.rulings import rulings
from tests import factories as f
from tests.domain.collaborations.setting import client_of, setting
from tests.domain.collaborations.test_operations_mandates import give

pytestmark = pytest.mark.django_db


def decider(world, days: int) -> Decider:
    asked = clock.now() + timedelta(days=days)
    return rulings(world.collaboration, world.area.pk, asked)[world.own.pk].decides


def test_a_mandate_under_notice_counts_until_the_notice_has_run_out_and_not_after():
    """Notice given today ends the mandate when the days agreed have passed; the ruling of each day says so, with why."""
    world = setting()
    mandate = give(world, notice_days=30)
    address = f"/samverkan/mandat/{mandate.pk}/saga-upp/"
    assert client_of(world.manager).post(address, {"reason": "Ny organisation"}).status_code == 302
    assert (decider(world, 0), decider(world, 29)) == (Decider.COORDINATION, Decider.COORDINATION)
    assert decider(world, 30) is Decider.ORGANISATION
    asked = {"amne": world.area.pk, "organisation": world.own.pk}
    page = client_of(world.other_manager).get(f"/samverkan/{world.collaboration.pk}/vem-beslutar/", asked)
    assert "har sagt upp det" in page.content.decode()
    shown = client_of(world.other_manager).get(f"/samverkan/mandat/{mandate.pk}/").content.decode()
    assert "Uppsagt: räknas fram till" in shown


def test_who_decides_is_answered_for_another_day_on_the_page_and_in_the_interface():
    """On the last day of a notice coordination decides, and on the next the organisation itself; today is not changed."""
    world = setting()
    mandate = give(world, notice_days=30)
    client_of(world.manager).post(f"/samverkan/mandat/{mandate.pk}/saga-upp/", {"reason": "Ny organisation"})
    client, collaboration = client_of(world.other_manager), world.collaboration.pk
    for days, words, decides in ((29, "Samordningen", "coordination"), (30, "Organisationen själv", "organisation")):
        day = (clock.day(clock.now()) + timedelta(days=days)).isoformat()
        page = client.get(f"/samverkan/{collaboration}/vem-beslutar/", {"amne": world.area.pk, "dag": day}).content.decode()
        assert words in page.split('<th scope="row">Havsnäs')[1].split("</tr>")[0]
        address = f"/api/v1/collaborations/{collaboration}/areas/{world.area.pk}/rulings"
        answer = client.get(address, {"on": day}).json()
        own = {row["organisation"]: row["ruling"]["decides"] for row in answer["rows"]}["Havsnäs"]
        assert (answer["on"], own) == (day, decides)
        one = client.get(f"{address}/{world.own.pk}", {"on": day}).json()
        assert one["ruling"]["decides"] == decides


def test_notice_shorter_than_agreed_is_refused_and_can_be_taken_back_while_it_runs():
    """An earlier day than the notice allows is refused with the day that is possible; a notice that runs can be undone."""
    world = setting()
    mandate = give(world, notice_days=30)
    client, address = client_of(world.manager), f"/samverkan/mandat/{mandate.pk}/"
    tomorrow = (clock.day(clock.now()) + timedelta(days=1)).isoformat()
    early = client.post(f"{address}saga-upp/", {"ends_on": tomorrow, "reason": "Bråttom"})
    assert early.status_code == 422
    assert "Uppsägningstiden är 30 dagar: mandatet upphör tidigast" in early.content.decode()
    assert "Bråttom</textarea>" in early.content.decode()
    client.post(f"{address}saga-upp/", {"reason": "Ny organisation"})
    assert client_of(world.other_manager).post(f"{address}angra-uppsagning/").status_code == 403
    client.post(f"{address}angra-uppsagning/")
    assert decider(world, 400) is Decider.COORDINATION


def test_taking_back_without_the_notice_agreed_takes_a_reason():
    """It still counts at once: nobody is held to what is lent, but the others are told why notice was not given."""
    world = setting()
    mandate = give(world, notice_days=30)
    client, address = client_of(world.manager), f"/samverkan/mandat/{mandate.pk}/aterta/"
    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": "Nytt fullmäktige"}).status_code == 302
    assert decider(world, 0) is Decider.ORGANISATION


def test_a_rehearsal_lists_the_matters_under_way_and_changes_nothing():
    """Before it is taken back, the page names the rulings that change and the matters that would be decided without it."""
    world = setting()
    mandate = give(world)
    f.matter(world.collaboration, area=world.beneath, title="Betalning vid utskrivning")
    page = client_of(world.manager).get(f"/samverkan/mandat/{mandate.pk}/aterta/").content.decode()
    assert "Betalning vid utskrivning" in page
    answer = client_of(world.manager).get(f"/api/v1/mandates/{mandate.pk}/rehearsal").json()
    assert [row["title"] for row in answer["matters"]] == ["Betalning vid utskrivning"]
    assert {row["after"]["ruling"]["decides"] for row in answer["changes"]} == {"organisation"}
    assert decider(world, 0) is Decider.COORDINATION


def test_a_new_mandate_is_rehearsed_before_it_is_given():
    """The editor shows what the mandate would change, keeps all that was typed, and gives nothing until one says so."""
    world = setting(state="forming")
    typed = {"form": "lent", "wording": "Samordningen beslutar.", "source": "KS § 12", f"says_{world.area.pk}": "yes"}
    client, address = client_of(world.manager), f"/samverkan/{world.collaboration.pk}/mandat/nytt/"
    page = client.post(address, typed | {"rehearse": "1"}).content.decode()
    assert page.count("Havsnäs</td>") == 2
    assert "Samordningen beslutar.</textarea>" in page
    assert not Mandate.objects.exists()
    clauses = [{"area_id": world.area.pk}]
    rehearse = f"/api/v1/collaborations/{world.collaboration.pk}/mandates/rehearse"
    answer = client.post(rehearse, {"form": "lent", "clauses": clauses}, "application/json").json()
    assert {row["after"]["ruling"]["decides"] for row in answer["changes"]} == {"coordination"}
    assert not Mandate.objects.exists()
    assert client.post(address, typed).status_code == 302
    assert decider(world, 0) is Decider.COORDINATION


def test_the_mandate_card_stands_on_every_matter():
    """The matter's page says who decides, for how many, must they follow, and why for one's own organisation."""
    world = setting()
    give(world)
    matter = f.matter(world.collaboration, area=world.beneath)
    page = client_of(world.manager).get(f"/fragor/{matter.pk}/").content.decode()
    card = page.split('id="mandate-card"')[1].split("</section>")[0]
    for sentence in ("Samordningen</span> för 1", "måste följa", "Storstad", "Havsnäs har lånat ut sitt mandat"):
        assert sentence in card
