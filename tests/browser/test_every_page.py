"""Every page, in every state that is listed, for everybody: axe, the console, the narrowest window, and paper."""

from __future__ import annotations

import pytest

from tests.browser.fixtures import NARROWEST, PHONE, WIDE
from tests.browser.pages import every_page

PRINTED = ("decision", "following", "agreement", "a matter", "report that is adopted", "introduction, as a newcomer")
"""What people take to meetings on paper, by words in the pages' names."""
CONTRAST = "color-contrast"
"""The dearest rule: asked in both colour schemes, and not again on the phone, where the colours are the same."""
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("name", sorted(every_page()))
def test_page_is_accessible_and_quiet(name, visit):
    wanted = every_page()[name]()
    person = wanted.holding.person if wanted.holding else None
    visitor = visit(person, wanted.holding)
    assert visitor.open(wanted.address) == wanted.status
    if wanted.act:
        wanted.act(visitor.page)
    assert visitor.violations() == [], f"{name}, light, {WIDE[0]} pixels"
    visitor.resize(PHONE)
    assert visitor.violations(without=(CONTRAST,)) == [], f"{name}, light, {PHONE[0]} pixels"
    visitor.resize(NARROWEST)
    assert not visitor.scrolls_sideways(), f"{name} scrolls sideways at {NARROWEST[0]} pixels"
    visitor.darken()
    visitor.resize(WIDE)
    assert visitor.violations(CONTRAST) == [], f"{name}, dark"
    assert visitor.complaints == []
    if any(word in name for word in PRINTED):
        assert visitor.faults_on_paper() == [], f"{name}, on paper"
