"""F6: Gemensamma forum och rutiner för beslut. T10: a decision item gives a registered decision."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from samordna.core import clock
from samordna.domain.forums.models import Meeting
from samordna.domain.proceedings.models import Outcome, Question
from tests.domain.collaborations.setting import client_of
from tests.domain.proceedings.world import sat

pytestmark = pytest.mark.django_db


def test_a_party_has_one_voice_the_last_before_closing_counts_and_who_cast_it_is_kept():
    """Two who sit for one party cast its voice in turn: the last counts, both are kept, and the decision has a number."""
    met = sat(method="majority")
    now = clock.now()
    Meeting.objects.update(starts_at=now, ends_at=now + timedelta(hours=2))
    meeting, keeper = met.meeting.pk, client_of(met.secretary)

    def post(name: str, *args: str, by=keeper, **data: str):
        return by.post(reverse(name, args=[meeting, *args]), data)

    post("open_meeting")
    for seat in ("own", "deputy", "other"):
        post("note_attendance", seat_id=met.seats[seat].pk)
    post("open_question", met.item.pk, text="Vi delar lika")
    question = Question.objects.get()
    post("cast_vote", question.pk, by=client_of(met.given.manager), choice="no", reason="För dyrt")
    post("cast_vote", question.pk, by=client_of(met.deputy), choice="yes")
    post("cast_vote", question.pk, by=client_of(met.given.other_manager), choice="yes")
    assert post("settle_question", question.pk).status_code == 302
    late = post("cast_vote", question.pk, by=client_of(met.given.manager), choice="no")
    assert (late.status_code, "avslutad" in late.content.decode()) == (409, True)
    made = Outcome.objects.get()
    assert (made.result, made.reference) == ("carried", f"{clock.day(clock.now()).year}:1")
    assert {row["voice"]: row["choice"] for row in made.rests_on["voices"]} == {"Havsnäs": "yes", "Storstad": "yes"}
    page = keeper.get(reverse("proceedings", args=[meeting])).content.decode()
    for said in (made.reference, "För dyrt", "ersatt senare", "2 av 2"):
        assert said in page
