"""What the page about accessibility tells: what the law asks for, as it read on a day, and what is not met."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A law or a standard, and the day on which it was read."""

    name: str | Promise
    number: str
    read_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortfall:
    """Something that is not met or not known: what, and what one can do instead."""

    what: str | Promise
    instead: str | Promise


LAW = Reference(
    name=_("the Act on accessibility to digital public service"), number="2018:1937", read_on=date(2026, 11, 22)
)
STANDARD = Reference(name="EN 301 549", number="V3.2.1", read_on=date(2026, 11, 22))
LOOKED_OVER = date(2026, 11, 22)
SHORTFALLS: Sequence[Shortfall] = (
    Shortfall(
        what=_("Nobody who uses a screen reader, magnification or voice control every day has tried the site yet."),
        instead=_("Tell us what stops you. Until somebody has tried, we cannot say that the site meets the standard."),
    ),
    Shortfall(
        what=_("Signing in with a passkey needs scripts, because browsers offer no other way."),
        instead=_("Sign in with a password and a code, which works without scripts."),
    ),
    Shortfall(
        what=_(
            "Wide tables, such as the decision board with many participants, have to be scrolled sideways at 320 pixels."
        ),
        instead=_("The table takes focus and is scrolled with the arrow keys. The JSON API has the same content."),
    ),
    Shortfall(
        what=_("Agreements as Word documents have headings and tables, but have not been checked with a screen reader."),
        instead=_("The page and the PDF have the same text."),
    ),
    Shortfall(
        what=_("The help pages are in Swedish only."),
        instead=_("Ask whoever runs the site; the pages themselves are in English too."),
    ),
)
