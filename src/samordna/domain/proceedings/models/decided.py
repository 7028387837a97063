"""Decisions at a meeting: what is asked, what each voice says, what came of it, and who reserved itself."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samordna.core.fields import IdField, together
from samordna.domain.forums.enums import Method, Quorum, Share, Voice
from samordna.domain.forums.models import Forum, Item, Seat
from samordna.domain.organisations.models import Holding
from samordna.domain.proceedings.enums import QuestionState, Settled


class Question(models.Model):
    """What the meeting is asked to decide. How it decides is copied from the forum's routine when the question opens.

    `options`: what one chooses among, by number from "1"; empty where one says yes or no to `text`.
    """

    id = IdField()
    item = models.ForeignKey(Item, models.PROTECT, related_name="questions")
    text = models.TextField()
    method = models.CharField(max_length=12, choices=Method.choices)
    voice = models.CharField(max_length=8, choices=Voice.choices)
    quorum = models.CharField(max_length=16, choices=Quorum.choices)
    share = models.CharField(max_length=16, choices=Share.choices)
    options = models.JSONField(default=list, blank=True)
    state = models.CharField(max_length=8, choices=QuestionState.choices, default=QuestionState.OPEN)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Holding, models.PROTECT, null=True, blank=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(Holding, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("question of a meeting")
        verbose_name_plural = _("questions of meetings")
        ordering = ["opened_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", closed_at__isnull=True) | Q(state="closed", closed_at__isnull=False),
                name="a_closed_question_was_closed_at_a_moment",
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]


class Vote(models.Model):
    """What was said for a seat. Every one is kept; the last of a voice before the closing counts.

    `seat`: empty for the coordinator where it decides and does not sit. `cast_by`: who said it; `put_in`: whoever keeps
    the notes put it in for somebody there. `clears`: the objection that this one withdraws or says is met.
    """

    id = IdField()
    question = models.ForeignKey(Question, models.PROTECT, related_name="votes")
    seat = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="votes")
    choice = models.CharField(max_length=12, blank=True)
    ranks = models.JSONField(default=list, blank=True)
    reason = models.TextField(blank=True)
    clears = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="cleared_by")
    cast_at = models.DateTimeField()
    cast_by = models.ForeignKey(Holding, models.PROTECT, null=True, blank=True, related_name="+")
    put_in = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("vote")
        verbose_name_plural = _("votes")
        ordering = ["cast_at", "pk"]

    def __str__(self) -> str:
        return f"{self.question_id} {self.choice}"


class Outcome(models.Model):
    """What came of a question. Its statement is written apart from the tally; a decision is numbered in its forum and year.

    `rests_on`: the tally, the quorum, ties and the mandate as they were when the question was closed, as data.
    """

    id = IdField()
    question = models.OneToOneField(Question, models.PROTECT, related_name="outcome")
    forum = models.ForeignKey(Forum, models.PROTECT, related_name="outcomes")
    result = models.CharField(max_length=12, choices=Settled.choices)
    year = models.PositiveIntegerField(null=True, blank=True)
    number = models.PositiveIntegerField(null=True, blank=True)
    statement = models.TextField()
    rests_on = models.JSONField(default=dict)
    settled_at = models.DateTimeField()
    settled_by = models.ForeignKey(Holding, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("outcome")
        verbose_name_plural = _("outcomes")
        ordering = ["-year", "-number", "-settled_at", "pk"]
        constraints = [
            together("an_outcome_has_year_and_number_or_neither", "year", "number"),
            models.UniqueConstraint(fields=["forum", "year", "number"], name="a_decision_has_its_own_number_in_its_forum"),
        ]

    def __str__(self) -> str:
        return self.reference or self.question_id

    @property
    def reference(self) -> str:
        """The number as it is written: "2026:14"; "" when nothing was decided."""
        return f"{self.year}:{self.number}" if self.number else ""


class Reservation(models.Model):
    """A voice wants it written down that it did not agree, and why. It changes no outcome."""

    id = IdField()
    question = models.ForeignKey(Question, models.PROTECT, related_name="reservations")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="reservations")
    text = models.TextField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Holding, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("reservation")
        verbose_name_plural = _("reservations")
        ordering = ["made_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["question", "seat"], name="a_seat_reserves_itself_once")]

    def __str__(self) -> str:
        return f"{self.question_id} {self.seat_id}"
