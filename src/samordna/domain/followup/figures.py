"""One figure as it is typed, and what it means for its kind: a count, a share, a mean, an amount. Pure.

Empty is not zero: a figure that is not there says why it is not. A share is never over a hundred percent, and is worked
out from how many of how many wherever those are given.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from samordna.domain.followup.enums import NumberKind
from samordna.domain.followup.numbers import DECIMALS, Unreadable, read_number

FIELDS = ("value", "numerator", "denominator", "group")
HUNDRED = Decimal(100)
LONGEST_REASON = 200
CLOSE = Decimal("0.5")  # percent typed beside how many of how many may be rounded so much
ASKED: Mapping[NumberKind, tuple[str, ...]] = {
    NumberKind.COUNT: ("value",),
    NumberKind.SHARE: ("numerator", "denominator", "value"),
    NumberKind.MEAN: ("value", "group"),
    NumberKind.AMOUNT: ("value",),
}
"""The fields that a kind of figure is told by, in order."""
OF_SO_MANY = (NumberKind.MEAN, NumberKind.AMOUNT)
"""Kinds that do not show by themselves how many they stand for."""


USUAL = dict.fromkeys(("percent", "procent", "%"), NumberKind.SHARE)


def usual_kind(unit: str) -> NumberKind:
    """The kind of figure that a unit is of where nothing else is said."""
    return USUAL.get(unit.strip().casefold(), NumberKind.AMOUNT)


def asked_for(kind: NumberKind, minimum_group: int) -> tuple[str, ...]:
    """The fields that a figure is told by where groups smaller than this are not shown."""
    fields = ASKED[kind]
    return (*fields, "group") if kind in OF_SO_MANY and minimum_group > 1 and "group" not in fields else fields


class Fault(StrEnum):
    """What is wrong with one field."""

    NO_NUMBER = "no_number"
    TWO_WAYS = "two_ways"
    TOO_LARGE = "too_large"
    TOO_FINE = "too_fine"
    NEGATIVE = "negative"
    NOT_WHOLE = "not_whole"
    OVER_HUNDRED = "over_hundred"
    MORE_THAN_ALL = "more_than_all"
    OF_NONE = "of_none"
    DISAGREES = "disagrees"
    HOW_MANY = "how_many"
    EMPTY = "empty"
    BOTH = "both"
    NOT_ASKED = "not_asked"
    TOO_LONG = "too_long"
    NO_TEXT = "no_text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure that can be kept. `missing`: why there is none; then `value` is None."""

    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    group: int | None = None
    missing: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What was typed about one figure, as text."""

    value: str = ""
    numerator: str = ""
    denominator: str = ""
    group: str = ""
    missing: str = ""

    @property
    def nothing(self) -> bool:
        """Is there nothing in any field?"""
        return not any(text.strip() for text in (self.value, self.numerator, self.denominator, self.group, self.missing))


def figure_of(told: Told, kind: str, minimum_group: int) -> Figure | dict[str, Fault]:
    """The figure, or what is wrong with it by field."""
    faults: dict[str, Fault] = {}
    read: dict[str, Decimal | None] = {}
    for name in FIELDS:
        got = read_number(getattr(told, name))
        read[name] = got.number
        if got.fault is not None:
            faults[name] = Fault(Unreadable(got.fault).value)
        elif got.number is not None and name not in (*ASKED[NumberKind(kind)], "group"):
            faults[name] = Fault.NOT_ASKED
    if faults:
        return faults
    for name, fault in _wrong(read, told.missing.strip(), NumberKind(kind), minimum_group):
        faults.setdefault(name, fault)
    return faults or _figure(read, told.missing.strip(), NumberKind(kind))


def _wrong(read: Mapping[str, Decimal | None], missing: str, kind: NumberKind, minimum: int) -> Iterator[tuple[str, Fault]]:
    given = [name for name in FIELDS if read[name] is not None]
    if missing:
        if given:
            yield "missing", Fault.BOTH
        if len(missing) > LONGEST_REASON:
            yield "missing", Fault.TOO_LONG
        if "\x00" in missing:
            yield "missing", Fault.NO_TEXT
        return
    for name in ("numerator", "denominator", "group"):
        yield from _counted(name, read[name])
    if kind == NumberKind.SHARE:
        yield from _share(read, minimum)
        return
    if read["value"] is None:
        yield "value", Fault.EMPTY
    if kind == NumberKind.COUNT:
        yield from _counted("value", read["value"])
    if kind in OF_SO_MANY and read["group"] is None and minimum > 1:
        yield "group", Fault.HOW_MANY


def _counted(name: str, number: Decimal | None) -> Iterator[tuple[str, Fault]]:
    if number is not None and number < 0:
        yield name, Fault.NEGATIVE
    if number is not None and number != int(number):
        yield name, Fault.NOT_WHOLE


def _share(read: Mapping[str, Decimal | None], minimum: int) -> Iterator[tuple[str, Fault]]:
    value, numerator, denominator = read["value"], read["numerator"], read["denominator"]
    if value is not None and value > HUNDRED:
        yield "value", Fault.OVER_HUNDRED
    if value is not None and value < 0:
        yield "value", Fault.NEGATIVE
    if value is None and numerator is None:
        yield "numerator", Fault.EMPTY
    if denominator is None and (numerator is not None or minimum > 1):
        yield "denominator", Fault.HOW_MANY
    if denominator == 0:
        yield "denominator", Fault.OF_NONE
    if numerator is None or denominator is None or denominator <= 0:
        return
    if numerator > denominator:
        yield "numerator", Fault.MORE_THAN_ALL
    elif value is not None and abs(value - HUNDRED * numerator / denominator) > CLOSE:
        yield "value", Fault.DISAGREES


def _figure(read: Mapping[str, Decimal | None], missing: str, kind: NumberKind) -> Figure:
    if missing:
        return Figure(missing=missing)
    value, numerator, denominator, group = (read[name] for name in FIELDS)
    if kind == NumberKind.SHARE:
        group = denominator if denominator is not None else group
        if numerator is not None and denominator:
            value = round(HUNDRED * numerator / denominator, DECIMALS)
    size = int(group) if group is not None else None
    return Figure(value=value, numerator=numerator, denominator=denominator, group=size)
