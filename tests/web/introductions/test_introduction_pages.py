"""The pages of introductions: what one sees first, keeping a programme, filling in for somebody, and bad input."""

from __future__ import annotations

from datetime import timedelta

import pytest

from samordna.core import clock
from samordna.domain.introductions.models import Done, EarlierTraining, ForWhom, Programme, Step
from samordna.domain.organisations.enums import RoleKind
from samordna.domain.organisations.models import Holding
from tests import factories as f
from tests.domain.collaborations.setting import client_of, setting
from tests.web.organisations.test_organisation_pages import queries

pytestmark = pytest.mark.django_db
TODAY = clock.day(clock.now()).isoformat()
PROGRAMME = {"name": "Ny hos oss", "why": "Veta hur vi gör", "for_whom": ["everybody"]}
STEP = {"kind": "try", "what": "Pröva systemet", "by_days": "5", "minutes": "15"}


def kept(client, organisation_id, *steps):
    address = client.post(f"/introduktioner/organisation/{organisation_id}/ny/", PROGRAMME).headers["Location"]
    for step in steps:
        client.post(f"{address}steg/", step)
    client.post(f"{address}publicera/", {"present": "on"})
    return address


def test_an_organisation_begins_words_and_publishes_its_own_programme():
    given = setting()
    manager, officer = client_of(given.manager), client_of(f.actor(given.own, RoleKind.OFFICER))
    new = f"/introduktioner/organisation/{given.own.pk}/ny/"
    wrong = manager.post(new, PROGRAMME | {"name": "", "why": "Det här skrev jag"})
    assert (wrong.status_code, "Det här skrev jag" in wrong.content.decode()) == (422, True)
    assert officer.post(new, PROGRAMME).status_code == 403
    assert client_of(given.other_manager).post(new, PROGRAMME).status_code in (403, 404)
    address = manager.post(new, PROGRAMME).headers["Location"]
    assert "Publicera" not in manager.get(address).content.decode(), "without steps"
    bad = manager.post(f"{address}steg/", STEP | {"address": "ftp://x", "words": "Står kvar"})
    assert (bad.status_code, "Står kvar" in bad.content.decode()) == (422, True)
    assert manager.post(f"{address}publicera/").status_code == 422
    manager.post(f"{address}steg/", STEP)
    manager.post(f"{address}steg/", STEP | {"what": "Läs rutinen"})
    second = Step.objects.get(what="Läs rutinen")
    manager.post(f"/introduktioner/steg/{second.pk}/flytta/", {"till": "tidigare"})
    manager.post(f"{address}publicera/", {"present": "on"})
    seen = officer.get(address).content.decode()
    assert seen.index("Läs rutinen") < seen.index("Pröva systemet")
    assert "Ändra steg" not in seen
    assert "Ny hos oss" in officer.get("/introduktioner/").content.decode()
    assert "Ny hos oss" not in client_of(given.other_manager).get("/introduktioner/").content.decode()
    refused = manager.post(f"/introduktioner/steg/{second.pk}/flytta/", {"till": "tidigare"}, follow=True)
    assert "Steget står redan först." in refused.content.decode()
    manager.post(f"/introduktioner/steg/{second.pk}/ta-ut/")
    assert manager.post(f"{address}avsluta/").status_code == 302
    assert Programme.objects.get().ended_on is not None
    assert "Härnäst i din introduktion" not in officer.get("/").content.decode()


def test_a_step_is_marked_with_a_day_and_a_note_and_taken_back():
    given = setting()
    address = kept(client_of(given.manager), given.own.pk, STEP)
    client, step = client_of(f.actor(given.own, RoleKind.OFFICER)), Step.objects.get()
    mark = f"/introduktioner/steg/{step.pk}/gjort/"
    wrong = client.post(mark, {"on": "2999-01-01", "note": "Behåll mig"})
    assert (wrong.status_code, "Behåll mig" in wrong.content.decode()) == (422, True)
    assert client.post(mark, {"on": "nyss"}).status_code == 422
    assert client.get(mark).status_code == 200
    client.post(mark, {"on": TODAY, "note": "Gick bra"})
    assert "Gick bra" in client.get(address).content.decode()
    done = Done.objects.get()
    other = client_of(f.actor(given.own, RoleKind.OFFICER))
    assert other.post(f"/introduktioner/gjort/{done.pk}/angra/").status_code in (403, 404)
    assert client.post(f"/introduktioner/gjort/{done.pk}/angra/").status_code == 302
    assert "Gick bra" not in client.get(address).content.decode()


def test_a_manager_fills_in_for_somebody_and_takes_it_away():
    given = setting()
    manager, new = client_of(given.manager), f.holding(given.own, RoleKind.OFFICER)
    kept(manager, given.own.pk, STEP)
    holder, step, made = f"/introduktioner/innehav/{new.pk}/", Step.objects.get(), Programme.objects.get()
    assert manager.get(f"{holder}{made.pk}/").status_code == 200
    wrong = manager.post(f"{holder}{made.pk}/", {"steps": [step.pk], "on": TODAY, "note": ""})
    assert wrong.status_code == 422
    assert manager.post(f"{holder}{made.pk}/", {"steps": [step.pk], "on": TODAY, "note": "Såg det"}).status_code == 302
    page = manager.get(holder).content.decode()
    assert ("Ifyllt av organisationen" in page, "Såg det" in page) == (True, True)
    manager.post(f"{holder}utbildning/", {"what": "Kurs", "on": TODAY})
    row = EarlierTraining.objects.get()
    assert manager.post(f"/introduktioner/utbildning/{row.pk}/ta-bort/").status_code == 302
    assert "Tidigare utbildning" not in manager.get(holder).content.decode()
    assert client_of(given.other_manager).get(holder).status_code == 404


def test_the_lists_ask_as_much_for_many_as_for_one():
    given = setting()
    manager = client_of(given.manager)
    address = kept(manager, given.own.pk, STEP)
    f.holding(given.own, RoleKind.OFFICER)
    pages = (f"/introduktioner/organisation/{given.own.pk}/", "/introduktioner/", address, "/")
    few = [queries(manager, page) for page in pages]
    for number in range(40):
        held = f.holding(given.own, RoleKind.OFFICER)
        Done.objects.create(step=Step.objects.first(), holding=held, on=TODAY, how="own", told_at=clock.now())
        if number < 10:
            manager.post(f"{address}steg/", STEP | {"what": f"Steg {number}"})
    assert [queries(manager, page) for page in pages] == few


def test_what_the_organisation_filled_in_is_taken_back_where_it_stands_and_by_nobody_else():
    given = setting()
    manager, own = client_of(given.manager), f.actor(given.own, RoleKind.OFFICER)
    address = kept(manager, given.own.pk, STEP)
    holder, step, made = f"/introduktioner/innehav/{own.holding_id}/", Step.objects.get(), Programme.objects.get()
    manager.post(f"{holder}{made.pk}/", {"steps": [step.pk], "on": TODAY, "note": "Såg det"})
    button = f"/introduktioner/gjort/{Done.objects.get().pk}/angra/"
    assert button not in client_of(own).get(address).content.decode(), "a button that is refused"
    page = manager.get(holder).content.decode()
    assert (button in page, f'name="next" value="{holder}"' in page) == (True, True)
    answer = manager.post(button, {"next": holder})
    assert (answer.status_code, answer.headers["Location"]) == (302, holder)
    assert button not in manager.get(holder).content.decode()
    client_of(own).post(f"/introduktioner/steg/{step.pk}/gjort/")
    said = f"/introduktioner/gjort/{Done.objects.get(undone_at=None).pk}/angra/"
    assert said in client_of(own).get(address).content.decode()
    assert said not in manager.get(holder).content.decode(), "the person's own word"


def test_the_people_of_an_organisation_come_so_many_at_a_time():
    given = setting()
    manager, there = client_of(given.manager), f"/introduktioner/organisation/{given.own.pk}/"
    kept(manager, given.own.pk, STEP)
    few = queries(manager, there)
    for number in range(300):
        f.holding(given.own, RoleKind.OFFICER, person=f.person(name=f"Person {number:03}"))
    step = Step.objects.get()
    late = Holding.objects.get(person__name="Person 299")
    before = clock.day(clock.now()) - timedelta(days=9)
    Step.objects.update(by_days=1, asked_from=before)
    Programme.objects.update(published_on=before)
    ForWhom.objects.update(valid_from=before)
    for held in Holding.objects.filter(role__organisation=given.own).exclude(pk=late.pk):
        Done.objects.create(step=step, holding=held, on=TODAY, how="own", told_at=clock.now())
    first = manager.get(there).content.decode()
    assert (first.count("/introduktioner/innehav/"), "301 rollinnehavare" in first) == (50, True)
    assert "Person 299" in first, "who is late stands first"
    assert "Sida 1 av 7" in first
    last = manager.get(f"{there}?sida=7").content.decode()
    assert (last.count("/introduktioner/innehav/"), "sida=6" in last, "sida=8" in last) == (1, True, False)
    for odd in ("sida=0", "sida=-1", "sida=x", "sida=99999999", "sida=900"):
        assert manager.get(f"{there}?{odd}").status_code == 200, odd
    found = manager.get(f"{there}?sok=person+14").content.decode()
    assert (found.count("/introduktioner/innehav/"), "Person 148" in found) == (13, True), "and 014, 114 and 214"
    only = manager.get(f"{there}?visa=sena").content.decode()
    assert (only.count("/introduktioner/innehav/"), "Person 299" in only) == (1, True)
    none = manager.get(f"{there}?sok=finns-inte").content.decode()
    assert ("Ingen heter så eller har den rollen" in none, "300 av 301" in none) == (True, True)
    assert queries(manager, there) == queries(manager, f"{there}?sida=3") == few
    rows = manager.get(f"/api/v1/organisations/{given.own.pk}/introduced?size=200&page=2").json()
    assert (len(rows["items"]), rows["total"]) == (101, 301)


def test_the_organisations_page_says_how_many_are_under_way_to_those_who_follow_it():
    given = setting()
    manager, there = client_of(given.manager), f"/organisationer/{given.own.pk}/"
    people = f"/introduktioner/organisation/{given.own.pk}/"
    assert "Ingen är mitt i en introduktion" in manager.get(there).content.decode()
    kept(manager, given.own.pk, STEP)
    officer = f.actor(given.own, RoleKind.OFFICER)
    page = manager.get(there).content.decode()
    assert ("2 personer är mitt i en introduktion" in page, people in page) == (True, True)
    for other in (client_of(officer), client_of(given.other_manager), client_of(given.coordinator)):
        page = other.get(there).content.decode()
        assert (people in page, "mitt i en introduktion" in page) == (False, False)
    few = queries(manager, there)
    for _number in range(20):
        held = f.holding(given.own, RoleKind.OFFICER)
        Done.objects.create(step=Step.objects.get(), holding=held, on=TODAY, how="own", told_at=clock.now())
    assert "2 personer är mitt i en introduktion" in manager.get(there).content.decode()
    assert queries(manager, there) <= few + 20, "a row for each role"
