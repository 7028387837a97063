"""T5: shared introductions for those who are new. Assigned by themselves when somebody takes a role; the person, the
organisation and the coordinator see how it goes. F8: who is trained in collaboration, by role."""

from __future__ import annotations

from datetime import timedelta

import pytest

from samordna.core import clock
from samordna.domain.events.models import Enrolment, Event
from samordna.domain.forums.models import Meeting
from samordna.domain.introductions.models import Done, Programme, Step
from samordna.domain.notices.models import Notice
from samordna.domain.notices.reminding import remind
from samordna.domain.organisations.access import actor_of
from samordna.domain.organisations.enums import RoleKind
from samordna.domain.organisations.models import Holding
from tests import factories as f
from tests.domain.collaborations.setting import Setting, client_of, setting
from tests.domain.forums.world import world

pytestmark = pytest.mark.django_db
TODAY = clock.day(clock.now())
READ = {"kind": "read", "what": "Läs överenskommelsen", "by_days": "14", "minutes": "30"}
MEET = {"kind": "meet", "what": "Träffa samordnaren", "by_days": "30"}


def begun(client, where, **fields):
    given = {"name": "Ny i samverkan", "why": "Veta varför vi gör det", "for_whom": ["everybody"]} | fields
    return client.post(f"/introduktioner/{where}/ny/", given)


def shared_programme(given: Setting, *steps, present=True):
    """A coordinated programme, made and published through the pages."""
    client = client_of(given.coordinator)
    address = begun(client, f"samverkan/{given.collaboration.pk}").headers["Location"]
    for step in steps or (READ, MEET):
        assert client.post(f"{address}steg/", step).status_code == 302
    assert client.post(f"{address}publicera/", {"present": "on"} if present else {}).status_code == 302
    return address


def newcomer(of, kind=RoleKind.REPRESENTATIVE, since=TODAY):
    """Somebody whom the organisation's administrator gives a role, through the page."""
    administrator, role = f.actor(of, RoleKind.ADMINISTRATOR), f.role(of, kind, name="Ny roll")
    sent = {"name": "Nils Ny", "email": "nils@example.se", "kind": "ordinary", "valid_from": since.isoformat()}
    answer = client_of(administrator).post(f"/organisationer/roller/{role.pk}/ge/", sent)
    assert answer.status_code == 302, answer.content.decode()[:400]
    return actor_of(Holding.objects.select_related("role").get(role=role))


def step_called(what):
    return Step.objects.get(what=what, ended_at__isnull=True)


def test_t5_whoever_takes_a_role_gets_the_introduction_by_itself_and_sees_what_is_next():
    given = setting()
    address = shared_programme(given, present=False)
    before, new = client_of(given.manager), client_of(newcomer(given.own))
    assert "Ny i samverkan" not in before.get("/").content.decode(), "who was there before is not asked"
    mine = new.get("/").content.decode()
    assert "Härnäst i din introduktion: Läs överenskommelsen" in mine
    remind(clock.now())
    assert Notice.objects.filter(kind="introduction_begins").count() >= 1
    page = new.get(address).content.decode()
    assert "Jag har gjort det här" in page
    assert new.post(f"/introduktioner/steg/{step_called('Läs överenskommelsen').pk}/gjort/").status_code == 302
    assert "Härnäst i din introduktion: Träffa samordnaren" in new.get("/").content.decode()
    new.post(f"/introduktioner/steg/{step_called('Träffa samordnaren').pk}/gjort/", {"note": "Fika"})
    done = new.get(address).content.decode()
    assert ("Allt är gjort." in done, "Introducerad" in done) == (True, True)
    assert "Härnäst i din introduktion" not in new.get("/").content.decode()


def test_t5_the_organisation_sees_who_and_the_coordinator_sees_how_many_and_in_which_roles():
    given = setting()
    address = shared_programme(given)
    new = newcomer(given.own)
    client_of(new).post(f"/introduktioner/steg/{step_called('Läs överenskommelsen').pk}/gjort/")
    ours = client_of(given.manager).get(f"/introduktioner/organisation/{given.own.pk}/").content.decode()
    assert ("Nils Ny" in ours, "1 av 2" in ours) == (True, True)
    assert client_of(given.other_manager).get(f"/introduktioner/organisation/{given.own.pk}/").status_code == 404
    assert client_of(new).get(f"/introduktioner/organisation/{given.own.pk}/").status_code == 403
    coordinator = client_of(given.coordinator)
    for page in (address, f"/introduktioner/samverkan/{given.collaboration.pk}/"):
        seen = coordinator.get(page).content.decode()
        assert ("Havsnäs" in seen, "Ny roll" in seen, "Nils Ny" in seen) == (True, True, False), page
    assert "Ny roll" not in client_of(given.other_manager).get(address).content.decode()
    asked = coordinator.get(f"/api/v1/collaborations/{given.collaboration.pk}/introduced").json()
    assert "Nils Ny" not in str(asked)
    assert {row["organisation"]: row["introduced"] for row in asked[0]["organisations"]} == {"Havsnäs": 0, "Storstad": 0}
    assert coordinator.get(f"/introduktioner/organisation/{given.own.pk}/").status_code == 404


def test_t5_a_second_role_repeats_nothing_and_the_introduction_ends_with_the_role():
    given = setting()
    address = shared_programme(given)
    first = newcomer(given.own)
    client = client_of(first)
    client.post(f"/introduktioner/steg/{step_called('Läs överenskommelsen').pk}/gjort/")
    held = Holding.objects.get(pk=first.holding_id)
    Holding.objects.filter(pk=held.pk).update(valid_from=TODAY - timedelta(days=3), valid_to=TODAY)
    Holding.objects.create(person=held.person, role=f.role(given.own, name="Andra rollen"), valid_from=TODAY)
    page = client.get(address).content.decode()
    assert ("Härnäst:" in page, "<strong>Träffa samordnaren</strong>" in page) == (True, True)
    ours = client_of(given.manager).get(f"/introduktioner/organisation/{given.own.pk}/").content.decode()
    assert ("Andra rollen" in ours, held.role.name in ours) == (True, False)


def test_t5_a_changed_programme_rewrites_nothing_that_was_done_and_new_steps_are_asked_for():
    given = setting()
    address = shared_programme(given)
    client, coordinator = client_of(given.manager), client_of(given.coordinator)
    read = step_called("Läs överenskommelsen")
    client.post(f"/introduktioner/steg/{read.pk}/gjort/")
    coordinator.post(f"/introduktioner/steg/{read.pk}/", READ | {"what": "Läs den nya överenskommelsen"})
    assert "1 av 2" in client.get(address).content.decode().replace("\n", " ") or Done.objects.get().step_id == read.pk
    kept = client.get(f"/api/v1{address.replace('introduktioner', 'introductions').rstrip('/')}").json()
    assert [(step["what"], step["state"]) for step in kept["steps"]] == [
        ("Läs den nya överenskommelsen", "done"),
        ("Träffa samordnaren", "to_do"),
    ]
    assert Done.objects.get().step.what == "Läs överenskommelsen", "as it was worded then"
    new = step_called("Läs den nya överenskommelsen")
    coordinator.post(f"/introduktioner/steg/{new.pk}/", READ | {"what": "Läs allt igen", "again": "on"})
    kept = client.get(f"/api/v1{address.replace('introduktioner', 'introductions').rstrip('/')}").json()
    assert kept["steps"][0]["state"] == "to_do"


def test_t5_being_noted_at_an_introduction_completes_the_step():
    met = world()
    given = met.given
    course = {"kind": "course", "what": "Gå introduktionsdagen"}
    address = shared_programme(given, course)
    meeting = Meeting.objects.create(
        forum=met.forum,
        title="Introduktionsdag",
        starts_at=clock.now() - timedelta(days=2),
        ends_at=clock.now() - timedelta(days=2, hours=-3),
        planned_at=clock.now() - timedelta(days=9),
        state="called",
    )
    event = Event.objects.create(meeting=meeting, kind="introduction", why="Nya", planned_at=clock.now())
    came = Enrolment.objects.create(
        event=event, holding_id=given.manager.holding_id, answer="coming", answered_at=clock.now() - timedelta(days=3)
    )
    coordinator, own = client_of(given.coordinator), client_of(given.manager)
    chosen = f"/introduktioner/steg/{step_called('Gå introduktionsdagen').pk}/tillfallen/"
    assert coordinator.post(chosen, {"events": [event.pk]}).status_code == 302
    assert "Allt är gjort" not in own.get(address).content.decode()
    assert coordinator.post(f"/tillfallen/{event.pk}/narvaro/", {"came": [came.pk]}).status_code == 302
    page = own.get(address).content.decode()
    assert ("Allt är gjort." in page, "Var med på tillfället" in page) == (True, True)


def test_f8_a_role_says_what_its_holder_is_trained_in_and_until_when():
    given = setting()
    address = shared_programme(given, READ)
    coordinator, manager = client_of(given.coordinator), client_of(given.manager)
    described = {"name": "Ny i samverkan", "why": "Veta", "for_whom": ["everybody"], "renewed_after": "12"}
    assert coordinator.post(f"{address}andra/", described).status_code == 302
    manager.post(f"/introduktioner/steg/{step_called('Läs överenskommelsen').pk}/gjort/")
    role = f"/organisationer/roller/{given.manager.role_id}/"
    seen = coordinator.get(role).content.decode()
    assert ("Utbildad i samverkan" in seen, "gäller till" in seen) == (True, True)
    assert "Utbildad i samverkan" in manager.get(role).content.decode()
    for reader in (given.other_manager, f.actor(f.organisation("Utanför"), RoleKind.MANAGER)):
        assert "Utbildad i samverkan" not in client_of(reader).get(role).content.decode(), "silence would tell of others"
    theirs = f"/introduktioner/innehav/{given.manager.holding_id}/utbildning/"
    wrong = manager.post(theirs, {"what": "Samverkan 7,5 hp", "on": "2999-01-01", "note": "Intyg"})
    assert (wrong.status_code, "Intyg" in wrong.content.decode()) == (422, True)
    assert manager.post(theirs, {"what": "Samverkan 7,5 hp", "on": "2024-05-01", "note": "Intyg"}).status_code == 302
    assert "Samverkan 7,5 hp" in manager.get(role).content.decode()
    assert "Samverkan 7,5 hp" not in client_of(given.other_manager).get(role).content.decode(), "the organisation's own"
    file = manager.get(f"/introduktioner/organisation/{given.own.pk}/utbildade.xlsx")
    assert (file.status_code, file.content[:2]) == (200, b"PK")
    assert Programme.objects.get().renewed_after == 12
