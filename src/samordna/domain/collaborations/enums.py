"""Forms of mandate, depth, and the life of a collaboration."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _p


class CollaborationState(models.TextChoices):
    """Where a collaboration is in its life."""

    PLANNED = "planned", _p("collaboration state", "Planned")
    FORMING = "forming", _p("collaboration state", "Being formed")
    ACTIVE = "active", _p("collaboration state", "Active")
    CLOSED = "closed", _p("collaboration state", "Closed")


class Duress(models.TextChoices):
    """How binding one of the three verbs join, contribute and follow is."""

    MAY = "may", _p("depth", "may")
    IF_IN = "if_in", _p("depth", "must, if in")
    MUST = "must", _p("depth", "must")


class MandateForm(models.TextChoices):
    """The three forms of mandate; form 1 has a variant where there is a duty to agree on something.

    Form 2 or 3 of one collaboration can be passed on, within its bounds, to one that lies in it.
    """

    OWN = "own", _("Each keeps its own mandate")
    DUTY_TO_AGREE = "duty_to_agree", _("Each keeps its own mandate, with a duty to agree")
    LENT = "lent", _("Lent by a participant")
    GRANTED = "granted", _("Granted from above")
    DELEGATED = "delegated", _("Delegated from the collaboration it lies in")


class Following(models.TextChoices):
    """Whether those bound by a clause must follow what coordination decides, or may choose not to."""

    MUST = "must", _p("binding", "must follow")
    MAY = "may", _p("binding", "may follow")


class CriterionKind(models.TextChoices):
    """Does the criterion take a person into the target group, or leave one out?"""

    INCLUDES = "includes", _p("criterion", "Includes")
    EXCLUDES = "excludes", _p("criterion", "Excludes")


class CriterionOperator(models.TextChoices):
    """How a criterion compares."""

    IS = "is", _p("criterion", "is")
    IS_NOT = "is_not", _p("criterion", "is not")
    AT_LEAST = "at_least", _p("criterion", "at least")
    AT_MOST = "at_most", _p("criterion", "at most")


class PointKind(models.TextChoices):
    """What one point of the shared picture is about."""

    PROBLEM = "problem", _p("picture", "Problem")
    NEED = "need", _p("picture", "Need")
    MEASURE = "measure", _p("picture", "What should be done")


class GoalKind(models.TextChoices):
    """Does the goal measure what comes of the work, or how the work is done?"""

    RESULT = "result", _p("goal", "Result")
    PROCESS = "process", _p("goal", "Way of working")


class Direction(models.TextChoices):
    """Which way an indicator is to go."""

    UP = "up", _p("direction", "should rise")
    DOWN = "down", _p("direction", "should fall")
    KEEP = "keep", _p("direction", "should stay")
