"""How it goes in every collaboration that one is in: what is furthest from where it should be first, and late reports.

How each indicator goes is kept beside it (`lately`), or worked out where it is not; only those on the page are drawn. The
same number of questions for one collaboration as for twenty.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.domain.collaborations.access import visible_collaborations
from samordna.domain.collaborations.enums import CollaborationState
from samordna.domain.collaborations.models import Goal
from samordna.domain.followup.access import Sees, sees_among, visible_reports
from samordna.domain.followup.drawing import SmallChart, small_charts
from samordna.domain.followup.enums import OPEN
from samordna.domain.followup.models import Indicator
from samordna.domain.followup.periods import period_of
from samordna.domain.followup.phrases import label_of
from samordna.domain.followup.queries.awaited import Awaited, awaited_among
from samordna.domain.followup.queries.drawings import points_of
from samordna.domain.followup.queries.frames import heirs_among, versions_of
from samordna.domain.followup.queries.lately import LATELY, Going, going_of, going_since, worked_out
from samordna.domain.followup.queries.series import Part, kept_of, parts_of
from samordna.domain.followup.weighing import COLOURS, Colour, Way

PAGE = 24
"""So many indicators on a page."""
DRAWN = 12
"""So many periods are drawn."""
MOST_LATE = 8
SMALL_HEIGHT = 40
ORDER = {
    Way.WORSE: 0,
    Way.AWAY: 1,
    Way.FAR: 2,
    Way.SLOWER: 3,
    Way.NEAR: 4,
    Way.UNMEASURED: 5,
    Way.ON_ITS_WAY: 6,
    Way.STAYS: 7,
    Way.REACHED: 8,
}
"""What needs somebody first."""
SHUT = (CollaborationState.CLOSED, CollaborationState.PLANNED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One indicator. `text`: the last figure for the whole as the reader may see it; `note`: why none is shown, or ""."""

    id: str
    name: str
    goal_id: str
    goal: str
    collaboration_id: str
    collaboration: str
    colour: str
    way_sentence: str
    text: str
    label: str
    note: str
    target_text: str
    target_on: date | None
    chart: SmallChart


@dataclass(frozen=True, slots=True, kw_only=True)
class LateReport:
    """A report whose day has passed. `mine`: the reader's own organisation's."""

    id: str
    organisation: str
    label: str
    collaboration_id: str
    collaboration: str
    due_on: date
    mine: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is asked for: one collaboration, one colour; "" for all."""

    collaboration_id: str = ""
    colour: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dashboard:
    """One page of the indicators, those first that need somebody. `counts`: by colour, before one is chosen."""

    wanted: Wanted
    choices: tuple[tuple[str, str], ...]
    counts: Mapping[str, int]
    rows: tuple[Shown, ...]
    found: int
    page: int
    more: bool
    late: tuple[LateReport, ...]
    late_in_all: int
    unmeasured_goals: int


class Line(NamedTuple):
    """One indicator before it is looked at."""

    pk: str
    name: str
    goal_id: str
    collaboration_id: str
    kept: Going | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ground:
    """What is known before any indicator is looked at."""

    names: Mapping[str, str]
    indicators: Sequence[Line]
    awaited: Mapping[str, Awaited]
    heirs: Mapping[str, Goal]
    sees: Mapping[str, Sees]
    today: date


def dashboard(actor: Actor, at: datetime, wanted: Wanted | None = None, page: int = 1) -> Dashboard:
    """How it goes, as the reader may see it."""
    asked, page = wanted or Wanted(), max(page, 1)
    shut = visible_collaborations(actor, at).exclude(state__in=SHUT)
    choices = tuple(shut.order_by("name", "pk").values_list("pk", "name"))
    names = {pk: name for pk, name in choices if asked.collaboration_id in ("", pk)}
    ground, going = _ground(actor, names, at)
    counts = Counter(COLOURS[each].value for each in going.values())
    fitting = [one for one in ground.indicators if asked.colour in ("", COLOURS[going[one.pk]].value)]
    fitting.sort(key=lambda one: (ORDER[going[one.pk]], names[one.collaboration_id], one.name, one.pk))
    on_page = fitting[(page - 1) * PAGE : page * PAGE]
    late, late_in_all = _late(actor, list(names), at)
    return Dashboard(
        wanted=asked,
        choices=choices,
        counts={colour.value: counts[colour.value] for colour in Colour},
        rows=_shown(on_page, ground),
        found=len(fitting),
        page=page,
        more=len(fitting) > page * PAGE,
        late=late,
        late_in_all=late_in_all,
        unmeasured_goals=_unmeasured(ground),
    )


def _ground(actor: Actor, names: Mapping[str, str], at: datetime) -> tuple[_Ground, Mapping[str, Way]]:
    ids, today = list(names), clock.day(at)
    heirs = heirs_among(ids)
    running = Indicator.objects.running().filter(collaboration_id__in=ids).order_by("name", "pk")
    lines = [Line(*row) for row in running.values_list("pk", "name", "goal_id", "collaboration_id", "going__told")]
    there = [one for one in lines if heirs[one.goal_id].ended_at is None]
    kept = _kept(there, today)
    told_by: dict[str, set[str]] = defaultdict(set)
    for one in there:
        told_by[one.collaboration_id].update(*(last["sizes"] for last in kept[one.pk]["lasts"]))
    ground = _Ground(
        names=names,
        indicators=there,
        awaited=awaited_among(ids),
        heirs=heirs,
        sees=sees_among(actor, ids, told_by, at),
        today=today,
    )
    since = {often: day.isoformat() for often, day in going_since(today, LATELY).items()}
    going = {
        one.pk: going_of(
            kept[one.pk], ground.sees[one.collaboration_id], ground.awaited[one.collaboration_id], since, today.isoformat()
        )
        for one in there
    }
    return ground, going


def _kept(lines: Sequence[Line], today: date) -> Mapping[str, Going]:
    """How each goes as it is kept; what is not kept yet is worked out."""
    missing = [one.pk for one in lines if one.kept is None]
    found = {one.pk: one.kept for one in lines if one.kept is not None}
    return found | worked_out(Indicator.objects.filter(pk__in=missing), today) if missing else found


def _shown(indicators: Sequence[Line], ground: _Ground) -> tuple[Shown, ...]:
    ids = [one.pk for one in indicators]
    told, versions, found = kept_of(ids, going_since(ground.today, DRAWN)), versions_of(ids), []
    for one in indicators:
        rows, awaited = told.get(one.pk, []), ground.awaited[one.collaboration_id]
        sees = ground.sees[one.collaboration_id].of_all({row.organisation_id for row in rows})
        parts = parts_of(versions[one.pk], rows, sees, awaited)
        begun = [part for part in parts if part.starts_on is None or part.starts_on <= ground.today]
        found.append(_row(one, begun[-1], ground))
    return tuple(found)


def _row(one: Line, part: Part, ground: _Ground) -> Shown:
    goal = ground.heirs[one.goal_id]
    since = going_since(ground.today, LATELY)
    recent = [moment for moment in part.moments if moment.starts_on >= since[period_of(moment.period).frequency]]
    valued = [moment for moment in recent if moment.value is not None]
    last = next(reversed(valued or recent), None)
    told: dict[str, Any] = {"colour": Colour.NONE.value, "way_sentence": "", "text": "", "label": "", "note": ""}
    if last is not None:
        told = {name: getattr(last, name) for name in told}
    return Shown(
        id=one.pk,
        name=one.name,
        goal_id=goal.pk,
        goal=goal.what,
        collaboration_id=one.collaboration_id,
        collaboration=ground.names[one.collaboration_id],
        target_text=part.target_text,
        target_on=part.target_on,
        chart=small_charts([list(points_of(part))], max(part.steps)[1] if part.steps else None, SMALL_HEIGHT)[0],
        **told,
    )


def _late(actor: Actor, ids: Sequence[str], at: datetime) -> tuple[tuple[LateReport, ...], int]:
    rows = visible_reports(actor, at).filter(
        round__collaboration_id__in=ids, state__in=OPEN, round__due_on__lt=clock.day(at)
    )
    ordered = rows.select_related("round__collaboration", "organisation").order_by("round__due_on", "pk")
    return tuple(
        LateReport(
            id=row.pk,
            organisation=row.organisation.name,
            label=label_of(row.round.period),
            collaboration_id=row.round.collaboration_id,
            collaboration=row.round.collaboration.name,
            due_on=row.round.due_on,
            mine=row.organisation_id == actor.organisation_id,
        )
        for row in ordered[:MOST_LATE]
    ), rows.count()


def _unmeasured(ground: _Ground) -> int:
    """How many goals nobody measures."""
    now = {goal.pk for goal in ground.heirs.values() if goal.ended_at is None}
    return len(now - {ground.heirs[one.goal_id].pk for one in ground.indicators})
