"""Whoever keeps the notes of a meeting writes: saved by itself, kept when the network dies, nobody's text lost."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from samordna.core import clock
from samordna.domain.forums.models import Item, Meeting
from samordna.domain.organisations.models import Holding
from samordna.domain.proceedings import operations as do
from samordna.domain.proceedings.models import ActionPoint, Note
from tests.browser.fixtures import Visitor
from tests.domain.proceedings.world import Sat, sat

pytestmark = pytest.mark.django_db(transaction=True)
KEPT = "Inte sparat än – finns kvar i den här webbläsaren"


def _going_on() -> tuple[Sat, Item]:
    """A meeting that is open, with a second item after the first."""
    met, now = sat(), clock.now()
    Meeting.objects.update(starts_at=now, ends_at=now + timedelta(hours=2))
    about = {"forum": met.forum, "meeting": met.meeting, "kind": "discussion", "raised_at": now}
    after = Item.objects.create(order=2, title="Rekrytering", **about)
    do.open_meeting(actor=met.secretary, meeting_id=met.meeting.pk)
    return met, after


def _sat_down(visit: Any, who: Any, met: Sat, **chosen: Any) -> Visitor:
    held = Holding.objects.get(pk=who.holding_id)
    visitor: Visitor = visit(held.person, held, **chosen)
    assert visitor.open(reverse("proceedings", args=[met.meeting.pk])) == 200
    return visitor


def _field(visitor: Visitor, item: Item) -> Any:
    return visitor.page.locator(f"#text-{item.pk}")


def _told(visitor: Visitor, item: Item) -> Any:
    return expect(visitor.page.locator(f"form[data-note='{item.pk}'] [data-status]"))


def _save(visitor: Visitor, item: Item) -> None:
    visitor.page.locator(f"form[data-note='{item.pk}'] button").click()


def _stands(item: Item) -> str:
    note = Note.objects.filter(item=item, beside=False).order_by("-number").first()
    return note.text if note else ""


def _complaints(visitor: Visitor) -> list[str]:
    """The browser itself says that there was no network."""
    return [said for said in visitor.complaints if "ERR_INTERNET_DISCONNECTED" not in said]


def test_what_is_written_is_saved_by_itself_and_outlives_a_dead_network_and_a_session(visit):
    met, after = _going_on()
    keeper = _sat_down(visit, met.secretary, met)
    page = keeper.page
    notes = _field(keeper, met.item)
    notes.press_sequentially("Kostnaden gicks igenom.")
    _told(keeper, met.item).to_have_text(KEPT)
    _told(keeper, met.item).to_contain_text("Sparat ")
    assert _stands(met.item) == "Kostnaden gicks igenom."

    keeper.context.set_offline(True)
    notes.press_sequentially(" Regionen undrar.")
    _save(keeper, met.item)
    notes.press_sequentially(" Vi väntar.")
    _told(keeper, met.item).to_have_text(KEPT)
    line = page.locator(f"#gora-{met.item.pk}")
    line.get_by_label("Att göra").fill("Ring regionen")
    line.get_by_label("Vem").fill("a")
    line.get_by_role("button").click()
    expect(page.locator("[data-network]")).to_contain_text("Det finns inget nät.")
    assert line.get_by_label("Att göra").input_value() == "Ring regionen"
    assert _stands(met.item) == "Kostnaden gicks igenom."

    page.close()  # the browser is shut while the network is away
    keeper.context.set_offline(False)
    keeper.page = page = keeper.context.new_page()
    keeper.open(reverse("proceedings", args=[met.meeting.pk]))
    assert _field(keeper, met.item).input_value() == "Kostnaden gicks igenom. Regionen undrar. Vi väntar."
    _told(keeper, met.item).to_contain_text("Sparat ")
    assert _stands(met.item) == "Kostnaden gicks igenom. Regionen undrar. Vi väntar."

    keeper.context.set_offline(True)  # gone and back while one writes: sent without anybody asking
    _field(keeper, after).press_sequentially("Annonsen är ute.")
    _field(keeper, after).blur()
    keeper.context.set_offline(False)
    _told(keeper, after).to_contain_text("Sparat ")
    assert _stands(after) == "Annonsen är ute."

    signed_in = keeper.context.cookies()
    keeper.context.clear_cookies()
    _field(keeper, after).press_sequentially(" Tolv har sökt.")
    _told(keeper, after).to_contain_text("Ladda om sidan")
    keeper.context.add_cookies(signed_in)
    page.reload()
    _told(keeper, after).to_contain_text("Sparat ")
    assert _stands(after) == "Annonsen är ute. Tolv har sökt."
    assert page.evaluate("localStorage.length") == 0
    assert _complaints(keeper) == []


def test_two_write_at_once_and_nothing_is_lost_and_all_is_reached_by_keyboard(visit):
    met, after = _going_on()
    one, other = _sat_down(visit, met.secretary, met), _sat_down(visit, met.coordinator, met)
    _field(one, met.item).press_sequentially("Vi delar lika.")
    _told(one, met.item).to_contain_text("Sparat ")
    _field(other, met.item).press_sequentially("Kostnaden delas.")
    _told(other, met.item).to_contain_text("Någon annan skrev samtidigt.")
    _field(other, met.item).press_sequentially(" Från mars.")
    _told(other, met.item).to_have_text(KEPT)
    assert _stands(met.item) == "Vi delar lika."
    _save(other, met.item)
    expect(other.page.locator(".beside .prose")).to_have_text("Kostnaden delas. Från mars.")
    assert _field(other, met.item).input_value() == "Vi delar lika."
    assert other.violations() == []
    waiting = Note.objects.filter(beside=True, settled_at=None)
    assert [note.text for note in waiting] == ["Kostnaden delas. Från mars."]

    page, press = one.page, one.page.keyboard.press
    _field(one, met.item).focus()
    press("Alt+ArrowDown")
    expect(_field(one, after)).to_be_focused()
    page.keyboard.type("Vi annonserar.")
    press("Tab")
    press("Tab")
    named = page.locator("#roller option").first.get_attribute("value") or ""
    for typed in ("Skriv annonsen", named):
        page.keyboard.type(typed)
        press("Tab")
    page.keyboard.type("12/3")
    with page.expect_navigation():
        press("Enter")
    point = ActionPoint.objects.get()
    assert (point.item_id, point.what) == (after.pk, "Skriv annonsen")
    assert point.due_on is not None
    expect(_field(one, after)).to_have_value("Vi annonserar.")
    _told(one, after).to_contain_text("Sparat ")
    assert _stands(after) == "Vi annonserar."
    press("Tab")  # one is where one was: the next one is written at once
    expect(page.locator(f"#gora-{after.pk} input[name=what]")).to_be_focused()
    press("Alt+ArrowUp")
    expect(_field(one, met.item)).to_be_focused()
    assert _complaints(one) == _complaints(other) == []


def test_the_same_form_saves_without_a_script(visit):
    met, after = _going_on()
    keeper = _sat_down(visit, met.secretary, met, scripts=False)
    _field(keeper, after).fill("Annonsen är ute.")
    _save(keeper, after)
    expect(keeper.page.get_by_text("Anteckningarna är sparade.")).to_be_visible()
    expect(_field(keeper, after)).to_have_value("Annonsen är ute.")
    assert _stands(after) == "Annonsen är ute."
    assert keeper.page.get_by_text("Anteckningarna sparas medan du skriver").is_visible() is False


def test_signing_out_asks_first_when_this_browser_keeps_what_is_not_saved(visit):
    met, after = _going_on()
    keeper = _sat_down(visit, met.secretary, met)
    page, leaving = keeper.page, reverse("account_logout")
    keeper.page.context.set_offline(True)
    _field(keeper, after).fill("Annonsen är ute.")
    _told(keeper, after).to_have_text(KEPT)
    keeper.page.context.set_offline(False)
    page.evaluate("key => localStorage.setItem(key, '{}')", "samordna:notes:x:y")
    assert keeper.open("/forum/") == 200
    with page.expect_navigation(url=f"**{leaving}"):
        page.evaluate("document.querySelector('form[data-signs-out]').requestSubmit()")
    expect(page.get_by_text("Anteckningar från ett möte är inte sparade än")).to_be_visible()
    assert page.evaluate("localStorage.length") > 0, "nothing is cleared before one has said so"
