"""How each indicator went lately, as it is kept: the periods that count, how the whole stood, and for how many it stands.

What is kept is the same for every reader. Whether a reader is shown a whole, and so how it goes, is worked out when it is
read, by the same rule as where every figure is drawn.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TypedDict

from samordna.domain.followup.access import Sees
from samordna.domain.followup.disclosure import size_of, whole_shown
from samordna.domain.followup.enums import Aggregation, Frequency
from samordna.domain.followup.models import Indicator, IndicatorVersion
from samordna.domain.followup.periods import period_at
from samordna.domain.followup.queries.awaited import Awaited, awaited_among
from samordna.domain.followup.queries.frames import version_on, versions_of
from samordna.domain.followup.queries.series import Kept, based_on, groups_of, kept_of, path_of, stands, steps_of, whole_of
from samordna.domain.followup.weighing import Way

LATELY = 3
"""How an indicator goes is what its last figure says, among so many periods that have ended."""


class Last(TypedDict):
    """One period: which way the whole goes, how few it may stand for, and for how many each one's figure stands."""

    starts_on: str
    often: str
    period: str
    going: str
    minimum: int
    sizes: dict[str, int | None]


class Going(TypedDict):
    """What is kept of one indicator: its last periods, the latest first. `until`: a day from which none of them counts."""

    until: str
    lasts: list[Last]


def going_since(today: date, periods: int) -> dict[str, date]:
    """The first day of what counts as lately, by how often it is measured."""
    found = {}
    for frequency in Frequency:
        period = period_at(frequency, today)
        for _each in range(periods):
            period = period.before
        found[frequency.value] = period.starts_on
    return found


def going_of(kept: Going, sees: Sees, awaited: Awaited, since: Mapping[str, str], today: str) -> Way:
    """How it goes by the last whole that this reader is shown. `since` and `today`: days as they are written."""
    if kept["until"] and kept["until"] <= today:
        return Way.UNMEASURED
    for last in kept["lasts"]:
        if last["starts_on"] < since[last["often"]] or (not sees.leads and last["period"] in awaited.periods):
            continue
        seen, least = sees.others, last["minimum"]
        if whole_shown(last["sizes"], own=sees.own, seen=seen, minimum=least, knows=sees.known, sure=sees.sure):
            return Way(last["going"])
    return Way.UNMEASURED


def worked_out(indicators: Iterable[Indicator], today: date) -> dict[str, Going]:
    """What is to be kept of each, of what is told and sent in; five questions."""
    those = {one.pk: one.collaboration_id for one in indicators}
    versions, told = versions_of(those), kept_of(list(those), going_since(today, LATELY))
    awaited = awaited_among(sorted(set(those.values())))
    return {pk: _going(versions[pk], told.get(pk, ()), awaited[given], today) for pk, given in those.items()}


def _going(versions: Sequence[IndicatorVersion], told: Sequence[Kept], awaited: Awaited, today: date) -> Going:
    now, groups = version_on(versions, today), groups_of(versions)
    at = next(place for place, group in enumerate(groups) if now in group)
    later = groups[at + 1][0].starts_on if at + 1 < len(groups) else None
    return Going(until=later.isoformat() if later else "", lasts=_lasts(groups[at], versions, told, awaited))


def _lasts(
    group: Sequence[IndicatorVersion], versions: Sequence[IndicatorVersion], told: Sequence[Kept], awaited: Awaited
) -> list[Last]:
    held, path = group[-1], path_of(based_on(group), steps_of(group))
    if held.aggregation == Aggregation.NONE:
        return []
    by_period: dict[str, list[Kept]] = defaultdict(list)
    for row in told:
        sent = not awaited.draft(row.organisation_id, row.period, row.via)
        if sent and row.value is not None and version_on(versions, row.starts_on) in group:
            by_period[row.period].append(row)
    found = []
    for period, rows in by_period.items():
        then, value = version_on(versions, rows[0].starts_on), whole_of(held, rows)
        if value is not None:
            last = Last(
                starts_on=rows[0].starts_on.isoformat(),
                often=then.frequency,
                period=period,
                going=stands(path, then, value, period).value,
                minimum=then.minimum_group,
                sizes={
                    one.organisation_id: size_of(held.number_kind, one.value, one.denominator, one.group) for one in rows
                },
            )
            found.append(last)
    return sorted(found, key=lambda last: (last["starts_on"], last["period"]), reverse=True)
