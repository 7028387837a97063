"""Kinds of event, and what one answers to an invitation."""

from django.db import models
from django.utils.translation import pgettext_lazy as _p


class EventKind(models.TextChoices):
    """What sort of event it is."""

    PLANNING_DAY = "planning_day", _p("kind of event", "Planning day")
    STUDY_VISIT = "study_visit", _p("kind of event", "Study visit")
    TRAINING = "training", _p("kind of event", "Training")
    INTRODUCTION = "introduction", _p("kind of event", "Introduction")
    WORKSHOP = "workshop", _p("kind of event", "Workshop")


class Coming(models.TextChoices):
    """What somebody answers."""

    COMING = "coming", _p("event", "Coming")
    CANNOT = "cannot", _p("event", "Cannot come")
