"""What somebody is waited for with documents: to sign, to follow up what runs out, to look over what is due."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor, Duty
from samordna.domain.agreements.access import visible_agreements
from samordna.domain.agreements.document import Document
from samordna.domain.agreements.enums import Ending, SignatureAnswer
from samordna.domain.agreements.life import governs
from samordna.domain.agreements.models import Agreement, AgreementVersion, Signature
from samordna.domain.agreements.queries.pages import with_versions
from samordna.domain.collaborations.access import reach
from samordna.domain.organisations.waiting import Waiting, WaitingKind

RUNS_OUT_SOON = timedelta(days=120)
REVIEW_SOON = timedelta(days=30)


def waiting_for(actor: Actor, at: datetime) -> list[Waiting]:
    """What the actor may do now, in its role; five queries at most, whatever the tables hold."""
    if actor.organisation_id is None or not actor.may_write:
        return []
    return [*_to_sign(actor, at), *_to_look_after(actor, at)]


def _to_sign(actor: Actor, at: datetime) -> Iterator[Waiting]:
    if Duty.ADOPT not in actor.duties:
        return
    own = actor.organisation_id or ""
    answered = Signature.objects.filter(organisation_id=own).values("version_id")
    versions = AgreementVersion.objects.filter(
        sealed_at__isnull=False,
        concluded_at__isnull=True,
        ended_on__isnull=True,
        agreement__in=visible_agreements(actor, at),
    )
    for version in versions.exclude(pk__in=answered).select_related("agreement__collaboration").order_by("sealed_at", "pk"):
        signers = Document.from_json(version.content or {}).signers
        if own in {signer.organisation_id for signer in signers}:
            yield _item(WaitingKind.SIGN, _("Read and sign"), version.agreement, due=version.valid_from, to=version)


def _to_look_after(actor: Actor, at: datetime) -> Iterator[Waiting]:
    """What is due for those who write the document: the coordinator and the responsible role."""
    coordinated, on = reach(actor, at)[1], clock.day(at)
    mine = Q(responsible_role_id=actor.role_id) | Q(collaboration_id__in=coordinated, organisation__isnull=True)
    found = visible_agreements(actor, at).filter(mine)
    for agreement in with_versions(found).order_by("name", "pk"):
        if agreement.review_on is not None and agreement.review_on <= on + REVIEW_SOON:
            yield _item(WaitingKind.REVIEW, _("Look over whether it still serves"), agreement, due=agreement.review_on)
        yield from _running_out(agreement, on)


def _running_out(agreement: Agreement, on: date) -> Iterator[Waiting]:
    versions = list(agreement.versions.all())
    held = governs([version.fact for version in versions], on)
    successor = any(v.ended_how != Ending.WITHDRAWN and held is not None and v.number > held.number for v in versions)
    if held is None or held.end is None or held.ended_on is not None or successor:
        return
    if held.end <= on + RUNS_OUT_SOON:
        trial = next(version.trial for version in versions if version.number == held.number)
        what = _("Decide what comes after the trial") if trial else _("Renew it or let it run out")
        yield _item(WaitingKind.REVIEW, what, agreement, due=held.end)


def _item(
    kind: WaitingKind, what: str, agreement: Agreement, due: date | None, to: AgreementVersion | None = None
) -> Waiting:
    address = ("agreement_version", (agreement.pk, str(to.number))) if to else ("agreement", (agreement.pk,))
    return Waiting(
        kind=kind,
        what=what,
        about=agreement.name,
        collaboration=agreement.collaboration.name,
        url_name=address[0],
        url_args=address[1],
        due=due,
    )


def signed_by(organisation_id: str, version_ids: list[str]) -> dict[str, date]:
    """On which day the organisation signed each of these versions; those it has not signed are not there: one query."""
    rows = Signature.objects.filter(
        organisation_id=organisation_id, version_id__in=version_ids, answer=SignatureAnswer.SIGNED
    )
    return dict(rows.values_list("version_id", "signed_on"))
