"""The ways an operation says no. Each carries a sentence for the person who asked, never a code alone."""

from __future__ import annotations

from collections.abc import Mapping


class Denied(Exception):
    """Base of every refusal; `reason` is a translated sentence: what is so, why, and what one can do."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Absent(Denied):
    """The object does not exist, or the actor has no path to it. The two look the same from outside (404)."""

    def __init__(self, reason: str = "") -> None:
        super().__init__(reason)


class Refused(Denied):
    """The actor may see the object, but its state does not allow this now (409), or see `Forbidden`."""


class Overtaken(Refused):
    """Somebody else changed the object since the actor began; the sentence says what differs, and nothing is lost.

    `fields`: what is stored now, by field, where it differs; `now`: the fingerprint of what is stored.
    """

    def __init__(self, reason: str, *, fields: Mapping[str, str] | None = None, now: str = "") -> None:
        super().__init__(reason)
        self.fields, self.now = dict(fields or {}), now


class Forbidden(Refused):
    """The actor may see the object but has no right to do this with it, whatever its state (403)."""


class Invalid(Denied):
    """What was typed cannot be used. `fields` maps a field's name to its sentence; "" is the form as a whole."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__(" ".join(fields.values()))
        self.fields = dict(fields)


class TooLarge(Denied):
    """A declared limit was passed; the sentence names the limit and the figure that passed it."""
