"""T3: training in collaboration. T6: planning days and study visits: who came, what was noted and what it led to."""

from __future__ import annotations

from datetime import timedelta

import pytest

from samordna.core import clock
from samordna.domain.events.models import Enrolment, Event
from samordna.domain.forums.models import Item, Meeting
from samordna.domain.notices.models import Notice
from samordna.domain.notices.spreading import spread
from samordna.domain.organisations.enums import RoleKind
from tests import factories as f
from tests.domain.collaborations.setting import client_of
from tests.domain.forums.world import world
from tests.web.organisations.test_organisation_pages import queries

pytestmark = pytest.mark.django_db


def planned(client, forum_id, **fields):
    on = clock.day(clock.now() + timedelta(days=20))
    given = {"kind": "study_visit", "title": "Besök i Havsnäs", "why": "Se hur de gör", "begins": "09:00", "ends": "15:00"}
    return client.post(f"/tillfallen/nytt/{forum_id}/", given | {"on": on.isoformat(), "everybody": "on"} | fields)


def seen_in(client, address):
    return client.get(address).content.decode().split('name="seen" value="')[1].split('"')[0]


def held(event):
    now = clock.now()
    hours = {"starts_at": now - timedelta(hours=5), "ends_at": now - timedelta(hours=2)}
    Meeting.objects.filter(pk=event.meeting_id).update(**hours)


def test_t6_a_study_visit_from_invitation_to_what_it_led_to():
    met = world()
    coordinator, own, other = (client_of(who) for who in (met.coordinator, met.given.manager, met.given.other_manager))
    wrong = planned(coordinator, met.forum.pk, why="", programme="Fika 14.30")
    assert (wrong.status_code, "Fika 14.30" in wrong.content.decode()) == (422, True)
    assert planned(own, met.forum.pk).status_code == 403
    made = planned(coordinator, met.forum.pk, places="1", programme="Rundvandring")
    address, event = made.headers["Location"], Event.objects.get()
    assert own.post(f"{address}svara/", {"answer": "coming"}).status_code == 403, "the invitations are not out"
    assert coordinator.post(f"{address}bjud-in/").status_code == 302
    assert address in own.get("/").content.decode(), "Mitt asks"
    change, seen = f"{address}andra/", seen_in(coordinator, f"{address}andra/")
    says = {"kind": "study_visit", "why": "Se hur de gör", "places": "1", "everybody": "on", "seen": seen}
    assert coordinator.post(change, says | {"programme": "Rundvandring\nFika"}).status_code == 302
    late = coordinator.post(change, says | {"programme": "Lunch", "places": "2"})
    told = late.content.decode()
    assert (late.status_code, "Fika" in told, ">\nLunch<" in told) == (422, True, True), "two write at once"
    past = coordinator.post(change, says | {"seen": "", "answer_by": "2020-01-01"}).content.decode()
    assert "Välj i dag eller en senare dag" in past
    while spread(clock.now()):
        pass
    told = Notice.objects.filter(kind="event_invited").values_list("person_id", flat=True)
    assert {met.given.manager.person_id, met.given.other_manager.person_id} <= set(told)

    assert own.post(f"{address}svara/", {"answer": "coming", "note": "Vegetariskt"}).status_code == 302
    assert other.post(f"{address}svara/", {"answer": "coming"}).status_code == 302
    assert "Du väntar på en plats" in other.get(address).content.decode()
    assert address not in own.get("/").content.decode()
    own.post(f"{address}svara/", {"answer": "cannot"})
    assert "Du har en plats." in other.get(address).content.decode()
    while spread(clock.now()):
        pass
    up = Notice.objects.filter(kind="event_place_given").values_list("person_id", flat=True)
    assert list(up) == [met.given.other_manager.person_id]

    assert coordinator.get(f"{address}narvaro/").status_code == 403, "it has not begun"
    held(event)
    came = Enrolment.objects.get(holding_id=met.given.other_manager.holding_id)
    assert coordinator.post(f"{address}narvaro/", {"came": came.pk}).status_code == 302
    assert "1 var där" in coordinator.get("/tillfallen/").content.decode()
    notes, seen = f"{address}anteckningar/", seen_in(coordinator, f"{address}anteckningar/")
    assert coordinator.post(notes, {"notes": "De möts varje morgon.", "seen": seen}).status_code == 302
    late = coordinator.post(notes, {"notes": "Vi blev bjudna på kaffe.", "seen": seen})
    told = late.content.decode()
    assert (late.status_code, "varje morgon" in told, "bjudna på kaffe" in told) == (422, True, True)
    assert Event.objects.get().notes == "De möts varje morgon."
    item = Item.objects.create(
        forum=met.forum, order=1, kind="planning", title="Morgonmöten hos oss", raised_at=clock.now()
    )
    led = {"thing": f"item:{item.pk}", "how": "Vi vill pröva"}
    assert own.post(f"{address}ledde-till/", led).status_code == 302
    assert own.post(f"{address}ledde-till/", led).status_code == 422, "told already"
    page = own.get(address).content.decode()
    assert all(words in page for words in ("1 var där", "De möts varje morgon.", "Morgonmöten hos oss", "Vi vill pröva"))
    outside = client_of(f.actor(f.organisation("Utanför"), RoleKind.MANAGER))
    assert outside.get(address).status_code == 404
    assert outside.get("/tillfallen/").content.decode().count("Besök i Havsnäs") == 0
    body = own.get(f"/api/v1/events/{event.pk}").json()
    assert (body["led_to"][0]["title"], body["declined"][0]["note"]) == ("Morgonmöten hos oss", "")


def test_t3_a_training_is_for_those_named_and_tells_who_was_there():
    met = world()
    coordinator, own, other = (client_of(who) for who in (met.coordinator, met.given.manager, met.given.other_manager))
    invited = {"kind": "training", "title": "Samverkan i praktiken", "everybody": "", "invited": met.given.own.pk}
    address = planned(coordinator, met.forum.pk, **invited).headers["Location"]
    event = Event.objects.get()
    coordinator.post(f"{address}bjud-in/")
    assert "Din roll är inte bland de inbjudna." in other.get(address).content.decode()
    assert other.post(f"{address}svara/", {"answer": "coming"}).status_code == 403
    own.post(f"{address}svara/", {"answer": "coming"})
    few = queries(coordinator, address)
    people = [f.holding(met.given.own, RoleKind.OFFICER) for _ in range(12)]
    Enrolment.objects.bulk_create(
        Enrolment(event=event, holding=held_by, answer="coming", answered_at=clock.now()) for held_by in people
    )
    assert queries(coordinator, address) == few
    held(event)
    some = [str(pk) for pk in Enrolment.objects.order_by("answered_at", "pk").values_list("pk", flat=True)[:7]]
    coordinator.post(f"{address}narvaro/", {"came": some})
    assert "7 var där" in own.get(address).content.decode()
    assert Enrolment.objects.filter(was_there=False).count() == 6
