"""What is known of a collaboration's year, drawn for its report: made of what all parties may see, and of nothing else.

No organisation's own figures are in it, and the whole is there only where it may be shown to every party: each knows its
own figure, and those of whom it is compared with. Of decisions, meetings and questionnaires it tells what everybody who
takes part reads.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.models import JournalEntry
from samordna.domain.collaborations.models import Collaboration, Goal, Participation
from samordna.domain.decisions.enums import DecisionState
from samordna.domain.decisions.models import DecisionVersion
from samordna.domain.followup.access import sees_in_common
from samordna.domain.followup.enums import Frequency
from samordna.domain.followup.models import GoalReview, Indicator, Result
from samordna.domain.followup.periods import LENGTH
from samordna.domain.followup.phrases import with_unit
from samordna.domain.followup.queries.drawings import InForce, came_into_force, chart_of
from samordna.domain.followup.queries.frames import heirs
from samordna.domain.followup.queries.pages import Measured, measured_in
from samordna.domain.followup.queries.series import Moment, Part
from samordna.domain.reports.enums import ChapterKind
from samordna.domain.reports.limits import MOST_PERIODS, YEARS_BACK
from samordna.domain.reports.queries import happened
from samordna.domain.reports.queries.tables import table
from samordna.domain.reports.record import Drawing, Drawn, Known

PURPOSE = "draw an annual report of what all parties may see"


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """The year of a report, and the moment it is drawn. What is not over yet is told as far as it has come."""

    given: Collaboration
    year: int
    at: datetime
    reader: Actor

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, 1, 1)

    @property
    def last(self) -> date:
        """Its last day, or today where that is before."""
        return min(date(self.year, 12, 31), clock.day(self.at))


def gather(given: Collaboration, year: int, language: str, at: datetime) -> Drawn:
    """Everything that is known, chapter by chapter. The same number of questions for one goal, meeting or decision as for
    many."""
    about = Year(given=given, year=year, at=at, reader=Actor.command(PURPOSE))
    makers: Mapping[ChapterKind, Callable[[Year], list[Known]]] = {
        ChapterKind.PURPOSE: _purpose,
        ChapterKind.GOALS: _goals,
        ChapterKind.DECISIONS: _decisions,
        ChapterKind.FOLLOWING: lambda one: happened.following(one.given, one.reader, one.last, one.at),
        ChapterKind.MEETINGS: lambda one: happened.meetings(one.given, one.first, one.last),
        ChapterKind.ASSESSMENTS: lambda one: happened.assessments(one.given, one.reader, one.first, one.last, one.at),
        ChapterKind.CHANGES: lambda one: happened.changes(one.given, one.reader, one.first, one.last, one.at),
        ChapterKind.COST: lambda one: happened.cost(one.given, one.reader, one.first, one.last, one.at),
        ChapterKind.PLAN: _plan,
    }
    with override(language):
        return {kind.value: makers[kind](about) if kind in makers else [] for kind in ChapterKind}


def day(on: date | None) -> str:
    """A day as it is read."""
    return date_format(on, "j F Y") if on else ""


def _purpose(about: Year) -> list[Known]:
    given = about.given
    joined = Participation.objects.filter(collaboration=given, joined_on__lte=about.last)
    there = joined.filter(Q(left_on__isnull=True) | Q(left_on__gt=about.first)).select_related("organisation", "party")
    rows = [
        (one.organisation.name, one.party.name, _when(one, about))
        for one in there.order_by("organisation__name", "joined_on", "pk")
    ]
    columns = (pgettext("column", "Organisation"), pgettext("column", "Party"), pgettext("column", "In the year"))
    return [
        Known(title=pgettext("heading", "Purpose"), text=given.purpose),
        Known(title=pgettext("heading", "Target group"), text=given.target_group),
        table(columns, rows, pgettext("heading", "Those who take part"), none=_("Nobody took part in the year.")),
    ]


def _when(one: Participation, about: Year) -> str:
    told = []
    if one.joined_on > about.first:
        told.append(_("from %(day)s") % {"day": day(one.joined_on)})
    if one.left_on and one.left_on <= about.last:
        told.append(_("until %(day)s") % {"day": day(one.left_on)})
    return ", ".join(told) or _("the whole year")


def _goals(about: Year) -> list[Known]:
    now = heirs(about.given)
    goals = {goal.pk: goal for goal in now.values() if goal.ended_at is None or clock.day(goal.ended_at) >= about.first}
    told = Result.objects.filter(indicator=OuterRef("pk"), starts_on__gte=about.first, starts_on__lte=about.last)
    ran = Indicator.objects.filter(Q(measured_from__lte=about.last) | Exists(told), collaboration=about.given)
    indicators = list(ran.filter(Q(ended_at__isnull=True) | Q(ended_at__date__gte=about.first)).order_by("name", "pk"))
    shown = [one for one in indicators if now[one.goal_id].pk in goals]
    today = clock.day(about.at)
    measured = measured_in(about.given, shown, now, sees_in_common(about.given, today), today, _since(about.year))
    events = came_into_force(about.reader, [about.given.pk], about.at)[about.given.pk]
    found = []
    for goal in sorted(goals.values(), key=lambda one: (one.target_on, one.what, one.pk)):
        those = measured.get(goal.pk, ())
        found.append(Known(title=goal.what, text=_of_goal(goal, measured=bool(those))))
        found += [_of_indicator(one, events, about) for one in those]
    return found or [Known(text=_("No goal was worked for in the year."))]


def _since(year: int) -> dict[str, date]:
    """From which day figures are read, for each how often: twelve periods at least, and three years."""
    return {each.value: date(year + 1 - max(YEARS_BACK, MOST_PERIODS * LENGTH[each] // 12), 1, 1) for each in Frequency}


def _of_goal(goal: Goal, *, measured: bool) -> str:
    told = [_("To be reached by %(day)s.") % {"day": day(goal.target_on)}]
    if not measured:
        told.append(_("Nobody measures this goal yet, so nobody can tell how it goes."))
    return " ".join(told)


def _of_indicator(one: Measured, events: tuple[InForce, ...], about: Year) -> Known:
    moments = tuple(m for m in one.now.moments if m.ends_on <= about.last)
    part = replace(one.now, moments=moments, turns=tuple(turn for turn in one.now.turns if turn.on <= about.last))
    drawn = chart_of(part, [event for event in events if event.on <= about.last])
    label = _("%(name)s over time against baseline, target and decisions; the table says the same") % {"name": one.name}
    marked = [
        _("%(number)s. %(what)s came into force on %(day)s") % {"number": n, "what": event.title, "day": day(event.on)}
        for n, event in enumerate(drawn.events if drawn else (), start=1)
    ]
    for seam in drawn.seams if drawn else ():
        facts = {"letter": seam.letter, "day": day(seam.on), "what": seam.sentence}
        marked.append(_("%(letter)s. From %(day)s: %(what)s") % facts)
    told = [" ".join(_standing(part)), "\n".join(f"- {line}" for line in marked)]
    rows = [(m.label, m.text if m.value is not None else m.note or "–", _way(m)) for m in part.moments[-MOST_PERIODS:]]
    told_of = any(m.value is not None for m in part.moments)
    columns = (
        pgettext("column", "Period"),
        pgettext("goal", "All together"),
        pgettext("column", "How it goes"),
    )
    return Known(
        title=one.name,
        text="\n\n".join(text for text in told if text),
        columns=columns if told_of else (),
        rows=tuple(rows[::-1]) if told_of else (),
        drawing=Drawing(chart=asdict(drawn.chart), label=label) if drawn else None,
        beneath=True,
    )


def _standing(part: Part) -> list[str]:
    told = []
    if part.baseline is not None:
        told.append(_("Baseline %(level)s (%(day)s).") % {"level": part.baseline_text, "day": day(part.baseline_on)})
    if part.steps:
        told.append(_("Target %(level)s by %(day)s.") % {"level": part.target_text, "day": day(part.target_on)})
    last = part.latest
    if last is None:
        told.append(_("Nothing has been reported."))
    elif last.value is None:
        told.append(_("The whole is not shown: a single organisation's figure could be worked out of it."))
    else:
        told.append(_("%(level)s in %(period)s.") % {"level": last.text, "period": last.label})
        told.append(last.way_sentence)
    return told


def _way(moment: Moment) -> str:
    return moment.way_sentence if moment.value is not None else ""


def _decisions(about: Year) -> list[Known]:
    came = DecisionVersion.objects.filter(
        decision__matter__collaboration=about.given, established_at__isnull=False, in_force_from__lte=about.last
    ).select_related("decision__matter")
    rows = list(came.order_by("in_force_from", "decision__number", "number"))
    anew = [one for one in rows if one.in_force_from and one.in_force_from >= about.first]
    ended = _ended([one for one in rows if one.state != DecisionState.IN_FORCE])
    standing = [one for one in rows if one not in anew and _stood(one, ended, about.last)]
    columns = (pgettext("column", "Decision"), pgettext("column", "In force from"), pgettext("column", "State"))
    since = [row[:2] for row in _versions(standing)]
    return [
        table(
            columns, _versions(anew), _("Came into force in the year"), none=_("No decision came into force in the year.")
        ),
        table(columns[:2], since, _("In force since before"), none=_("No older decision is in force.")),
    ]


def _stood(one: DecisionVersion, ended: Mapping[str, date], last: date) -> bool:
    """Was it in force at the end of that day? What has ended, and nobody knows when, was not."""
    return one.state == DecisionState.IN_FORCE or (one.pk in ended and ended[one.pk] > last)


def _ended(versions: Collection[DecisionVersion]) -> dict[str, date]:
    """The day from which each was in force no more: that of what replaced it, or when it was withdrawn."""
    known = {(one.decision_id, one.number): one.pk for one in versions}
    entries = JournalEntry.objects.filter(subject_kind="decision", subject_id__in={of for of, _n in known})
    told = entries.filter(action__in=("decision_replaced", "decision_withdrawn"), payload__isnull=False)
    ends = {}
    for one in told.select_related("payload").order_by("sequence"):
        content = json.loads(one.payload.content)
        ended = known.get((one.subject_id, content.get("version")))
        if ended:
            ends[ended] = (content.get("decision", ""), content.get("by", 0), clock.day(one.at))
    later = DecisionVersion.objects.filter(decision_id__in={of for of, _n, _on in ends.values() if of})
    began = {(of, number): on for of, number, on in later.values_list("decision_id", "number", "in_force_from")}
    return {pk: began.get((of, number)) or on for pk, (of, number, on) in ends.items()}


def _versions(rows: list[DecisionVersion]) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    for one in rows:
        number = _("version %(number)s") % {"number": one.number}
        found.append((f"{one.decision.matter.title} ({number})", day(one.in_force_from), str(one.get_state_display())))
    return found


def _plan(about: Year) -> list[Known]:
    begins, ends = date(about.year + 1, 1, 1), date(about.year + 1, 12, 31)
    now = heirs(about.given)
    running = {pk: goal for pk, goal in now.items() if goal.ended_at is None}
    indicators = list(
        Indicator.objects.running().filter(collaboration=about.given, goal_id__in=running).order_by("name", "pk")
    )
    today = clock.day(about.at)
    measured = measured_in(about.given, indicators, now, sees_in_common(about.given, today), today, since={})
    targets = [
        (goal.what, one.name, _aimed(one.now, ends))
        for goal in sorted({g.pk: g for g in running.values()}.values(), key=lambda g: (g.target_on, g.what, g.pk))
        for one in measured.get(goal.pk, ())
    ]
    columns = (pgettext("column", "Goal"), pgettext("column", "Indicator"), pgettext("column", "Next target"))
    looks = _looks(running, begins, ends)
    return [
        table(columns, targets, _("Goals and targets"), none=_("No goal is measured yet.")),
        table(
            (pgettext("column", "Day"), pgettext("column", "What is looked at again")),
            [(day(on), what) for on, what in sorted(looks + happened.reviews(about.given, begins, ends))],
            _("What is looked at again"),
            none=_("No day is set for the year."),
        ),
        happened.planned(about.given, begins, ends, about.at),
    ]


def _aimed(part: Part, ends: date) -> str:
    """The target by the year's end, or the first one after it."""
    coming = [step for step in part.steps if step[0] <= ends][-1:] or list(part.steps[:1])
    return "; ".join(
        _("%(level)s by %(day)s") % {"level": with_unit(level, part.unit), "day": day(on)} for on, level in coming
    )


def _looks(running: Mapping[str, Goal], begins: date, ends: date) -> list[tuple[date, str]]:
    latest: dict[str, tuple[date, str]] = {}
    for look in GoalReview.objects.filter(goal_id__in=running).order_by("reviewed_at", "pk"):
        goal = running[look.goal_id]
        latest[goal.pk] = (look.next_on, _("The goal: %(what)s") % {"what": goal.what})
    return [row for row in latest.values() if begins <= row[0] <= ends]
