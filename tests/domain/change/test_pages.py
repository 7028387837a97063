"""The pages of chains: the same number of questions for one as for many, what is late on top, and what does not fit."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samordna.core import clock
from samordna.domain.change.models import Turn
from samordna.domain.change.queries.waiting import waiting_for
from samordna.domain.notices.models import Notice
from samordna.domain.notices.reminding import remind
from tests.domain.change.going import analysed, begun, planned, taken
from tests.domain.collaborations.setting import client_of, setting

pytestmark = pytest.mark.django_db


def asked(client, address):
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as caught:
        page = client.get(address)
    assert page.status_code == 200
    return len(caught), page.content.decode()


def test_the_board_and_a_chain_cost_the_same_for_one_as_for_many():
    given = setting()
    client = client_of(given.coordinator)
    chain, needs = analysed(given, given.coordinator, needs=1)
    taken(given.coordinator, needs[0])
    planned(given.coordinator, needs[0])
    few = [asked(client, address)[0] for address in ("/forandring/", f"/forandring/{chain.pk}/")]
    other, more = analysed(given, given.coordinator, needs=12, title="Många")
    for need in more:
        taken(given.coordinator, need)
        planned(given.coordinator, need)
    for n in range(60):
        begun(given, given.coordinator, title=f"Kedja {n}")
    assert [asked(client, address)[0] for address in ("/forandring/", f"/forandring/{other.pk}/")] == few


def test_what_is_late_stands_first_and_one_chooses_by_owner_and_cause():
    given = setting()
    begun(given, given.coordinator, title="I tid")
    late = begun(given, given.coordinator, title="För sent")
    Turn.objects.filter(chain=late).update(analyse_by=clock.day(clock.now()) - timedelta(days=9))
    analysed(given, given.manager, title="Egen")
    client = client_of(given.manager)
    page = asked(client, "/forandring/")[1]
    assert page.index("För sent") < page.index("Egen") < page.index("I tid")
    own = asked(client, f"/forandring/?organisation={given.own.pk}")[1]
    assert ("Egen" in own, "För sent" in own) == (True, False)
    caused = asked(client, "/forandring/?orsak=organisation")[1]
    assert ("Egen" in caused, "För sent" in caused) == (True, False)
    assert "Inget passar" in asked(client, "/forandring/?orsak=rules")[1]
    assert client.get("/forandring/?samverkan=zzz").status_code == 404
    assert client.get("/forandring/?sida=99999").status_code == 200


def test_a_step_is_asked_for_near_its_day_and_every_week_when_it_is_late():
    given = setting()
    chain = begun(given, given.manager)
    today = clock.day(clock.now())
    assert [one.due for one in waiting_for(given.manager, clock.now())] == [today + timedelta(days=30)]
    remind(clock.now())
    assert not Notice.objects.exists()
    Turn.objects.update(analyse_by=today - timedelta(days=8))
    remind(clock.now())
    remind(clock.now())
    notice = Notice.objects.get()
    assert (notice.kind, notice.about_id, notice.person_id) == ("chain_late", chain.pk, given.manager.person_id)
    page = client_of(given.manager).get("/aviseringar/").content.decode()
    assert "Väntan på hemgång" in page
