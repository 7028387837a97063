"""What the pages and the API are given about documents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from samordna.domain.agreements.document import Document, Part
from samordna.domain.agreements.queries.signing import SignerRow
from samordna.domain.organisations.role_pages import ThenAndNow


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRow:
    """One document in a list: by the version that governs, or else the latest."""

    id: str
    name: str
    kind: str
    kind_label: str
    collaboration_id: str
    collaboration: str
    organisation: str
    annex_of_id: str
    version: int
    standing: str
    standing_label: str
    trial: bool
    valid_from: date | None
    valid_to: date | None
    review_on: date | None
    responsible: str
    responsible_role_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionRow:
    """One version in a history."""

    id: str
    number: int
    name: str
    standing: str
    standing_label: str
    diary_number: str
    approver: str
    valid_from: date | None
    valid_to: date | None
    trial: bool
    ended_on: date | None
    ended_how: str
    ended_reason: str
    imported_from: str
    note: str
    sealed: bool
    sha256: str
    governs: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GroundRow:
    """What the document rests on; of a decision only its id is known here."""

    id: str
    document_id: str
    document: str
    in_force: bool
    decision_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRow:
    """A review that was made."""

    reviewed_at: datetime
    by: str
    outcome: str
    next_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementPage:
    """One document, whole. `current` is the version that governs, `draft` the one that is written on or signed. `who`: who
    held the responsible role when the one that governs began to, and who does today."""

    id: str
    name: str
    kind: str
    kind_label: str
    signed: bool
    collaboration_id: str
    collaboration: str
    organisation_id: str
    organisation: str
    annex_of_id: str
    annex_of: str
    area_id: str
    area: str
    responsible_role_id: str
    responsible: str
    who: ThenAndNow
    review_on: date | None
    on: date
    versions: tuple[VersionRow, ...]
    current: VersionRow | None
    draft: VersionRow | None
    untidy: tuple[str, ...]
    annexes: tuple[DocumentRow, ...]
    grounds: tuple[GroundRow, ...]
    carries: tuple[DocumentRow, ...]
    reviews: tuple[ReviewRow, ...]

    @property
    def review_due(self) -> bool:
        """Has the day of the next review come?"""
        return self.review_on is not None and self.review_on <= self.on


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionRow:
    """A section of a draft, to be written."""

    id: str
    heading: str
    title: str
    hint: str
    data: bool
    text: str
    revision: int
    part: Part


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionPage:
    """One version as a document, with who signs it and what it lacks. `sections` only in a draft. `who`: who held the
    responsible role when the version began to hold, and who does today."""

    agreement_id: str
    collaboration_id: str
    collaboration: str
    version: VersionRow
    revision: int
    binds_when: str
    label: str
    signed_kind: bool
    document: Document
    sections: tuple[SectionRow, ...]
    signers: tuple[SignerRow, ...]
    changed: tuple[tuple[Part, Part], ...]
    lacking: tuple[str, ...]
    responsible_role_id: str
    responsible: str
    who: ThenAndNow

    @property
    def signed_count(self) -> int:
        """How many have signed."""
        return sum(row.signed for row in self.signers)


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionPage:
    """One section of a draft, with who wrote it last."""

    agreement_id: str
    agreement: str
    version_number: int
    section: SectionRow
    own_title: str
    changed_at: datetime | None
    changed_by: str
