"""Annual reports as pages, the API and files show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max, Prefetch
from django.utils.translation import override, pgettext

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.overtaking import fingerprint
from samordna.core.refusals import refusal_of
from samordna.domain.agreements.prose import Block, blocks
from samordna.domain.collaborations.access import collaboration_for
from samordna.domain.reports.access import LEAD, annual_report_for, chapter_for, visible_annual_reports
from samordna.domain.reports.document import Front, Said, document_of
from samordna.domain.reports.enums import ChapterKind, ReportStage
from samordna.domain.reports.models import AdoptedReport, AnnualReport, Chapter, ChapterText, Withdrawn
from samordna.domain.reports.queries.withdrawn import known_in, takeable, withdrawn_from
from samordna.domain.reports.record import Known


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportLine:
    """One report in a list."""

    id: str
    year: int
    stage: str
    stage_label: str
    drawn_at: datetime
    adopted_at: datetime | None
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportsPage:
    """The reports of a collaboration, the latest first. `years`: those that can be begun; `leading`: why not, or ""."""

    collaboration_id: str
    collaboration: str
    reports: tuple[ReportLine, ...]
    years: tuple[int, ...]
    leading: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChapterSeen:
    """A chapter: its own words and what is known. `versions`: how many its own words have had."""

    id: str
    kind: str
    title: str
    text: str
    versions: int
    written_at: datetime | None
    written_by: str
    left_out: bool
    known: tuple[Known, ...]

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Its own words as paragraphs, lists and headings."""
        return blocks(self.text)

    @property
    def pieces(self) -> tuple[tuple[Known, tuple[Block, ...]], ...]:
        """What is known, with its sentences as paragraphs and lists."""
        return tuple((one, blocks(one.text)) for one in self.known)


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawnSeen:
    """Something that was taken away from an adopted report. `digest`: of the PDF as it is since then."""

    kind: str
    title: str
    reason: str
    withdrawn_at: datetime
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnualReportPage:
    """A whole report. `leading`: why the reader does not write in it, or ""; `digest`: of an adopted one's PDF as it was
    adopted; `withdrawn`: what has been taken away from it since, the first first; `takeable`: may the reader take more?
    `fingerprint`: of a draft as it says now, for whoever adopts it; `adoptable_from`: the day from which that is done, of a
    draft of a year that is not over."""

    id: str
    collaboration_id: str
    collaboration: str
    year: int
    language: str
    stage: str
    stage_label: str
    drawn_at: datetime
    adopted_at: datetime | None
    adopted_by: str
    how: str
    digest: str
    withdrawn: tuple[WithdrawnSeen, ...]
    takeable: bool
    chapters: tuple[ChapterSeen, ...]
    leading: str
    fingerprint: str
    adoptable_from: date | None

    @property
    def next_year(self) -> int:
        """The year that its plan is for."""
        return self.year + 1


OFFERED = 6  # years that can be begun


def reports_page(actor: Actor, collaboration_id: str, at: datetime) -> ReportsPage:
    """The collaboration's reports that the actor may read."""
    given = collaboration_for(actor, collaboration_id, at=at)
    rows = visible_annual_reports(actor, at).filter(collaboration=given).defer("drawn").order_by("-year", "pk")
    reports = tuple(
        ReportLine(
            id=row.pk,
            year=row.year,
            stage=row.stage,
            stage_label=str(row.get_stage_display()),
            drawn_at=row.drawn_at,
            adopted_at=row.adopted_at,
            how=row.how,
        )
        for row in rows
    )
    leading = refusal_of(collaboration_for, actor, collaboration_id, LEAD, at)
    there, year = {row.year for row in reports}, clock.day(at).year
    years = tuple(one for one in range(year, year - OFFERED, -1) if one not in there)
    return ReportsPage(
        collaboration_id=given.pk,
        collaboration=given.name,
        reports=reports,
        years=() if leading else years,
        leading=leading,
    )


def annual_report_page(actor: Actor, annual_report_id: str, at: datetime) -> AnnualReportPage:
    """The report; the same number of questions whatever it holds. What is left out is there for those who write it."""
    report = annual_report_for(actor, annual_report_id, at=at)
    leading = refusal_of(annual_report_for, actor, annual_report_id, LEAD, at)
    frozen = AdoptedReport.objects.filter(report=report).values_list("digest", flat=True).first()
    chapters = _chapters(report)
    shown = [one for one in chapters if not one.left_out or (not leading and report.stage == ReportStage.DRAFT)]
    return AnnualReportPage(
        id=report.pk,
        collaboration_id=report.collaboration_id,
        collaboration=report.collaboration.name,
        year=report.year,
        language=report.language,
        stage=report.stage,
        stage_label=str(report.get_stage_display()),
        drawn_at=report.drawn_at,
        adopted_at=report.adopted_at,
        adopted_by=report.adopted_by.role.name if report.adopted_by else "",
        how=report.how,
        digest=frozen or "",
        withdrawn=tuple(
            WithdrawnSeen(
                kind=row.kind, title=row.title, reason=row.reason, withdrawn_at=row.withdrawn_at, digest=row.digest
            )
            for row in withdrawn_from(report)
        ),
        takeable=not leading and report.stage == ReportStage.ADOPTED and bool(takeable(report)),
        chapters=tuple(shown),
        leading=leading,
        fingerprint=fingerprint_of(report) if not leading and report.stage == ReportStage.DRAFT else "",
        adoptable_from=adoptable_from(report, at) if report.stage == ReportStage.DRAFT else None,
    )


def _chapters(report: AnnualReport) -> list[ChapterSeen]:
    drawn = known_in(report)
    texts = Prefetch("texts", ChapterText.objects.select_related("written_by__person").order_by("number"))
    rows = Chapter.objects.filter(report=report).prefetch_related(texts).order_by("place", "pk")
    with override(report.language):
        return [_chapter(row, list(row.texts.all()), drawn.get(row.kind, ())) for row in rows]


def _chapter(row: Chapter, texts: Sequence[ChapterText], known: tuple[Known, ...]) -> ChapterSeen:
    last = texts[-1] if texts else None
    by = last.written_by.person.name if last and last.written_by else ""
    return ChapterSeen(
        id=row.pk,
        kind=row.kind,
        title=str(ChapterKind(row.kind).label),
        text=last.text if last else "",
        versions=len(texts),
        written_at=last.written_at if last else None,
        written_by=by,
        left_out=row.left_out,
        known=known,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class TextSeen:
    """A version of a chapter's own words."""

    number: int
    text: str
    written_at: datetime
    written_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChapterPage:
    """A chapter for whoever writes it. `fingerprint`: of what a change begins from."""

    id: str
    title: str
    text: str
    fingerprint: str
    annual_report_id: str
    year: int
    collaboration_id: str
    collaboration: str
    versions: tuple[TextSeen, ...]


def chapter_page(actor: Actor, chapter_id: str, at: datetime) -> ChapterPage:
    """The chapter with every version of its own words, the latest first."""
    chapter = chapter_for(actor, chapter_id, LEAD, at)
    rows = list(chapter.texts.select_related("written_by__person").order_by("-number"))
    text = rows[0].text if rows else ""
    return ChapterPage(
        id=chapter.pk,
        title=str(ChapterKind(chapter.kind).label),
        text=text,
        fingerprint=fingerprint({"text": text}),
        annual_report_id=chapter.report_id,
        year=chapter.report.year,
        collaboration_id=chapter.report.collaboration_id,
        collaboration=chapter.report.collaboration.name,
        versions=tuple(
            TextSeen(
                number=row.number,
                text=row.text,
                written_at=row.written_at,
                written_by=row.written_by.person.name if row.written_by else "",
            )
            for row in rows
        ),
    )


def fingerprint_of(report: AnnualReport) -> str:
    """A short name for exactly what the report says now: what was drawn, and each chapter's words, place and absence."""
    rows = Chapter.objects.filter(report=report).annotate(latest=Max("texts__number")).order_by("place", "pk")
    said = {f"{row.place} {row.kind}": f"{row.latest or 0} {row.left_out}" for row in rows}
    return fingerprint(said | {"drawn_at": report.drawn_at.isoformat()})


def adoptable_from(report: AnnualReport, at: datetime) -> date | None:
    """From which day the report can be adopted, while its year is not over; None when it is."""
    first = date(report.year + 1, 1, 1)
    return first if clock.day(at) < first else None


def front_of(report: AnnualReport) -> Front:
    """What stands on the report's first page."""
    gone = withdrawn_from(report)
    frozen = AdoptedReport.objects.filter(report=report).values_list("digest", flat=True).first() if gone else None
    return Front(
        collaboration=report.collaboration.name,
        year=report.year,
        language=report.language,
        drawn_at=report.drawn_at,
        adopted_at=report.adopted_at,
        how=report.how,
        withdrawn_at=gone[-1].withdrawn_at if gone else None,
        digest=frozen or "",
    )


def said_in(report: AnnualReport) -> list[Said]:
    """The chapters that are in the report, in order."""
    return [
        Said(kind=one.kind, title=one.title, text=one.text, known=one.known)
        for one in _chapters(report)
        if not one.left_out
    ]


def report_file(actor: Actor, annual_report_id: str, form: str, at: datetime) -> tuple[str, bytes]:
    """A file name and the report as `pdf` or `docx`: of an adopted one the very bytes that were adopted, or as they are
    since something was last taken away from it."""
    report = annual_report_for(actor, annual_report_id, at=at)
    stem = "".join(c if c.isalnum() else "-" for c in report.collaboration.name.lower()).strip("-")
    what = pgettext("file name", "annual-report")
    name = f"{stem[:60]}-{report.year}-{what}.{form}"
    if report.stage == ReportStage.ADOPTED:
        kept = Withdrawn.objects.filter(report=report).order_by("-withdrawn_at", "-pk").first()
        frozen = kept or AdoptedReport.objects.get(report=report)
        return name, bytes(frozen.pdf if form == "pdf" else frozen.word)
    return name, document_of(front_of(report), said_in(report), form)
