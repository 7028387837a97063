"""A change that begins later may be taken back before it does, and nobody can choose a day that nobody means."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from samordna.core import clock
from samordna.core.errors import Forbidden, Refused
from samordna.core.models import JournalEntry
from samordna.domain.followup import operations as do
from samordna.domain.followup.limits import YEARS_AHEAD
from samordna.domain.followup.models import IndicatorVersion, Result
from samordna.domain.followup.queries.pages import indicator_page
from samordna.domain.notices.models import Notice
from samordna.domain.notices.spreading import spread
from tests.domain.collaborations.setting import client_of, setting
from tests.domain.followup.test_course import COURSE, levels, measured, next_year, told

pytestmark = pytest.mark.django_db


def address(indicator, what):
    return f"/uppfoljning/matt/{indicator.pk}/{what}/"


FRAME = {"unit": "dagar", "number_kind": "mean", "aggregation": "weighted", "why": "Nytt"}
REPORTED = {"days_to_report": "20", "minimum_group": "1", "why": "Nytt"}


@pytest.mark.parametrize(("what", "said"), [("takt", COURSE), ("andra", FRAME), ("rapportering", REPORTED)])
@pytest.mark.parametrize("day", ["9999-12-31", "2199-01-01", "later"])
def test_a_slip_in_the_year_is_refused_with_the_last_day_that_one_may_choose(what, said, day):
    given = setting()
    indicator = measured(given)
    last = date(clock.day(clock.now()).year + YEARS_AHEAD, 12, 31)
    chosen = (last + timedelta(days=1)).isoformat() if day == "later" else day
    page = client_of(given.coordinator).post(address(indicator, what), said | {"starts_on": chosen})
    assert page.status_code == 422
    assert f"senast 31 december {last.year}" in page.context["form"].errors["starts_on"][0]
    assert "Nytt" in page.content.decode() or "Glesare räcker" in page.content.decode(), "what was typed stands"
    body = said | {"starts_on": chosen}
    there = {"takt": "course", "andra": "versions", "rapportering": "reporting"}[what]
    sent = client_of(given.coordinator).post(
        f"/api/v1/indicators/{indicator.pk}/{there}", body, content_type="application/json"
    )
    assert sent.status_code == 422
    assert indicator.versions.count() == 1


def test_a_change_is_taken_back_from_the_page_and_everything_goes_on_as_before():
    given = setting()
    indicator = measured(given)
    before = indicator_page(given.manager, indicator.pk, clock.now()).indicator
    do.change_course(actor=given.coordinator, indicator_id=indicator.pk, starts_on=next_year(), **COURSE | levels(60, 50))
    client = client_of(given.coordinator)
    shown = client.get(f"/uppfoljning/matt/{indicator.pk}/").content.decode()
    assert "Ta tillbaka ändringen" in shown
    assert (
        "Ta tillbaka ändringen" not in client_of(given.manager).get(f"/uppfoljning/matt/{indicator.pk}/").content.decode()
    )
    asked = client.get(address(indicator, "ta-tillbaka")).content.decode()
    assert f"skulle gälla från 1 januari {next_year().year}." in asked
    assert "Mäts varje kvartal i stället för varje månad. Siffran" not in asked, "the direction stands"
    assert "Mäts varje kvartal i stället för varje månad. Glesare räcker" in asked
    empty = client.post(address(indicator, "ta-tillbaka"), {"reason": " "})
    assert (empty.status_code, IndicatorVersion.objects.standing().count()) == (422, 2)
    done = client.post(address(indicator, "ta-tillbaka"), {"reason": "Fel år"}, follow=True).content.decode()
    assert "Ändringen är tillbakatagen" in done
    assert indicator_page(given.manager, indicator.pk, clock.now()).indicator == before
    kept = indicator.versions.get(number=2)
    assert (kept.withdrawn_why, kept.withdrawn_by_id, kept.why) == (
        "Fel år",
        given.coordinator.holding_id,
        "Glesare räcker",
    )
    assert JournalEntry.objects.filter(action="frame_withdrawn", subject_id=indicator.pk).exists()
    spread(clock.now())
    told_to = Notice.objects.filter(kind="frame_withdrawn").values_list("role__organisation__name", flat=True)
    assert set(told_to) == {"Havsnäs", "Storstad"}
    again = client.post(address(indicator, "ta-tillbaka"), {"reason": "Igen"})
    assert (again.status_code, "inget att ta tillbaka" in again.content.decode()) == (422, True)


def test_after_it_was_taken_back_it_may_be_changed_from_the_same_day():
    given = setting()
    indicator = measured(given)
    for number in (2, 3):
        said = COURSE | {"starts_on": next_year()}
        made = do.change_course(actor=given.coordinator, indicator_id=indicator.pk, **said)
        assert made.number == number
        do.withdraw_frame(actor=given.coordinator, indicator_id=indicator.pk, reason="Fel dag")
    assert IndicatorVersion.objects.standing().get().number == 1


def test_what_has_begun_or_has_figures_is_not_taken_back_and_nobody_else_may():
    given = setting()
    indicator = measured(given)
    with pytest.raises(Refused):
        do.withdraw_frame(actor=given.coordinator, indicator_id=indicator.pk, reason="Fel")
    begins = next_year()
    do.change_course(actor=given.coordinator, indicator_id=indicator.pk, starts_on=begins, **COURSE)
    for who in (given.manager, given.other_manager):
        with pytest.raises(Forbidden):
            do.withdraw_frame(actor=who, indicator_id=indicator.pk, reason="Fel")
        assert client_of(who).post(address(indicator, "ta-tillbaka"), {"reason": "Fel"}).status_code == 403
    at = clock.now() + (begins - clock.day(clock.now())) + timedelta(days=1)
    with pytest.raises(Refused):
        do.withdraw_frame(actor=given.coordinator, indicator_id=indicator.pk, reason="Fel", at=at)
    own = {"indicator": indicator, "organisation": given.own, "period": f"{begins.year}-Q1", "starts_on": begins}
    Result.objects.create(**own)
    with pytest.raises(Refused, match="Det finns redan siffror"):
        do.withdraw_frame(actor=given.coordinator, indicator_id=indicator.pk, reason="Fel")
    assert indicator.versions.standing().count() == 2


def test_who_was_to_report_goes_on_when_another_choice_is_taken_back():
    given = setting()
    indicator = measured(given)
    before = indicator_page(given.coordinator, indicator.pk, clock.now()).indicator.respondents
    said = {"why": "Färre", "minimum_group": 1, "days_to_report": 20}
    today = clock.day(clock.now())
    do.change_reporting(
        actor=given.coordinator, indicator_id=indicator.pk, starts_on=today, respondents=[given.own.pk], **said
    )
    do.change_reporting(
        actor=given.coordinator, indicator_id=indicator.pk, starts_on=next_year(), respondents=[given.other.pk], **said
    )
    do.withdraw_frame(actor=given.coordinator, indicator_id=indicator.pk, reason="Fel organisation")
    later = clock.now() + timedelta(days=430)
    assert indicator_page(given.coordinator, indicator.pk, later).indicator.respondents == (given.own.pk,)
    assert set(before) == {given.own.pk, given.other.pk}


def test_the_api_takes_it_back_too():
    given = setting()
    indicator = measured(given)
    do.change_course(actor=given.coordinator, indicator_id=indicator.pk, starts_on=next_year(), **COURSE)
    there, body = f"/api/v1/indicators/{indicator.pk}/withdraw-frame", {"reason": "Fel år"}
    assert client_of(given.manager).post(there, body, content_type="application/json").status_code == 403
    client = client_of(given.coordinator)
    assert client.post(there, body, content_type="application/json").status_code == 200
    assert client.post(there, body, content_type="application/json").status_code == 409


@pytest.mark.parametrize("way", ["sum", "direction", "frame"])
def test_those_who_report_are_told_that_their_own_targets_end_when_a_new_part_begins(way):
    given = setting()
    indicator = measured(given, number_kind="amount")
    on = clock.day(clock.now()) + timedelta(days=600)
    do.set_own_target(actor=given.manager, indicator_id=indicator.pk, level=Decimal(12), on=on)
    said = {"actor": given.coordinator, "indicator_id": indicator.pk, "starts_on": next_year(), "why": "Nytt"}
    if way == "sum":
        do.change_course(frequency="quarter", direction="down", **said)
    elif way == "direction":
        do.change_course(frequency="month", direction="up", **said | levels(20, 100))
    else:
        do.change_indicator(unit="timmar", number_kind="amount", aggregation="sum", **said)
    spread(clock.now())
    mine = client_of(given.manager).get("/aviseringar/").content.decode()
    assert "Egna mål upphör då och sätts på nytt" in mine
    page = indicator_page(given.manager, indicator.pk, clock.now() + timedelta(days=430)).indicator
    assert "åtagit sig" in page.now.begins
    assert page.now.own_steps == {}
    told(given, "Väntedagar", ("Havsnäs", f"{clock.day(clock.now()).year - 1}-12", 4))
    then = indicator_page(given.manager, indicator.pk, clock.now()).indicator.now
    assert given.own.pk in then.own_steps, "until then it holds"


@pytest.mark.parametrize(("chosen", "sentence"), [("2199-01-01", "väntar inte längre på att börja"), ("x", "Välj igen")])
def test_a_target_for_a_change_that_was_taken_back_is_answered_in_words_and_not_with_what_was_sent(chosen, sentence):
    given = setting()
    indicator = measured(given)
    body = {"holds_on": chosen, "level": "4", "on": next_year().isoformat()}
    page = client_of(given.coordinator).post(reverse("set_target_step", args=[indicator.pk]), body)
    text = page.content.decode()
    assert page.status_code == 422
    assert sentence in text
    assert f"{chosen} finns inte" not in text
    assert 'value="4"' in text, "what was typed stands"
