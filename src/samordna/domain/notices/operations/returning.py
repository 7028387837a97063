"""Letters that came back, as the host's command or mail server tells us."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from samordna.core import clock, journal
from samordna.core.actor import Actor
from samordna.core.models import DeadAddress, OutgoingLetter
from samordna.core.operation import operation
from samordna.core.policy import Thing
from samordna.domain.notices.bounces import Report, note_dead
from samordna.domain.organisations.access import permit


@operation("organisation.administer")
def record_returned(*, actor: Actor, reports: Iterable[Report], at: datetime | None = None) -> list[str]:
    """Mark the addresses that letters came back from for good; returns those that were not marked before.

    Anybody may write a report. Only one that encloses a letter of ours to that very address is believed: nobody else has
    seen the letter's key.
    """
    permit(actor, "organisation.administer", Thing(), at)
    at = at or clock.now()
    final = {report.address: report for report in reports if report.final and _is_ours(report)}
    marked = []
    for address, report in sorted(final.items()):
        defaults = {"since": at, "status": report.status[:20], "diagnosis": report.diagnosis[:200]}
        if DeadAddress.objects.get_or_create(address=address, defaults=defaults)[1]:
            note_dead(actor, address, at)
            marked.append(address)
    journal.record(
        actor=actor, action="returned_letters_read", subject_kind="address", subject_id="", at=at, marked=len(marked)
    )
    return marked


def _is_ours(report: Report) -> bool:
    return OutgoingLetter.objects.filter(pk=report.letter_id, recipient__iexact=report.address).exists()
