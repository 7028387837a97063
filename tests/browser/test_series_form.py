"""The form of a series asks only for what belongs to the way in which its meetings come again."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from samordna.domain.organisations.models import Holding
from tests.domain.forums.world import world

pytestmark = pytest.mark.django_db(transaction=True)


def test_only_the_fields_of_the_chosen_way_are_shown_and_one_with_an_error_always(visit):
    met = world()
    held = Holding.objects.get(pk=met.coordinator.holding_id)
    visitor = visit(held.person, held, scripts=False)
    assert visitor.open(f"/forum/{met.forum.pk}/serie/") == 200
    page = visitor.page
    shown = {"weeks": "weekday", "month_weekday": "nth", "month_day": "month_day", "dates": "dates", "rule": "rule"}
    for way, field in shown.items():
        page.locator(f"[name=pattern][value={way}]").check()
        expect(page.locator(f"[name={field}]").first).to_be_visible()
        for other in {"nth", "month_day", "rule"} - {field}:
            expect(page.locator(f"[name={other}]")).to_be_hidden()
    page.locator("[name=pattern][value=month_day]").check()
    page.locator("[name=month_day]").fill("99")
    page.locator("[name=pattern][value=weeks]").check()
    with page.expect_navigation():
        page.locator("#serie button").click()
    expect(page.locator("[name=month_day]")).to_be_visible()
