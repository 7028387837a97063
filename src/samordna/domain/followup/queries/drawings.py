"""The drawings of a series: the whole, one organisation's own, and all that a reader may compare on one scale."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from samordna.core import clock, journal
from samordna.core.actor import Actor
from samordna.core.models import JournalEntry
from samordna.domain.collaborations.phrases import figure
from samordna.domain.decisions.access import visible_decisions
from samordna.domain.decisions.enums import DecisionState
from samordna.domain.decisions.models import DecisionVersion
from samordna.domain.followup.access import Sees
from samordna.domain.followup.drawing import (
    MOST_EVENTS,
    MOST_SEAMS,
    LineChart,
    Point,
    SmallChart,
    line_chart,
    small_charts,
    span,
)
from samordna.domain.followup.periods import Period, period_of
from samordna.domain.followup.phrases import readable, short_label, sign_of, with_unit
from samordna.domain.followup.queries.series import Moment, Part

MOST_HOLES = 120  # periods in a row without a figure that are drawn as a hole each


@dataclass(frozen=True, slots=True, kw_only=True)
class InForce:
    """A decision's version that came into force on a day."""

    decision_id: str
    title: str
    version: int
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Seam:
    """A day over which the figures of a series are compared with care, or not at all, and why. `letter`: on the chart, ""
    where it is too early to be marked there."""

    letter: str
    on: date
    sentence: str


def seams_of(part: Part) -> tuple[Seam, ...]:
    """Where the part goes on from another one, and where it is measured in another way within it; all of them, the latest
    with letters. What lies before every figure that is shown, or after them, as what has not begun does, parts nothing from
    anything."""
    found: list[tuple[date, str]] = []
    first, last = (part.moments[0].starts_on, part.moments[-1].starts_on) if part.moments else (date.max, date.min)
    if part.starts_on is not None and part.goes_on and part.starts_on == first:
        began = _("A new part of the series begins.")
        found.append((part.starts_on, " ".join(filter(None, (began, part.begins, part.why)))))
    found += [(turn.on, turn.sentence) for turn in part.turns if first < turn.on <= last]
    letters = [""] * (len(found) - MOST_SEAMS) + [chr(ord("A") + at) for at in range(MOST_SEAMS)]
    return tuple(
        Seam(letter=letter, on=on, sentence=sentence) for letter, (on, sentence) in zip(letters, found, strict=False)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A chart with the decisions and the seams that are marked on it, in the order of their numbers and letters.
    `left_out`: earlier decisions. `unmarked`: earlier seams."""

    chart: LineChart
    seams: tuple[Seam, ...] = ()
    events: tuple[InForce, ...] = ()
    left_out: int = 0
    unmarked: int = 0


def came_into_force(actor: Actor, collaboration_ids: Sequence[str], at: datetime) -> dict[str, tuple[InForce, ...]]:
    """The decisions that have come into force, also those that were replaced since, of each collaboration, as far as the
    reader may read them; one question besides what decides that."""
    rows = DecisionVersion.objects.filter(
        decision__in=visible_decisions(actor, at),
        decision__matter__collaboration_id__in=list(collaboration_ids),
        established_at__isnull=False,
        in_force_from__lte=clock.day(at),
    ).order_by("in_force_from", "decision__number", "number")
    wanted = ("decision__matter__collaboration_id", "decision_id", "decision__matter__title", "number", "in_force_from")
    found: dict[str, list[InForce]] = {pk: [] for pk in collaboration_ids}
    ended = _ended(rows, at)
    for given, decision_id, title, number, on in rows.values_list(*wanted):
        if on is not None and ended.get((decision_id, number), on) >= on:
            found[given].append(InForce(decision_id=decision_id, title=title, version=number, on=on))
    return {pk: tuple(those) for pk, those in found.items()}


def _ended(rows: QuerySet[DecisionVersion], at: datetime) -> dict[tuple[str, int], date]:
    """On which day each of these versions was withdrawn or replaced, as the journal knows it, by decision and number."""
    told = JournalEntry.objects.filter(
        action__in=("decision_withdrawn", "decision_replaced"),
        subject_id__in=rows.filter(state__in=(DecisionState.WITHDRAWN, DecisionState.REPLACED)).values("decision_id"),
        at__lte=at,
    ).select_related("payload")
    found = {}
    for entry in told.order_by("sequence"):
        said = journal.content_of(getattr(entry, "payload", None)) or {}
        found[entry.subject_id, said.get("version", 0)] = clock.day(entry.at)
    return found


def chart_of(part: Part, events: Sequence[InForce] = ()) -> Drawn | None:
    """The whole against baseline, target and decisions; None without a figure for the whole."""
    return _drawn(list(points_of(part)), part, based_on(part), part.steps, events)


def own_chart(part: Part, organisation_id: str, events: Sequence[InForce] = ()) -> Drawn | None:
    """One organisation's figures against its own target."""
    points = list(points_of(part, organisation_id))
    return _drawn(points, part, None, part.own_steps.get(organisation_id, ()), events)


def based_on(part: Part) -> tuple[date, Decimal] | None:
    """The baseline and its day."""
    if part.baseline is None or part.baseline_on is None:
        return None
    return part.baseline_on, part.baseline


def _drawn(
    points: list[Point],
    part: Part,
    baseline: tuple[date, Decimal] | None,
    steps: Sequence[tuple[date, Decimal]],
    events: Sequence[InForce],
) -> Drawn | None:
    every = seams_of(part)
    seams = tuple(one for one in every if one.letter)
    days = [one.on for one in seams]
    drawn = span(points, baseline, steps, days)
    if drawn is None:
        return None
    within = [one for one in events if drawn[0] <= one.on <= drawn[1]]
    shown = within[-MOST_EVENTS:]
    marked = {"events": [one.on for one in shown], "seams": days}
    chart = line_chart(points, baseline, steps, write=figure, unit=sign_of(part.unit), **marked)
    if chart is None:
        return None
    left_out, unmarked = len(within) - len(shown), len(every) - len(seams)
    return Drawn(chart=chart, seams=seams, events=tuple(shown), left_out=left_out, unmarked=unmarked)


def points_of(part: Part, organisation_id: str = "") -> Iterator[Point]:
    """The whole's figures, or one organisation's, the earliest first; a period of which nobody told is a hole, and so is
    a seam."""
    seams, since = [turn.on for turn in part.turns], date.max
    for period, moment in _each_period(part.moments):
        for on in seams:
            if since < on <= period.starts_on:
                yield Point(on=on, label="", level=None, text="")
        since = period.starts_on
        cell = moment.cell_of(organisation_id) if moment and organisation_id else None
        told = cell if organisation_id else moment
        yield Point(
            on=period.ends_on,
            label=moment.label if moment else "",
            short=short_label(period),
            level=told.value if told else None,
            text=told.text if told else "",
        )


def _each_period(moments: Sequence[Moment]) -> Iterator[tuple[Period, Moment | None]]:
    there = {moment.period: moment for moment in moments}
    if not moments:
        return
    told = [period_of(moment.period) for moment in moments]
    for at, (_often, those) in enumerate(groupby(told, key=lambda one: one.frequency)):
        run = list(those)
        period, last, holes = run[0], run[-1], 0
        if at:  # measured as often in another way from here on: the line is broken, and both are drawn
            yield period.before, None
        while period.starts_on <= last.starts_on:
            moment = there.get(period.key)
            holes = 0 if moment else holes + 1
            if holes <= MOST_HOLES:
                yield period, moment
            period = period.following


@dataclass(frozen=True, slots=True, kw_only=True)
class Multiple:
    """One organisation beside the others, on their scale."""

    organisation_id: str
    name: str
    own: bool
    text: str
    label: str
    note: str
    chart: SmallChart


@dataclass(frozen=True, slots=True, kw_only=True)
class Multiples:
    """`shown`: those whose figures the reader may see; `apart`: names of those that have not agreed to be compared.
    `low` and `high`: the scale that is common to all that are drawn, as it is read. `note`: why so few are shown, or ""."""

    shown: tuple[Multiple, ...]
    apart: tuple[str, ...]
    low: str
    high: str
    note: str


def multiples_of(part: Part, names: Mapping[str, str], sees: Sees) -> Multiples | None:
    """Each organisation's figures side by side; None when fewer than two organisations have told anything."""
    told = {cell.organisation_id for moment in part.moments for cell in moment.cells}
    if len(told) < 2:
        return None
    ordered = sorted(told, key=lambda of: (of != sees.own, names.get(of, ""), of))
    open_to = [of for of in ordered if of == sees.own or of in sees.others]
    rows = [list(points_of(part, of)) for of in open_to]
    target = max(part.steps)[1] if part.steps and part.aggregation != "sum" else None
    charts = small_charts(rows, target)
    levels = [point.level for points in rows for point in points if point.level is not None]
    return Multiples(
        shown=tuple(_multiple(part, of, names.get(of, ""), sees, chart) for of, chart in zip(open_to, charts, strict=True)),
        apart=tuple(names.get(of, "") for of in ordered if of not in open_to),
        low=figure(readable(min(levels))) if levels else "",
        high=with_unit(readable(max(levels)), part.unit) if levels else "",
        note=_why_few(sees),
    )


def _multiple(part: Part, of: str, name: str, sees: Sees, chart: SmallChart) -> Multiple:
    cells = [(moment, cell) for moment in part.moments if (cell := moment.cell_of(of)) is not None]
    moment, cell = next(((m, c) for m, c in reversed(cells) if c.value is not None), cells[-1])
    return Multiple(
        organisation_id=of,
        name=name,
        own=of == sees.own,
        text=cell.text,
        label=moment.label,
        note=cell.note,
        chart=chart,
    )


def _why_few(sees: Sees) -> str:
    if sees.leads or sees.others:
        return ""
    if sees.own is None:
        return _("Each one's figures are shown to those who take part and have agreed to be compared.")
    return _("Your organisation sees the others' figures when it, and they, have agreed to be compared.")
