"""What may become of a report, and who does it."""

from __future__ import annotations

from collections.abc import Mapping

from samordna.domain.followup.enums import ReportState

MOVES: Mapping[str, Mapping[ReportState, ReportState]] = {
    "submit": dict.fromkeys((ReportState.WAITING, ReportState.SUBMITTED, ReportState.RETURNED), ReportState.SUBMITTED),
    "send_back": {ReportState.SUBMITTED: ReportState.RETURNED},
    "lock": dict.fromkeys((ReportState.WAITING, ReportState.SUBMITTED, ReportState.RETURNED), ReportState.LOCKED),
    "open_again": {ReportState.LOCKED: ReportState.RETURNED},
}
"""By act: from which states it goes, and to which. The organisation submits, and may correct
and submit again until the report is locked; the coordinator does the rest."""


def after(act: str, state: str) -> ReportState | None:
    """The state after the act; None where it cannot be done from this one."""
    return MOVES[act].get(ReportState(state))
