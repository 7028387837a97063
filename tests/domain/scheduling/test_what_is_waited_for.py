"""Who is still waited for when a time is sought, and what becomes of a question whose days have passed."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest

from samordna.core import clock
from samordna.core.errors import Refused
from samordna.domain.scheduling import operations as do
from samordna.domain.scheduling.models import TimeQuestion
from samordna.domain.scheduling.queries.times import question_page
from samordna.domain.scheduling.tasks import close_past_questions
from tests.domain.collaborations.setting import client_of
from tests.domain.forums.world import world
from tests.domain.scheduling.test_times import MONDAY, ask, asked_of, calendar
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def test_who_has_given_a_calendar_is_not_among_those_who_have_not_answered():
    met = world()
    own, other = met.given.manager, met.given.other_manager
    question = ask(met)
    do.propose_time(actor=met.coordinator, question_id=question.pk, on=MONDAY, begins=time(10), at=NOW)
    do.give_busy_hours(actor=own, asked_id=asked_of(question, own).pk, calendar=calendar(), at=NOW)
    page = question_page(met.coordinator, question.pk, NOW)
    assert ([row.count(",") for row in page.silent], len(page.by_calendar)) == ([1], 1)
    shown = client_of(met.coordinator).get(f"/forum/tid/{question.pk}/").content.decode()
    assert "Har gett sina kalendrar och inte sagt något om tiderna:" in shown
    told = client_of(other).get(f"/forum/tid/{question.pk}/").content.decode()
    assert "1 har gett sin kalender i stället." in told
    answers = {page.options[0].id: "yes"}
    do.answer_times(actor=own, asked_id=asked_of(question, own).pk, answers=answers, at=NOW)
    page = question_page(met.coordinator, question.pk, NOW)
    assert (len(page.silent), page.by_calendar) == (1, ())


def test_a_question_whose_days_have_passed_is_open_for_a_time_ahead_says_so_and_closes_after_it():
    met = world()
    question = ask(met)
    late = MONDAY + timedelta(days=30)
    do.propose_time(actor=met.coordinator, question_id=question.pk, on=late, begins=time(10), at=NOW)
    after, about = datetime(2026, 12, 20, 8, tzinfo=UTC), {"actor": met.coordinator, "question_id": question.pk}
    assert not question_page(met.coordinator, question.pk, NOW).lingers
    close_past_questions({}, after)
    assert question_page(met.coordinator, question.pk, after).lingers, "somebody may still choose the time that lies ahead"
    with pytest.raises(Refused, match="har passerat"):
        do.propose_best_times(**about, at=after)
    TimeQuestion.objects.filter(pk=question.pk).update(first_on=clock.day(NOW), last_on=clock.day(NOW))
    close_past_questions({}, datetime(2027, 1, 20, 8, tzinfo=UTC))
    assert TimeQuestion.objects.get(pk=question.pk).closed_at is not None
