"""Which goals have become which, what an indicator means in a period, and who is asked for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from samordna.domain.collaborations.models import Collaboration, Goal, Participation
from samordna.domain.followup.models import Indicator, IndicatorVersion, Respondent, Round
from samordna.domain.followup.periods import key_read


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
    """The versions of each, the first first, with their target steps; two questions."""
    found: dict[str, list[IndicatorVersion]] = defaultdict(list)
    rows = IndicatorVersion.objects.filter(indicator_id__in=list(indicator_ids))
    for version in rows.select_related("indicator").prefetch_related("steps").order_by("indicator_id", "number"):
        found[version.indicator_id].append(version)
    return found


def version_on(versions: Sequence[IndicatorVersion], starts_on: date) -> IndicatorVersion:
    """What the indicator means for a period that begins on this day."""
    held = [version for version in versions if version.starts_on is None or version.starts_on <= starts_on]
    return held[-1]


def breaks(before: IndicatorVersion, after: IndicatorVersion) -> bool:
    """Does another part of the series begin with `after`?"""
    return (before.unit.casefold(), before.number_kind) != (after.unit.casefold(), after.number_kind)


def respondents_of(indicators: Sequence[Indicator], given: Collaboration, on: date) -> Mapping[str, list[str]]:
    """The organisations that report each indicator on a day; two questions."""
    taking_part = Participation.objects.on(on).filter(collaboration=given)
    there = list(taking_part.order_by("organisation__name", "pk").values_list("organisation_id", flat=True))
    named: dict[str, list[str]] = defaultdict(list)
    rows = Respondent.objects.filter(indicator__in=[one.pk for one in indicators], ended_at__isnull=True)
    for indicator_id, organisation_id in rows.values_list("indicator_id", "organisation_id"):
        named[indicator_id].append(organisation_id)
    return {one.pk: there if one.everybody else [each for each in there if each in named[one.pk]] for one in indicators}


def asked_in(given: Round) -> list[Indicator]:
    """The indicators that are reported in a round."""
    period = key_read(given.period)
    ends_on = period.ends_on if period else given.starts_on
    running = Indicator.objects.running().filter(collaboration_id=given.collaboration_id, frequency=given.frequency)
    return list(running.filter(measured_from__lte=ends_on).order_by("name", "pk"))


def due(indicators: Sequence[Indicator]) -> int:
    """How many days after the period a round with these indicators is due: the longest that one of them gives."""
    return max(one.days_to_report for one in indicators)
