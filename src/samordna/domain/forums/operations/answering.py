"""Answers to a call: who comes, by itself or by a deputy; on the page, or as a calendar sent it."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Refused
from samordna.core.operation import operation
from samordna.domain.forums.access import ATTEND, PREPARE, prepares
from samordna.domain.forums.calendar_reading import Unreadable
from samordna.domain.forums.calendar_replies import Answer, replies
from samordna.domain.forums.deputising import deputies_for, role_at
from samordna.domain.forums.enums import Coming, MeetingState
from samordna.domain.forums.events import meeting_in
from samordna.domain.forums.models import CallAnswer, Meeting
from samordna.domain.forums.operations.holding import held_meeting_for
from samordna.domain.forums.operations.telling import tell
from samordna.domain.forums.sentences import refused_sentence
from samordna.domain.organisations.findings import Findings
from samordna.domain.organisations.models import Holding

ANSWERS = {Answer.YES: Coming.COMES, Answer.NO: Coming.CANNOT, Answer.PERHAPS: Coming.PERHAPS}
LONGEST_REPLY = 200_000  # characters


@operation("forum.attend")
def answer_call(
    *, actor: Actor, meeting_id: str, says: str, instead_id: str = "", role_id: str = "", at: datetime | None = None
) -> CallAnswer:
    """Say whether a role that is called comes: one's own or, for those who prepare the forum, another's that told them.

    `instead_id`: the holding of whoever comes in its place. The last answer counts.
    """
    meeting = held_meeting_for(actor, meeting_id, ATTEND, at)
    at = at or clock.now()
    role_id = role_id or actor.role_id or ""
    if role_id != actor.role_id and not prepares(actor, meeting.forum, at):
        raise Refused(_("You answer for the role that you hold. Those who prepare the forum answer for others."))
    _must_be_called(meeting, role_id, at)
    found = Findings()
    said = found.choice("says", says, Coming.values)
    instead = None
    if said == Coming.DEPUTY:
        instead = next((held for held in deputies_for(meeting.forum, role_id, at) if held.pk == instead_id), None)
        if instead is None:
            found.say("instead_id", _("Choose who comes instead: a deputy of the role, or of the same party in the forum."))
    found.insist()
    return _keep(actor, meeting, role_id, said, instead, at)


@operation("forum.prepare")
def take_calendar_answer(
    *, actor: Actor, meeting_id: str, file: str, sender: str, at: datetime | None = None
) -> CallAnswer:
    """Take in what a calendar sent back to a call (iTIP). `sender`: the address that it came from, which whoever hands it
    in vouches for; the file alone is not believed."""
    meeting = held_meeting_for(actor, meeting_id, PREPARE, at)
    at = at or clock.now()
    found = Findings()
    sender = found.line("sender", sender, 254)
    file = found.text("file", file, longest=LONGEST_REPLY)
    found.insist()
    try:
        answers = [one for one in replies(file.encode(), sender, at) if meeting_in(one.uid) == meeting.pk]
    except Unreadable as unreadable:
        found.say("file", refused_sentence(unreadable))
        answers = []
    found.insist()
    if not answers:
        found.say("file", _("The answer is to another meeting than this one."))
    elif answers[-1].sequence != meeting.sequence:
        found.say("file", _("The answer is to an earlier call; the meeting has moved since. Ask for a new answer."))
    role = role_at(meeting.forum, sender, at)
    if role is None:
        found.say("sender", _("Nobody with that address holds a role that is called to the meeting."))
    found.insist()
    role_id = role.pk if role else ""
    _must_be_called(meeting, role_id, at)
    return _keep(actor, meeting, role_id, ANSWERS[answers[-1].answer], None, at, by_calendar=True)


def _must_be_called(meeting: Meeting, role_id: str, at: datetime) -> None:
    if meeting.state != MeetingState.CALLED:
        raise Refused(_("Only a call to a meeting that is still to come is answered."))
    if not role_id or not _sits(meeting, role_id):
        raise Refused(_("The role is not called to the meeting: it does not sit in the forum."))


def _sits(meeting: Meeting, role_id: str) -> bool:
    return meeting.forum.seats.filter(role_id=role_id, valid_to__isnull=True).exists()


def _keep(
    actor: Actor,
    meeting: Meeting,
    role_id: str,
    says: str,
    instead: Holding | None,
    at: datetime,
    *,
    by_calendar: bool = False,
) -> CallAnswer:
    said = {"says": says, "instead": instead, "sequence": meeting.sequence, "answered_at": at}
    by = None if by_calendar else actor.holding_id
    kept, _made = CallAnswer.objects.update_or_create(
        meeting=meeting, role_id=role_id, defaults=said | {"answered_by_id": by}
    )
    told = {"role": role_id, "says": says, "instead": instead.pk if instead else "", "calendar": by_calendar}
    tell(actor, "call_answered", meeting.forum, at, meeting, **told)
    return kept
