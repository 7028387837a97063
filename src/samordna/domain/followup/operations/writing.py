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
    """Write what is new and what is corrected; in batches, so that it takes as much memory for many as for some."""
    told: dict[str, Any] = {"via": via, "entered_at": at, "entered_by_id": actor.holding_id}
    for start in range(0, len(change.new), BATCH):
        batch = change.new[start : start + BATCH]
        results = [_result(entry) for entry in batch]
        Result.objects.bulk_create(results)
        ResultValue.objects.bulk_create(
            _value(entry, result.pk, 1, told) for entry, result in zip(batch, results, strict=True)
        )
    for start in range(0, len(change.corrected), BATCH):
        pairs = change.corrected[start : start + BATCH]
        gone = ResultValue.objects.filter(pk__in=[standing.value_id for _entry, standing in pairs])
        gone.update(superseded_at=at)
        ResultValue.objects.bulk_create(
            _value(entry, standing.result_id, standing.number + 1, told | {"why": why}) for entry, standing in pairs
        )


def _result(entry: Entry) -> Result:
    return Result(
        pk=new_id(),
        indicator_id=entry.version.indicator_id,
        organisation_id=entry.organisation_id,
        period=entry.period.key,
        starts_on=entry.period.starts_on,
    )


def _value(entry: Entry, result_id: str, number: int, told: dict[str, Any]) -> ResultValue:
    figures = {name: getattr(entry.figure, name) for name in NAMES}
    return ResultValue(result_id=result_id, number=number, version_id=entry.version.pk, **figures, **told)
