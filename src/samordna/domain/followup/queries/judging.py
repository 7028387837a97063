"""Rows with results, judged one by one: which can be kept, and what is wrong with each of the others, where and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from samordna.core.tables import folded
from samordna.domain.collaborations.models import Collaboration, Participation
from samordna.domain.followup.entries import Entry
from samordna.domain.followup.enums import Frequency
from samordna.domain.followup.figures import FIELDS, Figure, Told, figure_of
from samordna.domain.followup.models import Indicator, IndicatorVersion, Report, Result
from samordna.domain.followup.periods import Period, read_period
from samordna.domain.followup.phrases import FAULTS, label_of
from samordna.domain.followup.queries.frames import Versions, measured_so, version_on, versions_of
from samordna.domain.followup.reading import Row
from samordna.domain.organisations.models import Organisation


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrong:
    """One row that cannot be kept: its line, the column, what stands there, and a sentence."""

    line: int
    column: str
    text: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What can be kept, and what cannot."""

    entries: tuple[Entry, ...]
    wrong: tuple[Wrong, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the rows may name. `organisations`: by each word the ids of all that it names. `own`: rows about other
    organisations are refused. `locked`: (organisation, period)."""

    indicators: Mapping[str, Indicator]
    versions: Versions
    organisations: Mapping[str, frozenset[str]]
    locked: frozenset[tuple[str, str]]
    own: str | None
    today: date


def known_in(given: Collaboration, own: str | None, today: date) -> Known:
    """What rows of this collaboration may name; five questions, whatever the tables hold."""
    running = list(Indicator.objects.running().filter(collaboration=given).select_related("collaboration"))
    names: dict[str, Indicator] = {}
    for one in running:
        names |= {folded(one.name): one, one.pk: one}
    locked = Report.objects.filter(round__collaboration=given, state="locked")
    return Known(
        indicators=names,
        versions=versions_of([one.pk for one in running]),
        organisations=_organisations(given),
        locked=frozenset(locked.order_by().values_list("organisation_id", "round__period")),
        own=own,
        today=today,
    )


def _organisations(given: Collaboration) -> dict[str, frozenset[str]]:
    took_part = Participation.objects.filter(collaboration=given).order_by().values("organisation_id")
    reported = Result.objects.filter(indicator__collaboration=given).order_by().values("organisation_id")
    rows = Organisation.objects.filter(pk__in=took_part) | Organisation.objects.filter(pk__in=reported)
    found: dict[str, frozenset[str]] = {}
    for pk, *words in rows.distinct().values_list("pk", "name", "short_name", "number"):
        for word in {folded(each) for each in (pk, *words) if each}:
            found[word] = found.get(word, frozenset()) | {pk}
    return found


def judge(rows: Sequence[Row], known: Known) -> Judged:
    """The rows that can be kept as entries, and the others with what is wrong, in the order of their lines."""
    entries: dict[tuple[str, str, str], tuple[int, Entry]] = {}
    wrong: list[Wrong] = []
    for row in rows:
        got = _entry(row, known)
        if isinstance(got, Wrong):
            wrong.append(got)
            continue
        before = entries.setdefault(got.key, (row.line, got))
        if before[0] != row.line:
            sentence = _("Line %(line)s already tells of this indicator, organisation and period. Leave one of them out.")
            wrong.append(_wrong(row, "period", sentence % {"line": before[0]}))
    return Judged(entries=tuple(entry for _line, entry in entries.values()), wrong=tuple(wrong))


def _entry(row: Row, known: Known) -> Entry | Wrong:
    indicator = known.indicators.get(folded(row.indicator)) or known.indicators.get(row.indicator)
    if indicator is None:
        return _wrong(row, "indicator", _("No indicator that is measured here has this name."))
    named = known.organisations.get(folded(row.organisation), frozenset())
    if not named and known.own and not row.organisation:
        named = frozenset({known.own})
    if not named:
        return _wrong(row, "organisation", _("No organisation of this collaboration has this name or number."))
    if len(named) > 1:
        sentence = _("Several organisations here have this name. Write the organisation number or the id instead.")
        return _wrong(row, "organisation", sentence)
    (organisation,) = named
    if known.own is not None and organisation != known.own:
        return _wrong(row, "organisation", _("You report for your own organisation only."))
    period = _period(row.period, known.versions[indicator.pk])
    if period is None:
        held = version_on(known.versions[indicator.pk], known.today)
        return _wrong(
            row, "period", _otherwise(row.period, known.versions[indicator.pk]) or _period_sentence(held.frequency)
        )
    if period.starts_on > known.today:
        return _wrong(row, "period", _("The period has not begun yet."))
    if (organisation, period.key) in known.locked:
        facts = {"period": label_of(period.key)}
        return _wrong(
            row, "period", _("The report for %(period)s is locked. Ask the coordinator to open it again.") % facts
        )
    return _figure(row, indicator, organisation, period, known)


def _figure(row: Row, indicator: Indicator, organisation: str, period: Period, known: Known) -> Entry | Wrong:
    version = version_on(known.versions[indicator.pk], period.starts_on)
    told = Told(**{name: getattr(row, name) for name in (*FIELDS, "missing")})
    figure = figure_of(told, version.number_kind, version.minimum_group)
    if isinstance(figure, Figure):
        return Entry(version=version, organisation_id=organisation, period=period, figure=figure)
    name, fault = next(iter(figure.items()))
    return _wrong(row, name, str(FAULTS[fault]))


def _period(text: str, versions: Sequence[IndicatorVersion]) -> Period | None:
    """The period that a text names, as often as the indicator was measured then; the latest way of measuring first."""
    for frequency in dict.fromkeys(version.frequency for version in reversed(versions)):
        period = read_period(text, frequency)
        if period is not None and measured_so(versions, period):
            return period
    return None


def _otherwise(text: str, versions: Sequence[IndicatorVersion]) -> str:
    """That a period is named which it was not measured by then, or "" where the text names no such period."""
    for frequency in dict.fromkeys(version.frequency for version in reversed(versions)):
        period = read_period(text, frequency)
        if period is not None:
            often = Frequency(version_on(versions, period.starts_on).frequency).label
            facts = {"period": label_of(period.key), "often": str(often).lower()}
            return _("In %(period)s it is measured %(often)s: write such a period.") % facts
    return ""


def _period_sentence(frequency: str) -> str:
    examples = {
        "month": _("Write the month as 2026-03, mars 2026 or 3/2026."),
        "quarter": _("Write the quarter as 2026-Q1 or kvartal 1 2026, or a day in it."),
        "tertial": _("Write the four months as 2026-T1 or tertial 1 2026, or a day in them."),
        "half": _("Write the half-year as 2026-H1 or halvår 1 2026, or a day in it."),
        "year": _("Write the year as 2026, or a day in it."),
    }
    return examples[frequency]


def _wrong(row: Row, column: str, sentence: str) -> Wrong:
    return Wrong(line=row.line, column=column, text=str(getattr(row, column)), sentence=sentence)
