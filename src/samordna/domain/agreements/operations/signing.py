"""Sealing a version, and the parties' answers to it.

What is signed is a file: the PDF is made once, kept, and its digest (SHA-256) stands in every signature. Each organisation
signs for itself, by a role that may decide for it, so that nobody is bound by anybody else's hand (M1); a party with
several organisations has signed when all of them have.
"""

from __future__ import annotations

from datetime import date, datetime
from hashlib import sha256

from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Refused
from samordna.core.operation import operation
from samordna.domain.agreements.access import DRAFT, SIGN, version_for
from samordna.domain.agreements.document import Document
from samordna.domain.agreements.enums import SIGNED, BindsWhen, Ending, SignatureAnswer, SignatureWay, Standing
from samordna.domain.agreements.life import standing
from samordna.domain.agreements.models import AgreementVersion, SealedDocument, Signature
from samordna.domain.agreements.operations.drafting import must_be_draft
from samordna.domain.agreements.operations.telling import tell
from samordna.domain.agreements.queries.drafting import document_of
from samordna.domain.agreements.queries.readiness import what_is_lacking
from samordna.domain.agreements.rendering.pdf import made_with, pdf_of
from samordna.domain.organisations.findings import Findings
from samordna.domain.organisations.succession import in_law, stands_for


@operation("agreement.draft")
def offer_for_signing(*, actor: Actor, version_id: str, at: datetime | None = None) -> AgreementVersion:
    """Seal a draft: what it says now, data and all, becomes the version, and the parties may sign it.

    Raises `Refused` with a sentence for each thing that is lacking.
    """
    version = version_for(actor, version_id, DRAFT, at)
    at = at or clock.now()
    if version.agreement.kind not in SIGNED:
        raise Refused(_("This kind of document is approved, not signed."))
    version = seal(actor, version_id, at)
    digest = version.document.sha256
    tell(actor, "agreement_offered", version.agreement, at, number=version.number, sha256=digest)
    return version


def seal(actor: Actor, version_id: str, at: datetime) -> AgreementVersion:
    """Make the draft immutable, with its PDF; the caller has asked for the right and tells the journal."""
    locked = AgreementVersion.objects.select_for_update(of=("self",))
    version = locked.select_related("agreement__collaboration__coordinator_role", "agreement__area").get(pk=version_id)
    must_be_draft(version)
    if lacking := what_is_lacking(version, at):
        raise Refused(" ".join(lacking))
    if actor.holding_id is None:
        raise Refused(_("Somebody who holds a role has to seal a version."))
    document = document_of(version, at)
    pdf = pdf_of(document, at)
    version.content = document.as_json()
    version.sealed_at, version.sealed_by_id = at, actor.holding_id
    version.save(update_fields=["content", "sealed_at", "sealed_by"])
    SealedDocument.objects.create(version=version, pdf=pdf, sha256=sha256(pdf).hexdigest(), made_with=made_with())
    return version


@operation("agreement.sign")
def sign_version(
    *,
    actor: Actor,
    version_id: str,
    sha256: str,
    way: str = SignatureWay.HERE,
    signed_on: date | None = None,
    source: str = "",
    at: datetime | None = None,
) -> Signature:
    """Sign for one's own organisation what has this digest: here, or record that it was signed elsewhere and where the
    original is. The last signature brings the version into force when all have to sign."""
    version_for(actor, version_id, SIGN, at)
    at = at or clock.now()
    version = _open_for(actor, version_id, at)
    found = Findings()
    if sha256.strip().lower() != version.document.sha256:
        found.say(
            "sha256", _("This is not the digest of the document that is to be signed. Read it again and sign it then.")
        )
    found.choice("way", way, SignatureWay.values)
    signed_on = signed_on or clock.day(at)
    if signed_on > clock.day(at):
        found.say("signed_on", _("One signs today or has signed earlier."))
    source = found.line("source", source, 200, required=way == SignatureWay.ELSEWHERE)
    found.insist()
    made = _answer(actor, version, SignatureAnswer.SIGNED, at, way=way, signed_on=signed_on, source=source)
    tell(actor, "agreement_signed", version.agreement, at, number=version.number, sha256=made.sha256, way=way)
    if version.binds_when == BindsWhen.ALL and not missing_signers(version):
        conclude(version, at)
        tell(actor, "agreement_concluded", version.agreement, at, number=version.number, by="all")
    return made


@operation("agreement.sign")
def decline_to_sign(*, actor: Actor, version_id: str, reason: str, at: datetime | None = None) -> Signature:
    """Say, with a reason, that one's own organisation does not sign this version. It may still sign later."""
    version_for(actor, version_id, SIGN, at)
    at = at or clock.now()
    version = _open_for(actor, version_id, at)
    found = Findings()
    reason = found.text("reason", reason)
    found.insist()
    made = _answer(actor, version, SignatureAnswer.DECLINED, at, reason=reason)
    tell(actor, "agreement_declined", version.agreement, at, number=version.number, reason=reason)
    return made


def _open_for(actor: Actor, version_id: str, at: datetime) -> AgreementVersion:
    """The locked version, if the actor's organisation is one that may still sign it."""
    locked = AgreementVersion.objects.select_for_update(of=("self",)).select_related("agreement__collaboration", "document")
    version = locked.get(pk=version_id)
    now = standing(version.fact, clock.day(at))
    open_late = version.binds_when == BindsWhen.SIGNERS and now in {Standing.COMING, Standing.IN_FORCE}
    if version.imported_from or (now is not Standing.SIGNING and not open_late):
        raise Refused(_("This version is not open for signing."))
    signers = Document.from_json(version.content or {}).signers
    if not stands_for(actor.organisation_id or "") & {signer.organisation_id for signer in signers}:
        raise Refused(_("Your organisation is not a party to this version."))
    if actor.holding_id is None:
        raise Refused(_("Somebody who holds a role in the organisation has to sign."))
    if version.signatures.filter(organisation_id=actor.organisation_id, answer=SignatureAnswer.SIGNED).exists():
        raise Refused(_("Your organisation has signed already."))
    return version


def _answer(
    actor: Actor,
    version: AgreementVersion,
    answer: SignatureAnswer,
    at: datetime,
    *,
    way: str = SignatureWay.HERE,
    signed_on: date | None = None,
    source: str = "",
    reason: str = "",
) -> Signature:
    return Signature.objects.create(
        version=version,
        organisation_id=actor.organisation_id or "",
        holding_id=actor.holding_id or "",
        answer=answer,
        way=way,
        signed_on=signed_on or clock.day(at),
        recorded_at=at,
        source=source,
        reason=reason,
        sha256=version.document.sha256,
    )


def missing_signers(version: AgreementVersion) -> tuple[str, ...]:
    """The organisations that have not signed, by name."""
    signed = set(version.signatures.filter(answer=SignatureAnswer.SIGNED).values_list("organisation_id", flat=True))
    signers = Document.from_json(version.content or {}).signers
    now = in_law()
    return tuple(
        signer.organisation
        for signer in signers
        if not {signer.organisation_id, now.get(signer.organisation_id, signer.organisation_id)} & signed
    )


def conclude(version: AgreementVersion, at: datetime) -> None:
    """The version holds from its day; whatever held before it is replaced from that day."""
    version.concluded_at = at
    version.save(update_fields=["concluded_at"])
    start = version.valid_from or clock.day(at)
    for other in version.agreement.versions.exclude(pk=version.pk).filter(
        concluded_at__isnull=False, ended_on__isnull=True
    ):
        if other.valid_from is not None and other.valid_from < start and (other.valid_to is None or other.valid_to > start):
            other.ended_on, other.ended_how = start, Ending.REPLACED
            other.save(update_fields=["ended_on", "ended_how"])
