"""F6: decisions and what was said are kept, found and followed. T10: a meeting's decisions are registered and numbered."""

from __future__ import annotations

import pytest

from tests.domain.collaborations.setting import client_of
from tests.domain.minutes.world import noted

pytestmark = pytest.mark.django_db


def test_f6_t10_what_a_meeting_decided_is_adjusted_locked_registered_and_comes_up_again():
    """Notes become minutes; those who were chosen adjust them from Mitt; locked, they are corrected beside; the decision
    stands numbered in the register."""
    made = noted()
    secretary, chair = client_of(made.secretary), client_of(made.chair)
    here = f"/forum/mote/{made.meeting.pk}/protokoll/"
    secretary.post(f"{here}borja/")
    given = {"adjust_by": "2027-12-15", "role_ids": [made.chair.role_id]}
    secretary.post(f"{here}justering/", given)
    assert "Läs och justera protokollet" in chair.get("/").content.decode()
    chair.post(f"{here}justera/", {"number": "1"})
    assert "Lås protokollet" in secretary.get("/").content.decode()
    secretary.post(f"{here}las/")
    secretary.post(f"{here}rattelse/", {"text": "Det var 12 köer."})
    page = chair.get(here).content.decode()
    assert "Forumet beslutar att korta köerna." in page
    assert "Det var 12 köer." in page
    register = client_of(made.member).get("/forum/beslut/").content.decode()
    assert "2026:1" in register
    assert "Forumet beslutar att korta köerna." in register
