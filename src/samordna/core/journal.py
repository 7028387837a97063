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
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.db import transaction
from django.utils.functional import Promise

from samordna.core import checkpoints, clock, merkle
from samordna.core.actor import Actor
from samordna.core.models import JournalEntry, JournalHead, JournalPayload

TEXT_FIELDS = (
    *("via", "person_id", "holding_id", "organisation_id", "action", "subject_kind", "subject_id"),
    *("collaboration_id", "matter_id", "commitment"),
)
ERASED = "payload_erased"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What an entry is about, for those who follow what is written (`core.operation.AFTERWARDS`)."""

    kind: str
    id: str
    collaboration_id: str = ""
    matter_id: str = ""


written: ContextVar[int] = ContextVar("journal_entries_written", default=0)
telling: ContextVar[list[Told] | None] = ContextVar("what the running operation has written about", default=None)


def canonical(content: Mapping[str, Any]) -> bytes:
    """One spelling for one content: sorted keys, no spaces, UTF-8; days and moments as in ISO 8601."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_plain)
    return text.encode()


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Promise):
        return str(value)
    raise TypeError(f"The journal cannot hold a {type(value).__name__}.")


def commitment(salt: str, content: bytes) -> str:
    """A salted commitment to the payload: proves it while the salt is kept, says nothing once the salt is gone."""
    return hmac.digest(bytes.fromhex(salt), content, "sha256").hex()


def entry_bytes(entry: JournalEntry) -> bytes:
    """The bytes that the entry's leaf hash is taken over."""
    fields = {name: getattr(entry, name) for name in TEXT_FIELDS}
    return canonical(fields | {"sequence": entry.sequence, "at": entry.at.isoformat()})


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
    at = (at or clock.now()).astimezone(UTC)
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
    if actor.assurance:
        content["assurance"] = actor.assurance
    if actor.link_position_id:
        content["position"] = actor.link_position_id
    _write(head, entry, canonical(content))
    written.set(written.get() + 1)
    told = telling.get()
    if told is not None:
        told.append(Told(kind=subject_kind, id=subject_id, collaboration_id=collaboration_id, matter_id=matter_id))
    return entry


def _write(head: JournalHead, entry: JournalEntry, content: bytes) -> None:
    salt = secrets.token_hex(32)
    entry.commitment = commitment(salt, content)
    leaf = merkle.leaf_hash(entry_bytes(entry))
    entry.leaf = leaf.hex()
    entry.save(force_insert=True)
    JournalPayload.objects.create(entry=entry, salt=salt, content=content.decode())
    frontier = merkle.append([bytes.fromhex(part) for part in head.frontier], head.size, leaf)
    head.frontier = [part.hex() for part in frontier]
    head.size += 1
    head.latest_at = entry.at
    head.save()
    if head.size % checkpoints.EVERY == 0:
        checkpoints.make_checkpoint(at=entry.at)


def erase(*, actor: Actor, sequence: int, decision: str, at: datetime | None = None) -> JournalEntry:
    """Erase what one entry says, by a decision that is named. That it was said, by whom and when, stays and verifies.

    Raises `JournalPayload.DoesNotExist` when there is nothing left to erase.
    """
    payload = JournalPayload.objects.select_for_update().get(pk=sequence)
    payload.delete()
    return record(actor=actor, action=ERASED, subject_kind="journal", subject_id=str(sequence), at=at, decision=decision)


def content_of(payload: JournalPayload | None) -> dict[str, Any] | None:
    """What an entry says, as data; None once it is erased."""
    if payload is None:
        return None
    content: dict[str, Any] = json.loads(payload.content)
    return content
