"""Kinds of questionnaire and question, levels, and where a wave stands."""

from __future__ import annotations

from django.db import models
from django.utils.translation import pgettext_lazy as _p


class QuestionnaireKind(models.TextChoices):
    """What a questionnaire is for."""

    SELF = "self", _p("questionnaire", "Self-assessment")
    INTEGRATION = "integration", _p("questionnaire", "Integration between organisations")
    PULSE = "pulse", _p("questionnaire", "Pulse")
    OWN = "own", _p("questionnaire", "Own questionnaire")
    LICENSED = "licensed", _p("questionnaire", "Licensed questionnaire")


class QuestionKind(models.TextChoices):
    """How a question is answered."""

    SCALE = "scale", _p("question", "Scale")
    SINGLE = "single", _p("question", "One of several")
    MULTIPLE = "multiple", _p("question", "Any of several")
    NUMBER = "number", _p("question", "Number")
    TEXT = "text", _p("question", "Own words")
    PAIRS = "pairs", _p("question", "Scale for each of the other organisations")


class Level(models.TextChoices):
    """Where in its organisation somebody who answers works."""

    LEADERSHIP = "leadership", _p("level", "Leadership")
    MIDDLE = "middle", _p("level", "Middle management")
    PROFESSIONAL = "professional", _p("level", "Professionals")


class Standing(models.TextChoices):
    """Where a wave stands on a day; worked out, never stored."""

    COMING = "coming", _p("wave", "Not open yet")
    OPEN = "open", _p("wave", "Open")
    CLOSED = "closed", _p("wave", "Closed")


class FeedbackAbout(models.TextChoices):
    """What feedback is about."""

    COORDINATION = "coordination", _p("feedback", "The coordination")
    DECISION = "decision", _p("feedback", "A decision")


class FeedbackOutcome(models.TextChoices):
    """What came of feedback."""

    CHANGED = "changed", _p("feedback", "Changed")
    PLANNED = "planned", _p("feedback", "Will be changed")
    KEPT = "kept", _p("feedback", "Stays as it is")
