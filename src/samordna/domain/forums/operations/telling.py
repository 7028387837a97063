"""How the journals are told of forums, their meetings and items."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from samordna.core import journal
from samordna.core.actor import Actor
from samordna.domain.forums.models import Forum, Item, Meeting, Ownership


def tell(
    actor: Actor, action: str, forum: Forum, at: datetime, subject: Meeting | Item | None = None, /, **content: Any
) -> None:
    """Write one entry about a forum, or a meeting or item of it, in the journal of each collaboration that owns it: each
    journal is whole by itself."""
    owners = Ownership.objects.filter(forum=forum, ended_at__isnull=True, accepted_at__isnull=False)
    for collaboration_id in owners.values_list("collaboration_id", flat=True):
        tell_in(actor, action, forum, collaboration_id, at, subject, **content)


def tell_in(
    actor: Actor,
    action: str,
    forum: Forum,
    collaboration_id: str,
    at: datetime,
    subject: Meeting | Item | None = None,
    /,
    **content: Any,
) -> None:
    """Write one entry in one collaboration's journal."""
    about = subject or forum
    journal.record(
        actor=actor,
        action=action,
        subject_kind=str(about._meta.model_name),
        subject_id=about.pk,
        collaboration_id=collaboration_id,
        at=at,
        **(content | {"forum": forum.pk} if subject else content),
    )
