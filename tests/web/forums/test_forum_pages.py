"""Forums as pages: from a template to closed; what was typed stays; as many queries for few as for many."""

from __future__ import annotations

import pytest

from samordna.core import clock
from samordna.domain.forums import operations as do
from samordna.domain.forums.models import Forum, JointDay, Seat
from samordna.domain.organisations.enums import RoleKind
from tests import factories as f
from tests.domain.collaborations.setting import client_of, setting
from tests.domain.forums.world import world
from tests.factories import NOW
from tests.web.agreements.test_agreement_pages import text
from tests.web.organisations.test_organisation_pages import queries

pytestmark = pytest.mark.django_db
HOME = "/forum/"


def test_a_coordinator_sets_up_seats_rules_and_closes():
    given = setting()
    client = client_of(given.coordinator)
    begin = f"{HOME}nytt/{given.collaboration.pk}/"
    assert "Beredningsgrupp" in text(client, begin)
    assert "Styr ett gemensamt arbete" in text(client, begin, mall="steering")
    typed = {"kind": "steering", "name": "", "purpose": "Styr", "formality": "formal", "power": "decides"}
    typed |= {"rhythm": "quarterly", "area_ids": [given.area.pk]}
    wrong = client.post(begin, typed)
    assert wrong.status_code == 422
    assert "Styr</textarea>" in wrong.content.decode(), "what was typed stays"
    page = client.post(begin, typed | {"name": "Styrgrupp utskrivning"}, follow=True).content.decode()
    assert "Inget är" not in page
    made = Forum.objects.get()
    here = f"{HOME}{made.pk}/"
    page = client.post(
        f"{here}plats/", {"role_ids": [given.manager.role_id], "task": "chair"}, follow=True
    ).content.decode()
    assert "Ordförande" in page
    assert "Havsnäs" in page
    ruled = {"method": "qualified", "voice": "party", "quorum": "all", "share": "three_quarters", "raising": "anyone"}
    ruled |= {"items_days": "14", "call_days": "10", "papers_days": "7"}
    page = client.post(f"{here}beslutsordning/", ruled, follow=True).content.decode()
    assert "Kvalificerad majoritet: tre fjärdedelar" in page
    assert "Ärenden inlämnade: 14 dagar före" in page
    days = {"weekday": "2", "every": "2", "begins": "09:00", "ends": "16:00", "place": "Familjecentralen"}
    assert "Skriv klockslaget" in client.post(f"{here}dag/", days | {"ends": "sen"}).content.decode()
    assert "varannan vecka, 09.00–16.00" in client.post(f"{here}dag/", days, follow=True).content.decode()
    client.post(f"{HOME}dag/{JointDay.objects.get().pk}/sluta/")
    client.post(f"{HOME}plats/{Seat.objects.get().pk}/lamna/")
    assert "till och med dagen före" not in text(client, here), "who sat there for a day has no span"
    assert "redan lämnat" in client.post(f"{HOME}plats/{Seat.objects.get().pk}/lamna/", follow=True).content.decode()
    described = {"name": "Chefsforum", "purpose": "Leder", "formality": "formal", "power": "meets", "rhythm": "monthly"}
    assert "Chefsforum" in client.post(f"{here}beskriv/", described, follow=True).content.decode()
    assert client.post(f"{here}stang/", {"reason": ""}).status_code == 422
    assert (
        "Uppdraget är slut" in client.post(f"{here}stang/", {"reason": "Uppdraget är slut"}, follow=True).content.decode()
    )
    assert "avslutat" in text(client, HOME)


def test_a_participant_reads_and_is_not_offered_what_it_may_not_do():
    met = world("board")
    met.seat(met.given.manager)
    client = client_of(met.given.manager)
    page = text(client, f"{HOME}{met.forum.pk}/")
    assert "Utskrivning" in page
    assert "beskriv/" not in page
    assert text(client, HOME).index("Dina") < text(client, HOME).index("Styrgrupp utskrivning")
    assert "Visa forum i all samverkan" in text(client, HOME, samverkan=met.given.collaboration.pk)
    for act in ("beskriv", "plats", "dag", "stang", "dela", "beslutsordning"):
        text(client, f"{HOME}{met.forum.pk}/{act}/", 403)
    outside = client_of(f.actor(f.organisation(), RoleKind.MANAGER))
    text(outside, f"{HOME}{met.forum.pk}/", 404)
    assert "Inget forum är inrättat än" in text(outside, HOME)


def test_a_forum_is_shared_answered_and_stepped_back_from():
    met = world()
    other = f.collaboration(name="Arbete")
    theirs = client_of(f.coordinator_of(other))
    f.participation(other, met.given.collaboration.host)
    mine = client_of(met.coordinator)
    here = f"{HOME}{met.forum.pk}/"
    assert mine.post(f"{here}dela/", {"collaboration_id": ""}).status_code == 422
    assert "tillfrågad" in mine.post(f"{here}dela/", {"collaboration_id": other.pk}, follow=True).content.decode()
    assert "Du är tillfrågad" in text(theirs, HOME)
    assert "Säg ja" in text(theirs, here)
    page = theirs.post(f"{here}dela/{other.pk}/ja/", follow=True).content.decode()
    assert "Kliv tillbaka för Arbete" in page
    assert "äger redan" in theirs.post(f"{here}dela/{other.pk}/ja/", follow=True).content.decode()
    theirs.post(f"{here}dela/{other.pk}/nej/")
    text(theirs, here, 404)
    own = met.given.collaboration.pk
    assert "Avsluta det i stället" in mine.post(f"{here}dela/{own}/nej/", follow=True).content.decode()


def _filled(count: int) -> tuple[object, str]:
    met = world("board")
    for number in range(count):
        organisation = f.organisation(f"Kommun {number}")
        f.participation(met.given.collaboration, organisation)
        met.seat(f.actor(organisation, RoleKind.MANAGER))
    for _earlier in range(min(count, 20)):
        met.rule(method="consent", starts_on=clock.day(NOW))
    for number in range(min(count, 40)):
        begin = {"collaboration_id": met.given.collaboration.pk, "kind": "local", "at": NOW}
        do.start_forum(actor=met.coordinator, name=f"Lokal grupp {number}", **begin)
    return met.coordinator, met.forum.pk


def test_the_number_of_queries_is_the_same_for_few_and_many():
    counted: dict[str, set[int]] = {"list": set(), "forum": set()}
    for count in (1, 3, 300):
        actor, forum = _filled(count)
        client = client_of(actor)
        counted["list"].add(queries(client, HOME))
        counted["forum"].add(queries(client, f"{HOME}{forum}/"))
    assert [len(each) for each in counted.values()] == [1, 1], counted
