"""What minutes tell of the meeting itself: when it went on, who was away by name, and which requests are answered."""

from __future__ import annotations

from datetime import timedelta

import pytest

from samordna.domain.minutes import operations as do
from samordna.domain.minutes.queries.gathering import gather
from samordna.domain.organisations.models import Holding
from samordna.domain.proceedings.models import Attendance, Sitting
from tests.domain.collaborations.setting import client_of
from tests.domain.minutes.world import BY, LATER, noted

pytestmark = pytest.mark.django_db


def test_minutes_tell_when_the_meeting_was_opened_and_ended_and_the_hours_it_was_called_to_otherwise():
    made = noted()
    called = gather(made.meeting).when
    assert "öppnades" not in called
    sitting = Sitting.objects.create(meeting=made.meeting, opened_at=LATER)
    assert gather(made.meeting).when == called, "a meeting that was never ended tells what it was called to"
    Sitting.objects.filter(pk=sitting.pk).update(ended_at=LATER + timedelta(minutes=47))
    assert "öppnades" in gather(made.meeting).when
    assert "avslutades" in gather(made.meeting).when
    do.draft_minutes(actor=made.secretary, **made.about, at=LATER)
    assert "avslutades" in client_of(made.secretary).get(f"/forum/mote/{made.meeting.pk}/protokoll/").content.decode()


def test_who_was_away_stands_by_name_also_when_nobody_said_who_it_was():
    made = noted()
    Attendance.objects.filter(seat=made.seats["member"]).update(holding=None)
    name = Holding.objects.named().get(pk=made.member.holding_id).known_as
    Holding.objects.filter(pk=made.member.holding_id).update(valid_from="2020-01-01", valid_to=None)
    assert [row[0] for row in gather(made.meeting).absent] == [name]


def test_a_change_that_was_asked_for_of_an_earlier_version_is_folded_away_as_answered():
    made = noted()
    about = {"actor": made.secretary, **made.about, "at": LATER}
    do.draft_minutes(**about)
    do.send_minutes_out(**about, role_ids=[made.chair.role_id or "", made.member.role_id or ""], adjust_by=BY)
    do.ask_for_change(actor=made.member, **made.about, words="Skriv att det gäller norr", item_id=made.first.pk, at=LATER)
    here, reader = f"/forum/mote/{made.meeting.pk}/protokoll/", client_of(made.chair)
    assert "besvarad" not in reader.get(here).content.decode()
    do.write_minutes(**about, texts={made.first.pk: "Köerna växer i norr."})
    shown = reader.get(here).content.decode()
    assert "1 besvarad av en senare version" in shown
    assert "Vad version 2 ändrade" in shown
    assert "jamfor/?fran=1&amp;till=2" in shown
    do.ask_for_change(actor=made.chair, **made.about, words="Och i väster", item_id=made.first.pk, at=LATER)
    now = reader.get(here).content.decode()
    assert now.index("Och i väster") < now.index("Skriv att det gäller norr")
