"""Lists that were whole are pages: every row once, in order, for one question however many there are."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samordna.core import clock
from samordna.domain.adherence.models import OwnWork
from samordna.domain.agreements.models import AgreementVersion
from samordna.domain.agreements.operations import start_own_routine
from samordna.domain.decisions.models import DecisionVersion
from samordna.domain.introductions.models import Programme
from samordna.domain.organisations.enums import RoleKind
from samordna.domain.organisations.models import Reorganisation, Side
from samordna.domain.reports.models import AnnualReport
from tests import factories as f
from tests.api.test_collaborations import get
from tests.domain.adherence.followed import followed, organisations
from tests.domain.collaborations.setting import client_of, setting
from tests.factories import NOW, START

pytestmark = pytest.mark.django_db


def walked(client, address, size=2):
    """All rows of a list, page by page."""
    rows, page, total = [], 1, 1
    while len(rows) < total:
        found = get(client, f"{address}{'&' if '?' in address else '?'}page={page}&size={size}")
        total, page = found["total"], page + 1
        assert 0 < len(found["items"]) <= size
        rows += found["items"]
    return rows


def test_programmes_come_page_by_page_those_that_are_published_first():
    actor = f.actor(f.organisation(), RoleKind.MANAGER)

    def programme(name, **days):
        Programme.objects.create(organisation_id=actor.organisation_id, name=name, why="Veta", begun_at=NOW, **days)

    programme("Gammal", published_on=START, ended_on=clock.day(NOW))
    programme("Utkast")
    for name in ("C", "A", "B"):
        programme(name, published_on=START)
    client = client_of(actor)
    assert [row["name"] for row in walked(client, "/introductions")] == ["A", "B", "C", "Utkast", "Gammal"]
    assert [row["name"] for row in walked(client, "/introductions?state=published")] == ["A", "B", "C"]
    assert [row["state"] for row in walked(client, "/introductions?state=ended", 1)] == ["ended"]
    assert get(client, "/introductions?state=draft")["total"] == 1
    assert client.get("/api/v1/introductions?state=gone").status_code == 422
    assert client.get("/api/v1/introductions?page=0").status_code == 422
    asked = []
    for many in (0, 30):
        for number in range(many):
            programme(f"D {number}", published_on=START)
        with CaptureQueriesContext(
            connection,
        ) as counted:
            assert get(client, "/introductions?size=3")["total"] == 5 + many
        asked.append(len(counted))
    assert asked[0] == asked[1]


def test_annual_reports_come_page_by_page_the_latest_first():
    given = setting()
    for year in (2001, 2003, 2002):
        AnnualReport.objects.create(collaboration=given.collaboration, year=year, begun_at=NOW, drawn_at=NOW)
    address = f"/collaborations/{given.collaboration.pk}/annual-reports"
    assert [row["year"] for row in walked(client_of(given.coordinator), address)] == [2003, 2002, 2001]
    assert get(client_of(given.coordinator), address)["collaboration_id"] == given.collaboration.pk


def test_own_work_comes_page_by_page_ones_own_first():
    given = setting()
    goal = f.goal(given.collaboration)
    for number, organisation in enumerate((given.other, given.own, given.other)):
        said = {"what": f"Arbete {number}", "how": "Så", "stated_at": NOW, "stated_by": f.holding(organisation)}
        OwnWork.objects.create(goal=goal, organisation=organisation, **said)
    address = f"/collaborations/{given.collaboration.pk}/own-work"
    found = walked(client_of(f.actor(given.own)), address)
    assert [row["what"] for row in found] == ["Arbete 1", "Arbete 0", "Arbete 2"]


def test_rules_come_page_by_page_by_name():
    given = setting()
    for name in ("Bad", "Akut", "Cykel"):
        place = {"collaboration_id": given.collaboration.pk, "name": name}
        start_own_routine(actor=given.manager, **place)
    done = {"sealed_at": NOW, "sealed_by_id": given.manager.holding_id, "concluded_at": NOW, "valid_from": START}
    AgreementVersion.objects.update(content={}, **done)
    client = client_of(given.manager)
    assert [row["name"] for row in walked(client, "/rules")] == ["Akut", "Bad", "Cykel"]


def test_governing_conditions_come_page_by_page_the_newest_first():
    (own,) = organisations(1, place := f.collaboration())
    made = [followed(given=place, of=[own]).version for _number in range(3)]
    for days, version in enumerate(made):
        DecisionVersion.objects.filter(pk=version.pk).update(in_force_from=clock.day(NOW) - timedelta(days=days))
    client = client_of(f.actor(own))
    found = walked(client, f"/organisations/{own.pk}/governing-conditions")
    assert [row["version_id"] for row in found] == [version.pk for version in made]


def test_reorganisations_come_page_by_page_those_to_come_first():
    actor = f.actor(f.organisation(), RoleKind.MANAGER)
    today = clock.day(clock.now())
    for days, ended in ((10, None), (20, NOW), (30, None), (40, NOW)):
        when = {"happens_on": today + timedelta(days=days), "planned_at": NOW, "called_off_at": ended}
        planned = Reorganisation.objects.create(kind="rename", ground="Beslut", new_name="Nya", **when)
        Side.objects.create(reorganisation=planned, part="before", organisation_id=actor.organisation_id, name="Vi")
    found = walked(client_of(actor), "/reorganisations")
    assert [(date.fromisoformat(row["happens_on"]) - today).days for row in found] == [30, 10, 40, 20]
    assert [row["state"] for row in found] == ["planned", "planned", "called_off", "called_off"]


@pytest.mark.parametrize(
    "address",
    [
        "/introductions",
        "/rules",
        "/reorganisations",
        "/organisations/{own}/governing-conditions",
        "/collaborations/{place}/annual-reports",
        "/collaborations/{place}/own-work",
        "/collaborations/{place}/rounds",
        "/collaborations/{place}/feedback",
        "/collaborations/{place}/thanks",
        "/collaborations/{place}/questionnaires",
        "/collaborations/{place}/waves",
        "/events",
    ],
)
def test_a_page_that_is_none_is_refused_and_one_past_the_end_is_empty(address):
    given = setting()
    client = client_of(given.manager)
    here = address.format(own=given.own.pk, place=given.collaboration.pk)
    for wrong in ("page=0", "page=-1", f"page={10**9}", "page=sist", "size=0", f"size={10**9}", "size=alla"):
        answer = client.get(f"/api/v1{here}?{wrong}")
        assert (answer.status_code, wrong.split("=")[0] in answer.content.decode()) == (422, True), wrong
    past = get(client, f"{here}?page=100000&size=1")
    assert (past["items"], past["page"], past["size"]) == ([], 100_000, 1)
    assert past["total"] == get(client, here)["total"]
