"""Who answers a call to a meeting, and the addresses from which calendars fetch meetings."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samordna.core.fields import IdField
from samordna.domain.forums.enums import Coming
from samordna.domain.forums.models.founded import Forum
from samordna.domain.forums.models.met import Meeting
from samordna.domain.organisations.models import Holding, Person, Role


class CallAnswer(models.Model):
    """What a role that is called to a meeting has answered. `sequence`: the meeting's own, when it was; an answer to an
    earlier one counts no longer, for the meeting has moved since. `instead`: who comes in its place.

    `answered_by` is empty when a calendar answered.
    """

    id = IdField()
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="answers")
    role = models.ForeignKey(Role, models.PROTECT, related_name="call_answers")
    says = models.CharField(_("answer"), max_length=8, choices=Coming.choices)
    instead = models.ForeignKey(Holding, models.PROTECT, null=True, blank=True, related_name="+")
    sequence = models.PositiveIntegerField(_("number of changes"))
    answered_at = models.DateTimeField(_("answered"))
    answered_by = models.ForeignKey(Holding, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("answer to a call")
        verbose_name_plural = _("answers to calls")
        ordering = ["meeting_id", "answered_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "role"], name="a_role_answers_a_call_once"),
            models.CheckConstraint(
                condition=Q(says="deputy", instead__isnull=False) | (~Q(says="deputy") & Q(instead__isnull=True)),
                name="a_deputy_comes_instead_of_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.role_id} {self.says}"


class CalendarAddress(models.Model):
    """One person's secret address from which a calendar fetches meetings: those of all its forums, or of one of them.

    The address itself is not stored; it is signed, and is changed by ending this and making another.
    """

    id = IdField()
    person = models.ForeignKey(Person, models.CASCADE, related_name="calendar_addresses")
    forum = models.ForeignKey(Forum, models.PROTECT, null=True, blank=True, related_name="calendar_addresses")
    made_at = models.DateTimeField(_("made"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("calendar address")
        verbose_name_plural = _("calendar addresses")
        ordering = ["person_id", "made_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(ended_at__isnull=True, forum__isnull=True),
                name="one_calendar_address_of_a_person",
            ),
            models.UniqueConstraint(
                fields=["person", "forum"],
                condition=Q(ended_at__isnull=True, forum__isnull=False),
                name="one_calendar_address_of_a_person_in_a_forum",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.forum_id or ''}"
