"""Whoever keeps the notes in a hurry slips: no voice is cast for another than was meant, and no item is closed unseen."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from samordna.domain.forums.models import Item
from samordna.domain.proceedings import operations as do
from samordna.domain.proceedings.models import Attendance, Vote
from tests.browser.test_notes_in_a_dead_network import _field, _going_on, _sat_down
from tests.domain.proceedings.world import Sat

pytestmark = pytest.mark.django_db(transaction=True)
KEPT = "JSON.stringify(sessionStorage)"

WATCH = """window.sent = false;
document.addEventListener('submit', (event) => { event.preventDefault(); window.sent = true; }, {capture: true})"""


def _states() -> list[str]:
    return list(Item.objects.order_by("order").values_list("state", flat=True))


def _guest(page: Any, name: str) -> None:
    """Something else is sent meanwhile: another form leaves the page."""
    page.locator("#gast input[name=name]").fill(name)
    with page.expect_navigation():
        page.locator("#gast button").click()


def _asked(met: Sat) -> str:
    for seat in ("own", "other"):
        do.note_attendance(actor=met.secretary, meeting_id=met.meeting.pk, seat_id=met.seats[seat].pk)
    return do.open_question(actor=met.secretary, item_id=met.item.pk, text="Vi delar lika.").pk


def test_a_reason_that_follows_along_stays_with_the_seat_it_was_written_for(visit):
    met, _after = _going_on()
    asked = _asked(met)
    keeper = _sat_down(visit, met.secretary, met)
    page = keeper.page
    votes = page.locator(f"#rost-{asked} form.votes")
    seat, reason = votes.locator("select[name=seat_id]"), votes.locator("textarea[name=reason]")
    meant = seat.locator("option").evaluate_all("all => all.map((one) => one.value)")[1]
    seat.select_option(meant)
    reason.fill("Vi har inte råd")
    _guest(page, "Kim Gäst")
    expect(reason).to_have_value("Vi har inte råd")
    expect(seat).to_have_value(meant)
    with page.expect_navigation():
        votes.locator("button[value=object]").click()
    assert [(vote.seat_id, vote.reason) for vote in Vote.objects.all()] == [(meant, "Vi har inte råd")]
    expect(reason).to_have_value("")

    gone, third = met.seats["own"].pk, met.seats["deputy"].pk
    do.note_attendance(actor=met.secretary, meeting_id=met.meeting.pk, seat_id=third)
    page.reload()
    seat.select_option(gone)
    reason.fill("För dyrt")
    there = Attendance.objects.get(seat_id=gone, until=None)
    do.end_attendance(actor=met.secretary, attendance_id=there.pk)
    _guest(page, "Robin Gäst")
    expect(reason).to_have_value("För dyrt")
    assert seat.evaluate("one => [one.selectedIndex, one.validity.valueMissing]") == [-1, True], "one chooses again"
    votes.locator("button[value=object]").click()
    assert Vote.objects.count() == 1


def test_what_has_been_sent_or_emptied_does_not_come_back_as_unsent(visit):
    met, after = _going_on()
    keeper = _sat_down(visit, met.secretary, met)
    page = keeper.page
    line = page.locator(f"#gora-{after.pk}").get_by_label("Att göra")
    line.fill("Ring regionen")
    page.evaluate("window.dispatchEvent(new PageTransitionEvent('pagehide', {persisted: true}))")
    assert "Ring regionen" in page.evaluate(KEPT)
    page.evaluate("window.dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    assert page.evaluate(KEPT) == "{}", "the page that is back has it still"
    page.evaluate("window.dispatchEvent(new PageTransitionEvent('pagehide', {persisted: true}))")
    assert "Ring regionen" in page.evaluate(KEPT)
    line.fill("")
    page.evaluate("window.dispatchEvent(new PageTransitionEvent('pagehide', {persisted: true}))")
    assert page.evaluate(KEPT) == "{}", "nothing is unsent, so nothing is kept"
    line.fill("Ring regionen")
    page.evaluate("window.dispatchEvent(new PageTransitionEvent('pagehide', {persisted: true}))")
    form = page.locator(f"#gora-{after.pk}")
    form.get_by_label("Vem").fill(page.locator("#roller option").first.get_attribute("value") or "")
    with page.expect_navigation():
        form.get_by_role("button").click()
    expect(page.get_by_text("Ring regionen").first).to_be_visible()
    expect(line).to_have_value("")


def test_a_key_that_is_held_closes_one_item_and_never_another_than_one_writes_in(visit):
    met, after = _going_on()
    do.begin_item(actor=met.secretary, item_id=met.item.pk)
    keeper = _sat_down(visit, met.secretary, met)
    page, said = keeper.page, keeper.page.locator("[data-said]")
    _field(keeper, after).focus()
    page.keyboard.press("Alt+Enter")
    expect(said).to_contain_text("”Kostnad” är den punkt som tas upp nu")
    expect(_field(keeper, met.item)).to_be_focused()
    assert _states() == ["open", "open"]
    page.keyboard.down("Alt")
    with page.expect_navigation():
        page.keyboard.down("Enter")
    expect(_field(keeper, after)).to_be_focused()
    page.evaluate(WATCH)
    page.keyboard.down("Enter")  # held: the browser says that it is the same press
    assert page.evaluate("window.sent") is False
    page.keyboard.up("Enter")
    page.keyboard.down("Enter")
    assert page.evaluate("window.sent") is True, "a new press is one"
    page.keyboard.up("Enter")
    page.keyboard.up("Alt")
    page.reload()
    assert _states() == ["done", "open"]
    page.keyboard.press("Alt+Enter")
    expect(page.locator(".taken.now")).to_have_count(0)
    assert _states() == ["done", "done"]


def test_what_an_item_waits_for_is_said_when_the_keys_cannot_close_it(visit):
    met, _after = _going_on()
    do.begin_item(actor=met.secretary, item_id=met.item.pk)
    _asked(met)
    keeper = _sat_down(visit, met.secretary, met)
    page, said = keeper.page, keeper.page.locator("[data-said]")
    _field(keeper, met.item).focus()
    page.keyboard.press("Alt+Enter")
    expect(said).to_contain_text("En beslutsfråga är fortfarande öppen")
    assert _states() == ["open", "open"]
    page.keyboard.type("Vi talar vidare.")
    expect(said).to_be_empty()
