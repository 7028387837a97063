"""Mandates and their clauses."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from samordna.core.fields import IdField, holds_for_some_time, together
from samordna.domain.collaborations.enums import (
    Following,
    MandateForm,
)
from samordna.domain.collaborations.models.joined import Area, Collaboration
from samordna.domain.organisations.models import Holding, Organisation, Role


class Mandate(models.Model):
    """What coordination may decide, given by one organisation: its own (form 1), lent (form 2) or granted (form 3).

    A delegated one is passed on from the collaboration that this one lies in; its giver is the organisation whose role
    coordinates there.
    """

    id = IdField()
    collaboration = models.ForeignKey(Collaboration, models.PROTECT, related_name="mandates")
    form = models.CharField(_("form"), max_length=16, choices=MandateForm.choices)
    giver = models.ForeignKey(Organisation, models.PROTECT, related_name="given_mandates")
    holder_role = models.ForeignKey(Role, models.PROTECT, related_name="held_mandates")
    wording = models.TextField(_("wording"))
    source = models.CharField(_("source document"), max_length=200)
    notice_days = models.PositiveSmallIntegerField(_("notice in days"), default=0)
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until"), null=True, blank=True)
    notice_given_at = models.DateTimeField(_("notice given"), null=True, blank=True)
    notice_given_by = models.ForeignKey(Holding, models.PROTECT, null=True, blank=True, related_name="+")
    ends_on = models.DateField(_("counts until, by notice"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    revoked_by = models.ForeignKey(Holding, models.PROTECT, null=True, blank=True, related_name="+")
    revoked_reason = models.TextField(_("reason for the revocation"), blank=True)

    class Meta:
        verbose_name = _("mandate")
        verbose_name_plural = _("mandates")
        ordering = ["collaboration_id", "giver_id", "valid_from", "pk"]
        constraints = [
            holds_for_some_time("mandate_holds_for_some_time"),
            together("mandate_revoked_by_somebody_at_some_time", "revoked_at", "revoked_by"),
            together("mandate_notice_by_somebody_for_some_day", "notice_given_at", "notice_given_by", "ends_on"),
        ]

    def __str__(self) -> str:
        return f"{self.form} by {self.giver_id}"


class Clause(models.Model):
    """One sentence of a mandate as data: over this area, what coordination decides and how it binds.

    `within`: in a delegated mandate, the area of the collaboration above whose deciding is passed on.
    """

    id = IdField()
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="clauses")
    area = models.ForeignKey(Area, models.PROTECT, related_name="clauses")
    within = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="passed_on")
    coordination_decides = models.BooleanField(_("coordination may decide"), default=True)
    participants_no_longer_decide = models.BooleanField(_("participants no longer decide themselves"), default=False)
    following = models.CharField(_("following"), max_length=8, choices=Following.choices, default=Following.MUST)

    class Meta:
        verbose_name = _("clause")
        verbose_name_plural = _("clauses")
        ordering = ["mandate_id", "area_id", "pk"]
        constraints = [models.UniqueConstraint(fields=["mandate", "area"], name="one_clause_per_mandate_and_area")]

    def __str__(self) -> str:
        return f"{self.mandate_id} over {self.area_id}"
