"""Reminders before a last day, by each collaboration's own rule: those who have not answered, the nearest rule once.

Which rule has been used is part of a notice's key. So a day on which nothing ran is made up for by one reminder, not by
several, and a clock that goes back reminds nobody again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction

from samordna.core import clock
from samordna.domain.collaborations.models import Collaboration, Participation
from samordna.domain.decisions.enums import DecisionState
from samordna.domain.decisions.models import DecisionVersion
from samordna.domain.matters.enums import MatterStage
from samordna.domain.matters.models import Matter
from samordna.domain.matters.states import UNHEARD
from samordna.domain.notices.change_due import change_due
from samordna.domain.notices.followup_due import followup_due
from samordna.domain.notices.introductions_due import introductions_due
from samordna.domain.notices.kinds import ANSWERING, REMINDERS
from samordna.domain.notices.limits import FURTHEST_REMINDER, USUAL_REMINDERS
from samordna.domain.notices.meetings_due import meetings_due
from samordna.domain.notices.models import Notice, ReminderRule
from samordna.domain.notices.profiles_due import profile_reviews_due
from samordna.domain.notices.rules import rule_for
from samordna.domain.notices.spreading import of_organisations, once_each, write


def days_of(collaboration_id: str) -> Sequence[int]:
    """How many days before a last day the collaboration reminds, the furthest first."""
    rule = ReminderRule.objects.filter(collaboration_id=collaboration_id).first()
    return tuple(USUAL_REMINDERS) if rule is None else tuple(rule.days)


def remind(at: datetime) -> int:
    """Write the day's reminders; returns how many there are (those written before are among them)."""
    rules = {rule.collaboration_id: tuple(rule.days) for rule in ReminderRule.objects.all()}
    with transaction.atomic():
        asked = (*_answers(rules, at), *_consultations(rules, at), *meetings_due(rules, at))
        made = [*asked, *followup_due(rules, at), *change_due(rules, at), *introductions_due(at), *profile_reviews_due(at)]
        write(made, f"reminders {clock.day(at).isoformat()}", at)
    return len(made)


def _answers(rules: Mapping[str, Sequence[int]], at: datetime) -> Iterator[Notice]:
    today = clock.day(at)
    soon = Matter.objects.filter(
        stage=MatterStage.GATHERING, answer_by__gte=today, answer_by__lte=today + timedelta(days=FURTHEST_REMINDER)
    )
    for matter in soon.order_by("answer_by", "pk"):
        used = rule_for(rules.get(matter.collaboration_id, USUAL_REMINDERS), ((matter.answer_by or today) - today).days)
        if used is not None:
            silent = matter.positions.filter(state__in=UNHEARD).values_list("organisation_id", flat=True)
            yield from _notices("answer_due", matter.pk, matter.collaboration_id, silent, matter.answer_by, used, at)


def _consultations(rules: Mapping[str, Sequence[int]], at: datetime) -> Iterator[Notice]:
    today = clock.day(at)
    open_ones = DecisionVersion.objects.filter(
        state=DecisionState.CONSULTATION,
        consultation_until__gte=today,
        consultation_until__lte=today + timedelta(days=FURTHEST_REMINDER),
    )
    rows = open_ones.select_related("decision__matter").defer("content", "certificate", "ruling")
    for version in rows.order_by("consultation_until", "pk"):
        where, until = version.decision.matter.collaboration_id, version.consultation_until
        used = rule_for(rules.get(where, USUAL_REMINDERS), ((until or today) - today).days)
        if used is not None:
            answered = version.consultation_answers.values("organisation_id")
            asked = version.decision.matter.positions.exclude(organisation_id__in=answered)
            silent = asked.values_list("organisation_id", flat=True)
            yield from _notices("consultation_due", version.decision_id, where, silent, until, used, at)


def _notices(
    name: str, about_id: str, collaboration_id: str, silent: Iterable[str], due: date | None, used: int, at: datetime
) -> Iterator[Notice]:
    part = Participation.objects.on(clock.day(at)).filter(
        collaboration_id=collaboration_id, organisation_id__in=list(silent)
    )
    holdings = of_organisations(part.values("organisation_id"), ANSWERING, clock.day(at))
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


def next_reminder(collaboration: Collaboration, due: date, today: date) -> date | None:
    """The next day on which the rule reminds of this last day; None when no reminder is left."""
    coming = [due - timedelta(days=each) for each in days_of(collaboration.pk)]
    return min((day for day in coming if day > today), default=None)
