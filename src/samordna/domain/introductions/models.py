"""Introduction programmes, their steps, and what has been done of them. Who is being introduced is not stored: it follows
from the roles that people hold (`assigned.py`)."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samordna.core.fields import IdField, holds_for_some_time
from samordna.domain.agreements.models import Agreement
from samordna.domain.collaborations.models import Collaboration
from samordna.domain.decisions.models import Decision
from samordna.domain.events.models import Event
from samordna.domain.introductions.enums import How, Reach, StepKind
from samordna.domain.organisations.enums import RoleKind
from samordna.domain.organisations.models import Holding, Organisation, Role


class Programme(models.Model):
    """What somebody who takes a role is to learn: an organisation's own, or a collaboration's for all who take part.

    A draft until `published_on`; ended from `ended_on`. `present`: those who held their role before it was published are
    introduced too, counted from that day. `renewed_after`: so many months after a step it is done again; empty for never.
    """

    id = IdField()
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="introduction_programmes"
    )
    collaboration = models.ForeignKey(
        Collaboration, models.PROTECT, null=True, blank=True, related_name="introduction_programmes"
    )
    name = models.CharField(_("name"), max_length=120)
    why = models.TextField(_("what it is for"))
    renewed_after = models.PositiveSmallIntegerField(_("done again after so many months"), null=True, blank=True)
    present = models.BooleanField(_("also those who hold their role already"), default=False)
    begun_at = models.DateTimeField(_("begun"))
    begun_by = models.ForeignKey(Holding, models.PROTECT, null=True, blank=True, related_name="+")
    published_on = models.DateField(_("published"), null=True, blank=True)
    ended_on = models.DateField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("introduction programme")
        verbose_name_plural = _("introduction programmes")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=True, collaboration__isnull=False)
                | Q(organisation__isnull=False, collaboration__isnull=True),
                name="a_programme_is_of_an_organisation_or_a_collaboration",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def runs(self, on: date) -> bool:
        """Is it published and not ended on this day?"""
        return self.published_on is not None and self.published_on <= on and (self.ended_on is None or self.ended_on > on)


class ForWhom(models.Model):
    """For whose roles a programme is, from a day until another."""

    id = IdField()
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="for_whom")
    reach = models.CharField(_("for whom"), max_length=12, choices=Reach.choices)
    kind = models.CharField(_("kind of role"), max_length=20, choices=RoleKind.choices, blank=True)
    role = models.ForeignKey(Role, models.PROTECT, null=True, blank=True, related_name="introduced_by")
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("for whom a programme is")
        verbose_name_plural = _("for whom programmes are")
        ordering = ["valid_from", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(reach=Reach.ROLE, role__isnull=False, kind="")
                | (Q(reach=Reach.KIND, role__isnull=True) & ~Q(kind=""))
                | Q(reach__in=[Reach.EVERYBODY, Reach.TASKS], role__isnull=True, kind=""),
                name="a_programme_is_for_what_its_reach_says",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=models.F("valid_from")),
                name="for_whom_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme_id}: {self.reach} {self.kind}{self.role_id or ''}"


class Step(models.Model):
    """One thing to do. When its words change it is ended and another takes its place, so that what somebody did is kept as
    it was worded then.

    `root`: the first of those that count as one step; itself for a step that is to be done even by those who did what was
    there before. `asked_from`: the day from which the root is asked for. `place`: its order. `by_days`: so many days after
    taking the role. `address`, `agreement`, `decision`: what to read. `organisation`: whose profile, or whom to visit.
    `role`: whom to meet.
    """

    id = IdField()
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="steps")
    root = models.ForeignKey("self", models.PROTECT, related_name="wordings")
    place = models.PositiveSmallIntegerField(_("place"))
    kind = models.CharField(_("kind"), max_length=8, choices=StepKind.choices)
    what = models.CharField(_("what to do"), max_length=200)
    words = models.TextField(_("in more words"), blank=True)
    minutes = models.PositiveSmallIntegerField(_("expected minutes"), null=True, blank=True)
    by_days = models.PositiveSmallIntegerField(_("days after taking the role"), null=True, blank=True)
    address = models.CharField(_("address"), max_length=300, blank=True)
    agreement = models.ForeignKey(Agreement, models.PROTECT, null=True, blank=True, related_name="+")
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    role = models.ForeignKey(Role, models.PROTECT, null=True, blank=True, related_name="+")
    asked_from = models.DateField(_("asked for from"))
    added_at = models.DateTimeField(_("added"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("step of an introduction")
        verbose_name_plural = _("steps of introductions")
        ordering = ["place", "added_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["root"], condition=Q(ended_at__isnull=True), name="one_wording_of_a_step_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return self.what


class Session(models.Model):
    """An event at which a step is done: who was there has done it. `mistaken`: it was never to be, and nobody has."""

    id = IdField()
    step = models.ForeignKey(Step, models.PROTECT, related_name="sessions")
    event = models.ForeignKey(Event, models.PROTECT, related_name="introduces_in")
    chosen_at = models.DateTimeField(_("chosen"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    mistaken = models.BooleanField(_("chosen by mistake"), default=False)

    class Meta:
        verbose_name = _("session of a step")
        verbose_name_plural = _("sessions of steps")
        ordering = ["chosen_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["step", "event"], condition=Q(ended_at__isnull=True), name="an_event_is_a_session_of_a_step_once"
            ),
            models.CheckConstraint(
                condition=Q(mistaken=False) | Q(ended_at__isnull=False), name="a_session_by_mistake_is_let_go_of"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.step_id} {self.event_id}"


class Done(models.Model):
    """A holder has done a step, as it was worded then. It counts for the person's other roles in the same organisation."""

    id = IdField()
    step = models.ForeignKey(Step, models.PROTECT, related_name="done")
    holding = models.ForeignKey(Holding, models.PROTECT, related_name="introduced_in")
    on = models.DateField(_("day"))
    how = models.CharField(_("how it is known"), max_length=8, choices=How.choices)
    note = models.CharField(_("note"), max_length=200, blank=True)
    told_at = models.DateTimeField(_("told"))
    told_by = models.ForeignKey(Holding, models.PROTECT, null=True, blank=True, related_name="+")
    undone_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    class Meta:
        verbose_name = _("step that is done")
        verbose_name_plural = _("steps that are done")
        ordering = ["on", "told_at", "pk"]

    def __str__(self) -> str:
        return f"{self.holding_id} {self.step_id}"


class EarlierTraining(models.Model):
    """Training in collaboration that a holder has from before or from elsewhere, filled in by its organisation."""

    id = IdField()
    holding = models.ForeignKey(Holding, models.PROTECT, related_name="earlier_trainings")
    what = models.CharField(_("training"), max_length=200)
    on = models.DateField(_("day"))
    valid_to = models.DateField(_("valid until"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    told_at = models.DateTimeField(_("told"))
    told_by = models.ForeignKey(Holding, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(_("taken away"), null=True, blank=True)

    class Meta:
        verbose_name = _("earlier training")
        verbose_name_plural = _("earlier trainings")
        ordering = ["-on", "pk"]
        constraints = [holds_for_some_time("earlier_training_is_valid_for_some_time", start="on")]

    def __str__(self) -> str:
        return self.what
