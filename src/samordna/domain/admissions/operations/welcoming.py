"""Many organisations at once: those that are registered are let in, those that are not are invited to bring their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Invalid, TooLarge
from samordna.core.operation import operation
from samordna.domain.admissions.limits import INVITATION_DAYS, MOST_AT_ONCE, MOST_OPEN
from samordna.domain.admissions.lists import Line, LineOutcome, judged
from samordna.domain.admissions.models import Invitation
from samordna.domain.admissions.operations.inviting import IssuedInvitation, check_days, issue
from samordna.domain.collaborations.access import collaboration_for
from samordna.domain.collaborations.models import Collaboration, Party
from samordna.domain.collaborations.operations.taking_part import take_in
from samordna.domain.organisations.findings import Findings


@operation("collaboration.lead")
def let_in_each(
    *,
    actor: Actor,
    collaboration_id: str,
    organisation_ids: Sequence[str],
    joined_on: date | None = None,
    at: datetime | None = None,
) -> list[Party]:
    """Let many organisations take part from a day on, each as a party of its own; all of them, or none."""
    collaboration_for(actor, collaboration_id, "collaboration.lead", at)
    at = at or clock.now()
    wanted = list(dict.fromkeys(organisation_ids))
    _must_be_few(len(wanted))
    if not wanted:
        raise Invalid({"organisation_ids": _("Choose at least one organisation from the list.")})
    first = joined_on or clock.day(at)
    return [take_in(actor, collaboration_id, [each], "", "", first, at) for each in wanted]


@operation("collaboration.lead")
def invite_organisations(
    *,
    actor: Actor,
    collaboration_id: str,
    organisations: Sequence[Mapping[str, str]],
    days: int = INVITATION_DAYS,
    origin: str = "",
    at: datetime | None = None,
) -> list[IssuedInvitation]:
    """Invite organisations (`name`, `number`, `kind`, `email` each) to take part; the first who accepts looks after it.

    One that is registered and has people of its own is let in from today, without a letter. All of them or none: raises
    `Invalid` with a sentence for each line that cannot be used.
    """
    collaboration = collaboration_for(actor, collaboration_id, "collaboration.lead", at)
    at = at or clock.now()
    Collaboration.objects.select_for_update().get(pk=collaboration_id)
    _must_be_few(len(organisations))
    unanswered = Invitation.objects.unanswered().filter(collaboration=collaboration)
    if unanswered.count() + len(organisations) > MOST_OPEN:
        raise TooLarge(_("At most %(most)s invitations wait for an answer at a time.") % {"most": MOST_OPEN})
    found = Findings()
    check_days(found, days)
    found.insist()
    lines = judged(collaboration, [Line.of(row) for row in organisations], at)
    faults = {f"line-{line.place}": line.sentence for line in lines if line.outcome is LineOutcome.FAULT}
    if faults or not lines:
        raise Invalid(faults or {"organisations": _("Write at least one organisation.")})
    known = [line.organisation_id for line in lines if line.outcome is LineOutcome.LET_IN]
    for organisation_id in known:
        take_in(actor, collaboration_id, [organisation_id], "", "", clock.day(at), at)
    return [
        issue(
            actor,
            at,
            days,
            origin,
            collaboration=collaboration,
            organisation_id=line.organisation_id or None,
            organisation_name=line.name,
            organisation_number=line.number,
            organisation_kind=line.kind,
            email=line.email,
        )
        for line in lines
        if line.outcome is LineOutcome.INVITE
    ]


def _must_be_few(count: int) -> None:
    if count > MOST_AT_ONCE:
        limit = {"most": MOST_AT_ONCE, "count": count}
        raise TooLarge(_("At most %(most)s organisations at a time; these are %(count)s.") % limit)
