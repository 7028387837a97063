"""Documents as pages and the API show them: the list, one document with its history, one version, a section."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Prefetch, QuerySet

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.domain.agreements.access import agreement_for, section_for, version_for, visible_agreements
from samordna.domain.agreements.differences import Compared, differences
from samordna.domain.agreements.enums import SIGNED, Ending, Standing
from samordna.domain.agreements.headings import HEADINGS
from samordna.domain.agreements.life import governs, standing, untidiness
from samordna.domain.agreements.models import Agreement, AgreementVersion, Review, Section
from samordna.domain.agreements.phrases import kind_name, section_title, untidy_sentence, version_name
from samordna.domain.agreements.queries.drafting import changed_since, document_of, part_of
from samordna.domain.agreements.queries.readiness import what_is_lacking
from samordna.domain.agreements.queries.rows import (
    AgreementPage,
    DocumentRow,
    GroundRow,
    ReviewRow,
    SectionPage,
    SectionRow,
    VersionPage,
    VersionRow,
)
from samordna.domain.agreements.queries.signing import signers
from samordna.domain.organisations.role_pages import ThenAndNow, then_and_now


def with_versions(found: QuerySet[Agreement]) -> QuerySet[Agreement]:
    """Documents with what a row needs, and their versions without content: two queries for any number."""
    versions = Prefetch("versions", AgreementVersion.objects.defer("content").order_by("number"))
    related = ("collaboration", "organisation", "responsible_role__organisation")
    return found.select_related(*related).prefetch_related(versions)


def documents_of(actor: Actor, at: datetime, collaboration_id: str = "") -> tuple[DocumentRow, ...]:
    """The documents the actor may read, of one collaboration or all; annexes after what they are annexed to."""
    found = visible_agreements(actor, at)
    if collaboration_id:
        found = found.filter(collaboration_id=collaboration_id)
    rows = [document_row(agreement, clock.day(at)) for agreement in with_versions(found).order_by("name", "pk")]
    names = {row.id: row.name for row in rows}
    rows.sort(key=lambda row: (row.collaboration, names.get(row.annex_of_id, row.name), bool(row.annex_of_id), row.name))
    return tuple(rows)


def document_row(agreement: Agreement, on: date) -> DocumentRow:
    """One document by the version that governs on the day, or else by its latest; versions prefetched."""
    versions = list(agreement.versions.all())
    shown = _shown(versions, on)
    role = agreement.responsible_role
    now = standing(shown.fact, on)
    organisation = agreement.organisation.name if agreement.organisation else ""
    return DocumentRow(
        id=agreement.pk,
        name=agreement.name,
        kind=agreement.kind,
        kind_label=kind_name(agreement.kind),
        collaboration_id=agreement.collaboration_id,
        collaboration=agreement.collaboration.name,
        organisation=organisation,
        annex_of_id=agreement.annex_of_id or "",
        version=shown.number,
        standing=now,
        standing_label=str(now.label),
        trial=shown.trial,
        valid_from=shown.valid_from,
        valid_to=shown.fact.until,
        review_on=agreement.review_on,
        responsible=f"{role.name}, {role.organisation.name}",
        responsible_role_id=role.pk,
    )


def _shown(versions: list[AgreementVersion], on: date) -> AgreementVersion:
    """The version that governs, or else the latest that is not withdrawn."""
    governing = governs([version.fact for version in versions], on)
    if governing is not None:
        return next(version for version in versions if version.number == governing.number)
    kept = [version for version in versions if version.ended_how != Ending.WITHDRAWN]
    return (kept or versions)[-1]


def agreement_page(actor: Actor, agreement_id: str, at: datetime) -> AgreementPage:
    """The document with its history, annexes, grounds and reviews: a constant number of queries."""
    given, on = agreement_for(actor, agreement_id, at=at), clock.day(at)
    found = list(given.versions.defer("content").select_related("document").defer("document__pdf").order_by("-number"))
    facts = [version.fact for version in found]
    governing = governs(facts, on)
    rows = tuple(version_row(version, on, governing.number if governing else 0) for version in found)
    role, current = given.responsible_role, next((row for row in rows if row.governs), None)
    return AgreementPage(
        id=given.pk,
        name=given.name,
        kind=given.kind,
        kind_label=kind_name(given.kind),
        signed=given.kind in SIGNED,
        collaboration_id=given.collaboration_id,
        collaboration=given.collaboration.name,
        organisation_id=given.organisation_id or "",
        organisation=given.organisation.name if given.organisation else "",
        annex_of_id=given.annex_of_id or "",
        annex_of=given.annex_of.name if given.annex_of else "",
        area_id=given.area_id or "",
        area=given.area.name if given.area else "",
        responsible_role_id=role.pk,
        responsible=f"{role.name}, {role.organisation.name}",
        who=_who(role.pk, current.valid_from if current else None, on),
        review_on=given.review_on,
        on=on,
        versions=rows,
        current=current,
        draft=next((row for row in rows if row.standing in {Standing.DRAFT, Standing.SIGNING}), None),
        untidy=tuple(untidy_sentence(each) for each in untidiness(facts)),
        annexes=_rows(Agreement.objects.filter(annex_of=given), on),
        grounds=_grounds(given, on),
        carries=_rows(Agreement.objects.filter(grounds__rests_on=given, grounds__removed_at__isnull=True).distinct(), on),
        reviews=_reviews(given),
    )


def _who(role_id: str, since: date | None, today: date) -> ThenAndNow:
    """Who held the role on the day that something began to hold, and who does today; today alone while it does not hold."""
    return then_and_now({role_id}, min(since or today, today), today)[role_id]


def _rows(found: QuerySet[Agreement], on: date) -> tuple[DocumentRow, ...]:
    """Documents of the same collaboration: whoever reads one reads the others."""
    return tuple(document_row(agreement, on) for agreement in with_versions(found).order_by("name", "pk"))


def version_row(version: AgreementVersion, on: date, governing: int) -> VersionRow:
    """One version in a history. `governing`: the number of the one that governs."""
    now = standing(version.fact, on)
    return VersionRow(
        id=version.pk,
        number=version.number,
        name=version_name(version.number, version.label),
        standing=now,
        standing_label=str(now.label),
        diary_number=version.diary_number,
        approver=version.approver,
        valid_from=version.valid_from,
        valid_to=version.valid_to,
        trial=version.trial,
        ended_on=version.ended_on,
        ended_how=str(Ending(version.ended_how).label) if version.ended_how else "",
        ended_reason=version.ended_reason,
        imported_from=version.imported_from,
        note=version.note,
        sealed=version.sealed_at is not None,
        sha256=version.document.sha256 if hasattr(version, "document") else "",
        governs=version.number == governing,
    )


def _grounds(given: Agreement, on: date) -> tuple[GroundRow, ...]:
    links = given.grounds.filter(removed_at__isnull=True).select_related("rests_on")
    versions = Prefetch("rests_on__versions", AgreementVersion.objects.defer("content"))
    rows = []
    for link in links.prefetch_related(versions).order_by("added_at", "pk"):
        document = link.rests_on
        held = governs([each.fact for each in document.versions.all()], on) if document else None
        rows.append(
            GroundRow(
                id=link.pk,
                document_id=link.rests_on_id or "",
                document=document.name if document else "",
                in_force=held is not None,
                decision_id=link.decision_id,
            )
        )
    return tuple(rows)


def _reviews(given: Agreement) -> tuple[ReviewRow, ...]:
    found: Iterable[Review] = given.reviews.select_related("holding__person", "holding__role")
    return tuple(
        ReviewRow(
            reviewed_at=row.reviewed_at,
            by=f"{row.holding.person.name}, {row.holding.role.name}",
            outcome=row.outcome,
            next_on=row.next_on,
        )
        for row in found
    )


def version_page(actor: Actor, agreement_id: str, number: int, at: datetime) -> VersionPage:
    """One version of a document by its number; raises `Absent` when there is none."""
    given = agreement_for(actor, agreement_id, at=at)
    found = given.versions.filter(number=number).values_list("pk", flat=True).first()
    return version_shown(actor, found or "", at)


def version_shown(actor: Actor, version_id: str, at: datetime) -> VersionPage:
    """One version, whole."""
    version, on = version_for(actor, version_id, at=at), clock.day(at)
    draft = version.sealed_at is None
    document, role = document_of(version, at), version.agreement.responsible_role
    others = version.agreement.versions.defer("content")
    governing = governs([each.fact for each in others], on)
    return VersionPage(
        agreement_id=version.agreement_id,
        collaboration_id=version.agreement.collaboration_id,
        collaboration=version.agreement.collaboration.name,
        version=version_row(version, on, governing.number if governing else 0),
        revision=version.revision,
        binds_when=version.binds_when,
        label=version.label,
        signed_kind=version.agreement.kind in SIGNED,
        document=document,
        sections=_sections(version, at) if draft else (),
        signers=signers(version, document, actor),
        changed=changed_since(version, at) if not version.imported_from else (),
        lacking=what_is_lacking(version, at) if draft else (),
        responsible_role_id=role.pk,
        responsible=f"{role.name}, {role.organisation.name}",
        who=_who(role.pk, version.valid_from, on),
    )


def _sections(version: AgreementVersion, at: datetime) -> tuple[SectionRow, ...]:
    return tuple(_section(section, version.agreement, at) for section in version.sections.order_by("order", "pk"))


def _section(section: Section, agreement: Agreement, at: datetime) -> SectionRow:
    heading = HEADINGS[section.heading]
    return SectionRow(
        id=section.pk,
        heading=section.heading,
        title=section_title(section.heading, section.title),
        hint=str(heading.hint),
        data=heading.data,
        text=section.text,
        revision=section.revision,
        part=part_of(section, agreement, at),
    )


def section_page(actor: Actor, section_id: str, action: str, at: datetime) -> SectionPage:
    """A section, if the actor may do this with its document."""
    section = section_for(actor, section_id, action, at)
    return SectionPage(
        agreement_id=section.version.agreement_id,
        agreement=section.version.agreement.name,
        version_number=section.version.number,
        section=_section(section, section.version.agreement, at),
        own_title=section.title,
        changed_at=section.changed_at,
        changed_by=section.changed_by.person.name if section.changed_by else "",
    )


def compared(actor: Actor, agreement_id: str, earlier: int, later: int, at: datetime) -> tuple[Compared, ...]:
    """What differs between two versions of a document; raises `Absent` when one of them is not there."""
    first = version_page(actor, agreement_id, earlier, at).document
    return differences(first, version_page(actor, agreement_id, later, at).document)
