"""T1: concrete and measurable goals."""

import pytest

from samordna.domain.collaborations.models import Goal
from tests import factories as f
from tests.domain.collaborations.setting import client_of, setting

pytestmark = pytest.mark.django_db
TYPED = {
    "what": "Färre väntar",
    "kind": "result",
    "indicator": "Väntedygn per 1 000 invånare",
    "unit": "dygn",
    "direction": "down",
    "baseline": "31,5",
    "target": "20",
    "target_on": "2999-12-31",
}


def goals(world) -> str:
    return f"/samverkan/{world.collaboration.pk}/mal/"


@pytest.mark.parametrize("lacking", ["indicator", "unit", "baseline", "target", "target_on"])
def test_a_goal_that_lacks_what_it_takes_to_measure_it_is_refused(lacking):
    """Without indicator, unit, baseline, target or day the goal is not saved; the page says which, and keeps the rest."""
    world = setting()
    sent = client_of(world.coordinator).post(f"{goals(world)}nytt/", TYPED | {lacking: ""})
    assert sent.status_code == 422
    assert sent.content.decode().count('aria-invalid="true"') == 1
    assert 'value="Färre väntar"' in sent.content.decode()
    assert not Goal.objects.exists()


def test_a_goal_in_the_wrong_direction_or_without_time_is_refused():
    """A target that lies the other way, or a day that is already past, cannot be worked for."""
    world = setting()
    client = client_of(world.coordinator)
    assert "åt fel håll" in client.post(f"{goals(world)}nytt/", TYPED | {"target": "40"}).content.decode()
    assert "kommer efter" in client.post(f"{goals(world)}nytt/", TYPED | {"target_on": "2001-01-01"}).content.decode()
    assert "Skriv ett tal" in client.post(f"{goals(world)}nytt/", TYPED | {"target": "många"}).content.decode()


def test_a_goal_is_read_by_all_and_its_revision_keeps_the_old_one():
    """Everybody reads from where to where and by when; a revised goal shows what it was before, and why it changed."""
    world = setting()
    coordinator = client_of(world.coordinator)
    coordinator.post(f"{goals(world)}nytt/", TYPED)
    assert (
        "Från 31,5 ner till 20 dygn senast 31 december 2999." in client_of(world.manager).get(goals(world)).content.decode()
    )
    goal = Goal.objects.get()
    coordinator.post(f"/samverkan/mal/{goal.pk}/revidera/", TYPED | {"target": "15", "why": "Vi nådde halvvägs"})
    seen = client_of(world.manager).get(goals(world)).content.decode()
    for sentence in ("ner till 15 dygn", "ner till 20 dygn", "Vi nådde halvvägs"):
        assert sentence in seen
    assert client_of(world.manager).post(f"/samverkan/mal/{goal.pk}/avsluta/", {"reason": "Nej"}).status_code == 403


def test_the_last_goal_of_an_active_collaboration_is_not_ended():
    """A collaboration at work always has a goal to be measured by."""
    world = setting()
    goal = f.goal(world.collaboration)
    address = f"/samverkan/mal/{goal.pk}/avsluta/"
    refused = client_of(world.coordinator).post(address, {"reason": "Klart"})
    assert refused.status_code == 422
    assert "det enda målet" in refused.content.decode()
    f.goal(world.collaboration)
    assert client_of(world.coordinator).post(address, {"reason": "Klart"}).status_code == 302
