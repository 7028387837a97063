"""How the journals are told of forums."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from samordna.core import journal
from samordna.core.actor import Actor
from samordna.domain.forums.access import owners_of
from samordna.domain.forums.models import Forum


def tell(actor: Actor, action: str, forum: Forum, at: datetime, **content: Any) -> None:
    """Write one entry about a forum in the journal of each collaboration that owns it: each journal is whole by itself."""
    for owner in owners_of(forum):
        if owner.accepted_at:
            tell_in(actor, action, forum, owner.collaboration_id, at, **content)


def tell_in(actor: Actor, action: str, forum: Forum, collaboration_id: str, at: datetime, **content: Any) -> None:
    """Write one entry about a forum in one collaboration's journal."""
    journal.record(
        actor=actor,
        action=action,
        subject_kind="forum",
        subject_id=forum.pk,
        collaboration_id=collaboration_id,
        at=at,
        **content,
    )
