"""How each indicator goes is kept beside it by whoever changes what it is worked out of. It can always be made anew."""

from __future__ import annotations

from collections.abc import Iterable

from samordna.core import clock
from samordna.domain.followup.models import Indicator, IndicatorGoing
from samordna.domain.followup.queries.lately import worked_out

BATCH = 200


def keep_going(indicator_ids: Iterable[str]) -> int:
    """Keep how each of these goes, as it is worked out now; how many were kept otherwise, or not at all."""
    there, today, changed = sorted(set(indicator_ids)), clock.day(clock.now()), 0
    for start in range(0, len(there), BATCH):
        batch = there[start : start + BATCH]
        kept = dict(IndicatorGoing.objects.filter(indicator_id__in=batch).values_list("indicator_id", "told"))
        now = worked_out(Indicator.objects.filter(pk__in=batch), today)
        rows = [IndicatorGoing(indicator_id=pk, told=told) for pk, told in now.items() if kept.get(pk) != told]
        IndicatorGoing.objects.bulk_create(rows, update_conflicts=True, update_fields=["told"], unique_fields=["indicator"])
        changed += len(rows)
    return changed
