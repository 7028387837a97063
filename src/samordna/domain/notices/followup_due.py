"""Reminders of follow-up: a report that is soon due, one that is late week after week, a goal that should be looked at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from samordna.core import clock
from samordna.domain.collaborations.enums import CollaborationState
from samordna.domain.collaborations.models import Participation
from samordna.domain.followup.enums import OPEN
from samordna.domain.followup.models import GoalReview, Report
from samordna.domain.followup.queries.frames import heirs_among
from samordna.domain.notices.kinds import ANSWERING, REMINDERS
from samordna.domain.notices.limits import FURTHEST_REMINDER, USUAL_REMINDERS
from samordna.domain.notices.models import Notice
from samordna.domain.notices.rules import rule_for
from samordna.domain.notices.spreading import of_organisations, once_each
from samordna.domain.organisations.models import Holding

Rules = Mapping[str, Sequence[int]]
WEEKS = 8
"""So many weeks after its last day a report is asked for every week."""


def followup_due(rules: Rules, at: datetime) -> Iterator[Notice]:
    """The day's reminders; a rule and a week is used once, so that a day that was missed is made up for by one."""
    yield from _reports(rules, at)
    yield from _goals(at)


def _reports(rules: Rules, at: datetime) -> Iterator[Notice]:
    today = clock.day(at)
    near, far = today - timedelta(weeks=WEEKS), today + timedelta(days=FURTHEST_REMINDER)
    rows = Report.objects.filter(state__in=OPEN, round__due_on__gte=near, round__due_on__lte=far)
    shut = (CollaborationState.CLOSED, CollaborationState.PLANNED)
    rows = rows.exclude(round__collaboration__state__in=shut).select_related("round")
    for row in rows.order_by("round__due_on", "pk"):
        due, where = row.round.due_on, row.round.collaboration_id
        name, used = "report_due", rule_for(rules.get(where, USUAL_REMINDERS), (due - today).days)
        if due < today:
            name, used = "report_late", (today - due).days // 7
        if used is None:
            continue
        part = Participation.objects.on(today).filter(collaboration_id=where, organisation_id=row.organisation_id)
        yield from notices_of(
            name, row.pk, of_organisations(part.values("organisation_id"), ANSWERING, today), due, used, at
        )


def _goals(at: datetime) -> Iterator[Notice]:
    """A goal whose day has come: its coordinator is told on that day, and every fourth week until it is looked at."""
    today = clock.day(at)
    due = GoalReview.objects.filter(next_on__lte=today).order_by().values_list("goal__collaboration_id", flat=True)
    now = heirs_among(set(due))
    looks = GoalReview.objects.filter(goal_id__in=now).order_by("reviewed_at", "pk")
    latest = {now[look.goal_id].pk: look for look in looks}
    for pk, look in sorted(latest.items()):
        goal = now[pk]
        closed = goal.ended_at is not None or goal.collaboration.state == CollaborationState.CLOSED
        if closed or look.next_on > today:
            continue
        holdings = Holding.objects.on(today).filter(role_id=goal.collaboration.coordinator_role_id)
        yield from notices_of("goal_review_due", pk, holdings, look.next_on, (today - look.next_on).days // 28, at)


def notices_of(
    name: str, about_id: str, holdings: QuerySet[Holding], due: date, used: int, at: datetime
) -> Iterator[Notice]:
    """One reminder for each person, by the rule or the week that was used."""
    for holding in once_each(holdings):
        yield Notice(
            key=f"{name}:{about_id}:{due}:{used}:{holding.person_id}",
            person_id=holding.person_id,
            role_id=holding.role_id,
            kind=name,
            about=str(REMINDERS[name].about),
            about_id=about_id,
            due=due,
            at=at,
            made_at=at,
        )
