"""What happens in the background as time goes: series plan their next meetings, and questions about times that have passed
are closed."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Q

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Denied
from samordna.core.tasks import daily, task
from samordna.domain.scheduling.models import Series, TimeQuestion
from samordna.domain.scheduling.operations.answering import forget_busy_hours, stale_hours
from samordna.domain.scheduling.operations.asking import close_past_question, is_past
from samordna.domain.scheduling.operations.filling import missing
from samordna.domain.scheduling.operations.repeating import plan_series_ahead

log = logging.getLogger(__name__)
PURPOSE = "plan the next meetings of series"
CLOSING = "close questions about times that nothing comes of"


@task("scheduling.plan_ahead", schedule=daily(4, 10))
def plan_ahead(arguments: Mapping[str, Any], at: datetime) -> None:
    """Plan what each running series has come to. One that is refused, because its forum rests, holds up no other."""
    actor = Actor.command(PURPOSE)
    running = Q(ends_on__isnull=True) | Q(ends_on__gt=clock.day(at))
    for series in Series.objects.filter(running, forum__closed_on__isnull=True):
        if not missing(series, at):
            continue
        try:
            plan_series_ahead(actor=actor, series_id=series.pk, at=at)
        except Denied as denied:
            log.info("Series %s was not planned ahead: %s", series.pk, denied)


@task("scheduling.close_past_questions", schedule=daily(4, 20))
def close_past_questions(arguments: Mapping[str, Any], at: datetime) -> None:
    """Close questions whose forum is closed or whose days have passed, and delete busy hours that say nothing any more."""
    actor = Actor.command(CLOSING)
    for question in TimeQuestion.objects.filter(closed_at__isnull=True).select_related("forum"):
        try:
            if is_past(question, at):
                close_past_question(actor=actor, question_id=question.pk, at=at)
            elif stale_hours(question, at).exists():
                forget_busy_hours(actor=actor, question_id=question.pk, at=at)
        except Denied as denied:
            log.info("Question %s about a time was left as it is: %s", question.pk, denied)
