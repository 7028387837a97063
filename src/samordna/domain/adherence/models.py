"""How each organisation follows a decision, and what it has learnt by doing so. Answers are added, never changed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samordna.core.fields import IdField
from samordna.domain.adherence.enums import ExperienceTone, FollowingAnswerKind, ReviewOutcome
from samordna.domain.collaborations.models import Goal
from samordna.domain.decisions.models import DecisionVersion
from samordna.domain.matters.models import Aspect
from samordna.domain.organisations.models import Holding, Organisation


class FollowingAnswer(models.Model):
    """One honest answer; the latest per organisation and version counts, all are kept.

    `must` is what the ruling said when the answer was given; a refusal where following is a must is a breach.
    `not_followed`: the aspects that a refusal is about, each with its label as it was then; none is the whole decision.
    """

    id = IdField()
    version = models.ForeignKey(DecisionVersion, models.PROTECT, related_name="following_answers")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="following_answers")
    kind = models.CharField(_("answer"), max_length=12, choices=FollowingAnswerKind.choices)
    by = models.DateField(_("by"), null=True, blank=True)
    actions = models.TextField(_("what will be done"), blank=True)
    reason = models.TextField(_("reason"), blank=True)
    not_followed = models.JSONField(_("what is not followed"), default=list, blank=True)
    must = models.BooleanField(_("must follow"))
    answered_at = models.DateTimeField(_("answered"))
    answered_by = models.ForeignKey(Holding, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("following answer")
        verbose_name_plural = _("following answers")
        ordering = ["version_id", "organisation_id", "-answered_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind=FollowingAnswerKind.WILL_CHANGE) | (Q(by__isnull=False) & ~Q(actions="")),
                name="change_has_a_date_and_actions",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=[FollowingAnswerKind.CANNOT, FollowingAnswerKind.WILL_NOT]) | ~Q(reason=""),
                name="not_following_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.kind}"


class Experience(models.Model):
    """What an organisation has learnt by following a decision, about one aspect or the whole."""

    id = IdField()
    version = models.ForeignKey(DecisionVersion, models.PROTECT, related_name="experiences")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    aspect = models.ForeignKey(Aspect, models.PROTECT, null=True, blank=True, related_name="+")
    tone = models.CharField(_("tone"), max_length=8, choices=ExperienceTone.choices)
    text = models.TextField(_("text"))
    effect = models.TextField(_("effect for the individual"), blank=True)
    shared_at = models.DateTimeField(_("shared"))
    shared_by = models.ForeignKey(Holding, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("experience")
        verbose_name_plural = _("experiences")
        ordering = ["version_id", "-shared_at", "pk"]

    def __str__(self) -> str:
        return f"{self.tone} by {self.organisation_id}"


class Theme(models.Model):
    """The theme under which the coordinator has put an experience. What was told stays as it was told."""

    id = IdField()
    experience = models.OneToOneField(Experience, models.PROTECT, related_name="theme")
    name = models.CharField(_("theme"), max_length=80)
    sorted_at = models.DateTimeField(_("sorted"))
    sorted_by = models.ForeignKey(Holding, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("theme of an experience")
        verbose_name_plural = _("themes of experiences")
        ordering = ["name", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="a_theme_has_a_name")]

    def __str__(self) -> str:
        return self.name


class Review(models.Model):
    """One look back at a version in force: what it came to, why, and when one looks again.

    `seen` is what it rested on that day: how the decision was followed, which experiences had been told, and the goals of
    the collaboration with the own work that had been told for them.
    """

    id = IdField()
    version = models.ForeignKey(DecisionVersion, models.PROTECT, related_name="reviews")
    outcome = models.CharField(_("outcome"), max_length=8, choices=ReviewOutcome.choices)
    conclusion = models.TextField(_("conclusion"))
    seen = models.JSONField(_("what it rested on"))
    next_on = models.DateField(_("next review"), null=True, blank=True)
    reviewed_at = models.DateTimeField(_("reviewed"))
    reviewed_by = models.ForeignKey(Holding, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering = ["version_id", "-reviewed_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(outcome=ReviewOutcome.KEEP) | Q(next_on__isnull=False), name="what_is_kept_is_reviewed_again"
            ),
            models.CheckConstraint(condition=~Q(conclusion=""), name="a_review_comes_to_something"),
        ]

    def __str__(self) -> str:
        return f"{self.outcome}: {self.version_id}"


class Improvement(models.Model):
    """Something that an organisation does of its own to follow a decision better, until it is done or dropped."""

    id = IdField()
    version = models.ForeignKey(DecisionVersion, models.PROTECT, related_name="improvements")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    text = models.TextField(_("what is done"))
    by = models.DateField(_("by"))
    added_at = models.DateTimeField(_("added"))
    added_by = models.ForeignKey(Holding, models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    closed_by = models.ForeignKey(Holding, models.PROTECT, null=True, blank=True, related_name="+")
    dropped_reason = models.TextField(_("reason for dropping it"), blank=True)

    class Meta:
        verbose_name = _("improvement")
        verbose_name_plural = _("improvements")
        ordering = ["version_id", "organisation_id", "by", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True, dropped_reason="")
                | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="an_improvement_is_closed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class HelpOffer(models.Model):
    """What an organisation that already follows a decision offers the others, until it takes the offer back."""

    id = IdField()
    version = models.ForeignKey(DecisionVersion, models.PROTECT, related_name="help_offers")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    text = models.TextField(_("what is offered"))
    offered_at = models.DateTimeField(_("offered"))
    offered_by = models.ForeignKey(Holding, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    class Meta:
        verbose_name = _("offer of help")
        verbose_name_plural = _("offers of help")
        ordering = ["version_id", "offered_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "organisation"], condition=Q(ended_at__isnull=True), name="one_offer_of_help_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return self.text


class HelpRequest(models.Model):
    """One organisation's wish for the help that another has offered, and the answer to it."""

    id = IdField()
    offer = models.ForeignKey(HelpOffer, models.PROTECT, related_name="requests")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    text = models.TextField(_("what is asked for"))
    asked_at = models.DateTimeField(_("asked"))
    asked_by = models.ForeignKey(Holding, models.PROTECT, related_name="+")
    answer = models.TextField(_("answer"), blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(Holding, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("request for help")
        verbose_name_plural = _("requests for help")
        ordering = ["offer_id", "asked_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by__isnull=True, answer="")
                | (Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer="")),
                name="a_request_for_help_is_answered_as_a_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class OwnWork(models.Model):
    """What an organisation does by itself that helps a common goal, in its own words, until it no longer does."""

    id = IdField()
    goal = models.ForeignKey(Goal, models.PROTECT, related_name="own_work")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    what = models.TextField(_("what we do"))
    how = models.TextField(_("how it helps"))
    stated_at = models.DateTimeField(_("stated"))
    stated_by = models.ForeignKey(Holding, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("own work")
        verbose_name_plural = _("own work")
        ordering = ["goal_id", "organisation_id", "stated_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(what="") & ~Q(how=""), name="own_work_says_what_and_how_it_helps"),
        ]

    def __str__(self) -> str:
        return self.what[:60]
