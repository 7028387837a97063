"""What an hour of an organisation's people cost on a day. A rate that changes changes no day before it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from samordna.core import clock
from samordna.domain.decisions.models import HourlyRate


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """Kronor an hour from a day and before another; None is since and for ever."""

    amount: int
    since: date | None
    until: date | None

    def holds_on(self, day: date) -> bool:
        """Does it hold on the day?"""
        return clock.active(self.since, self.until, day)


class Rates:
    """The rates of some organisations, the earliest first. One query."""

    def __init__(self, organisation_ids: Iterable[str]) -> None:
        self.of: dict[str, list[Rate]] = defaultdict(list)
        for row in HourlyRate.objects.filter(organisation__in=set(organisation_ids)):
            rate = Rate(amount=row.amount, since=row.valid_from, until=row.valid_to)
            self.of[row.organisation_id].append(rate)

    def on(self, organisation_id: str, day: date) -> int | None:
        """Kronor an hour on the day; None where the organisation has stated none that holds then."""
        return next((rate.amount for rate in self.of.get(organisation_id, ()) if rate.holds_on(day)), None)
