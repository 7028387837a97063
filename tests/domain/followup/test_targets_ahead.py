"""What one takes on in a part of the series that waits to begin is said ahead, and holds from its first day."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from samordna.core import clock
from samordna.core.errors import Invalid
from samordna.domain.followup import operations as do
from samordna.domain.followup.models import TargetStep
from samordna.domain.followup.queries.pages import indicator_page
from tests.domain.collaborations.setting import client_of, setting
from tests.domain.followup.test_course import measured, next_year

pytestmark = pytest.mark.django_db


def waiting(given):
    """An indicator in days that is measured in hours from the turn of the year."""
    indicator = measured(given, number_kind="amount")
    frame = {"unit": "timmar", "number_kind": "amount", "aggregation": "sum", "why": "Timmar räknas redan"}
    do.change_indicator(actor=given.coordinator, indicator_id=indicator.pk, starts_on=next_year(), **frame)
    return indicator


def test_what_one_takes_on_next_year_is_said_today_and_holds_then():
    given = setting()
    indicator = waiting(given)
    own, page = client_of(given.manager), f"/uppfoljning/matt/{indicator.pk}/var-del/"
    asked = own.get(page).content.decode()
    first = f"1 januari {next_year().year}"
    assert "dagar, som det mäts nu" in asked
    assert f"timmar, från och med {first}" in asked
    by = date(next_year().year, 12, 31)
    assert own.post(page, {"level": "30", "on": by.isoformat(), "holds_on": next_year().isoformat()}).status_code == 302
    assert own.post(page, {"level": "12", "on": by.isoformat(), "holds_on": "nu"}).status_code == 302
    today = indicator_page(given.manager, indicator.pk, clock.now()).indicator
    assert today.now.own_steps[given.own.pk] == ((by, Decimal(12)),)
    assert today.coming[0].own_steps[given.own.pk] == ((by, Decimal(30)),)
    then = indicator_page(given.manager, indicator.pk, clock.noon(next_year())).indicator
    assert (then.now.unit, then.now.own_steps[given.own.pk], then.coming) == ("timmar", ((by, Decimal(30)),), ())
    goal = client_of(given.other_manager).get(f"/uppfoljning/mal/{indicator.goal_id}/").content.decode()
    assert f"Från {first}: 30 timmar till 31 december {by.year}" in goal, "everybody who takes part sees it"
    shown = own.get(f"/uppfoljning/matt/{indicator.pk}/").content.decode()
    assert f"I timmar, från {first}" in shown


def test_the_target_of_the_whole_is_moved_ahead_too_and_by_json():
    given = setting()
    indicator = waiting(given)
    body = {"level": 40, "on": date(next_year().year, 6, 30).isoformat(), "holds_on": next_year().isoformat()}
    there = f"/api/v1/indicators/{indicator.pk}/target"
    assert client_of(given.coordinator).put(there, body, content_type="application/json").status_code == 200
    assert TargetStep.objects.get(level=40).version.unit == "timmar"
    read = client_of(given.coordinator).get(f"/api/v1/indicators/{indicator.pk}").json()["indicator"]
    assert [(part["unit"], part["steps"]) for part in read["coming"]] == [("timmar", [[body["on"], "40.0000"]])]


@pytest.mark.parametrize(
    ("days", "on", "field"),
    [(-1, 700, "holds_on"), (9, 700, "holds_on"), (None, 0, "on")],
)
def test_a_day_on_which_nothing_begins_or_that_comes_before_the_part_is_refused_with_a_sentence(days, on, field):
    given = setting()
    indicator = waiting(given)
    today = clock.day(clock.now())
    holds = next_year() if days is None else today + timedelta(days=days)
    by = next_year() if not on else today + timedelta(days=on)
    with pytest.raises(Invalid) as refused:
        do.set_own_target(actor=given.manager, indicator_id=indicator.pk, level=Decimal(3), on=by, holds_on=holds)
    assert list(refused.value.fields) == [field]


def test_where_nothing_waits_there_is_nothing_to_choose_and_what_was_taken_back_takes_its_targets_with_it():
    given = setting()
    indicator = measured(given, number_kind="amount")
    page = f"/uppfoljning/matt/{indicator.pk}/var-del/"
    assert "Vad det mäts i" not in client_of(given.manager).get(page).content.decode()
    frame = {"unit": "timmar", "number_kind": "amount", "aggregation": "sum", "why": "Timmar räknas redan"}
    do.change_indicator(actor=given.coordinator, indicator_id=indicator.pk, starts_on=next_year(), **frame)
    said = {"level": Decimal(30), "on": date(next_year().year, 12, 31), "holds_on": next_year()}
    do.set_own_target(actor=given.manager, indicator_id=indicator.pk, **said)
    do.withdraw_frame(actor=given.coordinator, indicator_id=indicator.pk, reason="Fel år")
    now = indicator_page(given.manager, indicator.pk, clock.noon(next_year())).indicator
    assert (now.now.own_steps, now.coming) == ({}, ())
    late = {"level": "30", "on": said["on"].isoformat(), "holds_on": next_year().isoformat()}
    assert client_of(given.manager).post(page, late).status_code == 422, "thirty hours do not become thirty days"
    assert not TargetStep.objects.filter(level=30, version__withdrawn_at__isnull=True).exists()
