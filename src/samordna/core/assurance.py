"""Levels of assurance: how sure the site is of who has signed in, and what needs how much of it.

A level is a whole number as in Swedish e-identification: 2, 3 and 4 are its levels, told by the provider of sign-in. For
accounts of this site's own, 1 is a password, and 2 a password with a second factor, or a passkey: the levels of the
*means*, since nobody has shown papers for the account. 0 is no sign-in that tells: a key to the API, an answer link.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext as _

from samordna.core.actor import Actor, Via
from samordna.core.policy import PATHS

PASSWORD, STRENGTHENED = 1, 2
# As Sweden Connect's technical framework named them when this table was written, November 2026.
LEVELS: Mapping[str, int] = {
    "http://id.elegnamnden.se/loa/1.0/loa2": 2,
    "http://id.elegnamnden.se/loa/1.0/loa3": 3,
    "http://id.elegnamnden.se/loa/1.0/loa4": 4,
}
HIGHEST = 4


def requirements(text: str) -> dict[str, int]:
    """Rights and the levels they need, from `agreement.sign=3, mandate.give=2`. Only acts need levels, never reading."""
    found = {}
    for pair in filter(None, (part.strip() for part in text.split(","))):
        action, _equals, level = (part.strip() for part in pair.partition("="))
        if action not in PATHS or action.endswith((".read", ".use", ".arrive")):
            raise ImproperlyConfigured(f"SAMORDNA_ASSURANCE_FOR: “{action}” is not a right to do something.")
        found[action] = level_in(level, "SAMORDNA_ASSURANCE_FOR")
    return found


def level_in(text: str, setting: str) -> int:
    """A level from a setting."""
    if not (text.isascii() and text.isdigit() and int(text) <= HIGHEST):
        raise ImproperlyConfigured(f"{setting}: “{text}” is not a level; write 0, 1, 2, 3 or 4.")
    return int(text)


def needed(action: str) -> int:
    """The level that this right needs here; 0 for most."""
    declared: Mapping[str, int] = settings.ASSURANCE_FOR
    return declared.get(action, 0)


def suffices(actor: Actor, action: str) -> bool:
    """Is the actor's sign-in sure enough? Commands are the host's own, and are asked for nothing."""
    return actor.via == Via.COMMAND or actor.assurance >= needed(action)


def lacking(actor: Actor, action: str) -> str:
    """The sentence for a sign-in that is not sure enough."""
    levels = {"needed": needed(action), "had": actor.assurance}
    return (
        _("This needs a sign-in of level %(needed)s, and yours is of level %(had)s. Sign out, and sign in in a surer way.")
        % levels
    )


def of_methods(methods: Sequence[Mapping[str, Any]]) -> int:
    """The level of a sign-in to an account of the site's own, by the methods it was made with."""
    kinds = {str(each.get("method")) for each in methods}
    if "mfa" in kinds:
        return STRENGTHENED
    return PASSWORD if "password" in kinds else 0
