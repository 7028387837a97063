"""Roles of the collaboration itself, which some organisation's role carries for a time."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samordna.core.fields import IdField, holds_for_some_time
from samordna.domain.collaborations.models.joined import Collaboration
from samordna.domain.organisations.models import Role


class CollaborationRole(models.Model):
    """A lasting task in a collaboration: chair of the steering group, keeper of the routine. Ended, never deleted.

    It has no holders of its own: an organisation's role carries it, so that it can go round, and so that whoever holds that
    role today is the one who does it.
    """

    id = IdField()
    collaboration = models.ForeignKey(Collaboration, models.PROTECT, related_name="own_roles")
    name = models.CharField(_("name"), max_length=120)
    purpose = models.TextField(_("purpose"), blank=True)
    responsibilities = models.TextField(_("responsibilities"), blank=True)
    authority = models.TextField(_("authority"), blank=True)
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("role in a collaboration")
        verbose_name_plural = _("roles in collaborations")
        ordering = ["collaboration_id", "name", "pk"]
        constraints = [holds_for_some_time("collaboration_role_holds_for_some_time")]

    def __str__(self) -> str:
        return self.name


class CarryingQuerySet(models.QuerySet["Carrying"]):
    """Filters with a name."""

    def on(self, day: date) -> CarryingQuerySet:
        """Those that run on this day."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day), valid_from__lte=day)


class Carrying(models.Model):
    """An organisation's role carries a role of the collaboration from one day up to (not including) another.

    One that ends on the day it begins was taken back before it ran.
    """

    id = IdField()
    carried = models.ForeignKey(CollaborationRole, models.PROTECT, related_name="carryings")
    role = models.ForeignKey(Role, models.PROTECT, related_name="carryings")
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until"), null=True, blank=True)

    objects = CarryingQuerySet.as_manager()

    class Meta:
        verbose_name = _("carrying")
        verbose_name_plural = _("carryings")
        ordering = ["carried_id", "valid_from", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=models.F("valid_from")),
                name="carrying_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=["carried"],
                condition=Q(valid_to__isnull=True),
                name="one_role_carries_until_further_notice",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.carried_id} by {self.role_id}"
