"""The notes of a meeting are kept without a mouse, and nothing half typed is lost when something else is pressed."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from samordna.domain.proceedings import operations as do
from samordna.domain.proceedings.models import Question
from tests.browser.test_notes_in_a_dead_network import _field, _going_on, _sat_down, _stands, _told

pytestmark = pytest.mark.django_db(transaction=True)


def test_from_item_to_item_by_keys_and_what_is_half_typed_follows_along(visit):
    met, after = _going_on()
    for seat in ("own", "other"):
        do.note_attendance(actor=met.secretary, meeting_id=met.meeting.pk, seat_id=met.seats[seat].pk)
    do.begin_item(actor=met.secretary, item_id=met.item.pk)
    keeper = _sat_down(visit, met.secretary, met)
    page, press = keeper.page, keeper.page.keyboard.press
    press("Alt+ArrowDown")
    expect(_field(keeper, met.item)).to_be_focused()
    page.keyboard.type("Vi delar lika.")
    line = page.locator(f"#gora-{after.pk}")
    line.get_by_label("Att göra").fill("Ring regi")
    with page.expect_navigation():
        page.locator(".seats button", has_text="Gick").first.click()
    expect(line.get_by_label("Att göra")).to_have_value("Ring regi")
    with page.expect_navigation():
        press("Alt+Enter")
    expect(_field(keeper, after)).to_be_focused()
    expect(line.get_by_label("Att göra")).to_have_value("Ring regi")
    _told(keeper, met.item).to_contain_text("Sparat ")
    assert _stands(met.item) == "Vi delar lika."
    line.get_by_label("Vem").fill("finns inte")
    with page.expect_navigation():
        line.get_by_role("button").click()
    expect(line.get_by_label("Vem")).to_be_focused()
    expect(line.locator(".error")).to_be_in_viewport()
    with page.expect_navigation():  # what was refused and not mended yet follows along too
        page.locator(".seats button", has_text="Gick").first.click()
    expect(line.get_by_label("Att göra")).to_have_value("Ring regi")
    assert page.evaluate("sessionStorage.length") == 0


def test_a_refused_voice_is_told_where_it_was_cast(visit):
    met, _after = _going_on()
    for seat in ("own", "other"):
        do.note_attendance(actor=met.secretary, meeting_id=met.meeting.pk, seat_id=met.seats[seat].pk)
    asked = do.open_question(actor=met.secretary, item_id=met.item.pk, text="Vi delar lika.")
    keeper = _sat_down(visit, met.secretary, met, scripts=False)
    with keeper.page.expect_navigation():
        keeper.page.locator(f"#rost-{asked.pk} button[value=object]").click()
    expect(keeper.page.locator(f"#rost-{asked.pk} .error")).to_be_in_viewport()
    assert Question.objects.get().votes.count() == 0
