"""A collaboration with two parties, a forum in it, and short ways to seat and rule."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from samordna.core.actor import Actor
from samordna.domain.forums import operations as do
from samordna.domain.forums.models import Forum, Seat
from tests.domain.collaborations.setting import Setting, setting
from tests.factories import NOW


@dataclass(frozen=True)
class Met:
    """`given`: the setting; `forum`: a forum of it, which nobody sits in yet."""

    given: Setting
    forum: Forum

    @property
    def coordinator(self) -> Actor:
        return self.given.coordinator

    @property
    def asking(self) -> dict[str, Any]:
        """The coordinator, about the forum, now."""
        return {"actor": self.coordinator, "forum_id": self.forum.pk, "at": NOW}

    def seat(self, actor: Actor, task: str = "member") -> Seat:
        return do.seat_role(role_id=actor.role_id or "", task=task, **self.asking)

    def rule(self, **fields: Any) -> Any:
        return do.set_routine(**self.asking | {"method": "consent", "voice": "party"} | fields)


def world(kind: str = "steering", **fields: Any) -> Met:
    given = setting()
    made = {"kind": kind, "name": "Styrgrupp utskrivning", "at": NOW} | fields
    forum = do.start_forum(actor=given.coordinator, collaboration_id=given.collaboration.pk, **made)
    return Met(given, forum)
