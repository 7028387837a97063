"""Invitations reach everybody who is invited, once; and whoever means to come is told when it moves or places change."""

from __future__ import annotations

from datetime import time, timedelta

import pytest

from samordna.core import clock
from samordna.core.errors import Refused
from samordna.domain.events import operations as do
from samordna.domain.events.answering import coming_to
from samordna.domain.events.models import Enrolment
from samordna.domain.events.rules import placed
from samordna.domain.events.tasks import give_places
from samordna.domain.forums.operations import call_meeting, cancel_meeting, change_meeting
from samordna.domain.notices.models import Notice
from samordna.domain.notices.spreading import spread
from samordna.domain.organisations.models import Holding
from tests.domain.forums.world import Met, world
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def told(kind: str) -> list[str]:
    while spread(NOW):
        pass
    return sorted(Notice.objects.filter(kind=kind).values_list("person_id", flat=True))


def planned(met: Met, **fields):
    on = clock.day(NOW) + timedelta(days=20)
    given = {"kind": "training", "title": "Samverkan", "why": "Lära", "on": on, "begins": time(9), "ends": time(12)}
    return do.plan_event(**met.asking, **given | fields)


def test_invitations_after_a_call_places_that_change_and_a_day_that_moves():
    met = world()
    own, other = met.given.manager, met.given.other_manager
    about = {"actor": met.coordinator, "at": NOW}
    event = planned(met, everybody=False, invited=[own.role_id])
    call_meeting(**about, meeting_id=event.meeting_id)
    do.invite_to_event(**about, event_id=event.pk)
    assert told("event_invited") == [own.person_id], "called before, and still invited"
    with pytest.raises(Refused):
        do.invite_to_event(**about, event_id=event.pk)
    again = {"event_id": event.pk, "kind": "training", "why": "Lära", "everybody": False}
    do.describe_event(**about, **again, invited=[own.role_id, other.role_id], places=2)
    do.invite_to_event(**about, event_id=event.pk)
    both = sorted([own.person_id, other.person_id])
    assert told("event_invited") == both, "only those who had not got theirs"

    for minute, who in enumerate((own, other)):
        answer = {"event_id": event.pk, "answer": "coming", "at": NOW + timedelta(minutes=minute)}
        do.answer_event(actor=who, **answer)
    do.describe_event(**about, **again, invited=[own.role_id, other.role_id], places=1)
    assert told("event_place_lost") == [other.person_id]
    do.describe_event(**about, **again, invited=[own.role_id, other.role_id], places=2)
    assert told("event_place_given") == [other.person_id]

    moved = {"on": clock.day(NOW) + timedelta(days=21), "begins": time(9), "ends": time(12)}
    change_meeting(actor=met.coordinator, meeting_id=event.meeting_id, **moved, at=NOW + timedelta(minutes=5))
    assert set(both) <= set(told("meeting_changed")), "nobody of them sits in the forum"
    Enrolment.objects.filter(holding=own.holding_id).update(answer="cannot")
    cancel_meeting(actor=met.coordinator, meeting_id=event.meeting_id, reason="Sjukdom", at=NOW + timedelta(minutes=6))
    assert set(both) <= set(told("meeting_cancelled"))


def test_who_has_left_the_role_takes_nobodys_place():
    met = world()
    own, other = met.given.manager, met.given.other_manager
    event = planned(met, places=1)
    do.invite_to_event(actor=met.coordinator, event_id=event.pk, at=NOW)
    do.answer_event(actor=own, event_id=event.pk, answer="coming", at=NOW)
    do.answer_event(actor=other, event_id=event.pk, answer="coming", at=NOW + timedelta(minutes=1))
    assert [row.holding_id for row in placed_at(event)] == [own.holding_id]
    Holding.objects.filter(pk=own.holding_id).update(valid_to=clock.day(NOW))
    assert [row.holding_id for row in placed_at(event)] == [other.holding_id]
    assert told("event_place_given") == []
    give_places({}, NOW)
    give_places({}, NOW)
    assert told("event_place_given") == [other.person_id], "once, though nobody answered anything"


def placed_at(event):
    return placed(coming_to(event, NOW), event.places)[0]
