"""S8: an organisation works on its own following: its actions have dates, until it can answer "already so"."""

from __future__ import annotations

from datetime import timedelta

import pytest

from samordna.core import clock
from samordna.domain.adherence.operations import answer_following
from samordna.domain.adherence.queries import waiting_for
from tests.domain.adherence.followed import followed
from tests.spec.following import browser_of, page_for

pytestmark = pytest.mark.django_db


def test_a_promised_change_is_asked_about_when_its_day_has_passed_until_it_is_done():
    """A promise is remembered with its date; when the day has passed it is asked for, until the answer is already so."""
    world = followed(1)
    actor, now = world.actor(), clock.now()
    made = now - timedelta(days=20)
    passed = clock.day(now - timedelta(days=5))
    answer_following(
        actor=actor, version_id=world.version.pk, kind="will_change", by=passed, actions="Nytt schema", at=made
    )
    assert [(item.due, item.note) for item in waiting_for(actor, now)] == [(passed, "Nytt schema")]
    assert 'data-kind="late"' in page_for(world.lead, world)
    assert "Nytt schema" in browser_of(actor).get("/").content.decode()
    answer_following(actor=actor, version_id=world.version.pk, kind="already_so")
    assert waiting_for(actor, clock.now()) == []
    assert 'data-kind="late"' not in page_for(world.lead, world)
