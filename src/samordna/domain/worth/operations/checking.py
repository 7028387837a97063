"""The meeting check: answered by those who were there, and answered with what was changed."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from samordna.core import clock, journal
from samordna.core.actor import Actor
from samordna.core.errors import Refused
from samordna.core.operation import operation
from samordna.domain.forums.access import PREPARE, RAISE, forum_for, meeting_for, owners_of
from samordna.domain.forums.models import Forum
from samordna.domain.organisations.findings import Findings
from samordna.domain.worth.asking import why_not_checked
from samordna.domain.worth.enums import Decided, Worth
from samordna.domain.worth.limits import LONGEST_CHANGE
from samordna.domain.worth.models import Changed, Check


@operation("forum.raise")
def check_meeting(
    *, actor: Actor, meeting_id: str, worth: str, decided: str, change: str = "", at: datetime | None = None
) -> Check:
    """Say what one thought of a meeting that one was at: three taps and a line, within a week. Said again, it replaces."""
    meeting = meeting_for(actor, meeting_id, RAISE, at)
    at = at or clock.now()
    reason = why_not_checked(actor, meeting, at)
    if reason:
        raise Refused(reason)
    found = Findings()
    given = {
        "worth": found.choice("worth", worth, Worth.values),
        "decided": found.choice("decided", decided, Decided.values),
        "change": found.line("change", change, 300, required=False),
        "answered_at": at,
    }
    found.insist()
    own = Check.objects.filter(meeting=meeting, holding__person_id=actor.person_id).first()
    check, _made = Check.objects.update_or_create(
        meeting=meeting, holding_id=own.holding_id if own else actor.holding_id, defaults=given
    )
    _tell(actor, "meeting_checked", meeting.forum, at)
    return check


@operation("forum.prepare")
def tell_what_changed(*, actor: Actor, forum_id: str, text: str, at: datetime | None = None) -> Changed:
    """Say what was changed because of the meeting checks; those who have answered since last time get a notice.

    Whom that is stands nowhere: it is worked out from their answers when they are told.
    """
    forum = forum_for(actor, forum_id, PREPARE, at)
    at = at or clock.now()
    if not Check.objects.filter(meeting__forum=forum).exists():
        raise Refused(_("Nobody has answered a meeting check here yet, so there is nothing to answer."))
    found = Findings()
    told = found.text("text", text, longest=LONGEST_CHANGE)
    found.insist()
    made = Changed.objects.create(forum=forum, text=told, told_at=at, told_by_id=actor.holding_id)
    _tell(actor, "meetings_improved", forum, at)
    return made


def _tell(actor: Actor, action: str, forum: Forum, at: datetime) -> None:
    """Never what anybody answered, about which meeting, or who has: with the days of the groups that would say whose a line
    is."""
    for owner in owners_of(forum):
        if owner.accepted_at:
            journal.record(
                actor=actor,
                action=action,
                subject_kind="forum",
                subject_id=forum.pk,
                collaboration_id=owner.collaboration_id,
                at=at,
            )
