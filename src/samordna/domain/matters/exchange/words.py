"""Words of a file as they are compared: in either language, whatever the case and the spaces."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import override

LANGUAGES = ("sv", "en")


def words_for(of: Mapping[str, Promise | str]) -> dict[str, str]:
    """What may be written for each key, in any language, as it is compared: small letters, single spaces."""
    found: dict[str, str] = {}
    for language in LANGUAGES:
        with override(language):
            found |= {folded(str(word)): key for key, word in of.items()}
    return found | {folded(key): key for key in of}


def folded(text: str) -> str:
    """Text as it is compared."""
    return " ".join(text.split()).casefold()
