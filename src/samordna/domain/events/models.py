"""Events: meetings of another kind, with a programme, places and those who come."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samordna.core.fields import IdField
from samordna.domain.adherence.models import Experience
from samordna.domain.decisions.models import Decision
from samordna.domain.events.enums import Coming, EventKind
from samordna.domain.forums.models import Item, Meeting
from samordna.domain.matters.models import Matter
from samordna.domain.organisations.models import Holding, Organisation, Role


class Event(models.Model):
    """What a meeting of a forum is besides a meeting: when, where, the call and the agenda are the meeting's own.

    `places`: how many can come; empty for any number. `everybody`: all who take part are invited, not only those named.
    """

    id = IdField()
    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="event")
    kind = models.CharField(_("kind"), max_length=16, choices=EventKind.choices)
    why = models.TextField(_("what it is for"))
    for_whom = models.CharField(_("for whom"), max_length=300, blank=True)
    programme = models.TextField(_("programme"), blank=True)
    places = models.PositiveIntegerField(_("places"), null=True, blank=True)
    answer_by = models.DateField(_("last day to answer"), null=True, blank=True)
    everybody = models.BooleanField(_("all who take part are invited"), default=True)
    told = models.JSONField(_("roles that the invitations have gone to"), default=list, blank=True)
    planned_at = models.DateTimeField(_("planned"))
    planned_by = models.ForeignKey(Holding, models.PROTECT, null=True, blank=True, related_name="+")
    notes = models.TextField(_("notes"), blank=True)
    noted_at = models.DateTimeField(_("noted"), null=True, blank=True)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["meeting__starts_at", "pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.meeting_id}"


class Invited(models.Model):
    """A role, or an organisation with all its roles, is invited."""

    id = IdField()
    event = models.ForeignKey(Event, models.PROTECT, related_name="invited")
    role = models.ForeignKey(Role, models.PROTECT, null=True, blank=True, related_name="invited_to")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="invited_to")
    invited_at = models.DateTimeField(_("invited"))

    class Meta:
        verbose_name = _("invited")
        verbose_name_plural = _("invited")
        ordering = ["invited_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(role__isnull=True, organisation__isnull=False)
                | Q(role__isnull=False, organisation__isnull=True),
                name="a_role_or_an_organisation_is_invited",
            )
        ]

    def __str__(self) -> str:
        return f"{self.event_id}: {self.role_id or self.organisation_id}"


class Enrolment(models.Model):
    """What one holder of a role has answered, and whether they came. Those who come get places in the order in which they
    said so; who has a place and who waits is worked out from that order, never stored. `waits`: what it has been told, so
    that nobody moves up or down untold."""

    id = IdField()
    event = models.ForeignKey(Event, models.PROTECT, related_name="enrolments")
    holding = models.ForeignKey(Holding, models.PROTECT, related_name="enrolments")
    answer = models.CharField(_("answer"), max_length=8, choices=Coming.choices)
    answered_at = models.DateTimeField(_("answered"))
    note = models.CharField(_("note"), max_length=200, blank=True)
    waits = models.BooleanField(_("has been told that it waits"), default=False)
    was_there = models.BooleanField(_("was there"), null=True, blank=True)

    class Meta:
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        ordering = ["answered_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["event", "holding"], name="one_answer_to_an_event_each")]

    def __str__(self) -> str:
        return f"{self.event_id}: {self.answer}"


class LedTo(models.Model):
    """Something that an event led to: an item, a matter, a decision or an experience, with a sentence that says how."""

    id = IdField()
    event = models.ForeignKey(Event, models.PROTECT, related_name="led_to")
    item = models.ForeignKey(Item, models.PROTECT, null=True, blank=True, related_name="led_to_by")
    matter = models.ForeignKey(Matter, models.PROTECT, null=True, blank=True, related_name="led_to_by")
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, blank=True, related_name="led_to_by")
    experience = models.ForeignKey(Experience, models.PROTECT, null=True, blank=True, related_name="led_to_by")
    how = models.CharField(_("how"), max_length=300, blank=True)
    told_at = models.DateTimeField(_("told"))
    told_by = models.ForeignKey(Holding, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("what an event led to")
        verbose_name_plural = _("what events led to")
        ordering = ["told_at", "pk"]

    def __str__(self) -> str:
        return f"from {self.event_id}"
