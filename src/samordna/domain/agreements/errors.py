"""Refusals of this app that carry more than a sentence."""

from __future__ import annotations

from samordna.core.errors import Refused


class Overtaken(Refused):
    """Somebody else has changed the same text meanwhile. `current` is what it says now, `revision` what to go on from."""

    def __init__(self, reason: str, current: str, revision: int) -> None:
        super().__init__(reason)
        self.current = current
        self.revision = revision
