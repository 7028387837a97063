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
BOUNDS = ("low", "likely", "high")


def fingerprint(values: Values) -> str:
    """A short name for exactly these values."""
    said = {name: word for name, value in values.items() if (word := _word(value))}
    return sha256(canonical(said)).hexdigest()[:16]


def check_not_overtaken(seen: str, stored: Values, given: Values) -> None:
    """Raise `Overtaken` when what is stored is neither what was `seen` nor what is `given`; "" has seen nothing."""
    if not seen or seen == fingerprint(stored):
        return
    differing = {name: _word(stored.get(name)) for name in given if _word(stored.get(name)) != _word(given[name])}
    if differing:
        raise Overtaken(
            _(
                "Somebody else saved while you wrote. What is stored now stands at each field that differs; what you have "
                "typed is still here. Save again to let yours stand, or write theirs into yours first."
            ),
            fields=differing,
            now=fingerprint(stored),
        )


def today_values(practices: Mapping[str, str], note: str) -> dict[str, Any]:
    """Today's practice and the note by the names of their fields."""
    return {f"today-{aspect}": option for aspect, option in practices.items()} | {"note": note}


def figure_values(costs: Mapping[str, Any], benefit: Any, note: str) -> dict[str, Any]:
    """Costs and gain by the names of their fields."""
    found: dict[str, Any] = {"note": note} | dict(zip(BOUNDS, benefit or (None, None, None), strict=True))
    for option, bounds in costs.items():
        found |= {f"cost-{option}-{name}": bound for name, bound in zip(BOUNDS, bounds, strict=True)}
    return found


def _word(value: Any) -> str:
    """The value as a form sends it; line ends and space around make no difference."""
    return "" if value is None else "\n".join(str(value).splitlines()).strip()
