"""What a condition may ask about, and how conditions stand together."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy as _p


class FactKind(TextChoices):
    """What kind of answer a fact about a situation has."""

    NUMBER = "number", _p("kind of fact", "A number")
    YES_NO = "yes_no", _p("kind of fact", "Yes or no")
    CHOICE = "choice", _p("kind of fact", "One of a list")
    PLACE = "place", _p("kind of fact", "A municipality or a county")


class Together(TextChoices):
    """How the conditions of a group stand together."""

    ALL = "all", _p("conditions together", "All of them have to hold")
    ANY = "any", _p("conditions together", "At least one has to hold")
    NONE = "none", _p("conditions together", "None of them may hold")


class Answer(TextChoices):
    """What a service answers to a situation."""

    YES = "yes", _p("answer of a service", "Yes")
    OPEN = "open", _p("answer of a service", "Something is missing")
    NO = "no", _p("answer of a service", "No")
