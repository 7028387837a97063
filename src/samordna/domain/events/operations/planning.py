"""Events planned, described and called to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time

from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Refused
from samordna.core.operation import operation
from samordna.core.overtaking import check_not_overtaken
from samordna.domain.events.access import invited_roles
from samordna.domain.events.enums import EventKind
from samordna.domain.events.limits import LONGEST, MOST_INVITED, MOST_PLACES
from samordna.domain.events.models import Event, Invited
from samordna.domain.events.operations.holding import held_event_for, tell
from samordna.domain.events.operations.places import settle_places
from samordna.domain.events.wording import event_words, said_of, told_of
from samordna.domain.forums.access import PREPARE, forum_for, owners_of
from samordna.domain.forums.choosing import preparers_within
from samordna.domain.forums.enums import AHEAD, MeetingState
from samordna.domain.forums.operations import call_meeting, plan_meeting
from samordna.domain.organisations.findings import Findings


@operation("forum.prepare")
def plan_event(
    *,
    actor: Actor,
    forum_id: str,
    kind: str,
    title: str,
    why: str,
    on: date,
    begins: time,
    ends: time,
    place: str = "",
    link: str = "",
    for_whom: str = "",
    programme: str = "",
    places: int | None = None,
    answer_by: date | None = None,
    everybody: bool = True,
    invited: Sequence[str] = (),
    at: datetime | None = None,
) -> Event:
    """Plan an event: a meeting of the forum with what an event has besides. `invited`: ids of roles and organisations."""
    forum_for(actor, forum_id, PREPARE, at)
    at = at or clock.now()
    found = Findings()
    found.line("title", title, 120)
    event = Event(planned_at=at, planned_by_id=actor.holding_id)
    _describe(event, found, kind, why, for_whom, programme, places, answer_by, everybody=everybody)
    _find_answer_by(found, answer_by, on, at)
    found.insist()
    event.meeting = plan_meeting(
        actor=actor,
        forum_id=forum_id,
        on=on,
        begins=begins,
        ends=ends,
        title=title,
        place=place,
        link=link,
        at=at,
    )
    event.save(force_insert=True)
    _invite(event, invited, at)
    tell(actor, "event_planned", event, at, kind=event.kind)
    return event


@operation("forum.prepare")
def describe_event(
    *,
    actor: Actor,
    event_id: str,
    kind: str,
    why: str,
    for_whom: str = "",
    programme: str = "",
    places: int | None = None,
    answer_by: date | None = None,
    everybody: bool = True,
    invited: Sequence[str] = (),
    seen: str = "",
    at: datetime | None = None,
) -> Event:
    """Say anew what an event is for, its programme, places and who is invited. Day, time and place are its meeting's.

    `seen` is the fingerprint of what one began from; raises `Overtaken` with what is stored now when it is another.
    """
    event = held_event_for(actor, event_id, PREPARE, at)
    at = at or clock.now()
    if event.meeting.state not in AHEAD:
        raise Refused(_("The event is over or cancelled, so what it was stands."))
    given = said_of(kind, why, for_whom, programme, places, answer_by, invited, everybody=everybody)
    there = list(event.invited.select_related("role__organisation", "organisation"))
    check_not_overtaken(seen, event_words(event, there), given, told_of(event, there))
    found = Findings()
    if answer_by != event.answer_by:
        _find_answer_by(found, answer_by, clock.day(event.meeting.starts_at), at)
    _describe(event, found, kind, why, for_whom, programme, places, answer_by, everybody=everybody)
    found.insist()
    event.save()
    _invite(event, invited, at)
    tell(actor, "event_described", event, at, kind=event.kind)
    settle_places(actor, event, at)
    return event


@operation("forum.prepare")
def invite_to_event(*, actor: Actor, event_id: str, at: datetime | None = None) -> Event:
    """Send the invitations to those who have not got theirs: they get a notice. Those who sit in the forum are called, if
    they are not already."""
    event = held_event_for(actor, event_id, PREPARE, at)
    at = at or clock.now()
    invited = set(invited_roles(event, at).values_list("pk", flat=True))
    roles = sorted(invited - set(event.told))
    if event.meeting.state not in AHEAD or (invited and not roles):
        raise Refused(_("The invitations are out already, or the event is over or cancelled."))
    if not roles:
        raise Refused(_("Nobody is invited yet. Choose roles or organisations, or all who take part."))
    if event.meeting.state == MeetingState.PLANNED:
        call_meeting(actor=actor, meeting_id=event.meeting_id, at=at)
    event.told = sorted({*event.told, *roles})
    event.save(update_fields=["told"])
    tell(actor, "event_invited", event, at, roles=roles)
    event.refresh_from_db()
    return event


def _describe(
    event: Event,
    found: Findings,
    kind: str,
    why: str,
    for_whom: str,
    programme: str,
    places: int | None,
    answer_by: date | None,
    *,
    everybody: bool,
) -> None:
    event.kind = found.choice("kind", kind, EventKind.values)
    event.why = found.text("why", why, longest=LONGEST)
    event.for_whom = found.line("for_whom", for_whom, 300, required=False)
    event.programme = found.text("programme", programme, required=False, longest=LONGEST)
    if places is not None and not 1 <= places <= MOST_PLACES:
        told = _("Write a number of places between 1 and %(most)s, or leave it empty.")
        found.say("places", told % {"most": MOST_PLACES})
    event.places, event.answer_by, event.everybody = places, answer_by, everybody


def _find_answer_by(found: Findings, answer_by: date | None, on: date, at: datetime) -> None:
    """The last day to answer is today or later, and not after the event."""
    if answer_by is not None and answer_by > on:
        found.say("answer_by", _("The last day to answer comes before the event."))
    if answer_by is not None and answer_by < clock.day(at):
        found.say("answer_by", _("The last day to answer has passed. Choose today or a later day."))


def _invite(event: Event, invited: Sequence[str], at: datetime) -> None:
    """Those named are those now; who was invited before and still is, keeps the day."""
    found, wanted = Findings(), sorted({one for one in invited if one})
    there = preparers_within(owners_of(event.meeting.forum), clock.day(at))
    roles = set(there.filter(pk__in=wanted).values_list("pk", flat=True))
    organisations = set(there.filter(organisation_id__in=wanted).values_list("organisation_id", flat=True))
    if len(wanted) > MOST_INVITED:
        found.say("invited", _("Name at most %(most)s, or invite all who take part.") % {"most": MOST_INVITED})
    elif set(wanted) - roles - organisations:
        found.say("invited", _("Choose roles and organisations of those who take part."))
    found.insist()
    for row in event.invited.all():
        if (row.role_id or row.organisation_id) not in wanted:
            row.delete()
    before = {row.role_id or row.organisation_id for row in event.invited.all()}
    Invited.objects.bulk_create(Invited(event=event, role_id=pk, invited_at=at) for pk in sorted(roles - before))
    Invited.objects.bulk_create(
        Invited(event=event, organisation_id=pk, invited_at=at) for pk in sorted(organisations - before)
    )
