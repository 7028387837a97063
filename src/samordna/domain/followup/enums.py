"""Kinds of figure, how often they are measured, and the states of a report."""

from __future__ import annotations

from django.db import models
from django.utils.translation import pgettext_lazy as _p


class Frequency(models.TextChoices):
    """How often an indicator is measured."""

    MONTH = "month", _p("how often", "Every month")
    QUARTER = "quarter", _p("how often", "Every quarter")
    TERTIAL = "tertial", _p("how often", "Every four months")
    HALF = "half", _p("how often", "Every half-year")
    YEAR = "year", _p("how often", "Every year")


class NumberKind(models.TextChoices):
    """What kind of figure an indicator is."""

    COUNT = "count", _p("kind of figure", "A count")
    SHARE = "share", _p("kind of figure", "A share in percent: so many of so many")
    MEAN = "mean", _p("kind of figure", "A mean of several")
    AMOUNT = "amount", _p("kind of figure", "An amount: kronor, hours, days")


class Aggregation(models.TextChoices):
    """How the organisations' figures become one for all of them."""

    SUM = "sum", _p("the whole", "The sum of all")
    WEIGHTED = "weighted", _p("the whole", "Weighed by how many each figure stands for")
    NONE = "none", _p("the whole", "Not at all: each one's figure stands by itself")


class ReportState(models.TextChoices):
    """Where an organisation's report for a period is."""

    WAITING = "waiting", _p("report", "Waited for")
    SUBMITTED = "submitted", _p("report", "Sent in")
    RETURNED = "returned", _p("report", "Sent back")
    LOCKED = "locked", _p("report", "Locked")


class Via(models.TextChoices):
    """How a figure came in."""

    FORM = "form", _p("came by", "form")
    FILE = "file", _p("came by", "file")
    API = "api", _p("came by", "API")


WEIGHED = (NumberKind.SHARE, NumberKind.MEAN)
"""Kinds of figure that cannot be added up: they are weighed, or each stands by itself."""
OPEN = (ReportState.WAITING, ReportState.RETURNED)
"""States in which an organisation is waited for."""
