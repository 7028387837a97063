"""Two people at one form: whoever saves second is told field by field what the first one wrote, and loses nothing.

A form begins with a fingerprint of what it shows and hands it back when it is saved. If what is stored is another by then,
and differs from what was typed, nothing is kept and `Overtaken` tells what is stored now. Saving once more is a choice.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext as _

from samordna.core.errors import Overtaken
from samordna.core.journal import canonical

Values = Mapping[str, Any]
UNTOLD: Mapping[str, str] = {}


def fingerprint(values: Values) -> str:
    """A short name for exactly these values."""
    said = {name: word for name, value in values.items() if (word := _word(value))}
    return sha256(canonical(said)).hexdigest()[:16]


def check_not_overtaken(seen: str, stored: Values, given: Values, told: Mapping[str, str] = UNTOLD) -> None:
    """Raise `Overtaken` when what is stored is neither what was `seen` nor what is `given`; "" has seen nothing.

    `told`: how what is stored is told, for fields whose value is not what anybody reads.
    """
    if not seen or seen == fingerprint(stored):
        return
    others = {name: _word(stored.get(name)) for name in given}
    differing = {name: told.get(name, word) for name, word in others.items() if word != _word(given[name])}
    if differing:
        raise Overtaken(
            _(
                "Somebody else saved while you wrote. What is stored now stands at each field that differs; what you have "
                "typed is still here. Save again to let yours stand, or write theirs into yours first."
            ),
            fields=differing,
            now=fingerprint(stored),
        )


def there_now(value: str) -> str:
    """What somebody else has stored meanwhile, as a sentence."""
    said = value.removesuffix(".")
    return _("Stored meanwhile: “%(value)s”.") % {"value": said} if said else _("Meanwhile this was left empty.")


def _word(value: Any) -> str:
    """The value as a form sends it; line ends and space around make no difference."""
    return "" if value is None else "\n".join(str(value).splitlines()).strip()
