"""K2: cooperation costs, because there is more to explain."""

from __future__ import annotations

from datetime import timedelta

import pytest

from samordna.domain.decisions import operations as do
from samordna.domain.organisations.enums import RoleKind
from tests import factories as f
from tests.domain.decisions import world as w
from tests.factories import NOW
from tests.spec.deciding import press, read

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return w.build()


def busy(world):
    """The town works for half an hour without a pause, and once more the next day."""
    actor = world.representative(world.town)
    for after in (timedelta(), timedelta(minutes=20), timedelta(minutes=30), timedelta(days=1)):
        title = {"title": "Ours", "frame": world.frame()}
        do.propose_by_hand(actor=actor, matter_id=world.matter.pk, at=NOW + after, **title)
    return actor


def test_k2_time_put_into_a_matter_is_counted_by_itself(world):
    """Nobody fills in a time sheet: half an hour and two sittings' reading give 70 minutes, of which others see nothing."""
    actor = busy(world)
    said = read(actor, "balance", world.matter.pk)
    assert "Åstad: 1.2 h 2 sittings" in said
    assert "Åstad: 1.2 h" not in read(world.representative(world.island), "balance", world.matter.pk)


def test_k2_time_costs_what_the_organisation_says_that_an_hour_costs(world):
    """The hourly rate is the organisation's own setting; with it the time is money and is taken off the balance."""
    actor = busy(world)
    boss = f.actor(world.town, RoleKind.ADMINISTRATOR)
    status, _words = press(boss, "hourly_rate", world.matter.pk, **{"rate-amount": "600"})
    assert status == 302
    assert "Åstad: 1.2 h, 700 kr" in read(actor, "balance", world.matter.pk)


def test_k2_whoever_knows_better_says_so(world):
    """An own estimate, with what the time went to, counts instead of the count."""
    actor = busy(world)
    status, _words = press(actor, "estimate_time", world.matter.pk, **{"time-hours": "40", "time-reason": ""})
    assert status == 422
    press(actor, "estimate_time", world.matter.pk, **{"time-hours": "40", "time-reason": "Four meetings of ten"})
    assert "Åstad: 40.0 h own estimate" in read(actor, "balance", world.matter.pk)


def test_k2_the_time_of_all_is_taken_off_the_whole(world):
    """With the time counted, what looked worth it is weighed against what explaining has cost."""
    busy(world)
    for organisation in world.organisations:
        w.benefit(world.position(organisation), 10, 10, 10)
        boss = f.actor(organisation, RoleKind.ADMINISTRATOR)
        do.set_hourly_rate(actor=boss, organisation_id=organisation.pk, amount=1000)
    do.propose_by_engine(actor=world.coordinator, matter_id=world.matter.pk, at=NOW)
    town = world.representative(world.town)
    do.estimate_time(actor=town, matter_id=world.matter.pk, hours=90, reason="Many meetings")
    said = read(world.coordinator, "balance", world.matter.pk)
    assert "Net, compared with alone 30" in said
    assert "Net in a first year, with the time taken off -60" in said
    assert "Together it gives less than each alone" in said
    assert "What would change it" in said
    assert "If the gain were 60 tkr per år larger" in said
