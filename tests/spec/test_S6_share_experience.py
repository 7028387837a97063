"""S6: what following has taught is told, by aspect, for better or worse, with what it means for the individual."""

from __future__ import annotations

import pytest
from django.urls import reverse

from samordna.domain.conversations.operations import say_message, start_thread, take_further_as_experience
from tests.domain.adherence.followed import followed
from tests.spec.following import browser_of, page_for

pytestmark = pytest.mark.django_db


def test_an_experience_is_told_by_aspect_and_read_by_all_who_take_part():
    """An organisation tells what helps or hinders in one aspect, and the others read it beside that aspect."""
    world = followed(2)
    told = {
        "aspect_id": world.aspect.pk,
        "tone": "hinders",
        "text": "Färjan går inte alla dagar",
        "effect": "Den enskilde får vänta",
    }
    response = browser_of(world.actor(0)).post(reverse("share_experience", args=[world.decision.pk]), told)
    assert response.status_code == 302
    seen = page_for(world.actor(1), world)
    aspect, text = seen.index(f"<h3>{world.aspect.label}"), seen.index("Färjan går inte alla dagar")
    assert aspect < text
    assert "Den enskilde får vänta" in seen
    about = {"matter_id": world.decision.matter_id, "subject": "Färjan", "text": "Hur gör ni?"}
    thread = start_thread(actor=world.actor(1), **about)
    said = say_message(actor=world.actor(0), thread_id=thread.pk, text="Vi samåker nu.")
    further = {"version_id": world.version.pk, "tone": "helps", "text": "Vi samåker nu."}
    take_further_as_experience(actor=world.actor(0), message_id=said.pk, **further)
    link = f"{reverse('thread', args=[thread.pk])}?sida=1#{said.pk}"
    assert page_for(world.actor(1), world).count(link) == 1, "what was said first in a conversation leads back there"
