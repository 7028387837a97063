"""Whom to contact: the question, and one collaboration's contacts with gaps, dead ends and a picture."""

from __future__ import annotations

import re

import pytest

from samordna.domain.collaborations.models import Area
from samordna.domain.organisations.enums import RoleKind
from samordna.domain.organisations.models import ContactPath, Holding
from tests import factories as f
from tests.domain.collaborations.setting import client_of
from tests.web.organisations.test_organisation_pages import queries

pytestmark = pytest.mark.django_db


def path(topic, to, **fields):
    return ContactPath.objects.create(topic=topic, to_role=to, how="010-100 20 30", **{"valid_from": f.START} | fields)


def world():
    """Two participants; Havsnäs answers for one of two areas, Storstad has a path to a vacant role."""
    given = f.collaboration()
    places = [f.organisation("Havsnäs"), f.organisation("Storstad")]
    for place in places:
        f.participation(given, place)
    for area in ("Utskrivning", "Läkemedel"):
        Area.objects.create(collaboration=given, name=area)
    held = f.holding(places[0], RoleKind.MANAGER, person=f.person("Maja Ek"))
    path("Utskrivning på helgen", held.role)
    path("Läkemedel", f.role(places[1], name="Läkemedelsansvarig"))
    f.holding(places[1], RoleKind.ADMINISTRATOR, person=f.person("Ada Min"))
    return given, held, places


def test_one_question_gives_role_holder_how_and_when():
    _given, held, _places = world()
    client = client_of(f.actor(f.organisation("Kansliet")))
    page = client.get("/kontakter/", {"fraga": "vem kontaktar jag om utskrivningen hos havsnäs"}).content.decode()
    answer = page.split('class="answer"')[1].split("</article>")[0]
    assert f"/organisationer/roller/{held.role_id}/" in answer
    assert "Maja Ek" in answer
    assert "010-100 20 30" in answer
    assert page.count('class="answer"') == 1
    nothing = client.get("/kontakter/", {"fraga": "xylofon"}).content.decode()
    assert "Ingen kontaktväg passar" in nothing
    assert 'value="xylofon"' in nothing
    assert client.get("/kontakter/").status_code == 200
    assert "Ingen har rollen nu" in client.get("/kontakter/", {"fraga": "läkemedel"}).content.decode()


def test_the_picture_marks_gaps_and_dead_ends_and_who_can_mend_them():
    given, held, places = world()
    page = client_of(f.actor(places[0])).get(f"/samverkan/{given.pk}/kontakter/").content.decode()
    drawing = page.split('<svg viewBox="-4')[1].split("</svg>")[0]
    assert drawing.count("<a href=") == 2 + 2 + 2
    assert drawing.count('class="warn"') == 2 + 1
    assert drawing.count("<path") == 2 + 2
    assert f'href="/organisationer/roller/{held.role_id}/"' in drawing
    assert all(re.findall(r'<a href="[^"]+" aria-label="[^"]+"', drawing))
    dead = page.split('id="aterstand"')[1].split("</tbody>")[0]
    assert "Läkemedelsansvarig" in dead
    assert "Ada Min (" in dead
    areas = page.split('id="omraden"')[1].split('id="alla"')[0]
    assert "Öppna en kontaktväg för Läkemedel här" in areas
    assert "Öppna en kontaktväg för Utskrivning här" not in areas
    prefilled = client_of(f.actor(places[0])).get(f"/organisationer/{places[0].pk}/kontaktvagar/ny/?om=L%C3%A4kemedel")
    assert 'value="Läkemedel"' in prefilled.content.decode()
    assert client_of(f.actor(f.organisation())).get(f"/samverkan/{given.pk}/kontakter/").status_code == 404


def test_the_page_costs_the_same_however_many_paths_there_are():
    given, held, places = world()
    client, counts = client_of(f.actor(places[0])), []
    for more in (1, 3, 300):
        ContactPath.objects.bulk_create(
            ContactPath(topic=f"Ämne {more} {n}", to_role=held.role, how="Ring", valid_from=f.START) for n in range(more)
        )
        counts.append(queries(client, f"/samverkan/{given.pk}/kontakter/"))
    assert len(set(counts)) == 1, counts
    assert "Det finns för många kontaktvägar" in client.get(f"/samverkan/{given.pk}/kontakter/").content.decode()


def test_programs_ask_the_same():
    given, held, places = world()
    client = client_of(f.actor(places[0]))
    found = client.get("/api/v1/contacts", {"question": "utskrivning havsnäs"}).json()
    assert (found["paths"][0]["role_id"], found["places"]) == (held.role_id, ["Havsnäs"])
    told = client.get(f"/api/v1/collaborations/{given.pk}/contacts").json()
    assert (told["gaps"], [each["topic"] for each in told["dead_ends"]]) == (2, ["Läkemedel"])
    Holding.objects.filter(role=held.role).update(valid_to=f.START.replace(day=2))
    page = client.get(f"/api/v1/roles/{held.role_id}", {"on": "2026-01-01"}).json()
    assert (page["changed"], page["then"]["vacant"], page["now"]["vacant"]) == (True, False, True)
    assert [task["about"] for task in page["tasks"]] == ["Utskrivning på helgen"]
