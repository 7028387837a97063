"""The follow-up of a collaboration, of a goal and of an indicator, as pages and the API show it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import pairwise

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.tables import folded
from samordna.domain.collaborations.access import collaboration_for, goal_for
from samordna.domain.collaborations.enums import Direction, GoalKind
from samordna.domain.collaborations.models import Collaboration, Goal, Participation
from samordna.domain.followup.access import Sees, comparers, indicator_for, sees_in
from samordna.domain.followup.enums import Frequency
from samordna.domain.followup.models import GoalDraft, GoalReview, Indicator, IndicatorVersion
from samordna.domain.followup.periods import Period, period_at
from samordna.domain.followup.queries.awaited import awaited_in
from samordna.domain.followup.queries.drafts import lacking
from samordna.domain.followup.queries.frames import Reporters, heirs, last_ended, reporters_of, version_on, versions_of
from samordna.domain.followup.queries.series import Part, course_of, kept_of, parts_of
from samordna.domain.organisations.models import Organisation

LATELY = 8
"""So many periods of each frequency are looked at where many indicators stand beside each other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """An indicator with its figures as the reader may see them, the parts of the series the latest first.

    `last`: the latest period that has ended; `asked_last`: who was to report it; `changes`: from which day and why, the
    latest first. `coming`: the parts of the series that have not begun yet, the nearest first. `waiting_from`: the day on
    which a change begins that may still be taken back.
    """

    id: str
    name: str
    goal_id: str
    kind: str
    kind_label: str
    direction: str
    direction_label: str
    frequency: str
    frequency_label: str
    source: str
    minimum_group: int
    days_to_report: int
    measured_from: date
    asked_from: date
    everybody: bool
    respondents: tuple[str, ...]
    last: Period
    asked_last: tuple[str, ...]
    changes: tuple[tuple[date, str], ...]
    waiting_from: date | None
    ended_at: datetime | None
    ended_reason: str
    parts: tuple[Part, ...]
    coming: tuple[Part, ...]

    @property
    def now(self) -> Part:
        """The part of the series that is measured now."""
        return self.parts[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalSeen:
    """A goal with what it is measured by. `review_on`: the day of the next look; `overdue`: it has passed."""

    id: str
    what: str
    kind_label: str
    target_on: date
    review_on: date | None
    overdue: bool
    indicators: tuple[Measured, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A goal that is being made measurable, and what it lacks."""

    id: str
    what: str
    lacks: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowupPage:
    """The whole: goals, drafts for those who lead, and who may be compared. `names`: of organisations."""

    collaboration_id: str
    collaboration: str
    goals: tuple[GoalSeen, ...]
    drafts: tuple[Draft, ...]
    unmeasured: int
    sees: Sees
    agreed: bool
    comparing: tuple[str, ...]
    names: Mapping[str, str]


def followup_page(actor: Actor, collaboration_id: str, at: datetime) -> FollowupPage:
    """Everything that is followed up; the same number of questions whatever the tables hold."""
    given = collaboration_for(actor, collaboration_id, at=at)
    sees, today = sees_in(actor, given, at), clock.day(at)
    now = heirs(given)
    indicators = list(Indicator.objects.running().filter(collaboration=given).order_by("name", "pk"))
    measured = measured_in(given, indicators, now, sees, today, since=_since(today))
    reviews = _reviews(now)
    goals = [goal for pk, goal in now.items() if pk == goal.pk and goal.ended_at is None]
    rows = tuple(
        _seen(goal, measured.get(goal.pk, ()), reviews.get(goal.pk), today)
        for goal in sorted(goals, key=lambda goal: (goal.target_on, goal.what, goal.pk))
    )
    names, agreed = names_in(given), comparers(given.pk, today)
    return FollowupPage(
        collaboration_id=given.pk,
        collaboration=given.name,
        goals=rows,
        drafts=drafts_in(given, today) if sees.leads else (),
        unmeasured=sum(not row.indicators for row in rows),
        sees=sees,
        agreed=sees.own in agreed,
        comparing=tuple(names[of] for of in agreed if of in names),
        names=names,
    )


def _since(today: date) -> dict[str, date]:
    found = {}
    for frequency in Frequency:
        period = period_at(frequency, today)
        for _each in range(LATELY):
            period = period.before
        found[frequency.value] = period.starts_on
    return found


def measured_in(
    given: Collaboration,
    indicators: Sequence[Indicator],
    now: Mapping[str, Goal],
    sees: Sees,
    today: date,
    since: Mapping[str, date] | None = None,
) -> dict[str, tuple[Measured, ...]]:
    """The indicators by the goal that they measure now; seven questions."""
    awaited = awaited_in(given)
    ids = [one.pk for one in indicators]
    versions, told = versions_of(ids), kept_of(ids, since)
    reporters = reporters_of(indicators, given, versions)
    found: dict[str, list[Measured]] = defaultdict(list)
    for one in indicators:
        parts = parts_of(versions[one.pk], told.get(one.pk, []), sees, awaited)
        goal_id = now[one.goal_id].pk
        found[goal_id].append(_measured(one, goal_id, parts, reporters, today))
    return {pk: tuple(rows) for pk, rows in found.items()}


def _measured(one: Indicator, goal_id: str, parts: tuple[Part, ...], reporters: Reporters, today: date) -> Measured:
    versions = reporters.versions[one.pk]
    held, last = version_on(versions, today), last_ended(versions, today)
    return Measured(
        id=one.pk,
        name=one.name,
        goal_id=goal_id,
        kind=one.kind,
        kind_label=str(GoalKind(one.kind).label),
        direction=held.direction,
        direction_label=str(Direction(held.direction).label),
        frequency=held.frequency,
        frequency_label=str(Frequency(held.frequency).label),
        source=held.source,
        minimum_group=held.minimum_group,
        days_to_report=held.days_to_report,
        measured_from=one.measured_from,
        asked_from=one.asked_from,
        everybody=held.everybody,
        respondents=tuple(reporters.on(one, today)),
        last=last,
        asked_last=tuple(reporters.of(one, last)),
        changes=tuple(reversed([_change(before, after) for before, after in pairwise(versions)])),
        waiting_from=_waiting(versions[-1], today),
        ended_at=one.ended_at,
        ended_reason=one.ended_reason,
        parts=_begun(parts, held, today),
        coming=tuple(part for part in parts if part.starts_on is not None and part.starts_on > today),
    )


def _waiting(last: IndicatorVersion, today: date) -> date | None:
    return last.starts_on if last.starts_on is not None and last.starts_on > today else None


def _begun(parts: tuple[Part, ...], held: IndicatorVersion, today: date) -> tuple[Part, ...]:
    """Those that have begun, the latest first, in the words that hold now; one of which nothing was told is left out."""
    now, *before = (part for part in reversed(parts) if part.starts_on is None or part.starts_on <= today)
    return (replace(now, definition=held.definition), *(part for part in before if part.moments))


def _change(before: IndicatorVersion, after: IndicatorVersion) -> tuple[date, str]:
    return after.starts_on or date.min, " ".join(filter(None, (course_of(before, after), after.why)))


def _reviews(now: Mapping[str, Goal]) -> dict[str, GoalReview]:
    """The latest look at each goal, by the goal that it is now."""
    found: dict[str, GoalReview] = {}
    for review in GoalReview.objects.filter(goal_id__in=now).order_by("reviewed_at", "pk"):
        found[now[review.goal_id].pk] = review
    return found


def _seen(goal: Goal, indicators: Sequence[Measured], review: GoalReview | None, today: date) -> GoalSeen:
    return GoalSeen(
        id=goal.pk,
        what=goal.what,
        kind_label=str(GoalKind(goal.kind).label),
        target_on=goal.target_on,
        review_on=review.next_on if review else None,
        overdue=review is not None and review.next_on < today,
        indicators=tuple(indicators),
    )


def drafts_in(given: Collaboration, today: date) -> tuple[Draft, ...]:
    """The goals that are being made measurable."""
    rows = GoalDraft.objects.filter(collaboration=given, goal__isnull=True, dropped_at__isnull=True)
    return tuple(
        Draft(id=row.pk, what=row.what, lacks=tuple(lacking(row, today).values()))
        for row in rows.order_by("drafted_at", "pk")
    )


def names_in(given: Collaboration) -> dict[str, str]:
    """The names of all organisations that take part, have taken part or have reported, by name."""
    part = Participation.objects.filter(collaboration=given).order_by().values("organisation_id")
    reported = Indicator.objects.filter(collaboration=given).order_by().values("results__organisation_id")
    rows = Organisation.objects.filter(pk__in=part) | Organisation.objects.filter(pk__in=reported)
    return dict(rows.distinct().order_by("name", "pk").values_list("pk", "name"))


def words_for_organisations(given: Collaboration) -> dict[str, str]:
    """What each organisation is called in a file: its name, or where several have it, its number or id."""
    names = names_in(given)
    shared = {name for name, n in Counter(folded(name) for name in names.values()).items() if n > 1}
    alike = [pk for pk, name in names.items() if folded(name) in shared]
    numbers = dict(Organisation.objects.filter(pk__in=alike).values_list("pk", "number")) if alike else {}
    return names | {pk: numbers[pk] or pk for pk in alike}


def taking_part_in(given: Collaboration, at: datetime) -> dict[str, str]:
    """The names of the organisations that take part now, by name."""
    part = Participation.objects.on(clock.day(at)).filter(collaboration=given).order_by().values("organisation_id")
    return dict(Organisation.objects.filter(pk__in=part).order_by("name", "pk").values_list("pk", "name"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """One look at a goal."""

    conclusion: str
    next_on: date
    at: datetime
    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalPage:
    """One goal: its figures, each organisation's part and all of them together, looks, and what it was before."""

    collaboration_id: str
    collaboration: str
    goal: GoalSeen
    direction: str
    direction_label: str
    ended: bool
    sees: Sees
    names: Mapping[str, str]
    looks: tuple[Looked, ...]
    line: tuple[str, ...]


def goal_page(actor: Actor, goal_id: str, at: datetime) -> GoalPage:
    """The goal as it is now, whichever row of its chain was asked for."""
    asked = goal_for(actor, goal_id, at=at)
    given, today = asked.collaboration, clock.day(at)
    now = heirs(given)
    goal, sees = now[asked.pk], sees_in(actor, given, at)
    line = tuple(pk for pk, heir in now.items() if heir.pk == goal.pk)
    indicators = list(Indicator.objects.running().filter(goal_id__in=line).order_by("name", "pk"))
    measured = measured_in(given, indicators, now, sees, today)
    reviews = list(
        GoalReview.objects.filter(goal_id__in=line)
        .select_related("reviewed_by__person", "reviewed_by__role")
        .order_by("-reviewed_at", "-pk")
    )
    return GoalPage(
        collaboration_id=given.pk,
        collaboration=given.name,
        goal=_seen(goal, measured.get(goal.pk, ()), reviews[0] if reviews else None, today),
        direction=goal.direction,
        direction_label=str(Direction(goal.direction).label),
        ended=goal.ended_at is not None,
        sees=sees,
        names=names_in(given),
        looks=tuple(_looked(review) for review in reviews),
        line=line,
    )


def _looked(review: GoalReview) -> Looked:
    by = review.reviewed_by
    who = f"{by.person.name}, {by.role.name}" if by else ""
    return Looked(conclusion=review.conclusion, next_on=review.next_on, at=review.reviewed_at, who=who)


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorPage:
    """One indicator with its whole series."""

    collaboration_id: str
    collaboration: str
    goal: str
    indicator: Measured
    sees: Sees
    names: Mapping[str, str]
    waited_for: tuple[str, ...]


def indicator_page(actor: Actor, indicator_id: str, at: datetime) -> IndicatorPage:
    """The indicator, every period and every organisation as the reader may see them."""
    one = indicator_for(actor, indicator_id, at=at)
    given, now = one.collaboration, heirs(one.collaboration)
    sees = sees_in(actor, given, at)
    measured = measured_in(given, [one], now, sees, clock.day(at))
    names = names_in(given)
    goal = now[one.goal_id]
    seen = measured[goal.pk][0]
    latest = seen.last
    told = {
        cell.organisation_id
        for part in seen.parts
        for moment in part.moments
        if moment.period == latest.key
        for cell in moment.cells
    }
    late = tuple(names[of] for of in seen.asked_last if of not in told and of in names)
    return IndicatorPage(
        collaboration_id=given.pk,
        collaboration=given.name,
        goal=goal.what,
        indicator=seen,
        sees=sees,
        names=names,
        waited_for=late if one.ended_at is None and one.asked_from <= latest.ends_on else (),
    )
