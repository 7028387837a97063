"""O6: the coordination works on improving the decision: reviews on a rhythm, fed by experiences and following."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from samordna.core import clock
from samordna.domain.adherence.operations import answer_following, share_experience
from tests.domain.adherence.followed import followed
from tests.spec.following import browser_of, page_for

pytestmark = pytest.mark.django_db


def test_a_decision_is_reviewed_on_its_day_by_what_was_told_and_how_it_is_followed():
    """When the day comes the coordinator is told; the review shows following and experiences, and sets the next day."""
    world = followed()
    world.version.review_on = clock.day(clock.now())
    world.version.save()
    answer_following(actor=world.actor(0), version_id=world.version.pk, kind="cannot", reason="Vakanser")
    share_experience(actor=world.actor(1), version_id=world.version.pk, tone="hinders", text="Färjan går inte alla dagar")
    lead, address = browser_of(world.lead), reverse("review_decision", args=[world.decision.pk])
    assert "Se över beslutet" in lead.get("/").content.decode()
    shown = lead.get(address).content.decode()
    assert "Färjan går inte alla dagar" in shown
    assert "Kan inte" in shown
    later = clock.day(clock.now()) + timedelta(days=365)
    kept = {"outcome": "keep", "conclusion": "Öarna får en egen dag", "next_on": later.isoformat()}
    assert lead.post(address, kept).status_code == 302
    assert "Öarna får en egen dag" in page_for(world.actor(2), world)
    assert "Se över beslutet" not in lead.get("/").content.decode()
