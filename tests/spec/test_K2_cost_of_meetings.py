"""K2: what meetings take is counted as a cost, for the forum, for each organisation and in the matter's balance."""

from __future__ import annotations

from datetime import timedelta

import pytest

from samordna.core import clock
from samordna.core.errors import Denied, Invalid
from samordna.domain.decisions import operations as do
from samordna.domain.decisions.models import HourlyRate
from samordna.domain.decisions.queries.balance import times_of
from samordna.domain.decisions.queries.facts import facts_of
from samordna.domain.decisions.queries.rates import rates_of
from samordna.domain.decisions.rates import Rates
from samordna.domain.forums.models import Forum, Item, Meeting, Seat
from samordna.domain.organisations.enums import RoleKind
from samordna.domain.organisations.models import Holding
from samordna.domain.proceedings.models import ItemTime
from samordna.domain.worth.queries.costs import forum_cost
from tests import factories as f
from tests.domain.collaborations.setting import client_of
from tests.domain.forums.world import world
from tests.factories import NOW
from tests.reading import figures

pytestmark = pytest.mark.django_db


def test_k2_meeting_time_is_those_who_were_there_times_how_long_it_was():
    met, now = world(), clock.now()
    given, second = met.given, f.actor(met.given.own, RoleKind.MANAGER)
    for actor in (given.manager, second, given.other_manager):
        met.seat(actor)
    Seat.objects.update(valid_from=clock.day(now) - timedelta(days=30))
    Holding.objects.update(valid_from=clock.day(now) - timedelta(days=60))
    matter = f.matter(given.collaboration, title="Köer", stage="gathering")
    f.position(matter, given.own)
    held = now - timedelta(days=3)
    meeting = Meeting.objects.create(
        forum=met.forum, starts_at=held, ends_at=held + timedelta(hours=2), planned_at=held, held_at=held, state="held"
    )
    common = {"forum": met.forum, "meeting": meeting, "kind": "discussion", "raised_at": held, "state": "done"}
    Item.objects.create(title="Köerna", order=1, minutes=30, matter=matter, **common)
    HourlyRate.objects.create(organisation=given.own, amount=500, set_at=held, set_by_id=given.manager.holding_id)

    page = client_of(met.coordinator).get(f"/forum/{met.forum.pk}/").content.decode()
    assert "Ungefär 6,0 timmar om året" in page, "three persons, two hours"
    assert "2000kr" in page.replace("\xa0", "").replace(" ", "")
    assert "1 organisation har inte angett något timpris" in page
    other = client_of(given.other_manager).get(f"/varde/forum/{met.forum.pk}/").content.decode()
    assert "2000" not in figures(other), "another's price is not told"
    Forum.objects.update(prepares_id=given.other_manager.role_id)
    assert client_of(given.other_manager).get(f"/api/v1/forums/{met.forum.pk}/cost").json()["kronor"] == 0, "nor then"
    assert "Vad forumen kostar" in client_of(met.coordinator).get("/samordnare/").content.decode()

    facts = facts_of(met.coordinator, matter, now)
    minutes = {pk: time.minutes.likely for pk, time in times_of(matter, facts).items()}
    before = minutes.get(given.own.pk, minutes.get(""))
    assert before >= 60, "two persons, half an hour each"
    ItemTime.objects.create(item=Item.objects.get(), began_at=held, ended_at=held + timedelta(minutes=50))
    seen = {pk: time.minutes.likely for pk, time in times_of(matter, facts_of(met.coordinator, matter, now)).items()}
    assert seen.get(given.own.pk, seen.get("")) == before + 40, "as long as it took, not as long as was thought"
    body = client_of(given.manager).get(f"/api/v1/forums/{met.forum.pk}/cost").json()
    assert (body["hours"], body["meetings"], body["called"]) == (6.0, 1, 1)

    boss = f.actor(given.own, RoleKind.ADMINISTRATOR)
    do.set_hourly_rate(actor=boss, organisation_id=given.own.pk, amount=900)
    assert client_of(given.manager).get(f"/api/v1/forums/{met.forum.pk}/cost").json()["kronor"] == 2000, (
        "as it was that day"
    )
    Meeting.objects.update(starts_at=now - timedelta(minutes=5), ends_at=now + timedelta(minutes=115))
    assert forum_cost(given.manager, met.forum.pk, now).kronor == 3600, "today's meeting at today's rate"


def test_k2_an_hourly_rate_holds_from_a_day_on_and_days_that_have_been_keep_theirs():
    own = f.organisation("Ekby kommun")
    boss, other = f.actor(own, RoleKind.ADMINISTRATOR), f.actor(f.organisation(), RoleKind.ADMINISTRATOR)
    today, day = clock.day(NOW), timedelta(days=1)

    def say(amount, from_on=None, at=NOW):
        do.set_hourly_rate(actor=boss, organisation_id=own.pk, amount=amount, from_on=from_on, at=at)
        return [(rate.amount, rate.since, rate.until) for rate in rates_of(boss, own.pk, at)]

    assert say(500, today + 9 * day) == [(500, None, None)], "what is stated first holds for what has been, too"
    assert say(450) == [(450, None, None)], "a slip of the same day"
    next_year = today + 30 * day
    assert say(600, next_year, NOW + day) == [(450, None, next_year), (600, next_year, None)]
    assert say(620, next_year, NOW + 2 * day) == [(450, None, next_year), (620, next_year, None)]
    soon = today + 3 * day
    then = (620, next_year, None)
    assert say(480, None, NOW + 3 * day) == [(450, None, soon), (480, soon, next_year), then], "what is to come still is"
    assert say(490, None, NOW + 3 * day) == [(450, None, soon), (490, soon, next_year), then]
    rates = Rates([own.pk])
    assert [rates.on(own.pk, soon + n * day) for n in (-999, -1, 0, 999)] == [450, 450, 490, 620]
    for wrong in (
        {"amount": 0},
        {"amount": 500, "from_on": today + 2 * day},
        {"amount": 500, "from_on": today + 9999 * day},
    ):
        with pytest.raises(Invalid):
            do.set_hourly_rate(actor=boss, organisation_id=own.pk, at=NOW + 3 * day, **wrong)
    with pytest.raises(Denied):
        do.set_hourly_rate(actor=other, organisation_id=own.pk, amount=500)
    body = client_of(boss).get(f"/api/v1/organisations/{own.pk}/hourly-rates").json()
    assert [row["amount"] for row in body] == [450, 490, 620]
    assert client_of(other).get(f"/api/v1/organisations/{own.pk}/hourly-rates").status_code in {403, 404}
