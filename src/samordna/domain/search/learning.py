"""What is written in chains of change, annual reports and introduction programmes, as the index keeps it.

Of each only what everybody who may open it reads there. What a turn of a chain began from is shown to some of its readers
and not to others, so that is left out.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.domain.change.models import Cause, Chain, Change, ChangeNeed, Effect, Placing, Turn
from samordna.domain.introductions.models import Programme, Step
from samordna.domain.reports.models import AnnualReport, ChapterText
from samordna.domain.search.enums import Kind
from samordna.domain.search.writing import Ids, Text, parts, some, text


def chains(ids: Ids) -> Iterator[Text]:
    """Why it is so, what has to change, what was changed and what came of it, turn by turn."""
    plans = ("what", "for_the_individual", "convenience", "measure_text", "replanned", "words")
    said = (
        parts(Turn.objects.all(), "chain_id", ids, "finding", "none_reason", "outcome"),
        parts(Cause.objects.filter(ended_at__isnull=True), "turn__chain_id", ids, "text"),
        parts(ChangeNeed.objects.all(), "turn__chain_id", ids, "text", "ended_reason"),
        parts(Placing.objects.all(), "need__turn__chain_id", ids, "words", "reason"),
        parts(Change.objects.all(), "need__turn__chain_id", ids, *plans),
        parts(Effect.objects.all(), "change__need__turn__chain_id", ids, "said"),
    )
    for row in some(Chain.objects.all(), ids):
        words = [each for kind in said for each in kind.get(row.pk, ())]
        yield text(Kind.CHAIN, row.pk, row.title, [row.outcome, *words], clock.day(row.begun_at))


def annual_reports(ids: Ids) -> Iterator[Text]:
    """The writers' own words as they stand. What is drawn is found as the goals, decisions and meetings that it is of."""
    latest: dict[str, ChapterText] = {}
    written = ChapterText.objects.filter(chapter__report_id__in=ids, chapter__left_out=False).select_related("chapter")
    for row in written.order_by("chapter__place", "number"):
        latest[row.chapter_id] = row
    for report in some(AnnualReport.objects.defer("drawn"), ids):
        own = [row.text for row in latest.values() if row.chapter.report_id == report.pk]
        title = _("Annual report %(year)s") % {"year": report.year}
        yield text(Kind.ANNUAL_REPORT, report.pk, title, [*own, report.how], clock.day(report.drawn_at))


def introductions(ids: Ids) -> Iterator[Text]:
    """What a programme is for, and the steps that are to be done."""
    steps = parts(Step.objects.filter(ended_at__isnull=True), "programme_id", ids, "what", "words")
    for row in some(Programme.objects.all(), ids):
        said = [row.why, *steps.get(row.pk, ())]
        yield text(Kind.INTRODUCTION, row.pk, row.name, said, row.published_on or clock.day(row.begun_at))
