"""Whoever reports many figures: a column copied in a spreadsheet goes on downwards, and Enter sends nothing in."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from samordna.core import clock
from samordna.domain.followup import operations as do
from samordna.domain.followup.models import Report
from samordna.domain.organisations.models import Holding
from tests import factories as f
from tests.domain.collaborations.setting import setting

pytestmark = pytest.mark.django_db(transaction=True)
PASTE = """([input, text]) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  input.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


def _asked() -> tuple[Report, Any]:
    given, today = setting(), clock.day(clock.now())
    goal = f.goal(given.collaboration, baseline_on=date(2020, 1, 1), target_on=today + timedelta(days=400))
    for number in range(4):
        said = {"name": f"Mått {number}", "frequency": "month", "unit": "dagar"}
        do.start_indicator(actor=given.coordinator, goal_id=goal.pk, measured_from=today - timedelta(days=40), **said)
    do.open_rounds(actor=given.coordinator, collaboration_id=given.collaboration.pk)
    return Report.objects.filter(organisation=given.own).order_by("-round__starts_on")[0], given.manager


def test_a_column_is_pasted_downwards_and_enter_goes_to_the_next_figure(visit):
    report, who = _asked()
    held = Holding.objects.get(pk=who.holding_id)
    visitor = visit(held.person, held)
    assert visitor.open(f"/uppfoljning/rapport/{report.pk}/") == 200
    page = visitor.page
    values = page.locator("fieldset.figures input[name$='-value']")
    page.evaluate(PASTE, [values.nth(1).element_handle(), "3,5\r\n1 200\r\n7\r\n9\r\n"])
    assert [values.nth(at).input_value() for at in range(4)] == ["", "3,5", "1 200", "7"]
    assert "3 siffror klistrades in. 1 rader fick inte plats." in page.locator("[data-figures-told]").inner_text()
    values.nth(0).fill("2")
    values.nth(0).press("Enter")
    assert page.evaluate("document.activeElement.name") == values.nth(1).get_attribute("name")
    assert Report.objects.get(pk=report.pk).state == "waiting", "nothing is sent in by Enter"
    page.get_by_role("button", name="Spara och fortsätt senare").click()
    page.wait_for_load_state()
    assert [values.nth(at).input_value() for at in range(4)] == ["2", "3,5", "1200", "7"], "half of it is kept"
    assert "4 av 4 är ifyllda hittills" in page.content()
