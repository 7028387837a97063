"""Kinds of step, for whom a programme is, how a step was done, and how it stands."""

from __future__ import annotations

from enum import StrEnum

from django.db import models
from django.utils.translation import pgettext_lazy as _p


class StepKind(models.TextChoices):
    """What one does in a step."""

    READ = "read", _p("kind of step", "Read")
    MEET = "meet", _p("kind of step", "Meet")
    VISIT = "visit", _p("kind of step", "Visit")
    COURSE = "course", _p("kind of step", "Course")
    TRY = "try", _p("kind of step", "Try")


class Reach(models.TextChoices):
    """For whose roles a programme is."""

    EVERYBODY = "everybody", _p("reach of a programme", "All roles")
    TASKS = "tasks", _p("reach of a programme", "Roles with a task in the collaboration")
    KIND = "kind", _p("reach of a programme", "Roles of a kind")
    ROLE = "role", _p("reach of a programme", "A named role")


class How(models.TextChoices):
    """How it is known that a step is done."""

    OWN = "own", _p("how a step was done", "Marked by the person")
    VOUCHED = "vouched", _p("how a step was done", "Filled in by the organisation")
    EARLIER = "earlier", _p("how a step was done", "Done earlier, in another organisation")
    ATTENDED = "attended", _p("how a step was done", "Was at the event")


class StepState(StrEnum):
    """How a step stands for somebody on a day."""

    DONE = "done"
    RENEW = "renew"  # done, and soon to be done again
    TO_DO = "to_do"
    LATE = "late"


class Standing(models.TextChoices):
    """How far somebody has come with a programme."""

    INTRODUCED = "introduced", _p("standing", "Introduced")
    UNDER_WAY = "under_way", _p("standing", "Under way")
    NOT_BEGUN = "not_begun", _p("standing", "Not begun")
