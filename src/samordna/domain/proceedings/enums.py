"""What happens at a meeting: who is there, what is said in a decision, what becomes of what is to be done."""

from __future__ import annotations

from django.db import models
from django.utils.translation import pgettext_lazy as _p


class Presence(models.TextChoices):
    """Is somebody there?"""

    PRESENT = "present", _p("attendance", "Present")
    ABSENT = "absent", _p("attendance", "Absent")


class QuestionState(models.TextChoices):
    """How far a question has come."""

    OPEN = "open", _p("question of a meeting", "Open for voices")
    CLOSED = "closed", _p("question of a meeting", "Closed")


class Settled(models.TextChoices):
    """What came of a question: `methods.Result` in the words it is kept in, and what was left without a decision."""

    CARRIED = "carried", _p("outcome", "Decided: yes")
    NOT_CARRIED = "not_carried", _p("outcome", "Decided: no")
    LEFT = "left", _p("outcome", "Left without a decision")


DECIDED = frozenset({Settled.CARRIED, Settled.NOT_CARRIED})
"""Outcomes that get a number in the register of decisions."""


class ActionState(models.TextChoices):
    """What has become of something that was to be done."""

    OPEN = "open", _p("action point", "To be done")
    DONE = "done", _p("action point", "Done")
    DROPPED = "dropped", _p("action point", "Dropped")


class Step(models.TextChoices):
    """What somebody has done with an action point."""

    NOTED = "noted", _p("step of an action point", "Noted")
    HANDED = "handed", _p("step of an action point", "Handed over")
    MOVED = "moved", _p("step of an action point", "Given another day")
    DONE = "done", _p("step of an action point", "Done")
    DROPPED = "dropped", _p("step of an action point", "Dropped")
    REOPENED = "reopened", _p("step of an action point", "Taken up again")
