"""How the journal is told of documents."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from samordna.core import journal
from samordna.core.actor import Actor
from samordna.domain.agreements.models import Agreement


def tell(actor: Actor, action: str, agreement: Agreement, at: datetime, **content: Any) -> None:
    """Write one entry about a document."""
    journal.record(
        actor=actor,
        action=action,
        subject_kind="agreement",
        subject_id=agreement.pk,
        collaboration_id=agreement.collaboration_id,
        at=at,
        **content,
    )
