"""T10: meetings for information, discussion, planning and decision; a decision is checked against the mandate first."""

from __future__ import annotations

import pytest

from samordna.domain.forums.enums import ItemKind
from tests.domain.collaborations.setting import client_of
from tests.domain.collaborations.test_operations_mandates import give
from tests.domain.forums.test_meetings import bring, plan
from tests.domain.forums.world import world

pytestmark = pytest.mark.django_db


def test_an_item_is_of_one_of_four_kinds_and_any_organisation_raises_it():
    """A participant chooses among exactly information, discussion, planning and decision, and its item is on the agenda."""
    met = world("board")
    meeting = plan(met)
    client = client_of(met.given.other_manager)
    assert [str(kind.label) for kind in ItemKind] == ["Information", "Diskussion", "Planering", "Beslut"]
    address = f"/forum/{met.forum.pk}/punkt/"
    assert client.post(address, {"kind": "prat", "title": "Köerna"}).status_code == 422
    client.post(address, {"kind": "planning", "title": "Sommaren", "meeting_id": meeting.pk})
    page = client_of(met.given.manager).get(f"/forum/mote/{meeting.pk}/").content.decode()
    assert "Sommaren" in page
    assert "Storstad" in page


def test_a_decision_says_before_the_meeting_who_may_take_it():
    """The agenda tells for whom the forum decides by the mandates of the day, or why it may not decide at all."""
    met = world("board")
    give(met.given)
    meeting = plan(met)
    bring(met, kind="decision", title="Taxan", area_id=met.given.area.pk, meeting_id=meeting.pk)
    page = client_of(met.given.other_manager).get(f"/forum/mote/{meeting.pk}/").content.decode()
    assert "Det beslutar för Havsnäs. Storstad binds först när det egna organet har antagit beslutet." in page
    preparing = world("preparing")
    refused = client_of(preparing.given.manager).post(
        f"/forum/{preparing.forum.pk}/punkt/", {"kind": "decision", "title": "Taxan", "area_id": preparing.given.area.pk}
    )
    assert "bereder det som andra beslutar" in refused.content.decode()
