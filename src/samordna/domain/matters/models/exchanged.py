"""What goes to and fro while a matter is weighed: requests, links to answer by, questions and answers."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samordna.core.fields import IdField
from samordna.domain.matters.enums import MatterStage
from samordna.domain.matters.models.asked import Aspect, Matter
from samordna.domain.matters.models.said import Condition, Position
from samordna.domain.organisations.models import Holding, Organisation


class Reconsideration(models.Model):
    """The coordinator's request that a participant thinks a condition over, and what its owner answered.

    `gives_way` is None until it is answered. Giving way withdraws the condition; the answer to a condition that stands is
    why it has to.
    """

    id = IdField()
    condition = models.ForeignKey(Condition, models.PROTECT, related_name="reconsiderations")
    text = models.TextField(_("what is asked, and why"))
    asked_at = models.DateTimeField(_("asked"))
    asked_by = models.ForeignKey(Holding, models.PROTECT, null=True, blank=True, related_name="+")
    gives_way = models.BooleanField(_("gives way"), null=True, blank=True)
    answer = models.TextField(_("answer"), blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(Holding, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("request to reconsider")
        verbose_name_plural = _("requests to reconsider")
        ordering = ["condition_id", "-asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["condition"],
                condition=Q(answered_at__isnull=True),
                name="one_open_request_per_condition",
                violation_error_message=_("The owner has been asked already and has not answered yet."),
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, gives_way__isnull=True)
                | Q(answered_at__isnull=False, gives_way__isnull=False),
                name="request_is_answered_as_a_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"request about {self.condition_id}"


class AnswerLinkQuerySet(models.QuerySet["AnswerLink"]):
    """Filters with a name."""

    def living(self, at: datetime) -> AnswerLinkQuerySet:
        """Links that may still be used at this moment."""
        return self.filter(used_at__isnull=True, revoked_at__isnull=True, expires_at__gt=at)


class AnswerLink(models.Model):
    """A link by which somebody without an account answers one position, once. Only the token's hash is kept."""

    id = IdField()
    position = models.ForeignKey(Position, models.PROTECT, related_name="links")
    recipient = models.EmailField(_("recipient"))
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(_("made"))
    made_by = models.ForeignKey(Holding, models.PROTECT, related_name="+")
    expires_at = models.DateTimeField(_("expires"))
    used_at = models.DateTimeField(_("used"), null=True, blank=True)
    used_as = models.CharField(_("used as"), max_length=160, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    objects = AnswerLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer link")
        verbose_name_plural = _("answer links")
        ordering = ["position_id", "-made_at", "pk"]

    def __str__(self) -> str:
        return f"link to {self.position_id}"


class InquiryQuerySet(models.QuerySet["Inquiry"]):
    """Filters with a name."""

    def living(self) -> InquiryQuerySet:
        """Those that have not been taken back."""
        return self.filter(withdrawn_at__isnull=True)

    def unanswered(self) -> InquiryQuerySet:
        """Those that still wait for an answer."""
        return self.living().filter(answered_at__isnull=True)


class Inquiry(models.Model):
    """A question about a matter, asked before judging it, and its answer. Everybody who takes part reads both.

    `organisation` asks and `asked_of` is asked; none is the coordination. `stage`: where the matter stood. An answer may be
    corrected (`revised_at`); the journal keeps what was said before.
    """

    id = IdField()
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="inquiries")
    aspect = models.ForeignKey(Aspect, models.PROTECT, null=True, blank=True, related_name="inquiries")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    asked_of = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    stage = models.CharField(_("stage"), max_length=16, choices=MatterStage.choices)
    text = models.TextField(_("question"))
    asked_at = models.DateTimeField(_("asked"))
    asked_by = models.ForeignKey(Holding, models.PROTECT, null=True, blank=True, related_name="+")
    changed_at = models.DateTimeField(_("changed"), null=True, blank=True)
    answer = models.TextField(_("answer"), blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(Holding, models.PROTECT, null=True, blank=True, related_name="+")
    revised_at = models.DateTimeField(_("answer corrected"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    objects = InquiryQuerySet.as_manager()

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["matter_id", "asked_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="a_question_says_something"),
            models.CheckConstraint(
                condition=Q(organisation__isnull=False) | Q(asked_of__isnull=False),
                name="coordination_asks_somebody_else",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answer="") | (Q(answered_at__isnull=False) & ~Q(answer="")),
                name="a_question_is_answered_in_words",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(answered_at__isnull=True),
                name="what_was_answered_stays",
            ),
        ]

    def __str__(self) -> str:
        return f"question in {self.matter_id}"
