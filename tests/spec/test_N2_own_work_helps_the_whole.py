"""N2: we do not do everything together, but each one's own work helps the whole."""

from __future__ import annotations

import pytest
from django.urls import reverse

from samordna.core import clock
from samordna.domain.adherence.models import OwnWork
from tests import factories as f
from tests.spec.following import browser_of

pytestmark = pytest.mark.django_db
SAID = {"what": "Vi ringer dagen efter hemgång", "how": "Den som undrar får svar hemma och slipper åka in igen"}


@pytest.fixture
def goal():
    return f.goal(f.collaboration(name="Nära vård"), what="Färre åker in igen")


def teller(goal):
    f.participation(goal.collaboration, of := f.organisation("Åstads kommun"))
    return f.actor(of)


def form(goal, **said):
    return {f"{goal.pk}-{name}": text for name, text in (SAID | said).items()}


def test_n2_an_organisation_links_its_own_work_to_the_common_goal_it_helps(goal):
    """It says what it does and how that helps; everybody sees it at the goal, and the organisation among its own."""
    actor, goals = teller(goal), reverse("goals", args=[goal.collaboration_id])
    browser = browser_of(actor)
    state = reverse("state_own_work", args=[goal.pk])
    half = browser.post(state, form(goal, how=" "))
    assert half.status_code == 422
    assert SAID["what"] in half.content.decode()
    assert browser.post(state, form(goal)).status_code == 302
    for reader in (actor, teller(goal), f.coordinator_of(goal.collaboration)):
        shown = browser_of(reader).get(goals).content.decode()
        assert [SAID["what"] in shown, SAID["how"] in shown, "Åstads kommun" in shown] == [True, True, True]
    own = browser.get(reverse("binds_us")).content.decode()
    assert [SAID["what"] in own, goal.what in own] == [True, True]
    assert SAID["what"] not in browser_of(teller(goal)).get(reverse("binds_us")).content.decode()
    led = f.coordinator_of(goal.collaboration)
    parts = browser_of(led).get(reverse("participating", args=[goal.collaboration_id])).context["page"].parts
    assert sorted(part.contributed.own_work for part in parts) == [0, 0, 1]


def test_n2_it_is_ones_own_to_tell_and_to_end(goal):
    """Nobody tells for another; the coordination has no own work; what is ended is no longer shown, and is kept."""
    actor, other, lead = teller(goal), teller(goal), f.coordinator_of(goal.collaboration)
    state = reverse("state_own_work", args=[goal.pk])
    assert browser_of(f.actor(f.organisation())).post(state, form(goal)).status_code == 404
    assert browser_of(lead).post(state, form(goal)).status_code == 422
    browser_of(actor).post(state, form(goal))
    work = OwnWork.objects.get()
    end = reverse("end_own_work", args=[work.pk])
    assert browser_of(other).post(end).status_code == 404
    assert browser_of(actor).post(end).status_code == 302
    shown = browser_of(actor).get(reverse("goals", args=[goal.collaboration_id])).content.decode()
    assert SAID["what"] not in shown
    work.refresh_from_db()
    assert work.ended_at is not None


def test_n2_the_same_by_the_api_and_it_stays_with_a_goal_that_is_revised(goal):
    """Told, read and ended as JSON; a revised goal keeps the work that helps it."""
    client = browser_of(teller(goal))
    assert client.post(f"/api/v1/goals/{goal.pk}/own-work", SAID, content_type="application/json").status_code == 201
    better = f.goal(goal.collaboration, what="Ännu färre åker in igen", replaces=goal)
    read = client.get(f"/api/v1/collaborations/{goal.collaboration_id}/own-work").json()["items"]
    assert [(row["goal_id"], row["what"], row["how"]) for row in read] == [(better.pk, SAID["what"], SAID["how"])]
    ours = client.get(reverse("binds_us")).content.decode()
    assert [better.what in ours, goal.what in ours] == [True, False]
    assert client.post(f"/api/v1/own-work/{read[0]['id']}/end", content_type="application/json").status_code == 200
    assert client.get(f"/api/v1/collaborations/{goal.collaboration_id}/own-work").json()["items"] == []


def test_n2_nothing_is_told_of_a_goal_that_has_ended_or_by_those_who_have_left(goal):
    """Own work goes with the goal it helps, and with the taking part of whoever does it."""
    actor = teller(goal)
    client, listed = browser_of(actor), f"/api/v1/collaborations/{goal.collaboration_id}/own-work"
    client.post(reverse("state_own_work", args=[goal.pk]), form(goal))
    lead = browser_of(f.coordinator_of(goal.collaboration))
    assert lead.get(listed).json()["total"] == 1
    goal.ended_at = clock.now()
    goal.save()
    assert lead.get(listed).json()["items"] == []
    assert SAID["what"] not in client.get(reverse("binds_us")).content.decode()
    goal.ended_at = None
    goal.save()
    assert SAID["what"] in client.get(reverse("binds_us")).content.decode()
    goal.collaboration.participations.update(left_on=clock.day(clock.now()))
    assert lead.get(listed).json()["items"] == []
    assert SAID["what"] not in client.get(reverse("binds_us")).content.decode()
