"""What somebody is waited for in follow-up: reports to send in, reports to look over, goals to look at again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samordna.core import clock
from samordna.core.actor import Actor, Duty
from samordna.domain.collaborations.enums import CollaborationState
from samordna.domain.collaborations.models import Participation
from samordna.domain.collaborations.queries.crowd import Crowd, Found, asked_alone, each
from samordna.domain.followup.enums import OPEN, ReportState
from samordna.domain.followup.models import GoalReview, Report
from samordna.domain.followup.phrases import label_of
from samordna.domain.followup.queries.frames import heirs_among
from samordna.domain.organisations.waiting import Waiting, WaitingKind

AHEAD = timedelta(days=14)
"""So long before its day a look at a goal is asked for."""


def waiting_in(crowd: Crowd, at: datetime) -> Iterator[Found]:
    """What each may do now, in its role."""
    if not crowd.actors:
        return
    yield from _to_report(crowd, clock.day(at))
    yield from _to_look_over(crowd)
    yield from _to_review(crowd, at)


def waiting_for(actor: Actor, at: datetime) -> list[Waiting]:
    """What one actor may do now, in its role."""
    return asked_alone(waiting_in, actor, at)


def _to_report(crowd: Crowd, today: date) -> Iterator[Found]:
    own = crowd.organisations(Duty.ANSWER)
    if not own:
        return
    took_part = Participation.objects.filter(
        organisation_id=OuterRef("organisation_id"), collaboration_id=OuterRef("round__collaboration_id")
    )
    rows = Report.objects.filter(Exists(took_part.filter(joined_on__lte=today)), organisation_id__in=own, state__in=OPEN)
    shut = (CollaborationState.CLOSED, CollaborationState.PLANNED)
    for row in rows.exclude(round__collaboration__state__in=shut).select_related("round__collaboration", "organisation"):
        given = row.round.collaboration
        item = Waiting(
            kind=WaitingKind.FOLLOW,
            what=_("Report how it went"),
            about=label_of(row.round.period),
            collaboration=given.name,
            url_name="report",
            url_args=(row.pk,),
            due=row.round.due_on,
            organisation=row.organisation.name,
            note=_("The report was sent back: see why.") if row.state == ReportState.RETURNED else "",
        )
        yield from each(crowd.answering_for(row.organisation_id, Duty.ANSWER), item)


def _to_look_over(crowd: Crowd) -> Iterator[Found]:
    if not crowd.coordinated:
        return
    rows = Report.objects.filter(round__collaboration_id__in=crowd.coordinated, state=ReportState.SUBMITTED)
    sent: dict[tuple[str, str], int] = {}
    for key in rows.order_by("round__starts_on").values_list("round__collaboration_id", "round__collaboration__name"):
        sent[key] = sent.get(key, 0) + 1
    for (pk, name), n in sent.items():
        item = Waiting(
            kind=WaitingKind.COORDINATE,
            what=_("Look over reports and lock them"),
            about=name,
            collaboration=name,
            url_name="rounds",
            url_args=(pk,),
            note=ngettext("%(n)s is sent in.", "%(n)s are sent in.", n) % {"n": n},
        )
        yield from each(crowd.leading(pk), item)


def _to_review(crowd: Crowd, at: datetime) -> Iterator[Found]:
    if not crowd.coordinated:
        return
    today = clock.day(at)
    looks = GoalReview.objects.filter(goal__collaboration_id__in=crowd.coordinated)
    near = set(looks.filter(next_on__lte=today + AHEAD).order_by().values_list("goal__collaboration_id", flat=True))
    now = heirs_among(near) if near else {}
    latest = {now[look.goal_id].pk: look for look in looks.filter(goal_id__in=now).order_by("reviewed_at", "pk")}
    for pk, look in sorted(latest.items(), key=lambda row: (row[1].next_on, row[0])):
        goal = now[pk]
        closed = goal.collaboration.state == CollaborationState.CLOSED
        if closed or goal.ended_at is not None or look.next_on > today + AHEAD:
            continue
        item = Waiting(
            kind=WaitingKind.REVIEW,
            what=_("Look at the goal again"),
            about=goal.what,
            collaboration=goal.collaboration.name,
            url_name="goal",
            url_args=(pk,),
            due=look.next_on,
        )
        yield from each(crowd.leading(goal.collaboration_id), item)
