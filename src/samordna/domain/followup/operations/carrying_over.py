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
    """Let the figures of each report go where it goes, and lock what is joined with another report of the same round: what
    was told in it and has no figure in the other goes on there.

    As many questions for one report as for hundreds, besides one for each organisation that takes over.
    """
    lock_reports([pk for pk, _to in hand.joins], hand.on, hand.at)
    after, unsent = _places(hand)
    list(Collaboration.objects.select_for_update().filter(pk__in={place[1] for place in after}).order_by("pk"))
    rows = _results_at({(to, place, period) for (_of, place, period), to in after.items()})
    there = {(one.indicator_id, one.period, one.organisation_id) for one in rows}
    goes: dict[str, list[str]] = defaultdict(list)
    rest: list[str] = []
    indicators: set[str] = set()
    order = list(after)
    for one in sorted(_results_at(set(after)), key=lambda one: order.index(_place(one))):
        to = after[_place(one)]
        if (one.indicator_id, one.period, to) not in there:
            there.add((one.indicator_id, one.period, to))
            goes[to].append(one.pk)
        elif _place(one) in unsent:
            rest.append(one.pk)
        indicators.add(one.indicator_id)
    for to, pks in sorted(goes.items()):
        Result.objects.filter(pk__in=pks).update(organisation_id=to)
    # What was only saved, where the one who takes over has told its own figure, is not told by going over.
    values = ResultValue.objects.filter(superseded_at__isnull=True, result_id__in=rest, via=Via.FORM)
    values.update(superseded_at=hand.at)
    keep_going(indicators)


def _places(hand: Hand) -> tuple[dict[Place, str], set[Place]]:
    """Where each report had its figures with who takes them over, those that go before those that are joined; and the
    places of those that go and were never sent in."""
    reports = Report.objects.select_related("round").in_bulk([pk for pk, _to in (*hand.goes, *hand.joins)])
    after: dict[Place, str] = {}
    unsent: set[Place] = set()
    for pk, to in (*hand.goes, *hand.joins):
        place = (hand.of[pk], reports[pk].round.collaboration_id, reports[pk].round.period)
        after[place] = to
        if reports[pk].organisation_id == to and reports[pk].submitted_at is None:
            unsent.add(place)
    return after, unsent


def _place(one: Result) -> Place:
    return one.organisation_id, one.indicator.collaboration_id, one.period


def _results_at(places: set[Place]) -> list[Result]:
    rows = Result.objects.select_related("indicator").filter(
        organisation_id__in={of for of, _given, _period in places},
        indicator__collaboration_id__in={given for _of, given, _period in places},
        period__in={period for _of, _given, period in places},
    )
    return [one for one in rows if _place(one) in places]


def lock_reports(report_ids: Sequence[str], on: date, at: datetime) -> None:
    """Nobody is waited for in these any more; what was sent in stands, and what was only saved is not told."""
    Report.objects.filter(pk__in=report_ids, state__in=OPEN).update(state=ReportState.LOCKED, moved_at=at, moved_by=None)
