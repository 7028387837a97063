"""Who comes, who was there, what was noted, and what it led to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Absent, Refused, TooLarge
from samordna.core.operation import operation
from samordna.core.overtaking import check_not_overtaken
from samordna.domain.adherence.models import Experience
from samordna.domain.decisions.access import visible_decisions
from samordna.domain.events.answering import why_not_answered
from samordna.domain.events.enums import Coming
from samordna.domain.events.limits import LONGEST, MOST_LED_TO
from samordna.domain.events.models import Enrolment, Event, LedTo
from samordna.domain.events.operations.holding import held_event_for, tell
from samordna.domain.events.operations.places import settle_places
from samordna.domain.events.wording import notes_words
from samordna.domain.forums.access import PREPARE, RAISE, visible_forums
from samordna.domain.forums.enums import MeetingState
from samordna.domain.forums.models import Item
from samordna.domain.matters.access import visible_matters
from samordna.domain.organisations.findings import Findings


@operation("forum.raise")
def answer_event(*, actor: Actor, event_id: str, answer: str, note: str = "", at: datetime | None = None) -> Enrolment:
    """Say whether one comes. Who comes when it is full waits, in the order of the answers; who gives up a place gives it to
    the one who has waited longest, who is told."""
    event = held_event_for(actor, event_id, RAISE, at)
    at = at or clock.now()
    reason = why_not_answered(actor, event, at)
    if reason:
        raise Refused(reason)
    found = Findings()
    answer = found.choice("answer", answer, Coming.values)
    note = found.line("note", note, 200, required=False)
    found.insist()
    own = event.enrolments.filter(holding__person_id=actor.person_id).first()
    enrolment = own or Enrolment(event=event, holding_id=actor.holding_id or "")
    if enrolment.answer != answer:
        enrolment.answer, enrolment.answered_at, enrolment.waits = answer, at, False
    enrolment.note = note
    enrolment.save()
    tell(actor, "event_answered", event, at, answer=answer)
    settle_places(actor, event, at, but=enrolment.pk)
    return enrolment


@operation("forum.prepare")
def note_who_came(*, actor: Actor, event_id: str, came: Sequence[str], at: datetime | None = None) -> Event:
    """Note who was there, of those who had answered: ids of enrolments. The others were not."""
    event = held_event_for(actor, event_id, PREPARE, at)
    at = at or clock.now()
    _must_have_begun(event, at)
    there = event.enrolments.filter(pk__in=came)
    if there.count() < len(set(came)):
        raise Refused(_("Somebody among these has not answered the invitation. Look at the list again."))
    event.enrolments.exclude(pk__in=came).update(was_there=False)
    there.update(was_there=True)
    tell(actor, "event_attended", event, at, came=len(set(came)))
    return event


@operation("forum.prepare")
def note_event(*, actor: Actor, event_id: str, notes: str, seen: str = "", at: datetime | None = None) -> Event:
    """Keep what was said and seen at the event, for those who were not there and for later.

    `seen` is the fingerprint of what one began from; raises `Overtaken` with what is stored now when it is another.
    """
    event = held_event_for(actor, event_id, PREPARE, at)
    at = at or clock.now()
    _must_have_begun(event, at)
    check_not_overtaken(seen, notes_words(event.notes), notes_words(notes))
    found = Findings()
    event.notes = found.text("notes", notes, longest=LONGEST)
    found.insist()
    event.noted_at = at
    event.save(update_fields=["notes", "noted_at"])
    tell(actor, "event_noted", event, at)
    return event


@operation("forum.raise")
def tell_what_event_led_to(
    *, actor: Actor, event_id: str, kind: str, thing_id: str, how: str = "", at: datetime | None = None
) -> LedTo:
    """Link an event to what came of it: an item, a matter, a decision or an experience, with a line that says how."""
    event = held_event_for(actor, event_id, RAISE, at)
    at = at or clock.now()
    _must_have_begun(event, at)
    if event.led_to.count() >= MOST_LED_TO:
        raise TooLarge(_("An event leads to at most %(most)s things here.") % {"most": MOST_LED_TO})
    found = Findings()
    how = found.line("how", how, 300, required=False)
    kind = found.choice("kind", kind, ["item", "matter", "decision", "experience"])
    found.insist()
    made = LedTo(event=event, how=how, told_at=at, told_by_id=actor.holding_id)
    _point(made, actor, kind, thing_id, at)
    if event.led_to.filter(**{f"{kind}_id": thing_id}).exists():
        raise Refused(_("That is told already."))
    made.save(force_insert=True)
    tell(actor, "event_led_to", event, at, kind=kind, thing=thing_id)
    return made


def _point(made: LedTo, actor: Actor, kind: str, thing_id: str, at: datetime) -> None:
    """Only at what the actor may see."""
    if kind == "item":
        made.item = Item.objects.filter(forum__in=visible_forums(actor, at), pk=thing_id).first()
    elif kind == "matter":
        made.matter = visible_matters(actor, at).filter(pk=thing_id).first()
    elif kind == "decision":
        made.decision = visible_decisions(actor, at).filter(pk=thing_id).first()
    else:
        seen = visible_decisions(actor, at)
        made.experience = Experience.objects.filter(version__decision__in=seen, pk=thing_id).first()
    if (made.item or made.matter or made.decision or made.experience) is None:
        raise Absent


def _must_have_begun(event: Event, at: datetime) -> None:
    if event.meeting.state == MeetingState.CANCELLED:
        raise Refused(_("The event is cancelled."))
    if at < event.meeting.starts_at:
        raise Refused(_("The event has not begun yet."))
