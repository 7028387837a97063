"""What happens as time goes: waves of a rhythm open, and what was typed and never sent goes when its wave has closed."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Denied
from samordna.core.tasks import daily, task
from samordna.domain.assessments.models import Questionnaire, WaveDraft
from samordna.domain.assessments.operations.waves import plan_wave
from samordna.domain.collaborations.enums import CollaborationState

log = logging.getLogger(__name__)
PURPOSE = "open the next wave of a questionnaire that is asked regularly"
OPEN_DAYS = 10


@task("assessments.open_waves", schedule=daily(4, 40))
def open_waves(arguments: Mapping[str, Any], at: datetime) -> None:
    """Open the wave that each rhythm has come to, by the days of its grid, so that a day without a worker moves nothing."""
    actor, today = Actor.command(PURPOSE), clock.day(at)
    due = Questionnaire.objects.filter(next_on__lte=today, collaboration__state=CollaborationState.ACTIVE)
    for questionnaire in due:
        try:
            closes = today + timedelta(days=OPEN_DAYS)
            plan_wave(actor=actor, questionnaire_id=questionnaire.pk, opens_on=today, closes_on=closes, at=at)
        except Denied as denied:
            log.info("Questionnaire %s was not asked: %s", questionnaire.pk, denied)
        weeks = timedelta(weeks=questionnaire.weeks_between or 1)
        while questionnaire.next_on and questionnaire.next_on <= today:
            questionnaire.next_on += weeks
        questionnaire.save(update_fields=["next_on"])


@task("assessments.clear_drafts", schedule=daily(3, 40))
def clear_drafts(arguments: Mapping[str, Any], at: datetime) -> None:
    """Remove drafts of waves that have closed."""
    over = WaveDraft.objects.filter(wave__closes_on__lt=clock.day(at)) | WaveDraft.objects.filter(
        wave__closed_at__isnull=False
    )
    over.delete()
