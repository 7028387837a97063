"""An indicator's figures as a reader may see them: parts of a series, periods, organisations, and the whole.

A part ends where figures cannot be compared any more, or are held against something else (`begins_anew`). What a reader
may not see is not worked out for it (`disclosure`); a hidden figure is a sentence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from django.db.models import Q
from django.utils.translation import gettext as _

from samordna.domain.collaborations.enums import Direction
from samordna.domain.followup.access import Sees
from samordna.domain.followup.disclosure import Why, disclosed, shown_to_each, size_of
from samordna.domain.followup.enums import Aggregation
from samordna.domain.followup.models import IndicatorVersion, ResultValue
from samordna.domain.followup.periods import period_of
from samordna.domain.followup.phrases import HIDDEN, WAY_NOW, WAY_THEN, WAYS, label_of, readable, with_unit
from samordna.domain.followup.queries.awaited import Awaited
from samordna.domain.followup.queries.frames import begins_anew, breaks, version_on
from samordna.domain.followup.weighing import COLOURS, Path, Way, Weighed, way, whole


class Kept(NamedTuple):
    """One value that stands."""

    indicator_id: str
    organisation_id: str
    period: str
    starts_on: date
    result_id: str
    number: int
    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    group: int | None
    missing: str
    via: str


FIELDS = (
    *("result__indicator_id", "result__organisation_id", "result__period", "result__starts_on", "result_id", "number"),
    *("value", "numerator", "denominator", "group", "missing", "via"),
)


def kept_of(indicator_ids: Sequence[str], since: Mapping[str, date] | None = None) -> dict[str, list[Kept]]:
    """The values that stand, by indicator; `since`: for each how often the first day. One question."""
    rows = ResultValue.objects.filter(superseded_at__isnull=True, result__indicator_id__in=indicator_ids)
    if since is not None:
        lately = Q(pk__in=[])
        for frequency, day in since.items():
            lately |= Q(version__frequency=frequency, result__starts_on__gte=day)
        rows = rows.filter(lately, result__starts_on__gte=min(since.values())) if since else rows.none()
    found: dict[str, list[Kept]] = defaultdict(list)
    for row in rows.order_by("result__starts_on", "result_id").values_list(*FIELDS):
        found[row[0]].append(Kept(*row))
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What a reader sees of one organisation in one period. `value` is None where it is hidden or missing."""

    organisation_id: str
    text: str
    value: Decimal | None
    note: str
    result_id: str
    corrected: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One period: the whole where it may be shown, and each organisation that has told; where many read as one, none of
    these."""

    period: str
    label: str
    starts_on: date
    ends_on: date
    value: Decimal | None
    text: str
    note: str
    way: str
    way_sentence: str
    colour: str
    cells: tuple[Cell, ...]

    def cell_of(self, organisation_id: str) -> Cell | None:
        """What this organisation told."""
        return next((cell for cell in self.cells if cell.organisation_id == organisation_id), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A day within a part from which it is measured as often, or is defined, another way, and what to mind over it."""

    on: date
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Figures that can be compared with each other, the earliest period first, and what they are held against.

    `begins`: what sets it apart from the part before, in sentences; "" for the first. `goes_on`: figures were
    told before."""

    unit: str
    definition: str
    number_kind: str
    number_kind_label: str
    aggregation: str
    aggregation_label: str
    baseline: Decimal | None
    baseline_on: date | None
    baseline_text: str
    steps: tuple[tuple[date, Decimal], ...]
    target_text: str
    target_on: date | None
    own_steps: Mapping[str, tuple[tuple[date, Decimal], ...]]
    why: str
    begins: str
    goes_on: bool
    starts_on: date | None
    turns: tuple[Turn, ...]
    moments: tuple[Moment, ...]

    @property
    def latest(self) -> Moment | None:
        """The last period with a figure for the whole, or else the last of which anything was told."""
        valued = [moment for moment in self.moments if moment.value is not None]
        told = valued or list(self.moments)
        return told[-1] if told else None


def parts_of(versions: Sequence[IndicatorVersion], told: Sequence[Kept], sees: Sees, awaited: Awaited) -> tuple[Part, ...]:
    """The parts of the series, the earliest first; there is always one. What others only saved is not in it."""
    groups = groups_of(versions)
    place = {version.pk: at for at, group in enumerate(groups) for version in group}
    split: dict[int, list[Kept]] = defaultdict(list)
    for one in told:
        if one.organisation_id != sees.own and awaited.draft(one.organisation_id, one.period, one.via):
            continue
        split[place[version_on(versions, one.starts_on).pk]].append(one)
    befores = [[], *groups]
    first = min(split, default=0)
    return tuple(_part(befores[at], group, split[at], sees, awaited, goes_on=first < at) for at, group in enumerate(groups))


def groups_of(versions: Sequence[IndicatorVersion]) -> list[list[IndicatorVersion]]:
    """The versions whose figures can be compared and are held against the same, together."""
    groups: list[list[IndicatorVersion]] = []
    for version in versions:
        if groups and not begins_anew(groups[-1][-1], version):
            groups[-1].append(version)
        else:
            groups.append([version])
    return groups


def _part(
    before: Sequence[IndicatorVersion],
    group: Sequence[IndicatorVersion],
    told: Sequence[Kept],
    sees: Sees,
    awaited: Awaited,
    *,
    goes_on: bool,
) -> Part:
    held = group[-1]
    based = based_on(group)
    aimed = aims_of(group, based)
    steps = aimed.pop("", ())
    path = path_of(based, steps)
    by_period: dict[str, list[Kept]] = defaultdict(list)
    for one in told:
        by_period[one.period].append(one)
    ordered = sorted(by_period.items(), key=lambda row: (row[1][0].starts_on, row[0]))
    target = max(steps) if steps else None
    return Part(
        unit=held.unit,
        definition=held.definition,
        number_kind=held.number_kind,
        number_kind_label=held.get_number_kind_display(),
        aggregation=held.aggregation,
        aggregation_label=held.get_aggregation_display(),
        baseline=based.baseline if based else None,
        baseline_on=based.baseline_on if based else None,
        baseline_text=with_unit(based.baseline if based else None, held.unit),
        steps=steps,
        target_text=with_unit(target[1] if target else None, held.unit),
        target_on=target[0] if target else None,
        own_steps=aimed,
        why=group[0].why,
        begins=_begins(before, group[0]) if before else "",
        goes_on=goes_on,
        starts_on=group[0].starts_on,
        turns=tuple(_turn(before, after) for before, after in pairwise(group) if turned(before, after)),
        moments=tuple(_moment(group, path, rows, sees, awaited) for _period, rows in ordered),
    )


def _begins(group: Sequence[IndicatorVersion], after: IndicatorVersion) -> str:
    """What sets `after` apart from the group before it."""
    before = group[-1]
    if breaks(before, after) or before.aggregation != after.aggregation:
        found = [course_of(before, after), _("The figures before are not comparable with these.")]
    else:
        apart = _("The figures before are held against the baseline and the target that they had.")
        found = [course_of(before, after), apart]
    if any(step.organisation_id for version in group for step in version.steps.all()):
        found.append(_("What organisations had taken on before does not hold here: they say it anew."))
    return " ".join(filter(None, found))


def turned(before: IndicatorVersion, after: IndicatorVersion) -> bool:
    """Is it measured as often, or defined, another way? A definition that was not said before turns nothing."""
    return before.frequency != after.frequency or _redefined(before, after)


def _redefined(before: IndicatorVersion, after: IndicatorVersion) -> bool:
    return bool(before.definition) and before.definition.split() != after.definition.split()


def course_of(before: IndicatorVersion, after: IndicatorVersion) -> str:
    """What has become of how often and which way, in a sentence or two; "" where nothing has."""
    found = []
    if before.frequency != after.frequency:
        often = {"now": after.get_frequency_display(), "then": before.get_frequency_display()}
        found.append(_("Measured %(now)s instead of %(then)s.") % {name: text.lower() for name, text in often.items()})
    if before.direction != after.direction:
        found.append(f"{WAY_NOW[Direction(after.direction)]} {WAY_THEN[Direction(before.direction)]}")
    return " ".join(found)


def _turn(before: IndicatorVersion, after: IndicatorVersion) -> Turn:
    told = [course_of(before, after)]
    if before.frequency != after.frequency:
        told.append(_("Compare with care over that day: the periods are not equally long."))
    if _redefined(before, after):
        told.append(_("The definition is another. Compare with care over that day."))
        told.append(after.why)
    return Turn(on=after.starts_on or date.min, sentence=" ".join(filter(None, told)))


def path_of(based: IndicatorVersion | None, steps: Sequence[tuple[date, Decimal]]) -> Path | None:
    """What the whole is held against in a part of the series, the way it was to go then; None without a baseline."""
    if based is None or based.baseline is None or based.baseline_on is None:
        return None
    return Path(direction=based.direction, baseline=based.baseline, baseline_on=based.baseline_on, steps=tuple(steps))


def based_on(group: Sequence[IndicatorVersion]) -> IndicatorVersion | None:
    """The version that says where it began."""
    return next((one for one in reversed(group) if one.baseline is not None), None)


Steps = tuple[tuple[date, Decimal], ...]


def aims_of(group: Sequence[IndicatorVersion], based: IndicatorVersion | None) -> dict[str, Steps]:
    """The steps by organisation, "" for the whole: a later version's step for a day takes the place of an earlier one's."""
    since = based.baseline_on if based else None
    found: dict[str, dict[date, Decimal]] = defaultdict(dict)
    for version in group:
        for step in version.steps.all():
            found[str(step.organisation_id or "")][step.on] = step.level
    return {
        of: tuple(sorted((on, level) for on, level in levels.items() if of or since is None or on > since))
        for of, levels in found.items()
    }


def steps_of(group: Sequence[IndicatorVersion]) -> Steps:
    """The target steps of the whole, in order."""
    return aims_of(group, based_on(group)).get("", ())


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeSeen:
    """One period's whole as a reader may see it. `concealed`: there is one, and it is not shown; `waits`: for a report."""

    value: Decimal | None
    going: Way
    concealed: bool
    waits: bool
    hidden: Mapping[str, Why]


def whole_seen(
    group: Sequence[IndicatorVersion], path: Path | None, rows: Sequence[Kept], sees: Sees, awaited: Awaited
) -> WholeSeen:
    """The whole of one period, where showing it gives nobody's figure away: to the reader, and to each of `readers`, who
    knows its own figure."""
    held, then = group[-1], version_on(group, rows[0].starts_on)
    sent = [one for one in rows if not awaited.draft(one.organisation_id, one.period, one.via)]
    valued = {one.organisation_id: one for one in sent if one.value is not None}
    sizes = {of: size_of(held.number_kind, one.value, one.denominator, one.group) for of, one in valued.items()}
    summed = held.aggregation != Aggregation.NONE
    least = then.minimum_group
    rule = disclosed(sizes, own=sees.own, seen=sees.others, minimum=least, summed=summed, knows=sees.known, sure=sees.sure)
    to_each = shown_to_each(sizes, sees.readers, sees.knows, least, summed=summed, sure=sees.surely)
    period = period_of(rows[0].period)
    waits = not sees.leads and period.key in awaited.periods
    shown = rule.whole and to_each and not waits
    value = whole_of(held, valued.values()) if shown else None
    going = stands(path, then, value, period.key)
    concealed = bool(valued) and not shown and summed
    return WholeSeen(value=value, going=going, concealed=concealed, waits=waits, hidden=rule.hidden)


def _moment(
    group: Sequence[IndicatorVersion], path: Path | None, rows: Sequence[Kept], sees: Sees, awaited: Awaited
) -> Moment:
    held = group[-1]
    seen, period = whole_seen(group, path, rows, sees, awaited), period_of(rows[0].period)
    return Moment(
        period=period.key,
        label=label_of(period.key),
        starts_on=period.starts_on,
        ends_on=period.ends_on,
        value=seen.value,
        text=with_unit(readable(seen.value) if seen.value is not None else None, held.unit),
        note=str(HIDDEN[Why.AWAITED if seen.waits else Why.PROTECTS]) if seen.concealed else "",
        way=seen.going.value,
        way_sentence=str(WAYS[seen.going]),
        colour=COLOURS[seen.going].value,
        cells=() if sees.readers else tuple(_cell(one, held.unit, seen.hidden, sees) for one in rows),
    )


def stands(path: Path | None, then: IndicatorVersion, value: Decimal | None, period: str) -> Way:
    """How a whole goes, the way that it was to go in its period."""
    return way(replace(path, direction=then.direction), value, period_of(period).ends_on) if path else Way.UNMEASURED


def whole_of(held: IndicatorVersion, rows: Iterable[Kept]) -> Decimal | None:
    """The figure for all of them, as the part of the series makes it."""
    figures = [
        Weighed(value=one.value, numerator=one.numerator, denominator=one.denominator, group=one.group)
        for one in rows
        if one.value is not None
    ]
    return whole(figures, held.aggregation, held.number_kind)


def _cell(one: Kept, unit: str, hidden: Mapping[str, Why], sees: Sees) -> Cell:
    of = one.organisation_id
    if of in hidden or (of != sees.own and of not in sees.others):
        why = hidden.get(of, Why.NOT_SHARED)
        return Cell(organisation_id=of, text="", value=None, note=str(HIDDEN[why]), result_id="", corrected=False)
    return Cell(
        organisation_id=of,
        text=with_unit(one.value, unit) if one.value is not None else "",
        value=one.value,
        note=one.missing,
        result_id=one.result_id,
        corrected=one.number > 1,
    )
