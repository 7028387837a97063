"""How far minutes have come, and what an adjuster says."""

from __future__ import annotations

from django.db import models
from django.utils.translation import pgettext_lazy as _p


class MinutesState(models.TextChoices):
    """How far the minutes of a meeting have come."""

    DRAFT = "draft", _p("minutes", "Draft")
    OUT = "out", _p("minutes", "Out for adjustment")
    ADJUSTED = "adjusted", _p("minutes", "Adjusted")
    LOCKED = "locked", _p("minutes", "Locked")


class Word(models.TextChoices):
    """What an adjuster says of a version."""

    AGREES = "agrees", _p("adjuster", "Agrees")
    ASKS = "asks", _p("adjuster", "Asks for a change")
