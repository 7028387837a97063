"""Journals to test on: acts of somebody, and a way to write many of them quickly."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from samordna.core import journal
from samordna.core.actor import Actor, Via
from samordna.core.models import JournalEntry
from tests.factories import NOW

SOMEBODY = Actor(via=Via.SESSION, person_id="person222222", holding_id="holding22222", organisation_id="organisation")


def write(count: int, matter_id: str = "") -> list[JournalEntry]:
    """This many entries, a minute apart, each saying something of its own."""
    first = JournalEntry.objects.count()
    with transaction.atomic():
        return [
            journal.record(
                actor=SOMEBODY,
                action="condition_stated",
                subject_kind="condition",
                subject_id=f"c{number:011d}",
                collaboration_id="collaboratio",
                matter_id=matter_id,
                at=NOW + timedelta(minutes=number),
                reason=f"Därför att {number}",
            )
            for number in range(first, first + count)
        ]
