"""One result with every value that it has had."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from samordna.core.actor import Actor
from samordna.core.errors import Absent
from samordna.domain.collaborations.phrases import figure
from samordna.domain.followup.access import Sees, result_for, sees_in
from samordna.domain.followup.disclosure import size_of
from samordna.domain.followup.models import Result, ResultValue
from samordna.domain.followup.phrases import label_of, with_unit
from samordna.domain.followup.queries.awaited import awaited_in
from samordna.domain.followup.queries.frames import versions_of
from samordna.domain.followup.queries.series import kept_of, parts_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One value: what was told, by whom and when, and why it replaced the one before."""

    text: str
    detail: str
    missing: str
    unit: str
    via: str
    at: datetime
    who: str
    why: str
    stands: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultPage:
    """A result, its values the latest first. Values that stand for too few are told to the organisation itself alone."""

    id: str
    collaboration_id: str
    collaboration: str
    indicator_id: str
    indicator: str
    organisation: str
    period: str
    label: str
    values: tuple[Value, ...]


def result_page(actor: Actor, result_id: str, at: datetime) -> ResultPage:
    """The result, as far as the reader may see it."""
    result = result_for(actor, result_id, at)
    given, sees = result.indicator.collaboration, sees_in(actor, result.indicator.collaboration, at)
    rows = result.values.select_related("version", "entered_by__person", "entered_by__role").order_by("-number")
    own = result.organisation_id == sees.own
    if not own and not _disclosed(result, sees):
        raise Absent
    return ResultPage(
        id=result.pk,
        collaboration_id=given.pk,
        collaboration=given.name,
        indicator_id=result.indicator_id,
        indicator=result.indicator.name,
        organisation=result.organisation.name,
        period=result.period,
        label=label_of(result.period),
        values=tuple(_value(row) for row in rows if own or _shown(row)),
    )


def _disclosed(result: Result, sees: Sees) -> bool:
    """Is the figure shown to this reader beside the others of its period?"""
    told = [one for one in kept_of([result.indicator_id])[result.indicator_id] if one.period == result.period]
    versions, awaited = versions_of([result.indicator_id]), awaited_in(result.indicator.collaboration)
    parts = parts_of(versions[result.indicator_id], told, sees, awaited)
    return any(cell.result_id == result.pk for part in parts for moment in part.moments for cell in moment.cells)


def _shown(row: ResultValue) -> bool:
    size = size_of(row.version.number_kind, row.value, row.denominator, row.group)
    return size is None or size >= row.version.minimum_group


def _value(row: ResultValue) -> Value:
    by = row.entered_by
    detail = ""
    if row.numerator is not None and row.denominator is not None:
        detail = f"{figure(row.numerator)} / {figure(row.denominator)}"
    return Value(
        text=with_unit(row.value, row.version.unit) if row.value is not None else "",
        detail=detail,
        missing=row.missing,
        unit=row.version.unit,
        via=row.get_via_display(),
        at=row.entered_at,
        who=f"{by.person.name}, {by.role.name}" if by else "",
        why=row.why,
        stands=row.superseded_at is None,
    )
