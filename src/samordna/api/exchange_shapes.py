"""Positions as documents, as JSON."""

from __future__ import annotations

from ninja import Schema

from samordna.domain.matters.exchange.documents import DraftIn


class DraftsIn(Schema):
    """Positions as a document has them; `document` names where they come from."""

    document: str
    positions: list[DraftIn]


class FaultOut(Schema):
    """One thing that is wrong: where, what, and what to do."""

    sheet: str
    row: int
    column: str
    what: str
    todo: str


class ImportedOut(Schema):
    """How many positions were drafted, had been sent in, said nothing new; and how many things were wrong."""

    drafted: int
    sent_in: int
    nothing_new: int
    faults: int


class ContradictionOut(Schema):
    """Conditions of one participant that leave an aspect without any option; all are kept, and its owner decides."""

    organisation: str
    aspect: str
    conditions: list[str]


class CheckedOut(Schema):
    """The same before anything is kept, with every fault and what contradicts itself."""

    drafted: int
    sent_in: int
    nothing_new: int
    faults: list[FaultOut]
    contradictions: list[ContradictionOut]
