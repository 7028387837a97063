"""A report begun, drawn again, written on, and arranged."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Refused, TooLarge
from samordna.core.operation import operation
from samordna.core.overtaking import check_not_overtaken
from samordna.domain.agreements.prose import tidy
from samordna.domain.collaborations.access import collaboration_for
from samordna.domain.collaborations.models import Collaboration
from samordna.domain.organisations.findings import Findings
from samordna.domain.reports.access import LEAD
from samordna.domain.reports.enums import ChapterKind
from samordna.domain.reports.limits import EARLIEST_YEAR, LONGEST_TEXT, MOST_VERSIONS
from samordna.domain.reports.models import AnnualReport, Chapter, ChapterText
from samordna.domain.reports.operations.holding import held_chapter_for, held_report_for, tell
from samordna.domain.reports.queries.gathering import gather
from samordna.domain.reports.record import as_json
from samordna.domain.site.queries import language_of_site


@operation("collaboration.lead")
def begin_annual_report(*, actor: Actor, collaboration_id: str, year: int, at: datetime | None = None) -> AnnualReport:
    """Begin the report of a year that has begun: every chapter, with what is known drawn into it."""
    given = collaboration_for(actor, collaboration_id, LEAD, at)
    at = at or clock.now()
    Collaboration.objects.select_for_update().get(pk=given.pk)
    found = Findings()
    if not EARLIEST_YEAR <= year <= clock.day(at).year:
        told = {"first": EARLIEST_YEAR, "last": clock.day(at).year}
        found.say("year", _("Write a year between %(first)s and %(last)s.") % told)
    elif AnnualReport.objects.filter(collaboration=given, year=year).exists():
        found.say("year", _("There is already a report of this year. Go on with it."))
    found.insist()
    language = language_of_site()
    drawn = as_json(gather(given, year, language, at))
    by = {"begun_at": at, "begun_by_id": actor.holding_id}
    made = AnnualReport.objects.create(collaboration=given, year=year, language=language, drawn=drawn, drawn_at=at, **by)
    Chapter.objects.bulk_create(
        Chapter(report=made, kind=kind, place=place) for place, kind in enumerate(ChapterKind, start=1)
    )
    tell(actor, "annual_report_begun", made, at)
    return made


@operation("collaboration.lead")
def draw_report_again(*, actor: Actor, annual_report_id: str, at: datetime | None = None) -> AnnualReport:
    """Draw what is known anew. Nobody's own words are touched."""
    report = held_report_for(actor, annual_report_id, at)
    at = at or clock.now()
    report.drawn, report.drawn_at = as_json(gather(report.collaboration, report.year, report.language, at)), at
    report.save(update_fields=["drawn", "drawn_at"])
    tell(actor, "annual_report_drawn", report, at)
    return report


@operation("collaboration.lead")
def write_chapter(*, actor: Actor, chapter_id: str, text: str, seen: str = "", at: datetime | None = None) -> ChapterText:
    """Write a chapter's own words. What it said before is kept.

    `seen` is the fingerprint of what one began from; raises `Overtaken` with what is stored now when it is another.
    """
    chapter = held_chapter_for(actor, chapter_id, at)
    at = at or clock.now()
    found = Findings()
    text = tidy(found.text("text", text, required=False, longest=LONGEST_TEXT))
    found.insist()
    last = chapter.texts.order_by("-number").first()
    was = last.text if last else ""
    check_not_overtaken(seen, {"text": was}, {"text": text})
    if text.strip() == was.strip():
        raise Refused(_("Nothing is changed."))
    number = last.number + 1 if last else 1
    if number > MOST_VERSIONS:
        raise TooLarge(_("A chapter has at most %(most)s versions.") % {"most": MOST_VERSIONS})
    by = {"written_at": at, "written_by_id": actor.holding_id}
    made = ChapterText.objects.create(chapter=chapter, number=number, text=text, **by)
    tell(actor, "annual_report_written", chapter.report, at, chapter=chapter.kind, version=number)
    return made


@operation("collaboration.lead")
def move_chapter(*, actor: Actor, chapter_id: str, earlier: bool, at: datetime | None = None) -> Chapter:
    """Let a chapter change places with the one before or after it."""
    chapter = held_chapter_for(actor, chapter_id, at)
    at = at or clock.now()
    rows = list(Chapter.objects.filter(report=chapter.report).order_by("place", "pk"))
    here = next(index for index, one in enumerate(rows) if one.pk == chapter.pk)
    there = here - 1 if earlier else here + 1
    if not 0 <= there < len(rows):
        raise Refused(_("It stands first already.") if earlier else _("It stands last already."))
    rows[here], rows[there] = rows[there], rows[here]
    for place, one in enumerate(rows, start=1):
        one.place = place
    Chapter.objects.bulk_update(rows, ["place"])
    tell(actor, "annual_report_arranged", chapter.report, at, chapter=chapter.kind)
    return rows[there]


@operation("collaboration.lead")
def leave_chapter_out(*, actor: Actor, chapter_id: str, left_out: bool, at: datetime | None = None) -> Chapter:
    """Leave a chapter out of the report, or take it in again. What is written in it is kept."""
    chapter = held_chapter_for(actor, chapter_id, at)
    at = at or clock.now()
    if chapter.left_out == left_out:
        raise Refused(_("It is left out already.") if left_out else _("It is in the report already."))
    if left_out and not Chapter.objects.filter(report=chapter.report, left_out=False).exclude(pk=chapter.pk).exists():
        raise Refused(_("A report has at least one chapter."))
    chapter.left_out = left_out
    chapter.save(update_fields=["left_out"])
    tell(actor, "annual_report_arranged", chapter.report, at, chapter=chapter.kind)
    return chapter
