"""A collaboration's own rule for reminders."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from samordna.core import journal
from samordna.core.actor import Actor
from samordna.core.errors import Invalid
from samordna.core.operation import operation
from samordna.domain.collaborations.access import collaboration_for
from samordna.domain.notices.limits import FURTHEST_REMINDER, MOST_REMINDERS
from samordna.domain.notices.models import ReminderRule


@operation("collaboration.lead")
def set_reminder_days(
    *, actor: Actor, collaboration_id: str, days: Iterable[int], at: datetime | None = None
) -> ReminderRule:
    """Say how many days before a last day those who have not answered are reminded; no days at all is never."""
    collaboration = collaboration_for(actor, collaboration_id, "collaboration.lead", at)
    wanted = sorted(set(days), reverse=True)
    if len(wanted) > MOST_REMINDERS:
        raise Invalid({"days": _("At most %(most)d reminders before a last day.") % {"most": MOST_REMINDERS}})
    wrong = [each for each in wanted if not 0 <= each <= FURTHEST_REMINDER]
    if wrong:
        sentence = _("%(days)d is no number of days from 0 to %(most)d.")
        raise Invalid({"days": sentence % {"days": wrong[0], "most": FURTHEST_REMINDER}})
    rule, _made = ReminderRule.objects.update_or_create(collaboration=collaboration, defaults={"days": wanted})
    journal.record(
        actor=actor,
        action="reminder_days_set",
        subject_kind="collaboration",
        subject_id=collaboration.pk,
        collaboration_id=collaboration.pk,
        at=at,
        days=wanted,
    )
    return rule
