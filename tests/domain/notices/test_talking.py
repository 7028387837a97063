"""What is said between meetings comes as a line in a letter: how much is new, mentions first, and never rings."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samordna.core import clock
from samordna.core.models import OutgoingLetter
from samordna.domain.conversations import operations as do
from samordna.domain.forums.models import Seat
from samordna.domain.notices.delivering import deliver
from samordna.domain.notices.enums import Group, Rhythm
from samordna.domain.notices.models import Choice, Notice
from samordna.domain.notices.queries.pages import notice_page
from samordna.domain.notices.talking import tell_of_talk
from tests import factories as f
from tests.domain.forums.world import world
from tests.factories import NOW

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def lines(actor, at, rhythm="weekly"):
    """What stands about conversations in the letter that is due, if one is."""
    before = set(OutgoingLetter.objects.values_list("pk", flat=True))
    deliver([actor.person_id], [rhythm], at)
    texts = OutgoingLetter.objects.exclude(pk__in=before).values_list("text", flat=True)
    return [line for text in texts for line in text.split("\n") if line.startswith("Nytt mellan mötena")]


def test_what_is_new_is_told_once_mentions_first_and_only_to_those_whose_it_is():
    met = world()
    given, sits, prepares = met.given, met.given.manager, met.coordinator
    met.seat(sits)
    thread = do.start_thread(actor=prepares, forum_id=met.forum.pk, subject="Köer", text="De växer.", at=NOW)
    said = {"actor": prepares, "thread_id": thread.pk}
    do.say_message(**said, text="Och växer.", at=NOW + timedelta(hours=1))
    assert tell_of_talk(NOW + DAY) == 1, "who said it is told nothing, who does not sit there neither"
    assert tell_of_talk(NOW + DAY + DAY) == 0, "what is told already is not told anew"
    assert notice_page(sits, NOW + DAY).unread == len(notice_page(sits, NOW + DAY).notices) == 0, "nothing rings"
    assert lines(sits, NOW + 2 * DAY, "daily") == [], "once a week, where nothing else was chosen"
    assert lines(sits, NOW + 2 * DAY) == ["Nytt mellan mötena: Styrgrupp utskrivning (2 nya inlägg)"]

    late = NOW + 3 * DAY
    matter = f.matter(given.collaboration, area=given.area, title="Natten", stage="gathering")
    about = {"matter_id": matter.pk, "subject": "Natten", "text": "Vem är uppe?", "at": late}
    do.start_thread(actor=prepares, mentions=[sits.role_id or ""], **about)
    do.say_message(**said, text="Fortfarande.", at=late)
    Choice.objects.create(person_id=sits.person_id, group=Group.TALK, rhythm=Rhythm.DAILY)
    assert tell_of_talk(late + DAY) == 2
    about_matter = "Nytt mellan mötena: Natten (1 nämner din roll, 1 nytt inlägg)"
    assert lines(sits, late + DAY, "daily") == [
        about_matter,
        "Nytt mellan mötena: Styrgrupp utskrivning (1 nytt inlägg)",
    ]
    do.say_message(actor=prepares, thread_id=thread.pk, text="Nu då?", at=late + 2 * DAY)
    do.say_message(actor=sits, thread_id=thread.pk, text="Nu är det bra.", at=late + 3 * DAY)
    assert tell_of_talk(late + 4 * DAY) == 1, "to the one who prepares; whoever has answered has read"
    answer = do.say_message(actor=prepares, thread_id=thread.pk, text="Tack!", at=late + 5 * DAY)
    assert tell_of_talk(late + 6 * DAY) == 1
    do.withdraw_message(actor=prepares, message_id=answer.pk, reason="Fel tråd", at=late + 6 * DAY)
    assert lines(sits, late + 7 * DAY, "daily") == [], "what was withdrawn meanwhile is in no letter"

    before = Notice.objects.count()
    do.say_message(actor=prepares, thread_id=thread.pk, text="Igen", at=late + 8 * DAY)
    Seat.objects.filter(forum=met.forum).update(valid_to=clock.day(late + 8 * DAY))
    with CaptureQueriesContext(connection) as asked:
        tell_of_talk(late + 9 * DAY)
    assert len(asked) < 14
    assert Notice.objects.count() == before + 1, "whoever has left the forum has spoken there, and may still read"
