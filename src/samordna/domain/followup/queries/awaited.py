"""What is not told yet: reports that are waited for, and what is saved in a report that was never sent in."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from samordna.domain.collaborations.models import Collaboration
from samordna.domain.followup.enums import OPEN, ReportState, Via
from samordna.domain.followup.models import Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Awaited:
    """`periods`: with a report that is waited for. `unsent`: (organisation, period) of reports that were never sent in."""

    periods: frozenset[str]
    unsent: frozenset[tuple[str, str]]

    def draft(self, organisation_id: str, period: str, via: str) -> bool:
        """Is this figure only saved? What is taken in from a file or as rows is told at once."""
        return via == Via.FORM and (organisation_id, period) in self.unsent


def awaited_in(given: Collaboration) -> Awaited:
    """What is waited for in a collaboration; two questions. A round that the coordinator has locked waits for nobody."""
    reports = Report.objects.filter(round__collaboration=given).order_by()
    states: dict[str, set[str]] = defaultdict(set)
    for period, state in reports.values_list("round__period", "state").distinct():
        states[period].add(state)
    unsent = reports.filter(submitted_at__isnull=True).values_list("organisation_id", "round__period")
    return Awaited(periods=frozenset(period for period, those in states.items() if _waits(those)), unsent=frozenset(unsent))


def _waits(states: set[str]) -> bool:
    locked = ReportState.LOCKED in states and ReportState.SUBMITTED not in states
    return not locked and not states.isdisjoint(OPEN)
