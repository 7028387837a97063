"""What somebody is to do after a meeting, until it is done."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samordna.core.fields import IdField
from samordna.domain.forums.models import Item, Meeting
from samordna.domain.organisations.models import Holding, Role
from samordna.domain.proceedings.enums import ActionState, Step


class ActionPoint(models.Model):
    """One line: what is to be done, by which role, until when. `item`: where it was said, if at one of them."""

    id = IdField()
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="action_points")
    item = models.ForeignKey(Item, models.PROTECT, null=True, blank=True, related_name="action_points")
    what = models.CharField(max_length=300)
    owner_role = models.ForeignKey(Role, models.PROTECT, related_name="action_points")
    due_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=8, choices=ActionState.choices, default=ActionState.OPEN)
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(Holding, models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_note = models.TextField(blank=True)

    class Meta:
        verbose_name = _("action point")
        verbose_name_plural = _("action points")
        ordering = ["due_on", "noted_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", ended_at__isnull=True) | (~Q(state="open") & Q(ended_at__isnull=False)),
                name="an_action_point_that_is_not_open_has_ended",
            )
        ]

    def __str__(self) -> str:
        return self.what


class ActionStep(models.Model):
    """What somebody did with an action point, and why."""

    id = IdField()
    point = models.ForeignKey(ActionPoint, models.PROTECT, related_name="steps")
    step = models.CharField(max_length=8, choices=Step.choices)
    note = models.TextField(blank=True)
    from_role = models.ForeignKey(Role, models.PROTECT, null=True, blank=True, related_name="+")
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey(Holding, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("step of an action point")
        verbose_name_plural = _("steps of action points")
        ordering = ["taken_at", "pk"]

    def __str__(self) -> str:
        return f"{self.point_id} {self.step}"
