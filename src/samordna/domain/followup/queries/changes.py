"""What entries would do to what stands: add, correct, leave as it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Exists, Max, OuterRef

from samordna.domain.followup.entries import Entry, Key
from samordna.domain.followup.figures import Figure
from samordna.domain.followup.models import Result, ResultValue


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The value that stands for a key now."""

    result_id: str
    value_id: str
    number: int
    figure: Figure
    version_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What entries would do: add, correct, and leave as they are. `emptied`: where a new one goes on after what was
    emptied, by its result and the last value's number."""

    new: tuple[Entry, ...]
    corrected: tuple[tuple[Entry, Standing], ...]
    same: int
    emptied: Mapping[Key, tuple[str, int]]

    @property
    def indicators(self) -> set[str]:
        """Those of which something is written."""
        return {entry.version.indicator_id for entry in (*self.new, *(entry for entry, _standing in self.corrected))}


def change_of(entries: Sequence[Entry]) -> Change:
    """What these entries would do to what stands; two questions."""
    standing = standing_of(entries)
    new = tuple(entry for entry in entries if entry.key not in standing)
    there = [(entry, standing[entry.key]) for entry in entries if entry.key in standing]
    corrected = tuple(pair for pair in there if not _alike(*pair))
    return Change(new=new, corrected=corrected, same=len(there) - len(corrected), emptied=_emptied(new))


def _emptied(new: Sequence[Entry]) -> dict[Key, tuple[str, int]]:
    if not new:
        return {}
    starts, wanted = [entry.period.starts_on for entry in new], {entry.key for entry in new}
    rows = Result.objects.filter(
        ~Exists(ResultValue.objects.filter(result=OuterRef("pk"), superseded_at__isnull=True)),
        indicator_id__in={key[0] for key in wanted},
        starts_on__gte=min(starts),
        starts_on__lte=max(starts),
    )
    names = ("indicator_id", "organisation_id", "period", "pk", "last")
    told = rows.annotate(last=Max("values__number")).order_by().values_list(*names)
    return {row[:3]: (row[3], row[4] or 0) for row in told if row[:3] in wanted}


def _alike(entry: Entry, standing: Standing) -> bool:
    return standing.figure == entry.figure and standing.version_id == entry.version.pk


NAMES = ("value", "numerator", "denominator", "group", "missing")


def standing_of(entries: Sequence[Entry]) -> Mapping[Key, Standing]:
    """The values that stand for the entries' keys."""
    wanted = {entry.key for entry in entries}
    indicators = sorted({key[0] for key in wanted})
    if not indicators:
        return {}
    starts = [entry.period.starts_on for entry in entries]
    rows = ResultValue.objects.filter(
        superseded_at__isnull=True,
        result__indicator_id__in=indicators,
        result__starts_on__gte=min(starts),
        result__starts_on__lte=max(starts),
    )
    if len({key[1] for key in wanted}) == 1:
        rows = rows.filter(result__organisation_id=entries[0].organisation_id)
    fields = (
        "result__indicator_id",
        "result__organisation_id",
        "result__period",
        "result_id",
        "pk",
        "number",
        "version_id",
    )
    found: dict[Key, Standing] = {}
    for row in rows.order_by().values_list(*fields, *NAMES).iterator(chunk_size=5_000):
        if row[:3] in wanted:
            figure = Figure(**dict(zip(NAMES, row[7:], strict=True)))
            found[row[:3]] = Standing(result_id=row[3], value_id=row[4], number=row[5], version_id=row[6], figure=figure)
    return found
