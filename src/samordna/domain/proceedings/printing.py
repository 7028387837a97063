"""What is said at a meeting ends up in its minutes, so it is only what can be read and printed."""

from __future__ import annotations

from django.utils.translation import gettext as _

from samordna.domain.agreements.prose import unprintable
from samordna.domain.organisations.findings import Findings


def find_printable(found: Findings, field: str, text: str) -> str:
    """The text; a character that would be unseen, or turn the others around, is said to be wrong in it."""
    if code := unprintable(text):
        found.say(field, _("The text contains a character (%(code)s) that cannot be printed.") % {"code": code})
    return text
