"""Who stands behind an organisation's taking part."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from samordna.core.fields import IdField
from samordna.domain.collaborations.models.joined import Collaboration
from samordna.domain.organisations.models import Holding, Organisation, Role


class SponsorshipQuerySet(models.QuerySet["Sponsorship"]):
    """Filters with a name."""

    def standing(self) -> SponsorshipQuerySet:
        """Those that have not ended."""
        return self.filter(ended_at__isnull=True)


class Sponsorship(models.Model):
    """A manager's role stands behind one organisation's taking part in a collaboration, until it ends or another does."""

    id = IdField()
    collaboration = models.ForeignKey(Collaboration, models.PROTECT, related_name="sponsorships")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    role = models.ForeignKey(Role, models.PROTECT, related_name="sponsorships")
    named_at = models.DateTimeField(_("named"))
    named_by = models.ForeignKey(Holding, models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    ended_by = models.ForeignKey(Holding, models.PROTECT, null=True, blank=True, related_name="+")

    objects = SponsorshipQuerySet.as_manager()

    class Meta:
        verbose_name = _("sponsorship")
        verbose_name_plural = _("sponsorships")
        ordering = ["collaboration_id", "organisation_id", "-named_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["collaboration", "organisation"],
                condition=Q(ended_at__isnull=True),
                name="one_sponsor_at_a_time",
                violation_error_message=_("The organisation has named its sponsor already."),
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("named_at")), name="sponsorship_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role_id} for {self.organisation_id} in {self.collaboration_id}"
