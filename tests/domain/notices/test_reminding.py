"""Reminders before a last day: to the silent, by the collaboration's own rule, the nearest rule once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail

from samordna.core import clock
from samordna.core.errors import Forbidden, Invalid
from samordna.domain.decisions import operations as decisions
from samordna.domain.matters import operations as matters
from samordna.domain.notices.models import Notice
from samordna.domain.notices.operations import set_reminder_days
from samordna.domain.notices.reminding import days_of, remind, rule_for
from samordna.domain.organisations.access import actor_of
from tests import factories as f
from tests.background import work
from tests.domain.decisions import world as deciding
from tests.domain.decisions.chain import prepared
from tests.factories import NOW
from tests.web.matters.world import world

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def asked():
    """A matter whose last day is in eight days, with two silent participants."""
    w = world()
    w.matter.answer_by = clock.day(NOW + 8 * DAY)
    w.matter.save()
    return w


def reminded():
    return [notice.key.split(":")[3] for notice in Notice.objects.filter(kind="answer_due").order_by("key")]


@pytest.mark.parametrize(
    ("days", "left", "used"),
    [((7, 1), 8, None), ((7, 1), 7, 7), ((7, 1), 3, 7), ((7, 1), 1, 1), ((7, 1), -1, None), ((), 1, None)],
)
def test_the_nearest_rule_that_has_come(days, left, used):
    assert rule_for(days, left) == used


def test_the_silent_are_reminded_a_week_and_a_day_before_and_those_who_answered_are_not(asked):
    assert remind(NOW) == 0
    for day in range(1, 10):
        if day == 3:
            matters.declare_no_conditions(actor=asked.actor(0), position_id=asked.positions[0].pk)
        remind(NOW + day * DAY)
        remind(NOW + day * DAY)
    assert reminded() == ["1", "7", "7"]


def test_days_on_which_nothing_ran_are_made_up_for_by_one_reminder(asked):
    remind(NOW + 6 * DAY)
    remind(NOW + 2 * DAY)
    assert reminded() == ["7", "7"]


def test_a_collaboration_has_its_own_rule_or_none(asked):
    leader, pk = asked.leader(), asked.collaboration.pk
    set_reminder_days(actor=leader, collaboration_id=pk, days=[1, 8, 8])
    assert days_of(pk) == (8, 1)
    assert remind(NOW) == 2
    set_reminder_days(actor=leader, collaboration_id=pk, days=[])
    assert remind(NOW + 7 * DAY) == 0
    with pytest.raises(Invalid, match="-1"):
        set_reminder_days(actor=leader, collaboration_id=pk, days=[-1])
    with pytest.raises(Invalid, match="5"):
        set_reminder_days(actor=leader, collaboration_id=pk, days=range(6))
    with pytest.raises(Forbidden):
        set_reminder_days(actor=asked.actor(), collaboration_id=pk, days=[1])


def test_whoever_has_not_answered_a_consultation_is_reminded_of_it():
    w = deciding.build()
    version = prepared(w)
    until = clock.day(NOW + 5 * DAY)
    decisions.open_consultation(actor=w.coordinator, version_id=version.pk, until=until, at=NOW)
    first = w.organisations[0]
    decisions.answer_consultation(actor=w.representative(first), version_id=version.pk, stance="supports", at=NOW)
    for organisation in w.organisations:
        f.holding(organisation)
    remind(NOW + DAY)
    told = set(Notice.objects.filter(kind="consultation_due").values_list("role__organisation__name", flat=True))
    assert first.name not in told
    assert len(told) == len(w.organisations) - 1


def test_a_reminder_is_posted_with_the_day_in_it(asked):
    work(NOW)
    work(NOW + DAY)
    letter = next(letter for letter in mail.outbox if "sista dag" in letter.subject.lower())
    assert "30 november 2026" in letter.body
    assert actor_of(asked.holdings[0]).organisation_id
