"""How the journals are told of what is said: that it was said, where and by whom, and never in what words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from samordna.core import journal
from samordna.core.actor import Actor
from samordna.domain.conversations.models import Thread
from samordna.domain.forums.access import owners_of


def tell(actor: Actor, action: str, thread: Thread, at: datetime, /, roles: Sequence[str] = (), **content: Any) -> None:
    """One entry in the journal of each collaboration that the thread belongs to. Whom to notify (`roles`) stands in the
    first alone, so that nobody is told twice."""
    for number, collaboration_id in enumerate(_journals(thread)):
        journal.record(
            actor=actor,
            action=action,
            subject_kind="thread",
            subject_id=thread.pk,
            collaboration_id=collaboration_id,
            matter_id=thread.matter_id or "",
            at=at,
            **content | ({"roles": list(roles)} if roles and not number else {}),
        )


def _journals(thread: Thread) -> list[str]:
    if thread.matter is not None:
        return [thread.matter.collaboration_id]
    if thread.forum is None:
        return []
    return [owner.collaboration_id for owner in owners_of(thread.forum) if owner.accepted_at]
