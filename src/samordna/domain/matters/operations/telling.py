"""Journal entries about a matter and its parts, in one shape."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from samordna.core import journal
from samordna.core.actor import Actor
from samordna.domain.matters.models import Matter, Position


def tell(
    actor: Actor, action: str, kind: str, subject_id: str, matter: Matter, at: datetime | None, /, **content: Any
) -> None:
    """Write that `actor` did `action` to a part of the matter."""
    journal.record(
        actor=actor,
        action=action,
        subject_kind=kind,
        subject_id=subject_id,
        collaboration_id=matter.collaboration_id,
        matter_id=matter.pk,
        at=at,
        **content,
    )


def tell_of_matter(actor: Actor, action: str, matter: Matter, at: datetime | None, /, **content: Any) -> None:
    """Write that `actor` did `action` to the matter."""
    tell(actor, action, "matter", matter.pk, matter, at, **content)


def tell_of_position(actor: Actor, action: str, position: Position, at: datetime | None, /, **content: Any) -> None:
    """Write that `actor` did `action` to the position."""
    tell(actor, action, "position", position.pk, position.matter, at, **content)
