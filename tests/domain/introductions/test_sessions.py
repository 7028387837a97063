"""The events at which a step is done: saved again they stay, and of two who choose at once the second is told."""

from __future__ import annotations

from datetime import timedelta

import pytest

from samordna.core import clock
from samordna.core.errors import Invalid, Overtaken, Refused
from samordna.core.models import JournalEntry
from samordna.domain.events.models import Enrolment, Event
from samordna.domain.forums.models import Meeting, Ownership
from samordna.domain.introductions import operations as do
from samordna.domain.introductions.assigned import introduced
from samordna.domain.introductions.models import Programme, Session
from samordna.domain.introductions.queries.choices import session_choices
from samordna.domain.organisations.models import Holding
from tests.domain.collaborations.setting import client_of
from tests.domain.forums.world import world
from tests.domain.introductions.test_introductions import own_programme
from tests.factories import NOW

pytestmark = pytest.mark.django_db
COURSE = {"kind": "course", "what": "Gå introduktionsdagen"}


def event(forum, title):
    start = NOW - timedelta(days=2)
    meeting = Meeting.objects.create(
        forum=forum, title=title, starts_at=start, ends_at=start + timedelta(hours=3), planned_at=start, state="called"
    )
    return Event.objects.create(meeting=meeting, kind="introduction", why="Nya", planned_at=NOW).pk


@pytest.fixture
def chosen(db):
    met = world()
    lead = met.given.coordinator
    made = own_programme(lead, steps=(COURSE,), collaboration_id=met.given.collaboration.pk)
    first, second = event(met.forum, "Första dagen"), event(met.forum, "Andra dagen")
    given = {"actor": lead, "step_id": made.steps.get().pk, "at": NOW}
    do.choose_sessions(**given, events=[first])
    return met, given, first, second


def now():
    return set(Session.objects.filter(ended_at__isnull=True).values_list("event_id", flat=True))


def test_saving_again_what_the_form_shows_takes_nothing_away(chosen, monkeypatch):
    met, given, first, second = chosen
    monkeypatch.setattr("samordna.domain.introductions.queries.choices.MOST_OFFERED", 0)
    offered, marked, seen = session_choices(given["actor"], given["step_id"], NOW)
    assert (dict(offered).keys(), marked) == ({first}, (first,)), "what is chosen is offered, however old"
    Ownership.objects.filter(forum=met.forum).update(ended_at=NOW)
    offered, marked, seen = session_choices(given["actor"], given["step_id"], NOW)
    do.choose_sessions(**given, events=[pk for pk, _label in offered if pk in marked], seen=seen)
    assert now() == {first}
    with pytest.raises(Invalid, match="Välj bland"):
        do.choose_sessions(**given, events=[first, second])


def test_of_two_who_choose_at_once_the_second_is_told(chosen):
    _met, given, first, second = chosen
    _offered, _marked, seen = session_choices(given["actor"], given["step_id"], NOW)
    do.choose_sessions(**given, events=[first, second], seen=seen)
    with pytest.raises(Overtaken) as told:
        do.choose_sessions(**given, events=[], seen=seen)
    assert "Första dagen" in str(told.value.fields)
    assert now() == {first, second}
    do.choose_sessions(**given, events=[], seen=told.value.now)
    assert now() == set()


def done_by(met, actor):
    held = Holding.objects.filter(pk=actor.holding_id).named().select_related("role__organisation")
    programme = Programme.objects.get()
    (found,) = introduced([programme], held, clock.day(NOW + timedelta(days=9)))
    return found.progress.done


def attended(event_id, actor):
    given = {"answer": "coming", "answered_at": NOW, "was_there": True}
    return Enrolment.objects.create(event_id=event_id, holding_id=actor.holding_id, **given)


def test_what_was_attended_stays_attended_when_another_event_is_chosen(chosen):
    met, given, first, second = chosen
    late = NOW + timedelta(days=5)
    Session.objects.update(chosen_at=NOW - timedelta(days=9))
    attended(first, met.given.manager)
    assert done_by(met, met.given.manager) == 1
    do.choose_sessions(**given | {"at": late}, events=[second])
    assert now() == {second}
    assert done_by(met, met.given.manager) == 1, "it was a session when it was held"
    assert done_by(met, met.given.other_manager) == 0
    do.choose_sessions(**given | {"at": late}, events=[])
    assert done_by(met, met.given.manager) == 1


def test_an_event_that_was_let_go_of_before_it_was_held_never_counted(chosen):
    met, given, first, _second = chosen
    Session.objects.update(chosen_at=NOW - timedelta(days=9))
    do.choose_sessions(**given | {"at": NOW - timedelta(days=3)}, events=[])
    attended(first, met.given.manager)
    assert done_by(met, met.given.manager) == 0


def test_an_event_that_was_chosen_afterwards_by_mistake_is_let_go_of_within_a_day(chosen):
    met, given, first, _second = chosen
    attended(first, met.given.manager)
    assert done_by(met, met.given.manager) == 1
    do.choose_sessions(**given | {"at": NOW + timedelta(hours=23)}, events=[])
    assert done_by(met, met.given.manager) == 0
    Session.objects.update(ended_at=NOW + timedelta(days=2))
    assert done_by(met, met.given.manager) == 1, "what has stood for days is not taken from anybody"


def test_an_event_that_was_chosen_by_mistake_before_it_was_held_trains_nobody_when_that_is_said(chosen):
    met, given, first, second = chosen
    Session.objects.update(chosen_at=NOW - timedelta(days=9))
    attended(first, met.given.manager)
    attended(second, met.given.manager)
    later = given | {"at": NOW + timedelta(days=5)}
    do.choose_sessions(**later, events=[second])
    assert done_by(met, met.given.manager) == 1
    do.choose_sessions(**later, events=[])
    with pytest.raises(Refused, match="av misstag"):
        do.choose_sessions(**later, events=[], mistaken=True)
    do.choose_sessions(**later, events=[first, second])
    do.choose_sessions(**later, events=[], mistaken=True)
    assert done_by(met, met.given.manager) == 0, "also when it was let go of before without a word"
    assert JournalEntry.objects.filter(action="introduction_sessions_mistaken").count() == 1


def test_whoever_keeps_the_programme_says_so_where_the_events_are_chosen(chosen):
    met, given, first, _second = chosen
    Session.objects.update(chosen_at=NOW - timedelta(days=9))
    attended(first, met.given.manager)
    client, address = client_of(given["actor"]), f"/introduktioner/steg/{given['step_id']}/tillfallen/"
    form = client.get(address).context["form"]
    answer = client.post(address, {"seen": form["seen"].value(), "events": [first], "mistaken": "on"})
    assert (answer.status_code, "av misstag" in answer.content.decode()) == (422, True)
    assert client.post(address, {"seen": form["seen"].value(), "mistaken": "on"}).status_code == 302
    assert done_by(met, met.given.manager) == 0
    assert "mistaken" not in client.get(address).context["form"].fields, "there is none to take away"
