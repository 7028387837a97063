"""F6: regular communication: what happens comes to those it concerns, without a flood and without anybody asking."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse

from samordna.core import clock
from samordna.domain.matters.enums import MatterStage
from samordna.domain.notices.enums import Group
from tests.background import work
from tests.web.matters.world import world

pytestmark = pytest.mark.django_db


def test_what_happens_reaches_those_it_concerns_once_and_as_they_choose():
    """The coordinator sends a matter out. Both participants see it behind the bell; one wants a letter at once, the other
    one in the morning; each gets exactly one; reading it takes it off the bell."""
    w = world(stage=MatterStage.DRAFT)
    wish = dict.fromkeys(Group.values, "daily")
    patient = w.client(1)
    assert patient.post(reverse("notice_choices"), wish | {"language": "en"}).status_code == 302
    day = clock.day(clock.now()) + timedelta(days=30)
    sent = w.lead().post(reverse("start_gathering", args=[w.matter.pk]), {"answer_by": day.isoformat()})
    assert sent.status_code == 302
    now = clock.now()
    work(now)
    at_once, later = (holding.person.email for holding in w.holdings)
    assert [letter.to for letter in mail.outbox if letter.to != [w.coordinator.person.email]] == [[at_once]]
    work(now + timedelta(days=1))
    work(now + timedelta(days=2))
    to = [letter.to[0] for letter in mail.outbox]
    assert (to.count(at_once), to.count(later)) == (1, 1)
    html = patient.get(reverse("notices")).content.decode()
    assert "You are asked what you need, and under what conditions" in html
    assert ", 1 unread" in html
    address = html.split('action="/aviseringar/')[-1].split('"')[0]
    assert patient.post(f"/aviseringar/{address}").url == reverse("matter", args=[w.matter.pk])
    assert "unread" not in patient.get(reverse("notices")).content.decode()
