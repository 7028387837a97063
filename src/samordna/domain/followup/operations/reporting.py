"""Rounds of reports: opened when a period has ended, reported in, sent back, locked and opened again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Absent, Refused
from samordna.core.operation import operation
from samordna.domain.collaborations.access import collaboration_for
from samordna.domain.followup.access import report_for
from samordna.domain.followup.entries import Entry
from samordna.domain.followup.enums import NumberKind, ReportState, Via
from samordna.domain.followup.figures import FIELDS, Fault, Figure, Told, asked_for, figure_of
from samordna.domain.followup.models import Indicator, Report, ResultValue, Round
from samordna.domain.followup.operations.holding import hold, tell
from samordna.domain.followup.operations.telling import keep_going
from samordna.domain.followup.operations.writing import keep
from samordna.domain.followup.periods import period_of
from samordna.domain.followup.phrases import FAULTS
from samordna.domain.followup.queries.changes import Change, change_of
from samordna.domain.followup.queries.frames import version_on, versions_of
from samordna.domain.followup.queries.missing import Missing, asked_of, missing_rounds
from samordna.domain.followup.states import after
from samordna.domain.organisations.findings import Findings
from samordna.domain.organisations.models import Holding


@operation("collaboration.lead")
def open_rounds(*, actor: Actor, collaboration_id: str, at: datetime | None = None) -> list[Round]:
    """Open the rounds of periods that have ended and have none, and ask every organisation that has something to tell.

    Done by itself every morning. Raises `Refused` when there is nothing to open.
    """
    collaboration_for(actor, collaboration_id, "collaboration.lead", at)
    at = at or clock.now()
    given = hold(collaboration_id)
    missing = missing_rounds(given, clock.day(at))
    if not missing:
        raise Refused(_("Every period that has ended has its round. The next opens by itself."))
    return [_opened(actor, one, collaboration_id, at) for one in missing]


def _opened(actor: Actor, missing: Missing, collaboration_id: str, at: datetime) -> Round:
    period = missing.period
    due = max(period.ends_on + timedelta(days=missing.days), clock.day(at) + timedelta(days=7))
    made = Round.objects.create(
        collaboration_id=collaboration_id,
        frequency=period.frequency,
        period=period.key,
        starts_on=period.starts_on,
        due_on=due,
        opened_at=at,
    )
    reports = Report.objects.bulk_create(
        Report(round=made, organisation_id=of, moved_at=at) for of in missing.organisations
    )
    tell(actor, "round_opened", ("round", made.pk), collaboration_id, at, period=made.period, due_on=due)
    for report in reports:
        _told(actor, "report_asked_for", report, at, organisations=[report.organisation_id])
    return made


Answers = Mapping[str, Mapping[str, str]]
"""By indicator the texts of `value`, `numerator`, `denominator`, `group` and `missing`."""


@operation("figures.keep")
def save_report(
    *,
    actor: Actor,
    report_id: str,
    answers: Answers,
    comment: str = "",
    why: str = "",
    submit: bool = False,
    via: str = Via.FORM,
    at: datetime | None = None,
) -> Report:
    """Keep what is told in a report, and send it in (`submit`) when nothing is left out.

    Raises `Invalid` with a sentence for each field as `<indicator>-<field>`; nothing is kept then. What was sent in may be
    corrected, with why, until the report is locked.
    """
    report = report_for(actor, report_id, "figures.keep", at)
    at = at or clock.now()
    report = _held(report)
    if report.state == ReportState.LOCKED:
        raise Refused(_("The report is locked. Ask the coordinator to open it again, and say what should be corrected."))
    indicators = asked_of(report.round, report.organisation_id)
    found = Findings()
    comment, why = found.text("comment", comment, required=False), found.line("why", why, 300, required=False)
    entries = _entries(report, indicators, answers, found, submit=submit)
    emptied = {} if submit else _emptied(report, indicators, answers, found)
    change = change_of(entries)
    if report.submitted_at is not None and change.corrected and not why:
        found.say("why", _("Figures that were sent in are changed: say why."))
    found.insist()
    first = submit and report.submitted_at is None
    sent = submit or report.submitted_at is not None
    ResultValue.objects.filter(pk__in=emptied).update(superseded_at=at)
    keep(actor, change, why, via if sent else Via.FORM, at)  # what is only saved is the form's, whoever filled it in
    _move(report, actor, comment, at, submit=submit)
    # what was only saved is told when it is sent in for the first time; else only what changed goes another way
    keep_going({one.pk for one in indicators} if first else change.indicators | set(emptied.values()))
    _told(
        actor,
        "report_submitted" if submit else "report_saved",
        report,
        at,
        **_counts(change),
        emptied=len(emptied),
        why=why,
    )
    return report


def _move(report: Report, actor: Actor, comment: str, at: datetime, *, submit: bool) -> None:
    report.comment = comment
    if submit:
        report.state, report.note, report.submitted_at = ReportState.SUBMITTED, "", at
        report.moved_at, report.moved_by = at, _holding(actor)
    report.save()


def _counts(change: Change) -> dict[str, int]:
    return {"new": len(change.new), "corrected": len(change.corrected)}


def _entries(
    report: Report, indicators: Sequence[Indicator], answers: Answers, found: Findings, *, submit: bool
) -> list[Entry]:
    period = period_of(report.round.period)
    versions = versions_of([one.pk for one in indicators])
    entries = []
    for one in indicators:
        version = version_on(versions[one.pk], period.starts_on)
        given = answers.get(one.pk, {})
        told = Told(**{name: str(given.get(name, ""))[:1_000] for name in (*FIELDS, "missing")})
        if told.nothing and not submit:
            continue
        figure = figure_of(told, version.number_kind, version.minimum_group)
        if isinstance(figure, Figure):
            of = report.organisation_id
            entries.append(Entry(version=version, organisation_id=of, period=period, figure=figure))
        else:
            for name, fault in figure.items():
                found.say(f"{one.pk}-{name}", str(FAULTS[fault]))
    return entries


def _emptied(report: Report, indicators: Sequence[Indicator], answers: Answers, found: Findings) -> dict[str, str]:
    """The values that were only saved and have been emptied since, with their indicators. What was told is corrected, not
    emptied."""
    empty = [
        one.pk for one in indicators if one.pk in answers and not any(map(str.strip, map(str, answers[one.pk].values())))
    ]
    rows = ResultValue.objects.filter(superseded_at__isnull=True, result__indicator_id__in=empty)
    rows = rows.filter(result__organisation_id=report.organisation_id, result__period=report.round.period)
    emptied = {}
    for row in rows.select_related("result", "version"):
        if report.submitted_at is None and row.via == Via.FORM:
            emptied[row.pk] = row.result.indicator_id
            continue
        first = asked_for(NumberKind(row.version.number_kind), row.version.minimum_group)[0]
        found.say(f"{row.result.indicator_id}-{first}", str(FAULTS[Fault.EMPTY]))
    return emptied


@operation("collaboration.lead")
def send_back_report(*, actor: Actor, report_id: str, note: str, at: datetime | None = None) -> Report:
    """Send a report back with what should be looked at again. Its figures stand until they are corrected."""
    report = report_for(actor, report_id, "collaboration.lead", at)
    return _coordinated(actor, report, "send_back", "report_sent_back", note, at or clock.now())


@operation("collaboration.lead")
def lock_report(*, actor: Actor, report_id: str, at: datetime | None = None) -> Report:
    """Lock a report: its figures are not changed any more."""
    report = report_for(actor, report_id, "collaboration.lead", at)
    return _coordinated(actor, report, "lock", "report_locked", None, at or clock.now())


@operation("collaboration.lead")
def open_report_again(*, actor: Actor, report_id: str, note: str, at: datetime | None = None) -> Report:
    """Open a locked report again, with why; the organisation corrects and sends it in."""
    report = report_for(actor, report_id, "collaboration.lead", at)
    return _coordinated(actor, report, "open_again", "report_opened_again", note, at or clock.now())


def _coordinated(actor: Actor, report: Report, act: str, action: str, note: str | None, at: datetime) -> Report:
    report = _held(report)
    state = after(act, report.state)
    if state is None:
        sentence = _("The report is not in a state in which this can be done: %(state)s.")
        raise Refused(sentence % {"state": report.get_state_display().lower()})
    found = Findings()
    said = found.text("note", note) if note is not None else report.note
    found.insist()
    report.state, report.note, report.moved_at, report.moved_by = state, said, at, _holding(actor)
    report.save()
    _told(actor, action, report, at, note=said, organisations=[report.organisation_id])
    return report


@operation("collaboration.lead")
def lock_round(*, actor: Actor, round_id: str, at: datetime | None = None) -> int:
    """Lock every report of a round that has been sent in; those that are waited for stay open. Returns how many."""
    given = round_for(actor, round_id, at)
    at = at or clock.now()
    hold(given.collaboration_id)
    ready = list(given.reports.filter(state=ReportState.SUBMITTED).select_related("round"))
    if not ready:
        raise Refused(_("No report of this round is sent in and still open."))
    for report in ready:
        _coordinated(actor, report, "lock", "report_locked", None, at)
    return len(ready)


def round_for(actor: Actor, round_id: str, at: datetime | None) -> Round:
    """The round, for those who lead its collaboration."""
    given = Round.objects.filter(pk=round_id).first()
    if given is None:
        raise Absent
    collaboration_for(actor, given.collaboration_id, "collaboration.lead", at)
    return given


def _holding(actor: Actor) -> Holding | None:
    return Holding.objects.filter(pk=actor.holding_id).first()


def _held(report: Report) -> Report:
    hold(report.round.collaboration_id)
    return Report.objects.select_related("round__collaboration", "organisation").get(pk=report.pk)


def _told(actor: Actor, action: str, report: Report, at: datetime, /, **content: Any) -> None:
    tell(actor, action, ("report", report.pk), report.round.collaboration_id, at, period=report.round.period, **content)
