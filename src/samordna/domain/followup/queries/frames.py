"""Which goals have become which, what an indicator means and how often it is measured then, and who is asked for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from samordna.core.clock import active
from samordna.domain.collaborations.models import Collaboration, Goal, Participation
from samordna.domain.followup.enums import Aggregation, NumberKind
from samordna.domain.followup.models import Indicator, IndicatorVersion, Respondent, Round
from samordna.domain.followup.periods import Period, key_read, period_at


def heirs(given: Collaboration) -> Mapping[str, Goal]:
    """For every goal of the collaboration, revised or not, the goal that it is now; one question."""
    return heirs_among([given.pk])


def heirs_among(collaboration_ids: Iterable[str]) -> Mapping[str, Goal]:
    """The same for several collaborations; one question."""
    rows = Goal.objects.filter(collaboration_id__in=list(collaboration_ids)).select_related("collaboration")
    goals = {goal.pk: goal for goal in rows}
    following = {str(goal.replaces_id): goal for goal in goals.values() if goal.replaces_id}
    return {pk: _last(goal, following) for pk, goal in goals.items()}


def _last(goal: Goal, following: Mapping[str, Goal]) -> Goal:
    while goal.pk in following:
        goal = following[goal.pk]
    return goal


def line_of(goal: Goal) -> list[str]:
    """The ids of the goal and of all that it was before and has become; one question."""
    stored = heirs(goal.collaboration)
    return [pk for pk, heir in stored.items() if heir.pk == stored[goal.pk].pk]


Versions = Mapping[str, Sequence[IndicatorVersion]]


def versions_of(indicator_ids: Iterable[str]) -> Versions:
    """The versions of each that were not taken back, the first first, with their target steps; two questions."""
    found: dict[str, list[IndicatorVersion]] = defaultdict(list)
    rows = IndicatorVersion.objects.standing().filter(indicator_id__in=list(indicator_ids))
    for version in rows.select_related("indicator").prefetch_related("steps").order_by("indicator_id", "number"):
        found[version.indicator_id].append(version)
    return found


def version_on(versions: Sequence[IndicatorVersion], starts_on: date) -> IndicatorVersion:
    """What the indicator means for a period that begins on this day."""
    held = [version for version in versions if version.starts_on is None or version.starts_on <= starts_on]
    return held[-1]


def period_on(versions: Sequence[IndicatorVersion], day: date) -> Period:
    """The period that the day lies in, as often as the indicator is measured then."""
    return period_at(version_on(versions, day).frequency, day)


def last_ended(versions: Sequence[IndicatorVersion], today: date) -> Period:
    """The latest period that has ended, as often as the indicator was measured then."""
    return period_on(versions, period_on(versions, today).starts_on - timedelta(days=1))


def measured_so(versions: Sequence[IndicatorVersion], period: Period) -> bool:
    """Is the indicator measured for this period, as often as this?"""
    return version_on(versions, period.starts_on).frequency == period.frequency


def breaks(before: IndicatorVersion, after: IndicatorVersion) -> bool:
    """Can figures from before and after not be compared? What is added up grows with the length of the period."""
    if before.frequency != after.frequency and (
        after.number_kind == NumberKind.COUNT or after.aggregation == Aggregation.SUM
    ):
        return True
    return (before.unit.casefold(), before.number_kind) != (after.unit.casefold(), after.number_kind)


def begins_anew(before: IndicatorVersion, after: IndicatorVersion) -> bool:
    """Does another part of the series begin with `after`? What is told is held against what held in its own part: another
    direction, another rule for the whole or another baseline never judges an earlier figure anew."""
    if breaks(before, after) or (before.direction, before.aggregation) != (after.direction, after.aggregation):
        return True
    based = (after.baseline, after.baseline_on)
    return after.baseline is not None and based != (before.baseline, before.baseline_on)


Lives = Sequence[tuple[str, date, date | None]]
"""Organisations with the day on which each joined, and the day from which it took no part any more."""


def there_in(lives: Lives, period: Period) -> list[str]:
    """Those that took part on some day of a period."""
    return list(
        dict.fromkeys(
            of for of, joined, left in lives if joined <= period.ends_on and (left is None or left > period.starts_on)
        )
    )


def lives_in(given: Collaboration) -> list[tuple[str, date, date | None]]:
    """Who took part and when, by the organisations' names; one question."""
    rows = Participation.objects.filter(collaboration=given).order_by("organisation__name", "joined_on", "pk")
    return list(rows.values_list("organisation_id", "joined_on", "left_on"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Reporters:
    """Who reports what in a collaboration, then and now. `named`: by indicator those that are named, for a time."""

    lives: Lives
    named: Mapping[str, Sequence[tuple[str, date | None, date | None]]]
    versions: Versions

    def of(self, indicator: Indicator, period: Period) -> list[str]:
        """The organisations that report the indicator for a period: those that took part on some day of it."""
        return [of for of in there_in(self.lives, period) if self.asks(indicator, of, period.starts_on)]

    def on(self, indicator: Indicator, day: date) -> list[str]:
        """The organisations that report it as it is on a day."""
        there = dict.fromkeys(of for of, joined, left in self.lives if active(joined, left, day))
        first = period_on(self.versions[indicator.pk], day).starts_on
        return [of for of in there if self.asks(indicator, of, first)]

    def asks(self, indicator: Indicator, organisation_id: str, starts_on: date) -> bool:
        """Is this organisation, if it takes part, asked for a period that begins on this day?"""
        if version_on(self.versions[indicator.pk], starts_on).everybody:
            return True
        named = self.named.get(indicator.pk, ())
        return any(of == organisation_id and active(since, until, starts_on) for of, since, until in named)


def reporters_of(indicators: Sequence[Indicator], given: Collaboration, versions: Versions) -> Reporters:
    """Who reports these indicators, by the organisations' names; two questions."""
    named: dict[str, list[tuple[str, date | None, date | None]]] = defaultdict(list)
    rows = Respondent.objects.filter(indicator__in=[one.pk for one in indicators], ended_at__isnull=True)
    for row in rows.order_by("pk"):
        named[row.indicator_id].append((row.organisation_id, row.starts_on, row.ends_on))
    return Reporters(lives=lives_in(given), named=named, versions=versions)


def asked_in(given: Round) -> list[Indicator]:
    """The indicators that are reported in a round."""
    period = key_read(given.period)
    ends_on = period.ends_on if period else given.starts_on
    running = Indicator.objects.running().filter(collaboration_id=given.collaboration_id, asked_from__lte=ends_on)
    those = list(running.order_by("name", "pk"))
    versions = versions_of([one.pk for one in those])
    return [one for one in those if version_on(versions[one.pk], given.starts_on).frequency == given.frequency]
