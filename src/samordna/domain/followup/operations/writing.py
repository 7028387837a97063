"""How figures come into the results: the same for a form, a file and the API. A value is added, never overwritten."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from samordna.core.actor import Actor
from samordna.core.fields import new_id
from samordna.domain.followup.entries import Entry
from samordna.domain.followup.models import Result, ResultValue
from samordna.domain.followup.queries.changes import NAMES, Change

BATCH = 1_000


def keep(actor: Actor, change: Change, why: str, via: str, at: datetime) -> None:
    """Write what is new and what is corrected; in batches, so that it takes as much memory for many as for some. How what
    it touches goes is kept by the caller, once, when all is written."""
    told: dict[str, Any] = {"via": via, "entered_at": at, "entered_by_id": actor.holding_id}
    for start in range(0, len(change.new), BATCH):
        batch = change.new[start : start + BATCH]
        places = {entry.key: (new_id(), 0) for entry in batch} | {
            entry.key: change.emptied[entry.key] for entry in batch if entry.key in change.emptied
        }
        Result.objects.bulk_create(_result(each, places[each.key][0]) for each in batch if each.key not in change.emptied)
        ResultValue.objects.bulk_create(_value(each, places[each.key][0], places[each.key][1] + 1, told) for each in batch)
    for start in range(0, len(change.corrected), BATCH):
        pairs = change.corrected[start : start + BATCH]
        gone = ResultValue.objects.filter(pk__in=[standing.value_id for _entry, standing in pairs])
        gone.update(superseded_at=at)
        ResultValue.objects.bulk_create(
            _value(entry, standing.result_id, standing.number + 1, told | {"why": why}) for entry, standing in pairs
        )


def _result(entry: Entry, pk: str) -> Result:
    return Result(
        pk=pk,
        indicator_id=entry.version.indicator_id,
        organisation_id=entry.organisation_id,
        period=entry.period.key,
        starts_on=entry.period.starts_on,
    )


def _value(entry: Entry, result_id: str, number: int, told: dict[str, Any]) -> ResultValue:
    figures = {name: getattr(entry.figure, name) for name in NAMES}
    return ResultValue(result_id=result_id, number=number, version_id=entry.version.pk, **figures, **told)
