"""Times that are looked for: who is asked, where one could meet, which times are proposed, and what each says of them."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from samordna.core.fields import IdField
from samordna.domain.forums.models import Forum, Meeting
from samordna.domain.organisations.models import Holding, Role
from samordna.domain.scheduling.enums import Suits, Wanted


class TimeQuestion(models.Model):
    """When can we meet? Open until a time is chosen (`meeting`) or the question is dropped.

    The times looked at lie from `first_on` to `last_on`, on `weekdays`, between `opens` and `closes`.
    """

    id = IdField()
    forum = models.ForeignKey(Forum, models.PROTECT, related_name="time_questions")
    title = models.CharField(_("title"), max_length=120, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    first_on = models.DateField(_("first day"))
    last_on = models.DateField(_("last day"))
    weekdays = models.JSONField(_("weekdays"), default=list)
    opens = models.TimeField(_("not before"))
    closes = models.TimeField(_("over by"))
    answer_by = models.DateField(_("answers by"), null=True, blank=True)
    asked_at = models.DateTimeField(_("asked"))
    asked_by = models.ForeignKey(Holding, models.PROTECT, null=True, blank=True, related_name="+")
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    dropped_reason = models.TextField(_("why it was dropped"), blank=True)
    meeting = models.OneToOneField(Meeting, models.PROTECT, null=True, blank=True, related_name="time_question")

    class Meta:
        verbose_name = _("question about a time")
        verbose_name_plural = _("questions about times")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(last_on__gte=F("first_on")), name="time_question_has_days"),
            models.CheckConstraint(condition=Q(closes__gt=F("opens")), name="time_question_has_hours"),
            models.CheckConstraint(condition=Q(minutes__gt=0), name="time_question_takes_some_time"),
        ]

    def __str__(self) -> str:
        return f"{self.forum_id} {self.first_on}"


class Asked(models.Model):
    """A role that is asked, and how much it is wanted."""

    id = IdField()
    question = models.ForeignKey(TimeQuestion, models.PROTECT, related_name="asked")
    role = models.ForeignKey(Role, models.PROTECT, related_name="asked_about_times")
    wanted = models.CharField(_("wanted"), max_length=8, choices=Wanted.choices, default=Wanted.SHOULD)

    class Meta:
        verbose_name = _("role asked about a time")
        verbose_name_plural = _("roles asked about a time")
        ordering = ["question_id", "pk"]
        constraints = [models.UniqueConstraint(fields=["question", "role"], name="a_role_is_asked_once_about_a_time")]

    def __str__(self) -> str:
        return f"{self.role_id} {self.wanted}"


class Spot(models.Model):
    """Where one could meet. `travel`: minutes from each organisation, by its id, one way."""

    id = IdField()
    question = models.ForeignKey(TimeQuestion, models.PROTECT, related_name="spots")
    name = models.CharField(_("name"), max_length=200)
    seats = models.PositiveSmallIntegerField(_("seats"), null=True, blank=True)
    online = models.BooleanField(_("from elsewhere"), default=False)
    travel = models.JSONField(_("minutes of travel"), default=dict, blank=True)
    added_at = models.DateTimeField(_("added"))
    removed_at = models.DateTimeField(_("taken away"), null=True, blank=True)

    class Meta:
        verbose_name = _("place where one could meet")
        verbose_name_plural = _("places where one could meet")
        ordering = ["added_at", "pk"]

    def __str__(self) -> str:
        return self.name


class TimeOption(models.Model):
    """A proposed time and place."""

    id = IdField()
    question = models.ForeignKey(TimeQuestion, models.PROTECT, related_name="options")
    starts_at = models.DateTimeField(_("begins"))
    spot = models.ForeignKey(Spot, models.PROTECT, null=True, blank=True, related_name="+")
    by_hand = models.BooleanField(_("proposed by hand"), default=False)
    proposed_at = models.DateTimeField(_("proposed"))
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    class Meta:
        verbose_name = _("proposed time")
        verbose_name_plural = _("proposed times")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["question", "starts_at"],
                condition=Q(withdrawn_at__isnull=True),
                name="a_time_is_proposed_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.question_id} {self.starts_at:%Y-%m-%d %H:%M}"


class TimeReply(models.Model):
    """What a role says of a proposed time: the latest, and who said it."""

    id = IdField()
    option = models.ForeignKey(TimeOption, models.PROTECT, related_name="replies")
    asked = models.ForeignKey(Asked, models.CASCADE, related_name="replies")
    suits = models.CharField(_("suits"), max_length=12, choices=Suits.choices)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    answered_at = models.DateTimeField(_("answered"))
    answered_by = models.ForeignKey(Holding, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("answer about a time")
        verbose_name_plural = _("answers about times")
        ordering = ["answered_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["option", "asked"], name="a_role_answers_once_about_a_time")]

    def __str__(self) -> str:
        return f"{self.asked_id} {self.suits}"


class BusyHours(models.Model):
    """When a holder is busy within the question's window, from its calendar; deleted when the question closes.

    `spans`: minutes since 1970 from, to, and 1 for perhaps. `since`, `until`: what the calendar was read for; before and
    after, nothing is known. Nothing else of the calendar is kept.
    """

    id = IdField()
    asked = models.ForeignKey(Asked, models.CASCADE, related_name="busy_hours")
    holding = models.ForeignKey(Holding, models.PROTECT, related_name="+")
    spans = models.JSONField(_("busy hours"), default=list)
    unread = models.JSONField(_("what could not be read"), default=dict)
    since = models.DateTimeField(_("known from"))
    until = models.DateTimeField(_("known until"))
    given_at = models.DateTimeField(_("given"))

    class Meta:
        verbose_name = _("busy hours")
        verbose_name_plural = _("busy hours")
        ordering = ["given_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["asked", "holding"], name="a_holder_gives_its_busy_hours_once"),
            models.CheckConstraint(condition=Q(since__lt=models.F("until")), name="busy_hours_are_known_for_a_while"),
        ]

    def __str__(self) -> str:
        return f"{self.asked_id} {self.given_at:%Y-%m-%d}"

    def covers(self, start: datetime, end: datetime) -> bool:
        """Does it say whether one is free from `start` to `end`?"""
        return self.since <= start and end <= self.until
