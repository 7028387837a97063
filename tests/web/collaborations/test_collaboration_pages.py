import gzip
from dataclasses import replace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samordna.domain.collaborations import authority
from samordna.domain.collaborations.models import Area, Clause, Collaboration, Mandate, Participation, Party
from samordna.domain.organisations.enums import RoleKind
from samordna.domain.organisations.models import Organisation
from tests import factories as f
from tests.domain.collaborations.setting import Setting, client_of, setting

pytestmark = pytest.mark.django_db


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200, address
    return len(found)


def crowd(world, count: int) -> None:
    """So many more participants, each with a lent mandate, and as many areas, none of it one by one."""
    made = [Organisation(name=f"Ort {count} {n}", kind="municipality", valid_from=f.START) for n in range(count)]
    organisations = Organisation.objects.bulk_create(made)
    given = world.collaboration
    parties = Party.objects.bulk_create(Party(collaboration=given, name=each.name) for each in organisations)
    rows = zip(organisations, parties, strict=True)
    Participation.objects.bulk_create(
        Participation(collaboration=given, organisation=each, party=party, joined_on=f.START) for each, party in rows
    )
    mandates = Mandate.objects.bulk_create(
        Mandate(
            collaboration=given,
            form="lent",
            giver=each,
            holder_role=given.coordinator_role,
            wording="Vi lånar ut.",
            source="KS § 1",
            valid_from=f.START,
        )
        for each in organisations
    )
    Area.objects.bulk_create(Area(collaboration=given, name=f"Område {count} {n}") for n in range(min(count, 50)))
    Clause.objects.bulk_create(Clause(mandate=mandate, area=world.area) for mandate in mandates)


def test_pages_cost_the_same_however_many_take_part():
    world = setting()
    client, counts = client_of(world.manager), []
    start = f"/samverkan/{world.collaboration.pk}/"
    addresses = (start, f"{start}vem-beslutar/?amne={world.beneath.pk}", "/samverkan/")
    for more in (1, 3, 300):
        crowd(world, more)
        counts.append(tuple(queries(client, address) for address in addresses))
    assert len(set(counts)) == 1, counts


def nested_at_the_limits(participants: int = 290, areas: int = 200) -> Setting:
    """A group of all who take part above, and a mandate delegated to it with a clause over each of its many areas."""
    world = setting()
    crowd(world, participants - 2)
    above, group = world.collaboration, f.collaboration(parent=world.collaboration, name="Gruppen")
    parts = list(Participation.objects.filter(collaboration=above))
    parties = Party.objects.bulk_create(Party(collaboration=group, name=each.organisation_id) for each in parts)
    Participation.objects.bulk_create(
        Participation(collaboration=group, organisation_id=each.organisation_id, party=party, joined_on=f.START)
        for each, party in zip(parts, parties, strict=True)
    )
    beneath = Area.objects.bulk_create(
        Area(collaboration=above, name=f"U {n}", parent=world.area) for n in range(areas - 54)
    )
    within = [*beneath, *Area.objects.filter(collaboration=above).exclude(pk__in=[each.pk for each in beneath])]
    made = Area.objects.bulk_create(Area(collaboration=group, name=f"Område {n}") for n in range(areas))
    given = {"collaboration": group, "form": "delegated", "giver": above.host, "holder_role": group.coordinator_role}
    mandate = Mandate.objects.create(wording="Gruppen beslutar.", source="Rådet § 1", valid_from=f.START, **given)
    Clause.objects.bulk_create(
        Clause(mandate=mandate, area=area, within=taken) for area, taken in zip(made, within, strict=False)
    )
    return replace(world, collaboration=group)


def test_a_nested_collaboration_at_the_limits_is_worked_out_once_for_all_who_stand_alike(monkeypatch):
    """200 areas and 290 participants are 58,000 rulings; those who stand alike are asked about once in each area."""
    world = nested_at_the_limits()
    client, asked = client_of(world.manager), []
    situation = authority.situation
    monkeypatch.setattr(authority, "situation", lambda *given: asked.append(None) or situation(*given))
    page = client.get(f"/samverkan/{world.collaboration.pk}/")
    assert (page.status_code, len(gzip.compress(page.content)) < 100_000) == (200, True)
    assert 0 < len(asked) < 1_000
    told = client.get(f"/api/v1/collaborations/{world.collaboration.pk}").json()["mandates"][0]["clauses"]
    assert len(told) > 190
    assert {clause["borne"] for clause in told if clause["within"].startswith(("U ", "Utskrivning"))} == {288}


def test_the_list_holds_own_coordinated_and_below_and_nothing_else():
    world = setting()
    other = f.collaboration(name="Hemlig samverkan")
    planned = f.collaboration(host=world.collaboration.host, name="Förberedd", state="planned")
    f.participation(planned, world.own)
    for actor in (world.manager, world.coordinator, world.superior_manager):
        page = client_of(actor).get("/samverkan/").content.decode()
        assert world.collaboration.name in page
        assert other.name not in page
        assert planned.name not in page


def test_the_page_shows_purpose_participants_mandates_areas_and_matters():
    world = setting()
    matter = f.matter(world.collaboration, title="Betalning vid utskrivning")
    page = client_of(world.manager).get(f"/samverkan/{world.collaboration.pk}/").content.decode()
    for shown in ("Better together", "Havsnäs", "Storstad", "Utskrivning", matter.title, "Länsstyrelsen"):
        assert shown in page
    assert "Ingen har gett något mandat" in page


def test_a_parent_that_one_may_not_read_is_not_named():
    parent = f.collaboration(name="Ovanför")
    world = setting(parent=parent)
    page = client_of(world.manager).get(f"/samverkan/{world.collaboration.pk}/").content.decode()
    assert "Ovanför" not in page
    f.participation(parent, world.own)
    assert "Ovanför" in client_of(world.manager).get(f"/samverkan/{world.collaboration.pk}/").content.decode()


def test_outsiders_meet_the_same_as_nothing_on_every_address():
    world = setting()
    stranger = client_of(f.actor(f.organisation(), RoleKind.MANAGER))
    pages = ("", "stang/", "syfte/", "malgrupp/", "malgrupp/prova/", "amnen/nytt/", "deltagare/ny/", "mandat/nytt/")
    for page in (*pages, "vem-beslutar/"):
        theirs = stranger.get(f"/samverkan/{world.collaboration.pk}/{page}")
        nobodys = stranger.get(f"/samverkan/{'x' * 12}/{page}")
        assert (theirs.status_code, nobodys.status_code) == (404, 404), page
        assert len(theirs.content) == len(nobodys.content), page


def test_a_planned_collaboration_says_what_it_lacks_and_is_activated():
    world = setting(state="planned", target_group="")
    client, start = client_of(world.coordinator), f"/samverkan/{world.collaboration.pk}/"
    page = client.get(start).content.decode()
    assert "Ange vilka samverkan är till för." in page
    assert "aria-disabled" in page
    assert "Ange vilka samverkan är till för." in client.post(f"{start}aktivera/", follow=True).content.decode()
    typed = {"target_group": "Äldre", "rows": "1", "kind_0": "includes", "subject_0": "ålder"}
    client.post(f"{start}malgrupp/", typed | {"operator_0": "at_least", "value_0": "65"})
    opened = client.post(f"{start}oppna/", follow=True).content.decode()
    assert "De som deltar ser den nu" in opened
    assert "Sätt minst ett mål" in opened
    f.ready(world.collaboration)
    assert "Samverkan är aktiv" in client.post(f"{start}aktivera/", follow=True).content.decode()


def test_criteria_are_kept_when_one_is_wrong_and_when_more_rows_are_asked_for():
    world = setting()
    client, address = client_of(world.coordinator), f"/samverkan/{world.collaboration.pk}/malgrupp/"
    typed = {"target_group": "Äldre", "rows": "2", "kind_0": "includes", "subject_0": "ålder", "operator_0": "at_least"}
    wrong = client.post(address, typed | {"value_0": "gammal"})
    assert wrong.status_code == 422
    assert "Avgränsning 1 (ålder)" in wrong.content.decode()
    assert 'value="gammal"' in wrong.content.decode()
    more = client.post(address, typed | {"value_0": "gammal", "more": "1"})
    assert more.status_code == 200
    assert 'value="gammal"' in more.content.decode()
    assert more.content.decode().count('class="criterion"') == 7
    assert client.post(address, {"target_group": "Äldre", "rows": "999999"}).status_code in {302, 422}


@pytest.mark.parametrize("asked", ["2026-99-99", "0001-01-01", "nonsense"])
def test_a_day_that_cannot_be_used_is_said_and_today_is_shown(asked):
    world = setting()
    address = f"/samverkan/{world.collaboration.pk}/vem-beslutar/"
    page = client_of(world.manager).get(address, {"amne": world.area.pk, "dag": asked})
    assert page.status_code == 200
    assert "är ingen dag" in page.content.decode()
    assert client_of(world.manager).get(address, {"amne": "nowhere"}).status_code == 404


def test_the_coordinator_lets_in_a_party_of_several():
    world = setting()
    client, address = client_of(world.coordinator), f"/samverkan/{world.collaboration.pk}/deltagare/ny/"
    ids = [f.organisation().pk, f.organisation().pk]
    unnamed = client.post(address, {"organisation_ids": ids})
    assert unnamed.status_code == 422
    assert unnamed.content.decode().count("checked") == 2
    assert client.post(address, {"organisation_ids": ids, "party_name": "Kommunerna"}).status_code == 302
    assert Party.objects.get(name="Kommunerna").participations.count() == 2


def test_closing_and_leaving_ask_for_a_reason():
    world = setting()
    leave = f"/samverkan/deltagande/{world.own_part.pk}/avsluta/"
    client = client_of(world.manager)
    assert client.post(leave, {"left_on": "2026-13-01", "reason": "Skäl"}).status_code == 422
    assert client.post(leave, {"reason": "Skäl"}).status_code == 302
    assert client.get(f"/samverkan/{world.collaboration.pk}/").status_code == 404
    coordinator = client_of(world.coordinator)
    assert "Skäl" in coordinator.get(f"/samverkan/{world.collaboration.pk}/").content.decode()
    close = f"/samverkan/{world.collaboration.pk}/stang/"
    assert coordinator.post(close, {"reason": ""}).status_code == 422
    assert coordinator.post(close, {"reason": "Klart"}).status_code == 302
    assert Collaboration.objects.get(pk=world.collaboration.pk).state == "closed"


def test_the_purpose_is_restated_by_the_coordinator():
    world = setting()
    address = f"/samverkan/{world.collaboration.pk}/syfte/"
    client = client_of(world.coordinator)
    assert 'value="Nära vård"' in client.get(address).content.decode()
    assert client.post(address, {"name": "Nära", "purpose": "Hem i tid"}).status_code == 302
    assert Collaboration.objects.get(pk=world.collaboration.pk).purpose == "Hem i tid"
