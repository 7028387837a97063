"""A collaboration with two parties, a forum in it, and short ways to seat and rule."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from samordna.core.actor import Actor
from samordna.domain.collaborations.models import Collaboration
from samordna.domain.forums import operations as do
from samordna.domain.forums.models import Forum, Seat
from samordna.domain.organisations.enums import RoleKind
from tests import factories as f
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


def shared(met: Met) -> tuple[Collaboration, Actor, Actor]:
    """A collaboration that owns the forum, too, its coordinator and somebody in it; they cannot see the first one."""
    other = f.collaboration(name="Arbete")
    theirs, part = f.coordinator_of(other), f.participation(other, met.given.collaboration.host)
    do.share_forum(**met.asking, collaboration_id=other.pk)
    part.delete()
    do.accept_sharing(actor=theirs, forum_id=met.forum.pk, collaboration_id=other.pk, at=NOW)
    return other, theirs, f.actor(f.participation(other).organisation, RoleKind.MANAGER)


def world(kind: str = "steering", **fields: Any) -> Met:
    given = setting()
    made: dict[str, Any] = {"kind": kind, "name": "Styrgrupp utskrivning", "at": NOW} | fields
    forum = do.start_forum(actor=given.coordinator, collaboration_id=given.collaboration.pk, **made)
    return Met(given, forum)
