"""The JSON API of the journal: what was done, one entry, its proof, and the checkpoint to keep."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Field, Query, Schema

from samordna.api.foundation import PROBLEMS, Operations, actor_of
from samordna.core import clock
from samordna.core.errors import Absent
from samordna.core.policy import Thing
from samordna.core.proofs import Proof, latest_checkpoint, proof_of
from samordna.domain.adherence.queries.history import Entry, History, entry_of, history
from samordna.domain.collaborations.access import collaboration_for, permit

router = Operations(tags=["journal"])
LAST_SEQUENCE = 2**53


class JournalRowOut(Schema):
    """One entry as a line. `open`: may the caller read what it says?"""

    sequence: int
    at: datetime
    via: str
    person: str
    role: str
    organisation: str
    action: str
    matter_id: str
    matter: str
    open: bool


class HistoryOut(Schema):
    """One page of a collaboration's journal, the newest first."""

    rows: list[JournalRowOut]
    page: int
    more: bool = Field(description="Are there older entries on the next page?")


class EntryOut(Schema):
    """One entry; `content` is null when the caller may not read it, or when it is erased."""

    row: JournalRowOut
    content: dict[str, Any] | None
    erased: bool
    subject_kind: str
    subject_id: str
    leaf: str


class ProofOut(Schema):
    """An inclusion proof (RFC 9162 §2.1.3) against a signed checkpoint."""

    sequence: int
    size: int
    leaf: str
    root: str
    path: list[str]
    note: str


class CheckpointOut(Schema):
    """The newest checkpoint; `note` is the text that was signed, for somebody outside to keep."""

    size: int
    root: str
    at: datetime
    note: str


class Asked(Schema):
    """Which part of the journal is asked for."""

    matter_id: str = Field("", max_length=12)
    page: int = Field(1, ge=1, le=100_000)


@router.get("/collaborations/{collaboration_id}/journal", response={200: HistoryOut, **PROBLEMS})
def read_journal(request: HttpRequest, collaboration_id: str, asked: Query[Asked]) -> History:
    """What has been done in a collaboration."""
    actor, at = actor_of(request), clock.now()
    collaboration_for(actor, collaboration_id, "journal.read", at)
    return history(actor, at, collaboration_id, asked.matter_id, asked.page)


@router.get("/journal/entries/{sequence}", response={200: EntryOut, **PROBLEMS})
def read_entry(request: HttpRequest, sequence: int) -> Entry:
    """One entry."""
    return _entry(request, sequence)


@router.get("/journal/entries/{sequence}/proof", response={200: ProofOut, **PROBLEMS})
def prove_entry(request: HttpRequest, sequence: int) -> Proof:
    """That an entry is in the journal that a signed checkpoint is about."""
    _entry(request, sequence)
    return proof_of(sequence)


@router.get("/journal/checkpoint", response={200: CheckpointOut, **PROBLEMS})
def read_checkpoint(request: HttpRequest) -> object:
    """The newest signed checkpoint."""
    permit(actor_of(request), "journal.verify", Thing())
    latest = latest_checkpoint()
    if latest is None:
        raise Absent
    return latest


def _entry(request: HttpRequest, sequence: int) -> Entry:
    if not 0 <= sequence < LAST_SEQUENCE:
        raise Absent
    return entry_of(actor_of(request), sequence, clock.now())
