"""What somebody is waited for with documents: to sign, to follow up what runs out, to look over what is due."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor, Duty
from samordna.domain.agreements.document import Document
from samordna.domain.agreements.enums import Ending, SignatureAnswer
from samordna.domain.agreements.life import governs
from samordna.domain.agreements.models import Agreement, AgreementVersion, Signature
from samordna.domain.agreements.queries.pages import with_versions
from samordna.domain.collaborations.enums import CollaborationState
from samordna.domain.collaborations.queries.crowd import Crowd, Found, asked_alone, each
from samordna.domain.organisations.succession import in_law
from samordna.domain.organisations.waiting import Waiting, WaitingKind

RUNS_OUT_SOON = timedelta(days=120)
REVIEW_SOON = timedelta(days=30)


def waiting_in(crowd: Crowd, at: datetime) -> Iterator[Found]:
    """What each may do now, in its role; four questions at most, whatever the tables hold."""
    yield from _to_sign(crowd)
    yield from _to_look_after(crowd, at)


def waiting_for(actor: Actor, at: datetime) -> list[Waiting]:
    """What one actor may do now, in its role."""
    return asked_alone(waiting_in, actor, at)


def _to_sign(crowd: Crowd) -> Iterator[Found]:
    organisations, joined = crowd.organisations(Duty.ADOPT), crowd.joined(Duty.ADOPT)
    if not joined:
        return
    versions = AgreementVersion.objects.filter(
        sealed_at__isnull=False, concluded_at__isnull=True, ended_on__isnull=True, agreement__collaboration_id__in=joined
    ).exclude(agreement__collaboration__state=CollaborationState.PLANNED)
    standing_in = in_law()
    answers = Signature.objects.filter(organisation_id__in={*organisations, *standing_in}, version__in=versions)
    answered = set(answers.values_list("version_id", "organisation_id"))
    for version in versions.select_related("agreement__collaboration").order_by("sealed_at", "pk"):
        named = (signer.organisation_id for signer in Document.from_json(version.content or {}).signers)
        signers = {standing_in.get(each, each) for each in named if (version.pk, each) not in answered}
        item = _item(WaitingKind.SIGN, _("Read and sign"), version.agreement, due=version.valid_from, to=version)
        for own in sorted(signers & set(organisations)):
            if (version.pk, own) not in answered:
                yield from each(crowd.of(own, version.agreement.collaboration_id, Duty.ADOPT), item)


def _to_look_after(crowd: Crowd, at: datetime) -> Iterator[Found]:
    """What is due for those who write the document: the coordinator and the responsible role."""
    on = clock.day(at)
    roles = [actor.role_id or "" for actor in crowd.actors]
    mine = Q(responsible_role_id__in=roles) | Q(collaboration_id__in=crowd.coordinated, organisation__isnull=True)
    found = Agreement.objects.filter(mine) if roles else Agreement.objects.none()
    for agreement in with_versions(found).select_related("collaboration").order_by("name", "pk"):
        where = agreement.collaboration_id
        responsible = [
            actor
            for actor in crowd.actors
            if actor.role_id == agreement.responsible_role_id and _reads(crowd, actor, agreement)
        ]
        leading = crowd.leading(where) if not agreement.organisation_id else ()
        whose = dict.fromkeys([*leading, *responsible])
        if agreement.review_on is not None and agreement.review_on <= on + REVIEW_SOON:
            what = _("Look over whether it still serves")
            yield from each(whose, _item(WaitingKind.REVIEW, what, agreement, due=agreement.review_on))
        for waiting in _running_out(agreement, on):
            yield from each(whose, waiting)


def _reads(crowd: Crowd, actor: Actor, agreement: Agreement) -> bool:
    """May the responsible role read the document? It coordinates where it lies, or takes part where that is open."""
    where = agreement.collaboration
    if actor in crowd.leading(where.pk):
        return True
    takes_part = where.pk in crowd.taking_part.get(actor.organisation_id or "", ())
    return takes_part and where.state != CollaborationState.PLANNED


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
