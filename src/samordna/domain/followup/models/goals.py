"""Goals before they can be measured, what they rest on, and when one looks at them again.

The goal itself is the collaboration's (`collaborations.Goal`): what it was set to is never changed, and what points to it
from here is read along the chain of what it has become.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samordna.core.fields import IdField
from samordna.domain.agreements.models import Agreement
from samordna.domain.collaborations.enums import Direction, GoalKind
from samordna.domain.collaborations.models import Collaboration, Goal
from samordna.domain.decisions.models import Decision
from samordna.domain.followup.enums import Aggregation, Frequency, NumberKind
from samordna.domain.forums.models import Forum
from samordna.domain.matters.models import Matter
from samordna.domain.organisations.models import Holding


class GoalDraft(models.Model):
    """A goal that is being made measurable: everything but what it wants may still be missing.

    It ends as a goal, or dropped.
    """

    id = IdField()
    collaboration = models.ForeignKey(Collaboration, models.PROTECT, related_name="goal_drafts")
    what = models.CharField(_("goal"), max_length=200)
    kind = models.CharField(_("kind"), max_length=8, choices=GoalKind.choices, default=GoalKind.RESULT)
    indicator = models.CharField(_("indicator"), max_length=200, blank=True)
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    number_kind = models.CharField(_("kind of figure"), max_length=8, choices=NumberKind.choices, blank=True)
    aggregation = models.CharField(_("the whole"), max_length=8, choices=Aggregation.choices, blank=True)
    direction = models.CharField(_("direction"), max_length=4, choices=Direction.choices, blank=True)
    source = models.CharField(_("where the figures come from"), max_length=200, blank=True)
    frequency = models.CharField(_("how often"), max_length=8, choices=Frequency.choices, blank=True)
    baseline = models.DecimalField(_("baseline"), max_digits=16, decimal_places=4, null=True, blank=True)
    baseline_on = models.DateField(_("baseline measured"), null=True, blank=True)
    target = models.DecimalField(_("target"), max_digits=16, decimal_places=4, null=True, blank=True)
    target_on = models.DateField(_("to be reached by"), null=True, blank=True)
    review_on = models.DateField(_("next review"), null=True, blank=True)
    drafted_at = models.DateTimeField(_("drafted"))
    drafted_by = models.ForeignKey(Holding, models.PROTECT, null=True, blank=True, related_name="+")
    goal = models.OneToOneField(Goal, models.PROTECT, null=True, blank=True, related_name="drafted_as")
    dropped_at = models.DateTimeField(_("dropped"), null=True, blank=True)

    class Meta:
        verbose_name = _("draft of a goal")
        verbose_name_plural = _("drafts of goals")
        ordering = ["collaboration_id", "drafted_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(what=""), name="a_draft_says_what_it_wants"),
            models.CheckConstraint(
                condition=Q(goal__isnull=True) | Q(dropped_at__isnull=True), name="a_draft_ends_as_a_goal_or_dropped"
            ),
        ]

    def __str__(self) -> str:
        return self.what


class GoalReview(models.Model):
    """One look at a goal: what it came to and when one looks again. The first has only the day. The latest counts."""

    id = IdField()
    goal = models.ForeignKey(Goal, models.PROTECT, related_name="reviews")
    conclusion = models.TextField(_("conclusion"), blank=True)
    next_on = models.DateField(_("next review"))
    reviewed_at = models.DateTimeField(_("reviewed"))
    reviewed_by = models.ForeignKey(Holding, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("review of a goal")
        verbose_name_plural = _("reviews of goals")
        ordering = ["goal_id", "-reviewed_at", "pk"]

    def __str__(self) -> str:
        return f"{self.goal_id} again on {self.next_on}"


class GoalGround(models.Model):
    """What a goal rests on: a decision, an agreement, a matter or a forum. A link, not a copy."""

    id = IdField()
    goal = models.ForeignKey(Goal, models.PROTECT, related_name="grounds")
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, blank=True, related_name="grounds_goals")
    agreement = models.ForeignKey(Agreement, models.PROTECT, null=True, blank=True, related_name="grounds_goals")
    matter = models.ForeignKey(Matter, models.PROTECT, null=True, blank=True, related_name="grounds_goals")
    forum = models.ForeignKey(Forum, models.PROTECT, null=True, blank=True, related_name="grounds_goals")
    linked_at = models.DateTimeField(_("linked"))
    linked_by = models.ForeignKey(Holding, models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("what a goal rests on")
        verbose_name_plural = _("what goals rest on")
        ordering = ["goal_id", "linked_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decision__isnull=False, agreement__isnull=True, matter__isnull=True, forum__isnull=True)
                | Q(decision__isnull=True, agreement__isnull=False, matter__isnull=True, forum__isnull=True)
                | Q(decision__isnull=True, agreement__isnull=True, matter__isnull=False, forum__isnull=True)
                | Q(decision__isnull=True, agreement__isnull=True, matter__isnull=True, forum__isnull=False),
                name="a_goal_rests_on_one_thing_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.goal_id} rests on something"
