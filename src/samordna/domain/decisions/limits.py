"""How large a matter may be before the engine is not even asked. Each limit has a name that a refusal can say."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from samordna_engine import Limits

ASPECTS = 40
PARTICIPANTS = 2_000
STATEMENTS = 200_000
NUMBERS = 2_000_000
LONGEST_TEXT = 20_000
MAX_RATE = 10_000
"""Kronor for an hour."""
FURTHEST_RATE = timedelta(days=5 * 365)
"""So far ahead an hourly rate can be stated."""
MAX_HOURS = 100_000

NAMES = {
    "aspects": _("aspects in a matter"),
    "participants": _("participants in a matter"),
    "statements": _("conditions and needs in a matter"),
    "participants times options": _("participants times options in a matter"),
}


def engine_limits() -> Limits:
    """The counts as the engine takes them."""
    return Limits(aspects=ASPECTS, participants=PARTICIPANTS, statements=STATEMENTS, numbers=NUMBERS)
