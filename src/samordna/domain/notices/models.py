"""Notices, and what each person wants letters about. A notice holds no words of its own: see `kinds`."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from samordna.core.fields import IdField
from samordna.domain.collaborations.models import Collaboration
from samordna.domain.notices.enums import Group, Rhythm
from samordna.domain.organisations.models import Person, Role


class Notice(models.Model):
    """One person, as the holder of one role, is told of one thing. `key` says which, so that it is told once.

    `at`: when it happened; `made_at`: when this was written. `due`: the last day that it reminds of. `settled_at`: it is
    decided whether a letter goes out about it, and if one does, that one holds this notice. `about`: see `About`.
    """

    id = IdField()
    key = models.CharField(max_length=120, unique=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="notices")
    role = models.ForeignKey(Role, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    about = models.CharField(max_length=16)
    about_id = models.CharField(max_length=12)
    due = models.DateField(_("last day"), null=True)
    at = models.DateTimeField(_("at"))
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(_("read"), null=True)
    settled_at = models.DateTimeField(null=True)
    letter_id = models.CharField(max_length=12, blank=True)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["person", "role", "-at"], name="notices_of_a_holder"),
            models.Index(fields=["person"], condition=models.Q(settled_at__isnull=True), name="notices_unsettled"),
            models.Index(fields=["person", "role"], condition=models.Q(read_at__isnull=True), name="notices_unread"),
        ]

    def __str__(self) -> str:
        return self.key


class Choice(models.Model):
    """How often one person wants letters about one kind of notice. `chosen_at`: when it was last chosen otherwise."""

    id = IdField()
    person = models.ForeignKey(Person, models.CASCADE, related_name="notice_choices")
    group = models.CharField(_("kind of notice"), max_length=12, choices=Group.choices)
    rhythm = models.CharField(_("rhythm"), max_length=8, choices=Rhythm.choices)
    chosen_at = models.DateTimeField(_("chosen"), null=True)

    class Meta:
        verbose_name = _("choice about letters")
        verbose_name_plural = _("choices about letters")
        ordering = ["person_id", "group"]
        constraints = [models.UniqueConstraint(fields=["person", "group"], name="one_rhythm_per_kind_of_notice")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.group} {self.rhythm}"


class ReminderRule(models.Model):
    """How many days before a last day a collaboration reminds those who have not answered; none is never."""

    collaboration = models.OneToOneField(Collaboration, models.CASCADE, primary_key=True, related_name="reminder_rule")
    days = models.JSONField(_("days before"), default=list)

    class Meta:
        verbose_name = _("rule for reminders")
        verbose_name_plural = _("rules for reminders")

    def __str__(self) -> str:
        return f"{self.collaboration_id} {self.days}"


class Spread(models.Model):
    """One row: how much of the journal has been turned into notices."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    sequence = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = _("progress of notices")
        verbose_name_plural = _("progress of notices")
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_progress_of_notices")]

    def __str__(self) -> str:
        return str(self.sequence)
