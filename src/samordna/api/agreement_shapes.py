"""The shapes of documents, versions, signatures and the register as JSON."""

from __future__ import annotations

from datetime import date, datetime

from ninja import Schema

from samordna.api.common_shapes import Made, ReasonIn
from samordna.api.foundation import Page

__all__ = ["Made", "ReasonIn"]


class DocumentRowOut(Schema):
    """A document in a list, by the version that governs or else the latest."""

    id: str
    name: str
    kind: str
    collaboration_id: str
    collaboration: str
    organisation: str
    annex_of_id: str
    version: int
    standing: str
    trial: bool
    valid_from: date | None
    valid_to: date | None
    review_on: date | None
    responsible: str


class DocumentList(Page):
    """A page of documents."""

    items: list[DocumentRowOut]


class VersionRowOut(Schema):
    """A version in a history."""

    id: str
    number: int
    standing: str
    diary_number: str
    approver: str
    valid_from: date | None
    valid_to: date | None
    trial: bool
    ended_on: date | None
    ended_reason: str
    imported_from: str
    note: str
    sealed: bool
    sha256: str
    governs: bool


class GroundOut(Schema):
    """What a document rests on: another document or a decision."""

    id: str
    document_id: str
    document: str
    in_force: bool
    decision_id: str


class ReviewOut(Schema):
    """A review that was made."""

    reviewed_at: datetime
    by: str
    outcome: str
    next_on: date | None


class AgreementOut(Schema):
    """A document with its history. `untidy`: overlaps and gaps, as sentences."""

    id: str
    name: str
    kind: str
    collaboration_id: str
    organisation_id: str
    annex_of_id: str
    area_id: str
    responsible_role_id: str
    responsible: str
    review_on: date | None
    versions: list[VersionRowOut]
    untidy: list[str]
    annexes: list[DocumentRowOut]
    grounds: list[GroundOut]
    reviews: list[ReviewOut]


class PartOut(Schema):
    """A section: prose, and data as a table."""

    heading: str
    title: str
    text: str
    columns: list[str]
    rows: list[list[str]]


class SectionOut(Schema):
    """A section of a draft; `revision` goes back with what is written."""

    id: str
    heading: str
    title: str
    text: str
    revision: int


class SignerOut(Schema):
    """An organisation that is to sign, with its answer so far."""

    organisation_id: str
    organisation: str
    party: str
    signed: bool
    declined: bool
    by: str
    role: str
    signed_on: date | None
    recorded_at: datetime | None
    way: str
    source: str
    reason: str
    sha256: str


class AgreementVersionOut(Schema):
    """A version, whole. `lacking`: what a draft needs before it can be sealed."""

    agreement_id: str
    version: VersionRowOut
    revision: int
    binds_when: str
    title: str
    kind: str
    language: str
    head: list[list[str]]
    parts: list[PartOut]
    sections: list[SectionOut]
    signers: list[SignerOut]
    changed_since: list[PartOut]
    lacking: list[str]


class PieceOut(Schema):
    """A stretch of text: same, gone or new."""

    mark: str
    text: str


class ComparedSectionOut(Schema):
    """A section of two versions. Rows as `[mark, cell, cell, …]`."""

    title: str
    mark: str
    lines: list[list[PieceOut]]
    rows: list[list[str]]


class BindingOut(Schema):
    """A document in force as it binds one's own organisation, and why."""

    agreement_id: str
    version: int
    name: str
    kind: str
    collaboration_id: str
    collaboration: str
    area_id: str
    ground: str
    since: date
    valid_to: date | None
    trial: bool
    review_on: date | None
    responsible: str
    mine: bool


class BindingList(Page):
    """A page of the documents that bind one's own organisation."""

    items: list[BindingOut]


class AgreementIn(Schema):
    """A document to begin."""

    kind: str
    name: str
    responsible_role_id: str = ""
    area_id: str = ""
    annex_of_id: str = ""
    review_on: date | None = None
    language: str = "sv"


class OwnRoutineIn(Schema):
    """A routine of one's own organisation."""

    name: str
    kind: str = "routine"
    area_id: str = ""
    responsible_role_id: str = ""
    review_on: date | None = None
    language: str = "sv"


class DescriptionIn(Schema):
    """What it is called, who is responsible, when it is looked over."""

    name: str
    responsible_role_id: str = ""
    area_id: str = ""
    review_on: date | None = None


class HeadIn(Schema):
    """A draft's head; `revision` is the one that was read."""

    revision: int
    label: str = ""
    diary_number: str = ""
    approver: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    trial: bool = False
    binds_when: str = "all"


class SectionIn(Schema):
    """A section to add."""

    heading: str
    title: str = ""
    text: str = ""
    after: str = ""


class SectionTextIn(Schema):
    """A section's prose; `revision` is the one that was read."""

    revision: int
    text: str
    title: str = ""


class MoveIn(Schema):
    """How far, up (negative) or down."""

    by: int


class ReadRevisionIn(Schema):
    """The revision that was read."""

    revision: int


class SignIn(Schema):
    """One's own organisation's signature."""

    sha256: str
    way: str = "here"
    signed_on: date | None = None
    source: str = ""


class RepealIn(Schema):
    """Why, and from which day it no longer holds."""

    reason: str
    ended_on: date | None = None


class AgreementReviewIn(Schema):
    """What one found, and when next."""

    outcome: str
    next_on: date | None = None


class GroundIn(Schema):
    """A document or a decision that it rests on."""

    rests_on_id: str = ""
    decision_id: str = ""


class OldVersionIn(Schema):
    """A version from before."""

    label: str = ""
    diary_number: str = ""
    approver: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    note: str = ""
    text: str = ""


class HistoryIn(Schema):
    """Versions from before, the oldest first, and where they were found."""

    source: str
    versions: list[OldVersionIn]
