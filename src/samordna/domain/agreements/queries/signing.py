"""Who has to sign a version, who has, and whom one waits for; and the exact bytes that are signed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from samordna.core.actor import Actor
from samordna.domain.agreements.access import version_for
from samordna.domain.agreements.document import Document
from samordna.domain.agreements.enums import SignatureAnswer, SignatureWay
from samordna.domain.agreements.models import AgreementVersion, Signature
from samordna.domain.agreements.queries.drafting import document_of
from samordna.domain.agreements.rendering.pdf import pdf_of
from samordna.domain.agreements.rendering.word import word_of
from samordna.domain.organisations.succession import in_law, told_now


@dataclass(frozen=True, slots=True, kw_only=True)
class SignerRow:
    """An organisation that is to sign, with its answer so far. Everything but the names is empty while it is silent."""

    organisation_id: str
    organisation: str
    party: str
    own: bool
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


def signers(version: AgreementVersion, document: Document, actor: Actor) -> tuple[SignerRow, ...]:
    """Everybody who has to sign, by party; a signature is the last word, and of refusals the latest: one query."""
    found: Iterable[Signature] = version.signatures.select_related("holding__person", "holding__role")
    last = sorted(found, key=lambda answer: (answer.answer == SignatureAnswer.SIGNED, answer.recorded_at))
    answers, now = {answer.organisation_id: answer for answer in last}, in_law()
    rows, names = [], told_now({signer.organisation_id: signer.organisation for signer in document.signers})
    for signer in document.signers:
        present = now.get(signer.organisation_id, signer.organisation_id)
        answer = answers.get(signer.organisation_id) or answers.get(present)
        rows.append(_row(present, names[signer.organisation_id], signer.party, answer, actor))
    return tuple(rows)


def _row(organisation_id: str, organisation: str, party: str, answer: Signature | None, actor: Actor) -> SignerRow:
    signed = answer is not None and answer.answer == SignatureAnswer.SIGNED
    return SignerRow(
        organisation_id=organisation_id,
        organisation=organisation,
        party=party,
        own=organisation_id == actor.organisation_id,
        signed=signed,
        declined=answer is not None and not signed,
        by=answer.holding.person.name if answer else "",
        role=answer.holding.role.name if answer else "",
        signed_on=answer.signed_on if answer else None,
        recorded_at=answer.recorded_at if answer else None,
        way=str(SignatureWay(answer.way).label) if answer and signed else "",
        source=answer.source if answer else "",
        reason=answer.reason if answer else "",
        sha256=answer.sha256 if answer else "",
    )


def pdf_for(actor: Actor, version_id: str, at: datetime) -> tuple[str, bytes]:
    """A file name and the PDF: the very bytes that were sealed, or of a draft what it would be, marked as one."""
    version = version_for(actor, version_id, at=at)
    if hasattr(version, "document"):
        return _file_name(version, "pdf"), bytes(version.document.pdf)
    sealed = version.sealed_at
    return _file_name(version, "pdf"), pdf_of(document_of(version, at), sealed or at, draft=sealed is None)


def word_for(actor: Actor, version_id: str, at: datetime) -> tuple[str, bytes]:
    """A file name and the version as a Word document."""
    version = version_for(actor, version_id, at=at)
    return _file_name(version, "docx"), word_of(document_of(version, at), version.sealed_at or at)


def _file_name(version: AgreementVersion, ending: str) -> str:
    name = "".join(c if c.isalnum() else "-" for c in version.agreement.name.lower()).strip("-")
    return f"{name[:60]}-{version.number}.{ending}"
