"""What is not told yet: reports that are waited for, and what is saved in a report that was never sent in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
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
    return awaited_among([given.pk])[given.pk]


def awaited_among(collaboration_ids: Sequence[str]) -> dict[str, Awaited]:
    """The same for several collaborations; two questions."""
    reports = Report.objects.filter(round__collaboration_id__in=collaboration_ids).order_by()
    states: dict[str, dict[str, set[str]]] = {pk: defaultdict(set) for pk in collaboration_ids}
    for pk, period, state in reports.values_list("round__collaboration_id", "round__period", "state").distinct():
        states[pk][period].add(state)
    unsent: dict[str, set[tuple[str, str]]] = defaultdict(set)
    kept = reports.filter(submitted_at__isnull=True)
    for pk, of, period in kept.values_list("round__collaboration_id", "organisation_id", "round__period"):
        unsent[pk].add((of, period))
    return {
        pk: Awaited(
            periods=frozenset(period for period, those in states[pk].items() if _waits(those)),
            unsent=frozenset(unsent[pk]),
        )
        for pk in collaboration_ids
    }


def _waits(states: set[str]) -> bool:
    locked = ReportState.LOCKED in states and ReportState.SUBMITTED not in states
    return not locked and not states.isdisjoint(OPEN)
