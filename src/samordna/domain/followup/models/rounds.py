"""Rounds of reports: one for each period of a frequency, with a report of each organisation that is asked."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samordna.core.fields import IdField
from samordna.domain.collaborations.models import Collaboration
from samordna.domain.followup.enums import Frequency, ReportState
from samordna.domain.organisations.models import Holding, Organisation


class Round(models.Model):
    """The reports of a collaboration for one period. It opens by itself when the period has ended."""

    id = IdField()
    collaboration = models.ForeignKey(Collaboration, models.PROTECT, related_name="rounds")
    frequency = models.CharField(_("how often"), max_length=8, choices=Frequency.choices)
    period = models.CharField(_("period"), max_length=8)
    starts_on = models.DateField(_("first day of the period"))
    due_on = models.DateField(_("last day to report"))
    opened_at = models.DateTimeField(_("opened"))

    class Meta:
        verbose_name = _("round of reports")
        verbose_name_plural = _("rounds of reports")
        ordering = ["collaboration_id", "-starts_on", "frequency", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["collaboration", "period"], name="one_round_for_a_period"),
            models.CheckConstraint(condition=Q(due_on__gt=models.F("starts_on")), name="a_round_is_due_after_its_period"),
        ]

    def __str__(self) -> str:
        return f"{self.period} in {self.collaboration_id}"


class Report(models.Model):
    """One organisation's report in a round. `note`: what the coordinator said when it was sent back or opened again."""

    id = IdField()
    round = models.ForeignKey(Round, models.PROTECT, related_name="reports")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    state = models.CharField(_("state"), max_length=9, choices=ReportState.choices, default=ReportState.WAITING)
    comment = models.TextField(_("what there is to say about the period"), blank=True)
    note = models.TextField(_("why it was sent back"), blank=True)
    moved_at = models.DateTimeField(_("moved"))
    moved_by = models.ForeignKey(Holding, models.PROTECT, null=True, blank=True, related_name="+")
    submitted_at = models.DateTimeField(_("sent in"), null=True, blank=True)

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["round_id", "organisation_id", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "organisation"], name="one_report_of_an_organisation_in_a_round"),
            models.CheckConstraint(
                condition=~Q(state=ReportState.RETURNED) | ~Q(note=""), name="what_is_sent_back_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} of {self.organisation_id}"
