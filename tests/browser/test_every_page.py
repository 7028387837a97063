"""Every page, in every state that is listed, for everybody: axe, the console, the narrowest window, and paper."""

from __future__ import annotations

import pytest

from tests.browser.pages import every_page

PRINTED = ("decision", "following", "agreement", "a matter", "report that is adopted", "introduction, as a newcomer")
"""What people take to meetings on paper, by words in the pages' names."""
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("name", sorted(every_page()))
def test_page_is_accessible_and_quiet(name, look):
    wanted = every_page()[name]()
    visitor = look(wanted.holding.person if wanted.holding else None, wanted.holding)
    assert visitor.open(wanted.address) == wanted.status
    if wanted.act:
        wanted.act(visitor.page)
        visitor.page.wait_for_load_state()  # what is pressed may send the page, and the answer must have come whole
    assert visitor.faults_on_screen() == []
    if any(word in name for word in PRINTED):
        assert visitor.faults_on_paper() == []
