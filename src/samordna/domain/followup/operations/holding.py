"""Whoever changes follow-up holds the collaboration until the change is written; and how the journal is told."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from samordna.core import journal
from samordna.core.actor import Actor
from samordna.core.errors import Refused
from samordna.domain.collaborations.enums import CollaborationState
from samordna.domain.collaborations.models import Collaboration


def hold(collaboration_id: str) -> Collaboration:
    """The collaboration, locked. Raises `Refused` for one that is closed."""
    given = lock(collaboration_id)
    if given.state == CollaborationState.CLOSED:
        raise Refused(_("The collaboration is closed, so nothing in it changes."))
    return given


def tell(
    actor: Actor, action: str, subject: tuple[str, str], collaboration_id: str, at: datetime, /, **content: Any
) -> None:
    """One entry in the collaboration's journal. `subject`: kind and id."""
    kind, pk = subject
    journal.record(
        actor=actor, action=action, subject_kind=kind, subject_id=pk, collaboration_id=collaboration_id, at=at, **content
    )


def lock(collaboration_id: str) -> Collaboration:
    """The collaboration, locked, closed or not: for what is only worked out anew."""
    return Collaboration.objects.select_for_update().get(pk=collaboration_id)
