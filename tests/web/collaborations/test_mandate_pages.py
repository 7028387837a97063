import gzip

import pytest

from samordna.domain.collaborations.models import Area, Clause, Mandate
from tests import factories as f
from tests.domain.collaborations.setting import client_of, setting
from tests.domain.collaborations.test_operations_mandates import give

pytestmark = pytest.mark.django_db


def editor(world) -> str:
    return f"/samverkan/{world.collaboration.pk}/mandat/nytt/"


def typed(world, **changes):
    given = {"form": "lent", "wording": "Samordningen beslutar om utskrivning.", "source": "KS § 12", "notice_days": "30"}
    given |= {f"says_{world.area.pk}": "yes", f"no_longer_{world.area.pk}": "on", f"following_{world.area.pk}": "may"}
    return given | {f"says_{world.beneath.pk}": "no"} | changes


def test_a_manager_gives_a_mandate_with_clauses_beside_the_wording():
    world = setting()
    client = client_of(world.manager)
    page = client.post(editor(world), typed(world), follow=True).content.decode()
    assert "Samordningen beslutar om utskrivning." in page
    assert "30 dagar" in page
    clauses = Clause.objects.values_list("area__name", "coordination_decides", "participants_no_longer_decide", "following")
    assert set(clauses) == {("Utskrivning", True, True, "may"), ("Betalning", False, False, "must")}


def test_the_editor_keeps_everything_that_was_typed():
    world = setting()
    answer = client_of(world.manager).post(editor(world), typed(world, source=""))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Samordningen beslutar om utskrivning.</textarea>" in page
    assert 'value="30"' in page
    assert '<option value="may" selected>' in page
    assert '<option value="no" selected>' in page
    assert page.count("checked") == 2
    assert not Mandate.objects.exists()


def test_a_mandate_without_clauses_is_told_what_is_missing():
    world = setting()
    bare = {"form": "lent", "wording": "Vi lånar ut.", "source": "KS § 12"}
    page = client_of(world.manager).post(editor(world), bare)
    assert page.status_code == 422
    assert "Lägg till minst en klausul" in page.content.decode()


def test_each_giver_is_offered_the_forms_that_are_its_to_give():
    world = setting()
    within = client_of(world.manager).get(editor(world)).content.decode()
    above = client_of(world.superior_manager).get(editor(world)).content.decode()
    assert ('value="lent"' in within, 'value="granted"' in within) == (True, False)
    assert ('value="lent"' in above, 'value="granted"' in above) == (False, True)
    assert client_of(world.superior_manager).post(editor(world), typed(world)).status_code == 422
    assert client_of(world.coordinator).get(editor(world)).status_code == 403


def test_only_the_giver_can_take_a_mandate_back_and_others_are_told_so():
    world = setting()
    mandate = give(world)
    address = f"/samverkan/mandat/{mandate.pk}/"
    assert "aria-disabled" in client_of(world.other_manager).get(address).content.decode()
    assert client_of(world.other_manager).get(f"{address}aterta/").status_code == 403
    assert client_of(f.actor(f.organisation())).get(address).status_code == 404
    client = client_of(world.manager)
    assert client.post(f"{address}aterta/", {"reason": "Nytt fullmäktige"}).status_code == 302
    taken = client.get(address).content.decode()
    assert "Återtaget" in taken
    assert "Nytt fullmäktige" in taken
    again = client.post(f"{address}aterta/", {"reason": "Igen"})
    assert again.status_code == 422
    assert "Mandatet är redan återtaget." in again.content.decode()
    assert "Inget: mandatet räknas inte nu" in again.content.decode()


def test_two_hundred_areas_are_found_by_search_and_only_the_chosen_get_a_row():
    """Search and choice are buttons of the form: nothing typed is lost, nothing is checked before one gives the mandate."""
    world = setting()
    Area.objects.bulk_create(Area(collaboration=world.collaboration, name=f"Område {number}") for number in range(198))
    chosen = Area.objects.get(name="Område 77")
    client, address = client_of(world.manager), f"/samverkan/{world.collaboration.pk}/mandat/nytt/"
    first = client.get(address)
    assert len(gzip.compress(first.content)) < 20_000
    assert first.content.decode().count('type="checkbox" name="pick"') == 200
    typed = {"wording": "Ni får besluta.", "find": "område 77", "find_areas": "1"}
    found = client.post(address, typed).content.decode()
    assert found.count('type="checkbox" name="pick"') == 1
    assert "Ni får besluta.</textarea>" in found
    assert "Fältet måste fyllas i" not in found
    shown = client.post(address, {"wording": "Ni får besluta.", "pick": chosen.pk, "show_areas": "1"}).content.decode()
    assert f'name="says_{chosen.pk}"' in shown
    assert shown.count('<fieldset class="clause"') == 1
    typed = {
        "form": "lent",
        "wording": "Ni får besluta.",
        "source": "KS § 1",
        "pick": chosen.pk,
        f"says_{chosen.pk}": "yes",
    }
    assert client.post(address, typed).status_code == 302
    assert [clause.area_id for clause in Mandate.objects.get().clauses.all()] == [chosen.pk]
