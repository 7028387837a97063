"""How the journals are told of series and of times that are looked for, and how a forum is held while they change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Model

from samordna.core import journal
from samordna.core.actor import Actor
from samordna.domain.forums.access import owners_of
from samordna.domain.forums.models import Forum


def tell(
    actor: Actor,
    action: str,
    forum: Forum,
    at: datetime,
    subject: Model,
    roles: Sequence[str] = (),
    /,
    **content: Any,
) -> None:
    """One entry in the journal of each collaboration that owns the forum. Whom to notify (`roles`) stands in the first
    alone, so that nobody is told twice."""
    owners = [owner.collaboration_id for owner in owners_of(forum) if owner.accepted_at]
    for number, collaboration_id in enumerate(owners):
        journal.record(
            actor=actor,
            action=action,
            subject_kind=str(subject._meta.model_name),
            subject_id=str(subject.pk),
            collaboration_id=collaboration_id,
            at=at,
            forum=forum.pk,
            **content | ({"roles": list(roles)} if roles and not number else {}),
        )
