"""Stages of a matter, kinds of aspect, and what a participant can answer."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _p


class MatterStage(models.TextChoices):
    """Where in the loop a matter stands; transitions are in `states.py`."""

    DRAFT = "draft", _p("matter stage", "Preparation")
    GATHERING = "gathering", _p("matter stage", "Gathering")
    WEIGHING = "weighing", _p("matter stage", "Weighing")
    CONSULTATION = "consultation", _p("matter stage", "Consultation")
    ADOPTION = "adoption", _p("matter stage", "Adoption")
    IN_FORCE = "in_force", _p("matter stage", "In force")
    REPLACED = "replaced", _p("matter stage", "Replaced")
    LET_BE = "let_be", _p("matter stage", "Let be")
    WITHDRAWN = "withdrawn", _p("matter stage", "Withdrawn")


class AspectKind(models.TextChoices):
    """What an aspect's options are."""

    CHOICE = "choice", _p("aspect kind", "Choice")
    ORDERED = "ordered", _p("aspect kind", "Ordered choice")
    RANGE = "range", _p("aspect kind", "Whole number")
    YES_NO = "yes_no", _p("aspect kind", "Yes or no")


class Sharing(models.TextChoices):
    """How alike the participants must be in an aspect."""

    COMMON = "common", _("The same for all")
    FRAMED = "framed", _("The same unless a condition makes a difference necessary")
    LOCAL = "local", _("Each decides for itself")


class PositionState(models.TextChoices):
    """What a participant has said so far. Silence is a state of its own and never consent."""

    SILENT = "silent", _p("position state", "No answer yet")
    STARTED = "started", _p("position state", "Started")
    ANSWERED = "answered", _p("position state", "Answered")
    NO_CONDITIONS = "no_conditions", _p("position state", "No conditions")
    DECLINED = "declined", _p("position state", "Declines to answer")


class Confidence(models.TextChoices):
    """Who may read a condition besides its owner."""

    OPEN = "open", _("All participants")
    COORDINATOR = "coordinator", _("Only the coordinator")


class ConditionForm(models.TextChoices):
    """A rule over aspects that the machine checks, or prose whose owner answers for each proposal."""

    RULE = "rule", _("Rule")
    PROSE = "prose", _("Prose")


class MatterKind(models.TextChoices):
    """The usual kinds of matter; each has a template with aspects and options."""

    ROUTINE = "routine", _("Joint routine")
    PAYMENT = "payment", _("Payment model")
    OPENING = "opening", _("Opening hours and meeting days")
    IT_SUPPORT = "it_support", _("Shared IT support")
    RESPONSIBILITY = "responsibility", _("Division of responsibility")
    COST_SPLIT = "cost_split", _("Cost split")
    FORM = "form", _("Common form")
    OTHER = "other", _("Something else")
