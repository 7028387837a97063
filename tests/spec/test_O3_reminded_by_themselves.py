"""O3: requests with dates and reminders, without the coordinator having to remember them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse

from samordna.core import clock
from tests.background import work
from tests.web.matters.world import world

pytestmark = pytest.mark.django_db


def test_the_silent_are_reminded_before_the_last_day_by_the_collaborations_own_rule():
    """The coordinator says once how long before a last day it reminds. From then on whoever is silent gets a letter and a
    notice with the day in it, on those days, once; whoever has answered gets none."""
    w = world()
    assert w.lead().post(reverse("reminder_days", args=[w.collaboration.pk]), {"days": "5"}).status_code == 302
    step = f"{reverse('position', args=[w.matter.pk, w.positions[0].pk])}?steg=skicka"
    w.client(0).post(step, {"do": "no-conditions"})
    now = clock.now()
    for day in range(15):
        work(now + timedelta(days=day))
    reminders = [letter for letter in mail.outbox if letter.subject == "Samordna: En sista dag närmar sig"]
    assert [letter.to for letter in reminders] == [[w.holdings[1].person.email]]
    assert reverse("matter", args=[w.matter.pk]) in reminders[0].body
    assert "The last day to answer is near" in w.client(1).get(reverse("notices")).content.decode()
    assert "The last day to answer is near" not in w.client(0).get(reverse("notices")).content.decode()
