"""S7: an experience can start the decision's next version, which says which experience it answers."""

from __future__ import annotations

import pytest
from django.urls import reverse

from samordna.domain.adherence.operations import share_experience
from samordna.domain.matters.models import Matter
from tests.domain.adherence.followed import followed
from tests.spec.following import browser_of, page_for

pytestmark = pytest.mark.django_db


def test_an_experience_starts_the_next_turn_and_is_named_in_it():
    """The coordinator turns a participant's experience into the next turn of the matter, whose purpose names it."""
    world = followed(2)
    experience = share_experience(
        actor=world.actor(0), version_id=world.version.pk, tone="hinders", text="Färjan går inte alla dagar"
    )
    response = browser_of(world.lead).post(reverse("start_next_turn", args=[experience.pk]))
    turn = Matter.objects.get(previous=world.matter)
    assert (response.status_code, response.headers["Location"]) == (302, reverse("matter", args=[turn.pk]))
    assert "Färjan går inte alla dagar" in turn.purpose
    assert world.organisations[0].name in turn.purpose
    assert reverse("matter", args=[turn.pk]) in page_for(world.lead, world)
