"""What was typed, checked field by field, so that every fault is told at once and each beside its field."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TypeVar

from django.db.models import TextChoices
from django.utils.translation import gettext as _

from samordna.core.errors import Invalid
from samordna.domain.matters.limits import MAX_AMOUNT, MAX_TEXT

C = TypeVar("C", bound=TextChoices | StrEnum)


class Typed:
    """Collects a sentence per field; `finish` raises `Invalid` when there are any."""

    def __init__(self) -> None:
        self.faults: dict[str, str] = {}

    def fault(self, name: str, sentence: str) -> None:
        """Note what is wrong with a field; the first fault of a field stays."""
        self.faults.setdefault(name, sentence)

    def finish(self) -> None:
        """Raise what was noted."""
        if self.faults:
            raise Invalid(self.faults)

    def text(self, name: str, value: str, *, needed: str = "", most: int = MAX_TEXT) -> str:
        """The text without surrounding space; `needed` is the sentence for an empty one."""
        text = value.replace("\x00", "").strip()
        if not text and needed:
            self.fault(name, needed)
        if len(text) > most:
            self.fault(
                name,
                _("Write at most %(limit)s characters; this is %(count)s.") % {"limit": most, "count": len(text)},
            )
        return text

    def choice(self, name: str, value: str, kinds: type[C]) -> C | None:
        """The member with this value, or None and a fault that lists what there is."""
        try:
            return kinds(value)
        except ValueError:
            listed = ", ".join(str(kind.value) for kind in kinds)
            self.fault(name, _("Choose one of: %(choices)s.") % {"choices": listed})
            return None

    def amount(self, name: str, value: int | None, *, least: int = -MAX_AMOUNT, most: int = MAX_AMOUNT) -> int | None:
        """A whole number between the bounds; None stays None."""
        if value is not None and not least <= value <= most:
            self.fault(name, _("Write a whole number from %(least)s to %(most)s.") % {"least": least, "most": most})
        return value

    def later_day(self, name: str, value: date | None, on: date, sentence: str) -> date | None:
        """A day after `on`; None stays None."""
        if value is not None and value <= on:
            self.fault(name, sentence)
        return value

    def estimate(self, name: str, low: int | None, likely: int | None, high: int | None) -> tuple[int, int, int] | None:
        """Low, likely and high in that order; the likely alone stands for all three; nothing is None."""
        if (low, likely, high) == (None, None, None):
            return None
        if likely is None:
            self.fault(name, _("State the likely figure; the lowest and the highest are optional."))
            return None
        bounds = (likely if low is None else low, likely, likely if high is None else high)
        if not bounds[0] <= bounds[1] <= bounds[2]:
            self.fault(name, _("State lowest, likely and highest in that order."))
        for figure in bounds:
            self.amount(name, figure)
        return bounds
