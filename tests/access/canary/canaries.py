"""Strings and figures that occur nowhere else, what they are the contents of, and how they are found in what goes out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import count

from tests.access.oracle import Row

BETWEEN_DIGITS = re.compile(r"(?<=\d)(?:\s|&nbsp;|&#160;|&#8239;|[.,'])(?=\d{3})")

WORD = re.compile(r"zq\d+kanariefagel")
FIGURE = re.compile(r"731\d{4}")

LATER: Row = ("later",)
"""What a canary is the contents of when that has not been made yet."""


@dataclass(frozen=True)
class Canary:
    """A secret: whoever may do `action` with `thing` may see it."""

    text: str
    what: str
    action: str
    thing: Row


@dataclass
class Cage:
    """All canaries of a world."""

    canaries: list[Canary] = field(default_factory=list)
    _serial: count[int] = field(default_factory=lambda: count(101))

    def word(self, what: str, action: str, thing: Row) -> str:
        """A word for a text field."""
        return self._keep(f"zq{next(self._serial)}kanariefagel", what, action, thing)

    def figure(self, what: str, action: str, thing: Row) -> int:
        """A figure of seven digits, for sums of money; rising, so that later ones are larger, in steps that are never the
        same, so that what is added and taken away of some is not another."""
        serial = next(self._serial)
        return int(self._keep(str(7_310_000 + 7 * serial * serial + 13 * serial), what, action, thing))

    def mail(self, what: str, action: str, thing: Row) -> str:
        """An address for mail."""
        return self._keep(f"zq{next(self._serial)}kanariefagel", what, action, thing) + "@example.se"

    def settle(self, thing: Row) -> None:
        """Say what the canaries that were made for `LATER` turned out to be the contents of."""
        self.canaries = [replace(each, thing=thing) if each.thing == LATER else each for each in self.canaries]

    def _keep(self, text: str, what: str, action: str, thing: Row) -> str:
        self.canaries.append(Canary(text, what, action, thing))
        return text

    def found_in(self, parts: Iterable[str]) -> list[Canary]:
        """The canaries that occur in any of these texts, however figures are spaced."""
        whole = "\n".join(parts)
        seen = set(WORD.findall(whole)) | set(FIGURE.findall(BETWEEN_DIGITS.sub("", whole)))
        return [canary for canary in self.canaries if canary.text in seen] if seen else []
