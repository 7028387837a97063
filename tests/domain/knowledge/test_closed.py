"""Closed for a while is a no with its reason, not a yes; and one service that has changed is laid out alone."""

from __future__ import annotations

from datetime import timedelta

import pytest

from samordna.core import clock
from samordna.domain.knowledge.models import Service
from samordna.domain.knowledge.operations import Wording, import_services, open_service, reword_service
from samordna.domain.knowledge.queries import matched as matching
from samordna.domain.knowledge.queries.exported import hsds_list
from samordna.domain.knowledge.queries.matched import matched
from samordna.domain.organisations.enums import RoleKind
from tests import factories as f
from tests.domain.collaborations.setting import client_of

pytestmark = pytest.mark.django_db
RECORD = {
    "id": "5b0b4f0e-6a0e-4a3e-9d2a-0c6f4f7c1a11",
    "name": "Samtalsstöd",
    "description": "Samtal",
    "status": "temporarily closed",
    "alert": "Vattenskada,  öppnar i mars.",
}


@pytest.fixture
def keeper():
    return f.actor(f.organisation("Ungas hus"), RoleKind.MANAGER)


def test_a_service_that_came_as_temporarily_closed_says_no_and_why_until_it_opens(keeper):
    import_services(actor=keeper, role_id=keeper.role_id, records=[RECORD])
    service, client = Service.objects.get(), client_of(keeper)
    page = matched(keeper, {"age": "20"}, clock.now(), "no")
    assert (page.yes, page.open, page.no) == (0, 0, 1)
    assert (page.rows[0].answer, page.rows[0].closed) == ("no", "Vattenskada, öppnar i mars.")
    asked = client.post("/verktygslador/vem-kan-hjalpa/", {"age": "20", "visa": "no"}).content.decode()
    assert "Nej, tillfälligt stängd: Vattenskada" in asked
    assert "Tillfälligt stängd" in client.get(f"/verktygslador/insats/{service.pk}/").content.decode()
    record = hsds_list(keeper, keeper.organisation_id, clock.now())["contents"][0]
    assert (record["status"], record["alert"]) == ("temporarily closed", RECORD["alert"]), "it goes out as it came"

    opened = {"status": "active", "alert": None}
    import_services(actor=keeper, role_id=keeper.role_id, records=[{**RECORD, **opened}])
    assert matched(keeper, {"age": "20"}, clock.now()).yes == 1
    reword_service(
        actor=keeper, service_id=service.pk, wording=Wording(name="Samtalsstöd", description="Samtal", closed="Semester")
    )
    record = hsds_list(keeper, keeper.organisation_id, clock.now())["contents"][0]
    assert (record["status"], record["alert"]) == ("temporarily closed", "Semester")
    assert matched(keeper, {"age": "20"}, clock.now()).no == 1


def test_a_file_that_gives_no_reason_is_said_to_give_none(keeper):
    import_services(actor=keeper, role_id=keeper.role_id, records=[{**RECORD, "alert": ""}])
    assert Service.objects.get().closed == "Filen anger inget skäl."
    assert hsds_list(keeper, keeper.organisation_id, clock.now())["contents"][0]["alert"] == ""


def test_only_what_has_changed_is_laid_out_anew(keeper, monkeypatch):
    for name in ("B", "D", "F"):
        open_service(actor=keeper, role_id=keeper.role_id, wording=Wording(name=name, description="x"))
    assert matched(keeper, {}, clock.now()).yes == 3
    read = []
    monkeypatch.setattr(matching, "loaded", lambda data: read.append(data) or ())
    service = Service.objects.get(name="D")
    reword_service(actor=keeper, service_id=service.pk, wording=Wording(name="A", description="x"))
    open_service(actor=keeper, role_id=keeper.role_id, wording=Wording(name="C", description="x"))
    compiled = matching.compiled_services()
    assert len(read) == 2, "the one that was reworded and the new one"
    monkeypatch.undo()
    assert [row.service.name for row in matched(keeper, {}, clock.now()).rows] == ["A", "B", "C", "F"]
    assert compiled is matching.compiled_services()
    today = clock.day(clock.now())
    Service.objects.filter(name="F").update(valid_from=today - timedelta(days=1), valid_to=today)
    reword_service(actor=keeper, service_id=service.pk, wording=Wording(name="A", description="y"))
    assert [row.service.name for row in matched(keeper, {}, clock.now()).rows] == ["A", "B", "C"]
