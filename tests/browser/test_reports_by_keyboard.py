"""A report is sent back, corrected, locked and opened again by somebody who has a phone's width and a keyboard."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from playwright.sync_api import expect

from samordna.core import clock
from samordna.domain.followup import operations as do
from samordna.domain.followup.models import Indicator, Report
from samordna.domain.followup.periods import period_at
from samordna.domain.organisations.models import Holding
from tests.browser.fixtures import PATIENCE, PHONE, Visitor
from tests.browser.pages_followup import _measured
from tests.domain.collaborations.setting import Setting

pytestmark = pytest.mark.django_db(transaction=True)
FOCUSED = """() => {
  const here = document.activeElement;
  const box = here.getBoundingClientRect();
  const seen = box.top >= 0 && box.bottom <= innerHeight && box.left >= 0 && box.right <= innerWidth + 1;
  return [(here.labels?.[0] ?? here).innerText?.trim() ?? "", seen, getComputedStyle(here).outlineStyle];
}"""
MOST = 60


def tab_to(page: Any, name: str) -> None:
    """Press Tab until what is called so has focus; it is on the screen then, with a ring around it."""
    for _press in range(MOST):
        page.keyboard.press("Tab")
        text, seen, ring = page.evaluate(FOCUSED)
        if text == name:
            assert seen, f"{name} is not on the screen"
            assert ring != "none", f"{name} has no ring"
            return
    raise AssertionError(f"{name} is not reached")


def press(page: Any, name: str) -> None:
    """Go to what is called so and press Enter."""
    tab_to(page, name)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def sent_in() -> tuple[Setting, Indicator, Report]:
    given, indicator = _measured()
    report = Report.objects.filter(organisation=given.own).order_by("round__starts_on").last()
    assert report is not None
    answers = {indicator.pk: {"value": "14"}}
    do.save_report(actor=given.manager, report_id=report.pk, answers=answers, submit=True)
    return given, indicator, report


def visitor_of(visit: Any, actor: Any) -> Visitor:
    held = Holding.objects.get(pk=actor.holding_id)
    made: Visitor = visit(held.person, held, size=PHONE)
    return made


def test_a_report_is_sent_back_corrected_locked_and_opened_again(visit):
    given, _indicator, report = sent_in()
    lead, own = visitor_of(visit, given.coordinator), visitor_of(visit, given.manager)
    address = f"/uppfoljning/rapport/{report.pk}/"
    assert lead.open(address) == 200
    press(lead.page, "Skicka tillbaka")
    expect(lead.page.get_by_text("14 dagar")).to_be_visible()
    press(lead.page, "Skicka tillbaka rapporten")
    expect(lead.page.get_by_role("alert")).to_be_focused()
    tab_to(lead.page, "Vad som behöver ses över: Skriv vad som behöver ses över.")
    lead.page.keyboard.press("Enter")
    expect(lead.page.locator("textarea[name=note]")).to_be_focused()
    lead.page.keyboard.type("Räkna om: helgerna saknas.")
    press(lead.page, "Skicka tillbaka rapporten")
    expect(lead.page.get_by_text("Havsnäs ombeds se över det här")).to_be_in_viewport()
    assert own.open(address) == 200
    expect(own.page.get_by_text("Räkna om: helgerna saknas.")).to_be_in_viewport()
    tab_to(own.page, "dagar")
    own.page.keyboard.press("Control+A")
    own.page.keyboard.type("16")
    press(own.page, "Skicka in rapporten")
    expect(own.page.get_by_role("alert")).to_be_focused()
    tab_to(own.page, "Varför siffror rättas (frivilligt)")
    own.page.keyboard.type("Helgerna är med")
    press(own.page, "Skicka in rapporten")
    assert Report.objects.get(pk=report.pk).state == "submitted"
    expect(own.page.get_by_role("button", name="Spara och fortsätt senare")).to_have_count(0)
    press(own.page, "Skicka in rättelsen")
    expect(own.page.get_by_text("Rapporten är inskickad. Ni kan rätta den")).to_be_visible()
    assert lead.open(address) == 200
    press(lead.page, "Lås")
    expect(lead.page.get_by_text("Om något är fel kan du öppna den igen.")).to_be_in_viewport()
    assert Report.objects.get(pk=report.pk).state == "locked"
    assert own.open(address) == 200
    expect(own.page.get_by_text("be samordnaren öppna den igen")).to_be_in_viewport()
    press(lead.page, "Öppna igen")
    tab_to(lead.page, "Vad som behöver ses över")
    lead.page.keyboard.type("Juldagarna också.")
    press(lead.page, "Öppna rapporten igen")
    assert Report.objects.get(pk=report.pk).state == "returned"
    assert [lead.complaints, own.complaints] == [[], []]
    assert not any(one.scrolls_sideways() for one in (lead, own))


def test_the_form_of_a_start_says_at_once_how_many_rounds_it_opens(visit):
    given, indicator = _measured()
    given.collaboration.participations.update(joined_on=date(2010, 1, 1))
    lead = visitor_of(visit, given.coordinator)
    assert lead.open(f"/uppfoljning/mal/{indicator.goal_id}/mat/") == 200
    page, quarter = lead.page, period_at("quarter", clock.day(clock.now()))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.get_by_label("Hur ofta det mäts").select_option("quarter")
    page.get_by_label("Mäts från").fill(quarter.before.before.before.starts_on.isoformat())
    page.get_by_label("Begär rapporter för alla perioder sedan dess").check()
    status = page.get_by_role("status").filter(has_text="Rapporter som begärs")
    expect(status).to_contain_text("3 rapportomgångar öppnas på en gång", timeout=PATIENCE)
    expect(page.locator("input[name=counted]")).to_have_value("3")
    assert not any("csrf" in url for url in asked), "what proves the form is in no address"
    page.get_by_label("Vad som mäts").fill("Samtal")
    with page.expect_navigation():
        page.get_by_role("button", name="Börja mäta").click()
    assert Indicator.objects.filter(name="Samtal").exists(), "whoever has seen the number is not asked again"
    assert not lead.complaints
