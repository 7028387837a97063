"""Bringing a version into force without everybody's hand, and ending one."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Refused
from samordna.core.operation import operation
from samordna.domain.agreements.access import DRAFT, agreement_for, version_for
from samordna.domain.agreements.enums import SIGNED, BindsWhen, Ending, SignatureAnswer, Standing
from samordna.domain.agreements.life import governs, standing
from samordna.domain.agreements.models import Agreement, AgreementVersion
from samordna.domain.agreements.operations.signing import conclude, seal
from samordna.domain.agreements.operations.telling import tell
from samordna.domain.agreements.queries.readiness import FEWEST_SIGNERS
from samordna.domain.organisations.findings import Findings


@operation("agreement.draft")
def approve_document(*, actor: Actor, version_id: str, at: datetime | None = None) -> AgreementVersion:
    """Seal and approve a version of a document that is not signed, such as a routine: it holds from its day.

    A routine has to rest on an agreement in force or on a decision. Raises `Refused` with what is lacking.
    """
    version = version_for(actor, version_id, DRAFT, at)
    at = at or clock.now()
    if version.agreement.kind in SIGNED:
        raise Refused(_("This kind of document is signed by the parties, not approved."))
    version = seal(actor, version_id, at)
    conclude(version, at)
    digest = version.document.sha256
    tell(actor, "agreement_approved", version.agreement, at, number=version.number, sha256=digest)
    return version


@operation("agreement.draft")
def conclude_among_signers(*, actor: Actor, version_id: str, at: datetime | None = None) -> AgreementVersion:
    """Bring a version into force among those who have signed. Others may still sign and are bound from then on.

    Raises `Refused` unless that was the choice when it was sealed, and for fewer than two signatures.
    """
    version_for(actor, version_id, DRAFT, at)
    at = at or clock.now()
    version = _locked(version_id)
    if standing(version.fact, clock.day(at)) is not Standing.SIGNING:
        raise Refused(_("This version does not await signatures."))
    if version.binds_when != BindsWhen.SIGNERS:
        raise Refused(_("This version holds when all parties have signed; that was said when it was sealed."))
    if version.signatures.filter(answer=SignatureAnswer.SIGNED).count() < FEWEST_SIGNERS:
        raise Refused(_("At least two have to sign before it can hold among them."))
    conclude(version, at)
    tell(actor, "agreement_concluded", version.agreement, at, number=version.number, by="signers")
    return version


@operation("agreement.draft")
def withdraw_version(*, actor: Actor, version_id: str, reason: str, at: datetime | None = None) -> AgreementVersion:
    """Withdraw a draft, or a version that is not yet signed by all. What was written and signed can still be read."""
    version_for(actor, version_id, DRAFT, at)
    at = at or clock.now()
    version = _locked(version_id)
    if standing(version.fact, clock.day(at)) not in {Standing.DRAFT, Standing.SIGNING}:
        raise Refused(_("Only a draft, or a version that awaits signatures, can be withdrawn."))
    found = Findings()
    version.ended_reason = found.text("reason", reason)
    found.insist()
    version.ended_on, version.ended_how = clock.day(at), Ending.WITHDRAWN
    version.save(update_fields=["ended_on", "ended_how", "ended_reason"])
    tell(actor, "agreement_version_withdrawn", version.agreement, at, number=version.number, reason=reason)
    return version


@operation("agreement.draft")
def repeal_document(
    *, actor: Actor, agreement_id: str, reason: str, ended_on: date | None = None, at: datetime | None = None
) -> AgreementVersion:
    """End the version in force, or the one that is to come into force, from a day on: a document or an annex is repealed.

    Raises `Refused` when nothing holds or is to hold, and `Invalid` for a day that has been or lies after its own end.
    """
    agreement = agreement_for(actor, agreement_id, DRAFT, at)
    at = at or clock.now()
    Agreement.objects.select_for_update().get(pk=agreement_id)
    on, last = clock.day(at), ended_on or clock.day(at)
    version = _holding(agreement, on)
    found = Findings()
    version.ended_reason = found.text("reason", reason)
    if last < on:
        found.say("ended_on", _("It ends today or later; what has held cannot be undone."))
    if version.valid_to is not None and last > version.valid_to:
        found.say("ended_on", _("It ends by itself before that day."))
    found.insist()
    version.ended_on, version.ended_how = last, Ending.REPEALED
    version.save(update_fields=["ended_on", "ended_how", "ended_reason"])
    tell(actor, "agreement_repealed", agreement, at, number=version.number, ended_on=last, reason=reason)
    return version


def _holding(agreement: Agreement, on: date) -> AgreementVersion:
    versions = {version.number: version for version in agreement.versions.all()}
    facts = [version.fact for version in versions.values()]
    now = governs(facts, on) or next((f for f in facts if standing(f, on) is Standing.COMING), None)
    if now is None or (now.ended_on is not None and now.ended_on <= on):
        raise Refused(_("Nothing of this document holds or is to come into force, so there is nothing to repeal."))
    return versions[now.number]


def _locked(version_id: str) -> AgreementVersion:
    locked = AgreementVersion.objects.select_for_update(of=("self",)).select_related("agreement__collaboration")
    return locked.get(pk=version_id)
