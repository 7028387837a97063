"""F6: common forums and regular communication. Whoever sits in a forum is called and answers, and everybody sees it."""

from __future__ import annotations

import pytest
from django.core import mail

from samordna.core.models import JournalHead
from samordna.domain.forums import operations as do
from tests.background import work
from tests.domain.collaborations.setting import client_of
from tests.domain.forums.test_meetings import plan
from tests.domain.forums.world import world
from tests.web.agreements.test_agreement_pages import text

pytestmark = pytest.mark.django_db


def test_a_call_reaches_whoever_sits_there_and_the_answer_reaches_everybody():
    JournalHead.objects.get_or_create(pk=1)
    met = world()
    met.seat(met.given.manager)
    meeting = plan(met)
    client = client_of(met.given.manager)
    do.call_meeting(actor=met.coordinator, meeting_id=meeting.pk)
    work()
    letter = next(letter for letter in mail.outbox if len(letter.alternatives) > 1)
    assert letter.alternatives[1].mimetype == "text/calendar; method=REQUEST"
    assert "Svara om du kommer till mötet" in text(client, "/")
    client.post(f"/forum/mote/{meeting.pk}/svar/", {"says": "cannot"})
    assert "ingen röst på plats" in text(client_of(met.coordinator), f"/forum/mote/{meeting.pk}/")
