"""Rules as RFC 5545 writes them, read within limits and written again."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from samordna.domain.forums.rhythm import DAYS, LONGEST_RULE, MOST_VALUES, Every, Fault, Refused, Rule

SEVERAL_A_DAY = frozenset({"SECONDLY", "MINUTELY", "HOURLY"})
STEPS = frozenset(each.value for each in Every)
OF_THE_DAY = frozenset({"BYHOUR", "BYMINUTE", "BYSECOND"})
DAY = re.compile(r"([+-]?[0-9]{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
WHOLE = re.compile(r"[+-]?[0-9]{1,3}")
COUNTED = re.compile(r"[0-9]{1,12}")
UNTIL = re.compile(r"([0-9]{8})(T[0-9]{6}(Z)?)?")


def read_rule(text: str) -> Rule:
    """The rule that a line says, with or without `RRULE:` before it. Raises `Refused` with what cannot be read, or the
    limit.
    """
    if len(text) > LONGEST_RULE:
        raise Refused(Fault.TOO_LONG, LONGEST_RULE)
    parts: dict[str, str] = {}
    for part in text.strip().upper().removeprefix("RRULE:").rstrip(";").split(";"):
        name, equals, value = part.partition("=")
        if not equals or not value or name in parts:
            raise Refused(Fault.UNREADABLE, part[:80])
        parts[name] = value
    every = parts.pop("FREQ", "")
    if every in SEVERAL_A_DAY or OF_THE_DAY & parts.keys():
        raise Refused(Fault.TOO_OFTEN, every if every in SEVERAL_A_DAY else min(OF_THE_DAY & parts.keys()))
    unread = sorted(parts.keys() - READ.keys())
    if unread:
        raise Refused(Fault.NOT_READ, unread[0][:80])
    if every not in STEPS:
        raise Refused(Fault.UNREADABLE, f"FREQ={every}"[:80])
    rule: dict[str, Any] = {}
    for name, value in parts.items():
        field, read = READ[name]
        try:
            rule[field] = read(value)
        except ValueError as wrong:
            raise wrong if isinstance(wrong, Refused) else Refused(Fault.UNREADABLE, f"{name}={value}"[:80]) from wrong
    return Rule(every=Every(every), **rule)


def write_rule(rule: Rule) -> str:
    """The rule as RFC 5545 writes it; reading it gives the same rule."""
    parts = [f"FREQ={rule.every}"]
    if rule.interval != 1:
        parts.append(f"INTERVAL={rule.interval}")
    if rule.count is not None:
        parts.append(f"COUNT={rule.count}")
    if isinstance(rule.until, datetime):
        parts.append(f"UNTIL={rule.until:%Y%m%dT%H%M%S}" + ("Z" if rule.until.tzinfo else ""))
    elif rule.until is not None:
        parts.append(f"UNTIL={rule.until:%Y%m%d}")
    numbers = (
        ("BYMONTH", rule.by_month),
        ("BYMONTHDAY", rule.by_month_day),
        ("BYYEARDAY", rule.by_year_day),
        ("BYSETPOS", rule.by_place),
    )
    parts.extend(f"{name}={','.join(map(str, values))}" for name, values in numbers if values)
    if rule.by_day:
        parts.append("BYDAY=" + ",".join(f"{number or ''}{DAYS[weekday]}" for number, weekday in rule.by_day))
    if rule.week_start:
        parts.append(f"WKST={DAYS[rule.week_start]}")
    return ";".join(parts)


def _listed(value: str) -> list[str]:
    if value.count(",") >= MOST_VALUES:
        raise Refused(Fault.TOO_MANY_VALUES, MOST_VALUES)
    return value.split(",")


def _numbers(least: int, most: int) -> Callable[[str], tuple[int, ...]]:
    """A reader of numbers between these; from the end too, where the least is negative. Never 0."""

    def read(value: str) -> tuple[int, ...]:
        numbers = tuple(int(_whole(each)) for each in _listed(value))
        if any(number == 0 or not least <= number <= most for number in numbers):
            raise ValueError(value)
        return numbers

    return read


def _whole(text: str) -> str:
    if not WHOLE.fullmatch(text):
        raise ValueError(text)
    return text


def _days(value: str) -> tuple[tuple[int, int], ...]:
    found = []
    for each in _listed(value):
        match = DAY.fullmatch(each)
        if match is None or (match[1] is not None and not 1 <= abs(int(match[1])) <= 53):
            raise ValueError(each)
        found.append((int(match[1] or 0), DAYS.index(match[2])))
    return tuple(found)


def _counted(value: str) -> int:
    if not COUNTED.fullmatch(value):
        raise ValueError(value)
    return int(value)


def _until(value: str) -> date:
    match = UNTIL.fullmatch(value)
    if match is None:
        raise ValueError(value)
    if not match[2]:
        return datetime.strptime(match[1], "%Y%m%d").date()
    local = datetime.strptime(value[:15], "%Y%m%dT%H%M%S")
    return local.replace(tzinfo=UTC) if match[3] else local


READ: dict[str, tuple[str, Callable[[str], object]]] = {
    "INTERVAL": ("interval", _counted),
    "COUNT": ("count", _counted),
    "UNTIL": ("until", _until),
    "BYMONTH": ("by_month", _numbers(1, 12)),
    "BYMONTHDAY": ("by_month_day", _numbers(-31, 31)),
    "BYYEARDAY": ("by_year_day", _numbers(-366, 366)),
    "BYDAY": ("by_day", _days),
    "BYSETPOS": ("by_place", _numbers(-366, 366)),
    "WKST": ("week_start", DAYS.index),
}
