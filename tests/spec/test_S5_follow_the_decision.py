"""S5: following is answered honestly: already so, will change and when, cannot and why, will not and why."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from samordna.core import clock
from tests.domain.adherence.followed import followed
from tests.spec.following import browser_of, page_for

pytestmark = pytest.mark.django_db


def test_each_organisation_gives_one_of_four_honest_answers_and_all_see_it():
    """Every participant answers for itself, and everyone who takes part reads what it answered and why."""
    world = followed(4)
    soon = (clock.day(clock.now()) + timedelta(days=30)).isoformat()
    answers = [
        {"kind": "already_so"},
        {"kind": "will_change", "by": soon, "actions": "Nytt schema i hemtjänsten"},
        {"kind": "cannot", "reason": "Två vakanser"},
        {"kind": "will_not", "reason": "Ingen nytta hos oss"},
    ]
    for index, answer in enumerate(answers):
        response = browser_of(world.actor(index)).post(reverse("following", args=[world.decision.pk]), answer)
        assert response.status_code == 302
    seen = page_for(world.lead, world)
    assert [text in seen for text in ("Nytt schema i hemtjänsten", "Två vakanser", "Ingen nytta hos oss")] == [True] * 3


def test_a_refusal_without_a_reason_is_not_an_answer():
    """Cannot and will not are accepted only with a reason; a change only with its last day and what will be done."""
    world = followed(1)
    for answer in ({"kind": "cannot"}, {"kind": "will_not"}, {"kind": "will_change"}):
        response = browser_of(world.actor()).post(reverse("following", args=[world.decision.pk]), answer)
        assert response.status_code == 422


def test_silence_is_shown_as_silence():
    """An organisation that has not answered is shown as silent, and is not counted as following."""
    world = followed(1)
    assert 'data-kind="silent"' in browser_of(world.lead).get(reverse("following_board")).content.decode()
