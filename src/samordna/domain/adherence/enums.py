"""The four honest answers, and the two kinds of experience."""

from __future__ import annotations

from django.db import models
from django.utils.translation import pgettext_lazy as _p


class FollowingAnswerKind(models.TextChoices):
    """How an organisation follows a decision, in its own honest words."""

    ALREADY_SO = "already_so", _p("following answer", "Already so")
    WILL_CHANGE = "will_change", _p("following answer", "Will change")
    CANNOT = "cannot", _p("following answer", "Cannot")
    WILL_NOT = "will_not", _p("following answer", "Will not")


class ReviewOutcome(models.TextChoices):
    """What a review came to."""

    KEEP = "keep", _p("review", "Keep it as it is")
    CHANGE = "change", _p("review", "Prepare the next version")
    END = "end", _p("review", "End it")


class ExperienceTone(models.TextChoices):
    """Did following the decision help or hinder?"""

    HELPS = "helps", _p("experience", "Helps")
    HINDERS = "hinders", _p("experience", "Hinders")


class Urgency(models.TextChoices):
    """What an organisation's answers need of somebody, the most urgent first."""

    BREACH = "breach", _p("following", "In breach of a decision")
    OVERDUE = "overdue", _p("following", "The day of the change has passed")
    SILENT = "silent", _p("following", "Have not answered")
    NOT_FOLLOWING = "not_following", _p("following", "Do not follow, and may choose so")
    CHANGING = "changing", _p("following", "Will change")
    FOLLOWING = "following", _p("following", "Already so in everything")
    UNBOUND = "unbound", _p("following", "Not bound")
