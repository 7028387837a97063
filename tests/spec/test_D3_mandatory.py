"""D3: mandatory collaboration: you must follow and you must contribute."""

import json
from datetime import timedelta

import pytest

from samordna.core import clock
from samordna.core.errors import Refused
from samordna.core.models import JournalPayload
from samordna.domain.collaborations.depth import Preset
from samordna.domain.collaborations.models import Exemption, Participation
from samordna.domain.collaborations.operations import exempt_party
from samordna.domain.decisions.mandate import mandates_of
from tests import factories as f
from tests.domain.collaborations.setting import client_of
from tests.spec.depths import leave, ruled, ruled_on, world_at

pytestmark = pytest.mark.django_db


def rulings_in(matter, world):
    """What holds in one matter for the two that take part."""
    return mandates_of(matter, [world.own.pk, world.other.pk], clock.now()).rulings


def test_mandatory_refuses_leaving_on_the_page_and_says_who_can_exempt():
    """You must follow and contribute; leaving is refused in a sentence that names the superior; what was typed stays."""
    world = world_at(Preset.MANDATORY)
    given = ruled(world)
    assert (given.binding(adopted=True), given.depth.must_contribute, given.may_leave) == ("must", True, False)
    with pytest.raises(Refused):
        leave(world)
    address = f"/samverkan/deltagande/{world.own_part.pk}/avsluta/"
    page = client_of(world.manager).post(address, {"reason": "Vi hinner inte"})
    assert page.status_code == 422
    assert "Länsstyrelsen kan ge parten undantag." in page.content.decode()
    assert "Vi hinner inte" in page.content.decode()
    assert Participation.objects.get(pk=world.own_part.pk).left_on is None


def test_only_the_superior_exempts_from_what_is_mandatory():
    """The coordinator cannot loosen what is mandatory for all; the superior can, for one party."""
    world = world_at(Preset.MANDATORY)
    address = f"/samverkan/parter/{world.own_part.party_id}/djup/"
    assert client_of(world.coordinator).post(address, {"follow": "may"}).status_code == 422
    assert client_of(world.superior_manager).post(address, {"follow": "may"}).status_code == 403
    client, exempt = client_of(world.superior_manager), f"/samverkan/parter/{world.own_part.party_id}/undantag/"
    without_end = client.post(exempt, {"follow": "may", "reason": "Nybyggt äldreboende"})
    assert "Ange till när" in without_end.content.decode()
    assert "Nybyggt äldreboende</textarea>" in without_end.content.decode()
    until = clock.day(clock.now()) + timedelta(days=60)
    assert client.post(exempt, {"follow": "may", "reason": "Nybyggt", "ends_on": until.isoformat()}).status_code == 302
    assert ruled_on(world, 0).binding(adopted=True) == "may"


def test_an_exemption_says_why_where_it_counts_and_ends_by_itself():
    """The ruling's reasons, the participants' list and the API say why and until when; on its last day it is over."""
    world = world_at(Preset.MANDATORY)
    until = clock.day(clock.now()) + timedelta(days=60)
    party = {"party_id": world.own_part.party_id, "reason": "Nybyggt äldreboende"}
    given = exempt_party(actor=world.superior_manager, join="may", follow="may", ends_on=until, **party)
    assert [ruled_on(world, days).binding(adopted=True) for days in (0, 59, 60)] == ["may", "may", "must"]
    assert [ruled_on(world, days).may_leave for days in (59, 60)] == [True, False]
    asked = {"amne": world.area.pk, "organisation": world.own.pk}
    told = client_of(world.other_manager).get(f"/samverkan/{world.collaboration.pk}/vem-beslutar/", asked).content.decode()
    assert "Länsstyrelsen har gett undantag" in told
    shown = client_of(world.manager).get(f"/samverkan/{world.collaboration.pk}/").content.decode()
    assert "Nybyggt äldreboende" in shown
    answer = client_of(world.manager).get(f"/api/v1/collaborations/{world.collaboration.pk}").json()
    assert [row["exemption"]["ends_on"] for row in answer["parties"] if row["exemption"]] == [until.isoformat()]
    ending = f"/samverkan/undantag/{given.pk}/avsluta/"
    assert client_of(world.manager).post(ending, {"reason": "Klart"}).status_code == 403
    assert client_of(world.superior_manager).post(ending, {"reason": "Huset står klart"}).status_code == 302
    assert ruled_on(world, 0).binding(adopted=True) == "must"


def test_an_exemption_until_further_notice_is_looked_over():
    """Without an end there has to be a day; when that has come, the participants' list says that it is due."""
    world = world_at(Preset.MANDATORY)
    at = clock.now() - timedelta(days=40)
    party = {"party_id": world.own_part.party_id, "reason": "Nybyggt äldreboende", "at": at}
    exempt_party(actor=world.superior_manager, follow="may", review_on=clock.day(clock.now()), **party)
    assert ruled_on(world, 900).binding(adopted=True) == "may"
    shown = client_of(world.superior_manager).get(f"/samverkan/{world.collaboration.pk}/").content.decode()
    assert "Undantaget ska ses över" in shown


def test_an_exemption_only_loosens_begins_today_at_the_earliest_and_undoes_no_other_unsaid():
    """A harder verb, a day gone by and one that would undo another to come are refused; those that it ends are in the
    journal."""
    world = world_at(Preset.MANDATORY)
    client, party = client_of(world.superior_manager), world.own_part.party_id
    today, page = clock.day(clock.now()), f"/samverkan/parter/{party}/undantag/"
    days = [(today + timedelta(days=each)).isoformat() for each in (-1, 0, 10, 20, 30, 40)]
    assert 'value="must"' not in client.get(page).content.decode()

    def put(starts, ends, **verbs):
        body = {"reason": "Nybyggt", "starts_on": starts, "ends_on": ends} | (verbs or {"follow": "may"})
        return client.put(f"/api/v1/parties/{party}/exemption", body, "application/json")

    for sentence, answer in {
        "Ett undantag måste vara lösare": put(days[1], days[2], follow="must"),
        "Dagen har passerat": put(days[0], days[2]),
    }.items():
        assert (answer.status_code, sentence in answer.json()["detail"]) == (422, True)
    later = put(days[3], days[4]).json()["id"]
    first = put(days[1], days[2]).json()["id"]
    undoing = put(days[1], days[5])
    assert (undoing.status_code, "avsluta det andra först" in undoing.json()["detail"]) == (422, True)
    assert put(days[1], days[2], follow="if_in").status_code == 200
    told = JournalPayload.objects.filter(entry__action="party_exempted").latest("entry__sequence").content
    assert json.loads(told)["ended"] == [first]
    assert Exemption.objects.get(pk=later).ends_on.isoformat() == days[4]


def test_an_exemption_undone_before_it_began_is_gone_from_the_page_and_is_not_ended_twice():
    """The list shows the exemption that is really to come, and ending the undone one is refused."""
    world = world_at(Preset.MANDATORY)
    client, today = client_of(world.superior_manager), clock.day(clock.now())
    party = {"party_id": world.own_part.party_id, "actor": world.superior_manager, "follow": "may"}
    spans = ((10, 20, "Ångrat"), (30, 40, "Nybyggt"))
    undone, _ = (
        exempt_party(starts_on=today + timedelta(days=a), ends_on=today + timedelta(days=b), reason=why, **party)
        for a, b, why in spans
    )
    ending = f"/samverkan/undantag/{undone.pk}/avsluta/"
    assert client.post(ending, {"reason": "Behövs inte"}).status_code == 302
    again = client.post(ending, {"reason": "Behövs inte"})
    assert (again.status_code, "Undantaget har redan upphört" in again.content.decode()) == (422, True)
    shown = client.get(f"/samverkan/{world.collaboration.pk}/").content.decode()
    assert ("Nybyggt" in shown, "Ångrat" in shown) == (True, False)


def test_an_exemption_is_weighed_against_what_holds_in_each_matter():
    """A party can be exempted from what only a matter makes mandatory; where a matter is looser than the exemption, the
    matter's own holds, so that nobody is bound harder by having been exempted."""
    world = world_at(Preset.VOLUNTARY)
    address = f"/samverkan/parter/{world.own_part.party_id}/undantag/"
    typed = {"follow": "may", "reason": "Nybyggt", "ends_on": (clock.day(clock.now()) + timedelta(days=60)).isoformat()}
    client = client_of(world.superior_manager)
    refused = client.post(address, typed)
    assert (refused.status_code, "Ett undantag måste vara lösare" in refused.content.decode()) == (422, True)
    strict = f.matter(world.collaboration, area=world.area, follow="must", stage="gathering")
    assert client.post(address, typed).status_code == 302
    assert rulings_in(strict, world)[world.own.pk].binding(adopted=True) == "may"
    assert rulings_in(strict, world)[world.other.pk].binding(adopted=True) == "must"
    path = f"/api/v1/parties/{world.own_part.party_id}/exemption"
    half = typed | {"follow": "if_in"}
    assert client.put(path, half, "application/json").status_code == 200
    loose = f.matter(world.collaboration, area=world.area, stage="gathering")
    assert rulings_in(strict, world)[world.own.pk].depth.follow == "if_in"
    assert rulings_in(loose, world)[world.own.pk].depth.follow == "may"
