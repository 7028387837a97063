"""Reports under way when their organisation is succeeded: whoever takes one over has its figures, and nobody else is asked.

What an organisation told in reports that are done stays its own for ever. A report that is waited for goes on, and with it
what is saved in it and what was sent in and came back: whoever sends it in corrects that, and does not tell it twice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime

from samordna.domain.collaborations.models import Collaboration
from samordna.domain.followup.enums import OPEN, ReportState, Via
from samordna.domain.followup.models import Report, Result, ResultValue
from samordna.domain.followup.operations.telling import keep_going
from samordna.domain.organisations.carrying import Hand

Place = tuple[str, str, str]
"""An organisation, a collaboration and a period."""


def carry_reports(hand: Hand) -> None:
    """Let the figures of each report go where it goes, and lock what is joined with another report of the same round.

    As many questions for one report as for hundreds, besides one for each organisation that takes over.
    """
    lock_reports([pk for pk, _to in hand.joins], hand.on, hand.at)
    to_by_place = _places(hand)
    list(Collaboration.objects.select_for_update().filter(pk__in={place[1] for place in to_by_place}).order_by("pk"))
    rows = _results_at({(to, *where) for (_of, *where), to in to_by_place.items()})
    there = {(one.indicator_id, one.period, one.organisation_id) for one in rows}
    goes: dict[str, list[str]] = defaultdict(list)
    rest, indicators = [], set()
    for one in _results_at(set(to_by_place)):
        to = to_by_place[one.organisation_id, one.indicator.collaboration_id, one.period]
        taken = (one.indicator_id, one.period, to) in there
        (rest if taken else goes[to]).append(one.pk)
        indicators.add(one.indicator_id)
    for to, pks in sorted(goes.items()):
        Result.objects.filter(pk__in=pks).update(organisation_id=to)
    _let_go([pk for pk, _to in hand.goes], rest, hand.at)
    keep_going(indicators)


def _places(hand: Hand) -> dict[Place, str]:
    """Where each report had its figures, and who takes them over."""
    goes = dict(hand.goes)
    rows = Report.objects.filter(pk__in=list(goes)).values_list("pk", "round__collaboration_id", "round__period")
    return {(hand.of[pk], given, period): goes[pk] for pk, given, period in rows}


def _results_at(places: set[Place]) -> list[Result]:
    rows = Result.objects.select_related("indicator").filter(
        organisation_id__in={of for of, _given, _period in places},
        indicator__collaboration_id__in={given for _of, given, _period in places},
        period__in={period for _of, _given, period in places},
    )
    return [one for one in rows if (one.organisation_id, one.indicator.collaboration_id, one.period) in places]


def _let_go(report_ids: Sequence[str], result_ids: Sequence[str], at: datetime) -> None:
    """What was only saved, where the one who takes over has told its own figure already, is not told by going over."""
    unsent = Report.objects.filter(pk__in=report_ids, submitted_at__isnull=True).values("round__period")
    values = ResultValue.objects.filter(superseded_at__isnull=True, result_id__in=result_ids, via=Via.FORM)
    values.filter(result__period__in=unsent).update(superseded_at=at)


def lock_reports(report_ids: Sequence[str], on: date, at: datetime) -> None:
    """Nobody is waited for in these any more; what was sent in stands, and what was only saved is not told."""
    Report.objects.filter(pk__in=report_ids, state__in=OPEN).update(state=ReportState.LOCKED, moved_at=at, moved_by=None)
