"""What those who were at a meeting thought of it, and what was changed because of that."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from samordna.core.fields import IdField
from samordna.domain.forums.models import Forum, Meeting
from samordna.domain.organisations.models import Holding
from samordna.domain.worth.enums import Decided, Worth


class Check(models.Model):
    """One person's answer about one meeting. Who answered is kept so that nobody answers twice and so that those who
    answered are told what was changed; it is never shown beside the answer."""

    id = IdField()
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="checks")
    holding = models.ForeignKey(Holding, models.PROTECT, related_name="+")
    worth = models.CharField(_("was it worth the time?"), max_length=8, choices=Worth.choices)
    decided = models.CharField(_("did we decide what we should?"), max_length=8, choices=Decided.choices)
    change = models.CharField(_("what should change?"), max_length=300, blank=True)
    answered_at = models.DateTimeField(_("answered"))

    class Meta:
        verbose_name = _("meeting check")
        verbose_name_plural = _("meeting checks")
        ordering = ["meeting_id", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "holding"], name="one_check_of_a_meeting_each"),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}"


class Changed(models.Model):
    """What those who prepare a forum have changed because of the meeting checks."""

    id = IdField()
    forum = models.ForeignKey(Forum, models.PROTECT, related_name="changes_made")
    text = models.TextField(_("what we changed"))
    told_at = models.DateTimeField(_("told"))
    told_by = models.ForeignKey(Holding, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("what was changed")
        verbose_name_plural = _("what was changed")
        ordering = ["-told_at", "pk"]

    def __str__(self) -> str:
        return f"{self.forum_id} {self.told_at:%Y-%m-%d}"
