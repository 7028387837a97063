"""The register of what binds whom, as far as documents go; decisions, a later step, are put beside it by the pages.

An agreement in force binds those who signed it; one that was taken in from before binds those who are parties to it; a
routine in force concerns all who take part, and an organisation's own routine that organisation alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.domain.agreements.access import visible_agreements
from samordna.domain.agreements.document import Document
from samordna.domain.agreements.enums import SIGNED
from samordna.domain.agreements.life import governs
from samordna.domain.agreements.models import Agreement, AgreementVersion
from samordna.domain.agreements.phrases import kind_name
from samordna.domain.agreements.queries.waiting import signed_by
from samordna.domain.collaborations.models import Participation


@dataclass(frozen=True, slots=True, kw_only=True)
class BindingDocument:
    """A document in force as it binds one organisation. `ground`: signed, party (taken in from before), routine, own; or
    responsible, where it binds only the work of the actor's role: a coordinator's organisation need not take part.

    `mine`: the actor's own role is responsible for it. `since`: from which day it binds the organisation.
    """

    agreement_id: str
    version: int
    name: str
    kind: str
    kind_label: str
    collaboration_id: str
    collaboration: str
    area_id: str
    area: str
    annex_of_id: str
    ground: str
    since: date
    valid_to: date | None
    trial: bool
    review_on: date | None
    responsible: str
    mine: bool


def documents_that_bind(actor: Actor, organisation_id: str, at: datetime) -> tuple[BindingDocument, ...]:
    """The documents in force that bind the organisation, of those the actor may read: four queries for any number."""
    on = clock.day(at)
    related = ("collaboration", "area", "responsible_role__organisation")
    found = visible_agreements(actor, at).select_related(*related).prefetch_related("versions").order_by("name", "pk")
    held = [(agreement, version) for agreement in found if (version := _governing(agreement, on)) is not None]
    signed = signed_by(organisation_id, [version.pk for _, version in held])
    parts = Participation.objects.on(on).filter(organisation_id=organisation_id)
    taking_part = set(parts.values_list("collaboration_id", flat=True))
    rows = []
    for agreement, version in held:
        ground = _ground(agreement, version, organisation_id, signed, taking_part)
        ground = ground or ("responsible" if agreement.responsible_role_id == actor.role_id else "")
        if ground:
            since = max(version.valid_from or on, signed.get(version.pk, version.valid_from or on))
            rows.append(_row(agreement, version, ground, since, actor))
    return tuple(rows)


def _governing(agreement: Agreement, on: date) -> AgreementVersion | None:
    versions = {version.number: version for version in agreement.versions.all()}
    held = governs([version.fact for version in versions.values()], on)
    return versions[held.number] if held else None


def _ground(
    agreement: Agreement, version: AgreementVersion, own: str, signed: dict[str, date], taking_part: set[str]
) -> str:
    if agreement.organisation_id:
        return "own" if agreement.organisation_id == own else ""
    if agreement.collaboration_id not in taking_part:
        return ""
    if agreement.kind not in SIGNED:
        return "routine"
    if version.imported_from:
        signers = Document.from_json(version.content or {}).signers
        return "party" if own in {signer.organisation_id for signer in signers} else ""
    return "signed" if version.pk in signed else ""


def _row(agreement: Agreement, version: AgreementVersion, ground: str, since: date, actor: Actor) -> BindingDocument:
    role = agreement.responsible_role
    return BindingDocument(
        agreement_id=agreement.pk,
        version=version.number,
        name=agreement.name,
        kind=agreement.kind,
        kind_label=kind_name(agreement.kind),
        collaboration_id=agreement.collaboration_id,
        collaboration=agreement.collaboration.name,
        area_id=agreement.area_id or "",
        area=agreement.area.name if agreement.area else "",
        annex_of_id=agreement.annex_of_id or "",
        ground=ground,
        since=since,
        valid_to=version.fact.until,
        trial=version.trial,
        review_on=agreement.review_on,
        responsible=f"{role.name}, {role.organisation.name}",
        mine=role.pk == actor.role_id,
    )
