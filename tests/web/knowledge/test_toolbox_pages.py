"""The toolbox's pages: conditions are built row by row, nothing typed is lost, and refusals are sentences."""

import pytest
from django.db.models import QuerySet

from samordna.core.models import JournalPayload
from samordna.domain.collaborations.models import Collaboration
from samordna.domain.knowledge.limits import MOST_NAMED
from samordna.domain.knowledge.models import Fact, Service, ServiceVersion
from samordna.domain.knowledge.operations import explain_word, write_profile
from samordna.domain.organisations.enums import RoleKind
from samordna.domain.organisations.models import Organisation
from tests import factories as f
from tests.domain.collaborations.setting import client_of
from tests.factories import NOW, START

pytestmark = pytest.mark.django_db


def test_a_service_is_put_in_reworded_confirmed_and_ended_without_losing_what_was_typed():
    """The whole life of a service by its form: a row is added without loss, a wrong bound is told by its number."""
    own = f.organisation("Storviks kommun", area_code="2180")
    answering = f.actor(own)
    client = client_of(answering)
    address = f"/verktygslador/hos/{own.pk}/ny/"
    sick = Fact.objects.create(label="Får sjukpenning", kind="yes_no", named_at=NOW)
    typed = {"name": "Jobbsteget", "description": "Handledd praktik.", "role_id": answering.role_id, "rows": "0"}
    page = client.post(address, typed | {"add": "age", "more": "1"}).content.decode()
    assert 'name="least_0"' in page
    assert "Handledd praktik." in page
    typed |= {"rows": "1", "fact_0": "age", "together_0": "all", "least_0": "arton", "most_0": "29"}
    page = client.post(address, typed | {"add": sick.pk, "more": "1"}).content.decode()
    assert 'value="arton"' in page
    assert 'name="one_of_1"' in page
    typed |= {"rows": "2", "fact_1": sick.pk, "together_1": "none", "one_of_1": "yes", "ground_1": "27 kap. SFB"}
    refused = client.post(address, typed)
    assert refused.status_code == 422
    assert "Villkor 1 (Ålder): Skriv ett tal med siffror" in refused.content.decode()
    for group in ("any13", "any²", "any0", "any"):
        assert client.post(address, typed | {"together_0": group, "more": "1"}).status_code == 200
        assert client.post(address, typed | {"least_0": "18", "together_0": group}).status_code == 422
    assert Service.objects.count() == 0
    made = client.post(address, typed | {"least_0": "18"})
    service = Service.objects.get()
    assert made.headers["Location"] == f"/verktygslador/insats/{service.pk}/"
    page = client.get(made.headers["Location"]).content.decode()
    assert "Ålder: 18–29 år" in page
    assert "Inte för den som detta gäller:" in page
    assert "27 kap. SFB" in page

    form = client.get(f"/verktygslador/insats/{service.pk}/andra/").content.decode()
    assert 'value="18"' in form
    seen = form.split('name="seen" value="')[1].split('"')[0]
    again = typed | {"name": "Nya jobbsteget", "least_0": "18", "drop_1": "on", "waiting": "tre veckor", "seen": seen}
    assert client.post(f"/verktygslador/insats/{service.pk}/andra/", again).status_code == 302
    overtaken = client.post(f"/verktygslador/insats/{service.pk}/andra/", again | {"name": "Ett annat namn"})
    assert "Nya jobbsteget" in overtaken.content.decode()
    assert ServiceVersion.objects.count() == 2
    first = client.get(f"/verktygslador/insats/{service.pk}/version/1/").content.decode()
    assert "Får sjukpenning: Ja" in first

    Service.objects.update(assured_on=START)
    stale = client.get("/verktygslador/?gamla=1&hos=" + own.pk).content.decode()
    assert "inte bekräftad sedan 1 januari 2026" in stale
    assert client.post(f"/verktygslador/insats/{service.pk}/bekrafta/", {"waiting": "fyra veckor"}).status_code == 302
    assert "fyra veckor" in client.get("/verktygslador/?sok=jobbsteget").content.decode()

    outsider = client_of(f.actor(f.organisation("Granby kommun"), RoleKind.MANAGER))
    assert outsider.get(f"/verktygslador/insats/{service.pk}/").status_code == 200
    assert outsider.post(f"/verktygslador/insats/{service.pk}/avsluta/", {}).status_code == 403
    Service.objects.update(valid_from=START)
    assert client.post(f"/verktygslador/insats/{service.pk}/avsluta/", {}).status_code == 302
    assert "Insatsen upphörde" in client.get(f"/verktygslador/insats/{service.pk}/").content.decode()
    assert "Ingen insats passar" in client.get("/verktygslador/?sok=jobbsteget").content.decode()
    assert JournalPayload.objects.count() == 4


def test_a_question_is_named_once_for_all(monkeypatch):
    """A fact has two alternatives at the least, and its name once, however it is written."""
    own = f.organisation()
    client, address = client_of(f.actor(own)), f"/verktygslador/hos/{own.pk}/fraga/"
    assert client.post(address, {"label": "Inkomst", "kind": "choice", "options": "lön"}).status_code == 422
    assert client.post(address, {"label": "Inkomst", "kind": "choice", "options": "lön\nsjukpenning"}).status_code == 302
    assert "Det finns redan en fråga" in client.post(address, {"label": "INKOMST", "kind": "yes_no"}).content.decode()
    assert client.get("/verktygslador/").status_code == 200
    with monkeypatch.context() as before_the_other_was_stored:
        before_the_other_was_stored.setattr("samordna.domain.knowledge.operations.facts.known_facts", dict)
        assert "Det finns redan en fråga" in client.post(address, {"label": "Inkomst", "kind": "yes_no"}).content.decode()
    Fact.objects.bulk_create(Fact(label=f"{n}", kind="yes_no", named_at=NOW, named_by=own) for n in range(MOST_NAMED - 1))
    assert "redan gett 50 frågor" in client.post(address, {"label": "Boende", "kind": "yes_no"}).content.decode()


def test_the_first_to_write_waits_for_whoever_writes_at_the_same_time(monkeypatch):
    """Where there is no row yet, the row of what it belongs to is locked: two come one after the other."""
    own = f.organisation()
    actor = f.actor(own)
    room = f.collaboration()
    f.participation(room, own)
    locked, lock = [], QuerySet.select_for_update

    def noticed(rows, **how):
        locked.append(rows.model)
        return lock(rows, **how)

    monkeypatch.setattr(QuerySet, "select_for_update", noticed)
    write_profile(actor=actor, organisation_id=own.pk, mission="Vi finns.", at=NOW)
    explain_word(actor=actor, collaboration_id=room.pk, word="Ärende", text="En människa.", at=NOW)
    assert {Organisation, Collaboration} <= set(locked)
