"""Which rounds of reports should be there and are not, and what an organisation is asked for in one."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from samordna.domain.collaborations.models import Collaboration
from samordna.domain.followup.limits import CATCHING_UP
from samordna.domain.followup.models import Indicator, Round
from samordna.domain.followup.periods import Period, finished, period_of
from samordna.domain.followup.queries.frames import asked_in, measured_so, reporters_of, version_on, versions_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """A round to open: its period, whom to ask, and how many days they have after it."""

    period: Period
    organisations: tuple[str, ...]
    days: int


def missing_rounds(given: Collaboration, today: date) -> list[Missing]:
    """The rounds to open today, the earliest first; six questions, whatever the tables hold."""
    indicators = list(Indicator.objects.running().filter(collaboration=given).order_by("pk"))
    if not indicators:
        return []
    there = set(Round.objects.filter(collaboration=given).values_list("period", flat=True))
    reporters = reporters_of(indicators, given, versions_of([one.pk for one in indicators]))
    by_frequency: dict[str, list[Indicator]] = defaultdict(list)
    for one in indicators:
        for frequency in {version.frequency for version in reporters.versions[one.pk]}:
            by_frequency[frequency].append(one)
    found = []
    for frequency, those in by_frequency.items():
        since = min(one.asked_from for one in those)
        for period in finished(frequency, since, today, CATCHING_UP):
            measured = [one for one in those if one.asked_from <= period.ends_on]
            asked = [one for one in measured if measured_so(reporters.versions[one.pk], period)]
            organisations = tuple(dict.fromkeys(of for one in asked for of in reporters.of(one, period)))
            if period.key not in there and organisations:
                held = (version_on(reporters.versions[one.pk], period.starts_on) for one in asked)
                days = max(one.days_to_report for one in held)
                found.append(Missing(period=period, organisations=organisations, days=days))
    return sorted(found, key=lambda one: (one.period.ends_on, one.period.key))


def asked_of(given: Round, organisation_id: str) -> list[Indicator]:
    """What one organisation is asked for in a round that it has a report in; six questions."""
    asked, period = asked_in(given), period_of(given.period)
    reporters = reporters_of(asked, given.collaboration, versions_of([one.pk for one in asked]))
    return [one for one in asked if reporters.asks(one, organisation_id, period.starts_on)]
