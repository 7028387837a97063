"""Reports: what an organisation is asked for in a period, who has told and who is waited for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.refusals import refusal_of
from samordna.domain.collaborations.access import collaboration_for
from samordna.domain.collaborations.phrases import figure
from samordna.domain.followup.access import Sees, report_for, sees_in
from samordna.domain.followup.disclosure import Why, few, size_of
from samordna.domain.followup.enums import OPEN, NumberKind, ReportState
from samordna.domain.followup.figures import FIELDS, asked_for
from samordna.domain.followup.models import Comparing, Report, ResultValue, Round
from samordna.domain.followup.periods import period_of
from samordna.domain.followup.phrases import HIDDEN, label_of, readable
from samordna.domain.followup.queries.awaited import Awaited, awaited_in
from samordna.domain.followup.queries.frames import breaks, version_on, versions_of
from samordna.domain.followup.queries.missing import asked_of, missing_rounds

SHOWN = 24  # rounds on a page


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One indicator in a report: what is asked, what is told now, and by which fields it is told.

    `hidden`: why the reader is not shown what is told, or "".
    """

    id: str
    name: str
    definition: str
    unit: str
    number_kind: str
    source: str
    minimum_group: int
    fields: tuple[str, ...]
    told: Mapping[str, str]
    before: str
    hidden: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPage:
    """A report as its organisation and the coordinator see it. `writing`: why the actor cannot write, or "".

    `left`: it is one's own, of a collaboration that one does not read any more; `compared`: one's word on being compared
    still stands there.
    """

    id: str
    collaboration_id: str
    collaboration: str
    organisation: str
    period: str
    label: str
    due_on: date
    late: bool
    state: str
    state_label: str
    comment: str
    note: str
    submitted_at: datetime | None
    asked: tuple[Asked, ...]
    writing: str
    leads: bool
    left: bool
    compared: bool


def report_page(actor: Actor, report_id: str, at: datetime) -> ReportPage:
    """One report; the same number of questions for one indicator as for sixty."""
    report = report_for(actor, report_id, at=at)
    sees = sees_in(actor, report.round.collaboration, at)
    given, own = report.round, report.organisation_id == actor.organisation_id
    left = bool(refusal_of(collaboration_for, actor, given.collaboration_id, "collaboration.read", at))
    return ReportPage(
        id=report.pk,
        collaboration_id=given.collaboration_id,
        collaboration=given.collaboration.name,
        organisation=report.organisation.name,
        period=given.period,
        label=label_of(given.period),
        due_on=given.due_on,
        late=report.state in OPEN and given.due_on < clock.day(at),
        state=report.state,
        state_label=report.get_state_display(),
        comment=report.comment if own or report.submitted_at else "",
        note=report.note,
        submitted_at=report.submitted_at,
        asked=tuple(_asked(report, own=own)),
        writing=refusal_of(report_for, actor, report_id, "figures.keep", at),
        leads=sees.leads,
        left=left,
        compared=left and own and _stands(given.collaboration_id, report.organisation_id),
    )


def _stands(collaboration_id: str, organisation_id: str) -> bool:
    words = Comparing.objects.filter(collaboration_id=collaboration_id, organisation_id=organisation_id)
    return words.filter(withdrawn_at__isnull=True).exists()


def _asked(report: Report, *, own: bool) -> list[Asked]:
    indicators = asked_of(report.round, report.organisation_id)
    period, awaited = period_of(report.round.period), awaited_in(report.round.collaboration)
    versions = versions_of([one.pk for one in indicators])
    rows = ResultValue.objects.filter(
        superseded_at__isnull=True,
        result__indicator__in=[one.pk for one in indicators],
        result__organisation_id=report.organisation_id,
        result__period__in=[period.key, period.before.key],
    )
    found = {(row.result.indicator_id, row.result.period): row for row in rows.select_related("result", "version")}
    asked = []
    for one in indicators:
        version = version_on(versions[one.pk], period.starts_on)
        names = asked_for(NumberKind(version.number_kind), version.minimum_group)
        told, last = found.get((one.pk, period.key)), found.get((one.pk, period.before.key))
        hidden = _hidden(told, awaited) if not own else ""
        if not own and _hidden(last, awaited):
            last = None
        asked.append(
            Asked(
                id=one.pk,
                name=one.name,
                definition=version.definition,
                unit=version.unit,
                number_kind=version.number_kind,
                source=version.source,
                minimum_group=version.minimum_group,
                fields=names,
                told=_told(None if hidden else told),
                before=figure(readable(last.value))
                if last and last.value is not None and not breaks(last.version, version)
                else "",
                hidden=hidden,
            )
        )
    return asked


def _hidden(row: ResultValue | None, awaited: Awaited) -> str:
    """Why others than its organisation are not shown this, or ""."""
    if row is None:
        return ""
    if awaited.draft(row.result.organisation_id, row.result.period, row.via):
        return str(HIDDEN[Why.UNSENT])
    size = size_of(row.version.number_kind, row.value, row.denominator, row.group)
    return str(HIDDEN[Why.TOO_FEW]) if few(size, row.version.minimum_group) else ""


def _told(row: ResultValue | None) -> dict[str, str]:
    if row is None:
        return dict.fromkeys((*FIELDS, "missing"), "")
    share = row.numerator is not None
    told = {name: getattr(row, name) for name in FIELDS}
    if share:  # worked out from how many of how many: it need not be typed again
        told["value"] = None
    return {name: "" if level is None else _typed(level) for name, level in told.items()} | {"missing": row.missing}


def _typed(level: object) -> str:
    text = format(level, "f") if not isinstance(level, int) else str(level)
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRow:
    """One organisation in a round."""

    id: str
    organisation: str
    state: str
    state_label: str
    submitted_at: datetime | None
    mine: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundRow:
    """One round, with who has told and who is waited for. Others' reports are seen only as states."""

    id: str
    period: str
    label: str
    due_on: date
    late: bool
    reports: tuple[ReportRow, ...]
    waited_for: tuple[str, ...]
    ready: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundsPage:
    """A part of the rounds of a collaboration, the latest first, with how many there are and how many are to be opened."""

    collaboration_id: str
    collaboration: str
    rounds: tuple[RoundRow, ...]
    total: int
    page: int
    size: int
    missing: int
    sees: Sees

    @property
    def items(self) -> tuple[RoundRow, ...]:
        """The rows, as every list of the API calls them."""
        return self.rounds

    @property
    def pages(self) -> int:
        """How many pages of this size there are."""
        return max(1, -(-self.total // self.size))


def rounds_page(
    actor: Actor, collaboration_id: str, at: datetime, page: int = 1, size: int = SHOWN, *, there: bool = False
) -> RoundsPage:
    """Who has reported what; all who take part see who is waited for. `there`: of a page beyond the last, the last."""
    given = collaboration_for(actor, collaboration_id, at=at)
    sees, today = sees_in(actor, given, at), clock.day(at)
    reports = Report.objects.select_related("organisation").order_by("organisation__name", "pk")
    rounds = Round.objects.filter(collaboration=given).prefetch_related(Prefetch("reports", queryset=reports))
    total = rounds.count()
    page = min(max(page, 1), max(1, -(-total // size))) if there else page
    rows = rounds.order_by("-starts_on", "period", "pk")[(page - 1) * size : page * size]
    return RoundsPage(
        collaboration_id=given.pk,
        collaboration=given.name,
        rounds=tuple(_round(row, sees, today) for row in rows),
        total=total,
        page=page,
        size=size,
        missing=len(missing_rounds(given, today)) if sees.leads else 0,
        sees=sees,
    )


def _round(row: Round, sees: Sees, today: date) -> RoundRow:
    reports = list(row.reports.all())
    late = [one.organisation.name for one in reports if one.state in OPEN]
    return RoundRow(
        id=row.pk,
        period=row.period,
        label=label_of(row.period),
        due_on=row.due_on,
        late=bool(late) and row.due_on < today,
        reports=tuple(
            ReportRow(
                id=one.pk,
                organisation=one.organisation.name,
                state=one.state,
                state_label=one.get_state_display(),
                submitted_at=one.submitted_at,
                mine=one.organisation_id == sees.own,
            )
            for one in reports
        ),
        waited_for=tuple(late),
        ready=sum(one.state == ReportState.SUBMITTED for one in reports),
    )
