"""Between meetings, cost and worth, and events, in the states that matter."""

from __future__ import annotations

from datetime import timedelta

from samordna.core import clock
from samordna.domain.conversations import operations as conversations
from samordna.domain.events.models import Enrolment, Event, LedTo
from samordna.domain.forums.models import Item, Meeting
from samordna.domain.organisations.models import Holding
from samordna.domain.worth.models import Changed, Check
from tests import factories as f
from tests.browser.pages import Visit, page
from tests.domain.forums.world import Met, world


def _holding(actor: object) -> Holding:
    return Holding.objects.get(pk=actor.holding_id)


def _talked() -> tuple[Met, str, str]:
    met = world()
    own, other = met.given.manager, met.given.other_manager
    thread = conversations.start_thread(
        actor=own,
        forum_id=met.forum.pk,
        subject="Sommarens köer",
        text="De växer. Vad gör vi?",
        mentions=[other.role_id or ""],
    )
    first = thread.messages.get()
    answer = conversations.say_message(actor=other, thread_id=thread.pk, text="Vi har folk i juli.", quotes=first.pk)
    conversations.reword_message(actor=other, message_id=answer.pk, text="Vi har folk i juli och augusti.")
    gone = conversations.say_message(actor=own, thread_id=thread.pk, text="Fel")
    conversations.withdraw_message(actor=own, message_id=gone.pk, reason="Fel tråd")
    conversations.take_further_as_item(
        actor=own, message_id=answer.pk, forum_id=met.forum.pk, kind="planning", title="Sommaren"
    )
    return met, thread.pk, first.pk


def _held(met: Met) -> Meeting:
    for _ in range(6):
        met.seat(f.actor(met.given.own))
    met.seat(met.given.manager)
    at = clock.now() - timedelta(hours=4)
    return Meeting.objects.create(
        forum=met.forum, starts_at=at, ends_at=at + timedelta(hours=2), planned_at=at, held_at=clock.now(), state="held"
    )


def _event(*, begun: bool) -> tuple[Met, Event]:
    met = world()
    at = clock.now() + timedelta(days=-1 if begun else 20)
    meeting = Meeting.objects.create(
        forum=met.forum,
        title="Besök på vårdcentralen",
        starts_at=at,
        ends_at=at + timedelta(hours=5),
        place="Havsnäs",
        planned_at=clock.now(),
        state="held" if begun else "called",
    )
    event = Event.objects.create(
        meeting=meeting,
        kind="study_visit",
        why="Se hur de arbetar med utskrivning",
        for_whom="Chefer närmast verksamheten",
        programme="09.00 Välkomna\n10.00 Rundvandring",
        places=1,
        planned_at=clock.now(),
        notes="De möts varje morgon." if begun else "",
        noted_at=clock.now() if begun else None,
    )
    for who, answer in (
        (met.coordinator, "coming"),
        (met.given.other_manager, "coming"),
        (f.actor(met.given.own), "cannot"),
    ):
        Enrolment.objects.create(
            event=event, holding_id=who.holding_id, answer=answer, answered_at=clock.now(), was_there=begun or None
        )
    if begun:
        item = Item.objects.create(forum=met.forum, order=1, kind="planning", title="Morgonmöten", raised_at=clock.now())
        LedTo.objects.create(event=event, item=item, how="Vi vill pröva", told_at=clock.now())
    return met, event


@page("the threads of a forum")
def threads() -> Visit:
    met, _thread, _first = _talked()
    return Visit(address=f"/samtal/forum/{met.forum.pk}/", holding=_holding(met.given.manager))


@page("a thread between meetings")
def thread() -> Visit:
    met, pk, first = _talked()
    return Visit(address=f"/samtal/trad/{pk}/?citera={first}", holding=_holding(met.given.manager))


@page("taking a message further as an item")
def further() -> Visit:
    met, _pk, first = _talked()
    return Visit(address=f"/samtal/inlagg/{first}/arende/", holding=_holding(met.given.manager))


@page("the meeting check")
def check() -> Visit:
    met = world()
    return Visit(address=f"/varde/mote/{_held(met).pk}/", holding=_holding(met.given.manager))


@page("cost and worth of a forum, as the one who prepares it")
def worth() -> Visit:
    met = world()
    meeting, before = _held(met), clock.now() - timedelta(days=9)
    Meeting.objects.filter(pk=meeting.pk).update(held_at=before)
    for number, seat in enumerate(met.forum.seats.all()):
        holding = Holding.objects.filter(role=seat.role).first()
        change = "Kortare genomgång" if number == 1 else ""
        Check.objects.create(
            meeting=meeting, holding=holding, worth="yes", decided="partly", change=change, answered_at=before
        )
    Changed.objects.create(forum=met.forum, text="Genomgången är högst tio minuter.", told_at=clock.now())
    return Visit(address=f"/varde/forum/{met.forum.pk}/", holding=_holding(met.coordinator))


@page("events")
def events() -> Visit:
    met, _event_to_come = _event(begun=False)
    return Visit(address="/tillfallen/", holding=_holding(met.given.manager))


@page("an event to come, with a place to answer")
def event() -> Visit:
    met, made = _event(begun=False)
    return Visit(address=f"/tillfallen/{made.pk}/", holding=_holding(met.given.manager))


@page("an event that has been, as the one who prepares it")
def been() -> Visit:
    met, made = _event(begun=True)
    return Visit(address=f"/tillfallen/{made.pk}/", holding=_holding(met.coordinator))


@page("planning an event")
def planning() -> Visit:
    met = world()
    return Visit(address=f"/tillfallen/nytt/{met.forum.pk}/", holding=_holding(met.coordinator))
