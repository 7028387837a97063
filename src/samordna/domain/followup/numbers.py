"""Numbers as people in Sweden write them. Pure; what can be read in two ways is not guessed.

A decimal comma; thousands apart by a space, a hard or narrow one, or a point; a percent sign. "1.234" may be 1234 or
1,234: whoever wrote it is asked. A point followed by anything but three digits is a decimal point.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

LARGEST = Decimal(10) ** 12
DECIMALS = 4
SPACES = re.compile("[\\s\u00a0\u2009\u202f']+")
GROUPED = re.compile(r"\d{1,3}(\.\d{3})+")
GROUPED_WITH_SPACES = re.compile(r"\d{1,3}([\s\u00a0\u2009\u202f']\d{3})+")


class Unreadable(StrEnum):
    """Why a text is no number."""

    NO_NUMBER = "no_number"
    TWO_WAYS = "two_ways"
    TOO_LARGE = "too_large"
    TOO_FINE = "too_fine"


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What a text says: a number, nothing at all, or why it cannot be read."""

    number: Decimal | None = None
    fault: Unreadable | None = None


EMPTY = Read()


def read_number(text: str) -> Read:
    """The number that the text says."""
    bare = text.strip().removesuffix("%").strip().replace("\u2212", "-")
    if not bare:
        return EMPTY if not text.strip() else Read(fault=Unreadable.NO_NUMBER)
    minus, digits = bare.startswith("-"), bare.lstrip("+-").strip()
    plain = _plain(digits)
    if isinstance(plain, Unreadable):
        return Read(fault=plain)
    number = -Decimal(plain) if minus else Decimal(plain)
    return _bounded(number)


def _plain(digits: str) -> str | Unreadable:
    """The digits with a decimal point and nothing else."""
    whole, comma, part = digits.partition(",")
    if SPACES.search(whole) and not GROUPED_WITH_SPACES.fullmatch(whole.strip()):
        return Unreadable.NO_NUMBER
    whole = SPACES.sub("", whole)
    if comma:
        if "." in whole:
            if not GROUPED.fullmatch(whole):
                return Unreadable.NO_NUMBER
            whole = whole.replace(".", "")
        return f"{whole or '0'}.{part}" if _digits(whole or "0") and _digits(part) else Unreadable.NO_NUMBER
    if whole.count(".") > 1:
        return whole.replace(".", "") if GROUPED.fullmatch(whole) else Unreadable.NO_NUMBER
    before, point, after = whole.partition(".")
    if not point:
        return whole if _digits(whole) else Unreadable.NO_NUMBER
    if not _digits(before or "0") or not _digits(after):
        return Unreadable.NO_NUMBER
    if GROUPED.fullmatch(whole) and not before.startswith("0"):
        return Unreadable.TWO_WAYS
    return f"{before or '0'}.{after}"


def _digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _bounded(number: Decimal) -> Read:
    if abs(number) >= LARGEST:
        return Read(fault=Unreadable.TOO_LARGE)
    if number != round(number, DECIMALS):
        return Read(fault=Unreadable.TOO_FINE)
    return Read(number=number)
