"""O6: the coordination works on improving the decision: reviews on a rhythm, fed by experiences and following."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from samordna.core import clock
from samordna.domain.adherence.operations import answer_following, share_experience, state_own_work
from tests import factories as f
from tests.domain.adherence.followed import followed
from tests.spec.following import browser_of, page_for

pytestmark = pytest.mark.django_db


def test_a_decision_is_reviewed_on_its_day_by_what_was_told_and_how_it_is_followed():
    """When the day comes the coordinator is told; the review shows following, experiences and goals, and sets the next day.

    The goals are kept as they stood, also where they are changed afterwards.
    """
    world = followed()
    world.version.review_on = clock.day(clock.now())
    world.version.save()
    goal = f.goal(world.collaboration, what="Färre väntar länge", unit="dagar")
    f.goal(world.collaboration, what="Ett mål som är slut", ended_at=clock.now(), ended_reason="Nått")
    state_own_work(actor=world.actor(0), goal_id=goal.pk, what="Ringer samma dag", how="Ingen väntar i onödan")
    answer_following(actor=world.actor(0), version_id=world.version.pk, kind="cannot", reason="Vakanser")
    share_experience(actor=world.actor(1), version_id=world.version.pk, tone="hinders", text="Färjan går inte alla dagar")
    lead, address = browser_of(world.lead), reverse("review_decision", args=[world.decision.pk])
    assert "Se över beslutet" in lead.get("/").content.decode()
    shown = lead.get(address).content.decode()
    assert "Färjan går inte alla dagar" in shown
    assert "Kan inte" in shown
    assert [said for said in ("Färre väntar länge", "31 dagar", "20 dagar", "Ringer samma dag") if said not in shown] == []
    later = clock.day(clock.now()) + timedelta(days=365)
    kept = {"outcome": "keep", "conclusion": "Öarna får en egen dag", "next_on": later.isoformat()}
    assert lead.post(address, kept).status_code == 302
    goal.what = "Något annat"
    goal.save()
    read = page_for(world.actor(2), world)
    assert "Öarna får en egen dag" in read
    assert "Färre väntar länge" in read
    plan = lead.get(f"/api/v1/decisions/{world.decision.pk}/following").json()["plan"]
    (seen,) = plan["reviews"][0]["goals"]
    assert (seen["what"], float(seen["target"]), seen["own_work"]) == ("Färre väntar länge", 20, 1)
    assert "Se över beslutet" not in lead.get("/").content.decode()
