"""What is typed in a hurry: a day as one writes it, a role by a part of its name. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date

WHOLE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
SHORT = re.compile(r"(\d{1,2})[/.](\d{1,2})(?:[/.](\d{4}))?\.?")


def day_of(typed: str, today: date) -> date | None:
    """The day that somebody means by 2026-03-12, 12/3, 12.3 or 12/3/2026; without a year the next one that comes.

    Raises `ValueError` when it is no day; nothing typed is no day at all (None).
    """
    typed = typed.strip()
    if not typed:
        return None
    if found := WHOLE.fullmatch(typed):
        return date(int(found[1]), int(found[2]), int(found[3]))
    if not (found := SHORT.fullmatch(typed)):
        raise ValueError(typed)
    day, month = int(found[1]), int(found[2])
    if found[3]:
        return date(int(found[3]), month, day)
    return next(iter(_days(day, month, today)))


def _days(day: int, month: int, today: date) -> Iterable[date]:
    """That day of the coming years that have one; 29 February is in one of nine years in a row."""
    if not 1 <= month <= 12 or not 1 <= day <= 31:
        raise ValueError(f"{day}/{month}")
    found = False
    for year in range(today.year, today.year + 9):
        try:
            meant = date(year, month, day)
        except ValueError:
            continue
        if meant >= today:
            found = True
            yield meant
    if not found:
        raise ValueError(f"{day}/{month}")


def those_like(typed: str, names: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """The keys of the names that are what was typed; or begin with its words; or have them, whole; or begin with what was
    typed; or have it somewhere; or have parts of words that are its words: the first of these that any name does. So “Per”
    is Per and not the Personnel manager, when both are among the names. Each key once, in the names' order; a key may have
    several names."""
    words = _words(typed)
    if not words:
        return ()
    wanted, named = " ".join(words), [(key, _words(name)) for key, name in names]
    fitting: tuple[Callable[[list[str]], bool], ...] = (
        lambda name: name == words,
        lambda name: name[: len(words)] == words,
        lambda name: all(word in name for word in words),
        lambda name: " ".join(name).startswith(wanted),
        lambda name: wanted in " ".join(name),
        lambda name: all(word in " ".join(name) for word in words),
    )
    found = (tuple(dict.fromkeys(key for key, name in named if fits(name))) for fits in fitting)
    return next(filter(None, found), ())


def _words(text: str) -> list[str]:
    return text.casefold().replace(",", " ").split()


def one_of(typed: str, names: Iterable[tuple[str, str]]) -> str:
    """The key of the only name that is like what was typed; "" when none or several."""
    found = those_like(typed, names)
    return found[0] if len(found) == 1 else ""
