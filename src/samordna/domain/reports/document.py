"""A report as a document: each chapter with its own words, and beneath them what is known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from samordna.domain.agreements.document import Document, Part, Piece
from samordna.domain.agreements.rendering.pdf import pdf_of
from samordna.domain.agreements.rendering.word import word_of
from samordna.domain.reports.record import Known
from samordna.domain.reports.rendering.svg import svg_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One chapter that is in the report: its title, its own words, and what is known."""

    kind: str
    title: str
    text: str
    known: tuple[Known, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """What stands on the first page. `how` and `adopted_at`: of an adopted report. `withdrawn_at` and `digest`: when
    something was last taken away from it, and the digest of what was adopted."""

    collaboration: str
    year: int
    language: str
    drawn_at: datetime
    adopted_at: datetime | None = None
    how: str = ""
    withdrawn_at: datetime | None = None
    digest: str = ""


def document_of(front: Front, chapters: Iterable[Said], form: str) -> bytes:
    """The report as `pdf` or `docx`; a draft is marked on every page."""
    given = list(chapters)
    document, beneath = _document(front, given), {one.kind: tuple(_piece(known) for known in one.known) for one in given}
    at = front.adopted_at or front.drawn_at
    with override(front.language):
        mark = "" if front.adopted_at else _("DRAFT: not adopted")
        if form == "pdf":
            return pdf_of(document, at, mark=mark, spelled=True, beneath=beneath)
        return word_of(document, at, mark=mark, beneath=beneath)


def _document(front: Front, chapters: list[Said]) -> Document:
    with override(front.language):
        title = _("Annual report %(year)s and plan %(next)s") % {"year": front.year, "next": front.year + 1}
        head = [(pgettext("fact", "Figures and facts as of"), _moment(front.drawn_at))]
        if front.adopted_at:
            head = [(pgettext("fact", "Adopted"), _moment(front.adopted_at)), (pgettext("fact", "How"), front.how), *head]
        if front.withdrawn_at:
            head += [
                (pgettext("fact", "Something was taken away"), _moment(front.withdrawn_at)),
                (pgettext("fact", "Digest of what was adopted (SHA-256)"), front.digest),
            ]
        return Document(
            title=title,
            kind=pgettext("document", "Annual report and plan"),
            collaboration=front.collaboration,
            language=front.language,
            reference=str(front.year),
            head=tuple(head),
            parts=tuple(Part(heading=one.kind, title=one.title, text=one.text) for one in chapters),
        )


def _moment(at: datetime) -> str:
    return date_format(localtime(at), "j F Y")


def _piece(known: Known) -> Piece:
    drawing = known.drawing
    return Piece(
        title=known.title,
        text=known.text,
        columns=known.columns,
        rows=known.rows,
        drawing=svg_of(drawing.chart) if drawing else "",
        alt=drawing.label if drawing else "",
        under=known.beneath,
    )
