"""Reports under way when their organisation is succeeded: whoever takes one over has its figures, and nobody else is asked.

What an organisation told in reports that are done stays its own for ever. A report that is waited for goes on, and with it
what is saved in it and what was sent in and came back: whoever sends it in corrects that, and does not tell it twice.

A report that is joined with one that is there already brings its figures, where that one has none. A figure that was told
stays told, and one that was only saved is not told by being brought. So an empty report that was never sent in comes back
as the joined one did; where the two do not go together, or the other is done with, the figure stays with the one who told
or saved it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from samordna.domain.collaborations.models import Collaboration
from samordna.domain.followup.enums import OPEN, ReportState, Via
from samordna.domain.followup.models import Report, Result, ResultValue
from samordna.domain.followup.operations.telling import keep_going
from samordna.domain.organisations.carrying import Hand

Place = tuple[str, str, str]
"""An organisation, a collaboration and a period."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Onward:
    """Where the figures of a report go. `sent`: it was sent in once. `joined`: the report itself stays, and is locked."""

    to: Place
    sent: bool
    joined: bool


def carry_reports(hand: Hand) -> None:
    """Let the figures of each report go where it goes, and lock what is joined with another report of the same round: what
    was told in it and has no figure in the other goes on there.

    As many questions for one report as for hundreds, besides one for each organisation that takes over.
    """
    lock_reports([pk for pk, _to in hand.joins], hand.on, hand.at)
    ways = _ways(hand)
    list(Collaboration.objects.select_for_update().filter(pk__in={place[1] for place in ways}).order_by("pk"))
    rows = _results_at({*ways, *(way.to for way in ways.values())})
    saved = _only_by_form(rows)
    there = {(one.indicator_id, one.period, one.organisation_id) for one in rows if _place(one) not in ways}
    waited = _waited_for(hand, ways, {_place(one) for one in rows if one.pk in saved})
    order = {place: number for number, place in enumerate(ways)}
    goes: dict[str, list[str]] = defaultdict(list)
    rest: list[str] = []
    indicators: set[str] = set()
    for one in sorted((one for one in rows if _place(one) in ways), key=lambda one: order[_place(one)]):
        way = ways[_place(one)]
        key = (one.indicator_id, one.period, way.to[0])
        indicators.add(one.indicator_id)
        if key in there:
            if not (way.sent or way.joined):
                rest.append(one.pk)
        elif not way.joined or (way.to in waited and (one.pk not in saved or way.sent == waited[way.to])):
            there.add(key)
            goes[way.to[0]].append(one.pk)
    for to, pks in sorted(goes.items()):
        Result.objects.filter(pk__in=pks).update(organisation_id=to)
    # What was only saved, where the one who takes over has told its own figure, is not told by going over.
    values = ResultValue.objects.filter(superseded_at__isnull=True, result_id__in=rest, via=Via.FORM)
    values.update(superseded_at=hand.at)
    keep_going(indicators)


def _ways(hand: Hand) -> dict[Place, Onward]:
    """Where each report had its figures with where they go, those of reports that go before those that are joined."""
    reports = Report.objects.select_related("round").in_bulk([pk for pk, _to in (*hand.goes, *hand.joins)])
    ways: dict[Place, Onward] = {}
    for joined, pairs in ((False, hand.goes), (True, hand.joins)):
        for pk, to in pairs:
            given, period = reports[pk].round.collaboration_id, reports[pk].round.period
            sent = reports[pk].submitted_at is not None
            ways[(hand.of[pk], given, period)] = Onward(to=(to, given, period), sent=sent, joined=joined)
    return ways


def _waited_for(hand: Hand, ways: Mapping[Place, Onward], saved: Collection[Place]) -> dict[Place, bool]:
    """The places with a report that others are joined with and that is waited for: has it been sent in once?

    One that was never sent in and has nothing saved in it comes back as the one that is joined with it did: with what was
    told there, and what the coordinator asked for.
    """
    asked: dict[Place, list[Report]] = defaultdict(list)
    for one in Report.objects.filter(pk__in=[pk for pk, _to in hand.joins]).select_related("round").order_by("pk"):
        if one.submitted_at is not None:
            asked[ways[_place_of(one)].to].append(one)
    begun = {ways[place].to if place in ways and not ways[place].joined else place for place in saved}
    waited: dict[Place, bool] = {}
    back: list[Report] = []
    for report in _open_reports_at({way.to for way in ways.values() if way.joined}):
        place = _place_of(report)
        if report.submitted_at is None and place in asked and place not in begun and not report.comment:
            report.submitted_at = max(one.submitted_at for one in asked[place] if one.submitted_at)
            report.state, report.moved_at, report.moved_by = ReportState.RETURNED, hand.at, None
        if report.state == ReportState.RETURNED and place in asked:
            report.note = "\n\n".join(dict.fromkeys(filter(None, [report.note, *(one.note for one in asked[place])])))
            back.append(report)
        waited[place] = report.submitted_at is not None
    Report.objects.bulk_update(back, ["submitted_at", "state", "moved_at", "moved_by", "note"])
    return waited


def _open_reports_at(places: set[Place]) -> list[Report]:
    rows = Report.objects.select_related("round").filter(
        state__in=OPEN,
        organisation_id__in={of for of, _given, _period in places},
        round__collaboration_id__in={given for _of, given, _period in places},
        round__period__in={period for _of, _given, period in places},
    )
    return [one for one in rows if _place_of(one) in places]


def _only_by_form(rows: Sequence[Result]) -> set[str]:
    """The results whose figure is told by sending a report in, and not at once as what comes in a file or as rows is."""
    values = ResultValue.objects.filter(superseded_at__isnull=True, result_id__in=[one.pk for one in rows], via=Via.FORM)
    return set(values.values_list("result_id", flat=True))


def _place_of(report: Report) -> Place:
    return report.organisation_id, report.round.collaboration_id, report.round.period


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
