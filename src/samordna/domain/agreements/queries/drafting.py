"""A version as the document it is: what was sealed, or, in a draft, what would be sealed now."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from samordna.core import clock
from samordna.domain.agreements.document import Document, Part
from samordna.domain.agreements.enums import SIGNED
from samordna.domain.agreements.models import Agreement, AgreementVersion, Section
from samordna.domain.agreements.phrases import kind_name, section_title, time_span, version_name
from samordna.domain.agreements.queries.sources import signers_of, told


def document_of(version: AgreementVersion, at: datetime) -> Document:
    """The whole version: as it was sealed, or as it stands in the draft with what the system says now."""
    if version.content is not None:
        return Document.from_json(version.content)
    with override(version.language):
        return _drafted(version, list(version.sections.all()), at)


def _drafted(version: AgreementVersion, sections: list[Section], at: datetime) -> Document:
    agreement = version.agreement
    parts = (part_of(section, agreement, at) for section in sections)
    day = max(clock.day(at), version.valid_from or clock.day(at))
    return Document(
        title=agreement.name,
        kind=kind_name(agreement.kind, agreement.organisation.name if agreement.organisation else ""),
        collaboration=agreement.collaboration.name,
        language=version.language,
        reference=_reference(version),
        head=head_of(version),
        parts=tuple(part for part in parts if not part.empty),
        signers=signers_of(agreement, day) if agreement.kind in SIGNED else (),
    )


def part_of(section: Section, agreement: Agreement, at: datetime) -> Part:
    """A section of a draft with what the system says under its heading now."""
    found = told(section.heading, agreement, at)
    return Part(
        heading=section.heading,
        title=section_title(section.heading, section.title),
        text=section.text,
        columns=found.columns,
        rows=found.rows,
    )


def _reference(version: AgreementVersion) -> str:
    name = version_name(version.number, version.label)
    name = name[:1].upper() + name[1:]
    return f"{name} · {version.diary_number}" if version.diary_number else name


def head_of(version: AgreementVersion) -> tuple[tuple[str, str], ...]:
    """What stands on the first page, in the language that is active."""
    agreement, role = version.agreement, version.agreement.responsible_role
    holds = time_span(version.valid_from, version.valid_to)
    head = [
        (pgettext("head", "Version"), version_name(version.number, version.label)),
        (pgettext("head", "Holds"), _("on trial %(span)s") % {"span": holds} if version.trial else holds),
        (_("Diary number"), version.diary_number),
        (_("Approved by"), version.approver),
        (_("Responsible for revision"), f"{role.name}, {role.organisation.name}"),
        (_("Annex of"), agreement.annex_of.name if agreement.annex_of else ""),
        (pgettext("head", "Subject area"), agreement.area.name if agreement.area else ""),
    ]
    return tuple((term, value) for term, value in head if value)


def changed_since(version: AgreementVersion, at: datetime) -> tuple[tuple[Part, Part], ...]:
    """The sealed sections under which the system now says something else: (as sealed, as now).

    What was signed stands; that the world has moved on is shown beside it, so that text and system never disagree unseen.
    """
    if version.content is None:
        return ()
    found = []
    with override(version.language):
        for part in _as_sealed(version):
            now = told(part.heading, version.agreement, at)
            if now.columns and now.rows != part.rows:
                current = Part(heading=part.heading, title=part.title, text="", columns=now.columns, rows=now.rows)
                found.append((part, current))
    return tuple(found)


def _as_sealed(version: AgreementVersion) -> list[Part]:
    """Every section as it was sealed; one that said nothing then is not in the document, but may say something now."""
    sealed = {part.heading: part for part in reversed(Document.from_json(version.content or {}).parts)}
    sections = version.sections.all()
    nothing = (Part(heading=row.heading, title=section_title(row.heading, row.title), text="") for row in sections)
    return [sealed.get(part.heading, part) for part in nothing]
