"""What an adopted report tells now: what was drawn, with a dated note where something has been taken away since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override

from samordna.core.actor import Actor
from samordna.domain.reports.access import LEAD, annual_report_for
from samordna.domain.reports.enums import ChapterKind, ReportStage
from samordna.domain.reports.models import AnnualReport, Withdrawn
from samordna.domain.reports.queries.gathering import gather
from samordna.domain.reports.record import Known, from_json

TELLING = (ChapterKind.GOALS, ChapterKind.COST)
"""The chapters that tell wholes, out of which a single organisation's figure might be worked out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Takeable:
    """Something known that can be taken away. `unsafe`: drawn now, it would not be told."""

    kind: str
    place: int
    title: str
    unsafe: bool

    @property
    def key(self) -> str:
        """By what it is chosen."""
        return f"{self.kind}:{self.place}"


def withdrawn_from(report: AnnualReport) -> list[Withdrawn]:
    """What has been taken away, the first first, without the files."""
    rows = Withdrawn.objects.filter(report=report).defer("pdf", "word")
    return list(rows.order_by("withdrawn_at", "pk"))


def known_in(report: AnnualReport) -> dict[str, tuple[Known, ...]]:
    """What is known, by chapter, with a note in the place of what has been taken away."""
    drawn = from_json(report.drawn)
    gone = {(row.kind, row.place): row for row in withdrawn_from(report)} if report.stage == ReportStage.ADOPTED else {}
    if not gone:
        return drawn
    with override(report.language):
        return {
            kind: tuple(_note(one, gone[kind, place]) if (kind, place) in gone else one for place, one in enumerate(those))
            for kind, those in drawn.items()
        }


def _note(one: Known, row: Withdrawn) -> Known:
    on = date_format(localtime(row.withdrawn_at), "j F Y")
    text = _("What stood here was taken away on %(day)s: %(reason)s") % {"day": on, "reason": row.reason}
    return Known(title=one.title, text=text, beneath=one.beneath)


def takeable(report: AnnualReport) -> dict[tuple[str, int], str]:
    """What tells a whole and has not been taken away, with its title."""
    gone = {(row.kind, row.place) for row in withdrawn_from(report)}
    left_out = set(report.chapters.filter(left_out=True).values_list("kind", flat=True))
    return {
        (kind.value, place): one.title or str(kind.label)
        for kind in TELLING
        if kind.value not in left_out
        for place, one in enumerate(from_json(report.drawn).get(kind.value, ()))
        if (kind.value, place) not in gone and _tells(kind, one)
    }


def _tells(kind: ChapterKind, one: Known) -> bool:
    """Figures by period, or a sum in kronor; hours and whose they are, everybody reads."""
    if kind == ChapterKind.GOALS:
        return bool(one.rows)
    return not one.rows and bool(one.title)


def takeable_for(actor: Actor, annual_report_id: str, at: datetime) -> list[Takeable]:
    """What may be taken away, for whoever leads; what would not be told if it were drawn now stands first."""
    report = annual_report_for(actor, annual_report_id, LEAD, at)
    found = takeable(report)
    if not found or report.stage != ReportStage.ADOPTED:
        return []
    now = gather(report.collaboration, report.year, report.language, at)
    silent = {one.title for one in now.get(ChapterKind.GOALS.value, ()) if one.beneath and not one.rows}
    rows = [
        Takeable(kind=kind, place=place, title=title, unsafe=kind == ChapterKind.GOALS.value and title in silent)
        for (kind, place), title in found.items()
    ]
    return sorted(rows, key=lambda row: not row.unsafe)
