"""The journal: every operation writes at least one entry in the same transaction as the change it makes.

`record` is called by operations only. `operation` (in `core.operation`) refuses to commit a change that wrote none.
Verification is in `core.verification`, signing in `core.checkpoints`.
"""

from __future__ import annotations

import hmac
import json
import secrets
from collections.abc import Mapping
from contextvars import ContextVar
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import transaction

from samordna.core import clock, merkle
from samordna.core.actor import Actor
from samordna.core.models import JournalEntry, JournalHead, JournalPayload

SIGNED_FIELDS = (
    *("sequence", "via", "person_id", "holding_id", "organisation_id", "action", "subject_kind", "subject_id"),
    *("collaboration_id", "matter_id", "commitment"),
)

written: ContextVar[int] = ContextVar("journal_entries_written", default=0)


def canonical(content: Mapping[str, Any]) -> bytes:
    """One spelling for one content: sorted keys, no spaces, UTF-8."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def commitment(salt: str, content: Mapping[str, Any]) -> str:
    """A salted commitment to the payload: proves it while the salt is kept, says nothing once the salt is gone."""
    return hmac.new(bytes.fromhex(salt), canonical(content), sha256).hexdigest()


def entry_bytes(entry: JournalEntry) -> bytes:
    """The bytes that the entry's leaf hash is taken over."""
    return canonical({name: getattr(entry, name) for name in SIGNED_FIELDS} | {"at": entry.at.isoformat()})


def record(
    *,
    actor: Actor,
    action: str,
    subject_kind: str,
    subject_id: str,
    collaboration_id: str = "",
    matter_id: str = "",
    at: datetime | None = None,
    **content: Any,
) -> JournalEntry:
    """Write one entry. Must run inside the transaction of the change; `content` is JSON-able and says what changed.

    A clock that went backwards does not disorder the journal: an entry is never older than the one before it.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("The journal is written in the same transaction as the change it tells of.")
    head = JournalHead.objects.select_for_update().get_or_create(pk=1)[0]
    at = at or clock.now()
    entry = JournalEntry(
        sequence=head.size,
        at=max(at, head.latest_at or at),
        via=actor.via,
        person_id=actor.person_id or "",
        holding_id=actor.holding_id or "",
        organisation_id=actor.organisation_id or "",
        action=action,
        subject_kind=subject_kind,
        subject_id=subject_id,
        collaboration_id=collaboration_id,
        matter_id=matter_id,
    )
    if actor.system:
        content["purpose"] = actor.purpose
    if actor.link_position_id:
        content["position"] = actor.link_position_id
    _write(head, entry, content)
    written.set(written.get() + 1)
    return entry


def _write(head: JournalHead, entry: JournalEntry, content: dict[str, Any]) -> None:
    salt = secrets.token_hex(32)
    entry.commitment = commitment(salt, content)
    leaf = merkle.leaf_hash(entry_bytes(entry))
    entry.leaf = leaf.hex()
    entry.save(force_insert=True)
    JournalPayload.objects.create(entry=entry, salt=salt, content=content)
    frontier = merkle.append([bytes.fromhex(part) for part in head.frontier], head.size, leaf)
    head.frontier = [part.hex() for part in frontier]
    head.size += 1
    head.latest_at = entry.at
    head.save()
