"""What an annual report consists of, and how far it has come."""

from __future__ import annotations

from django.db import models
from django.utils.translation import pgettext_lazy as _p


class ReportStage(models.TextChoices):
    """A draft is the coordinator's; an adopted report is everybody's, and never changed."""

    DRAFT = "draft", _p("annual report", "Draft")
    ADOPTED = "adopted", _p("annual report", "Adopted")


class ChapterKind(models.TextChoices):
    """The chapters, in the order that they have at first."""

    SUMMARY = "summary", _p("chapter", "The year in short")
    PURPOSE = "purpose", _p("chapter", "Purpose and parties")
    GOALS = "goals", _p("chapter", "Goals and results")
    DECISIONS = "decisions", _p("chapter", "Decisions")
    FOLLOWING = "following", _p("chapter", "How the decisions are followed")
    MEETINGS = "meetings", _p("chapter", "Meetings")
    ASSESSMENTS = "assessments", _p("chapter", "What we think of our collaboration")
    CHANGES = "changes", _p("chapter", "What the results led to")
    COST = "cost", _p("chapter", "What it takes")
    PLAN = "plan", _p("chapter", "Plan for the year to come")
