"""What happens as time goes: waves open and close and that is told, and what was typed and never sent goes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Q

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.tasks import daily, task
from samordna.domain.assessments.models import Questionnaire, Wave, WaveDraft, WaveRecipient
from samordna.domain.assessments.operations.by_day import open_due_wave, tell_wave_closed, tell_wave_opened
from samordna.domain.collaborations.enums import CollaborationState

PURPOSE = "open the next wave of a questionnaire that is asked regularly"
TELLING = "tell that a wave has opened or closed by itself"


@task("assessments.open_waves", schedule=daily(4, 40))
def open_waves(arguments: Mapping[str, Any], at: datetime) -> None:
    """Open the wave that each rhythm has come to, by the days of its grid, so that a day without a worker moves nothing."""
    actor, today = Actor.command(PURPOSE), clock.day(at)
    due = Questionnaire.objects.filter(next_on__lte=today, collaboration__state=CollaborationState.ACTIVE)
    for pk in list(due.order_by("pk").values_list("pk", flat=True)):
        open_due_wave(actor=actor, questionnaire_id=pk, at=at)


@task("assessments.tell_waves", schedule=daily(4, 50))
def tell_waves(arguments: Mapping[str, Any], at: datetime) -> None:
    """Tell of every wave that has opened or closed by itself since; what was not told on a day is told on the next."""
    actor, today = Actor.command(TELLING), clock.day(at)
    waves = (
        Wave.objects.exclude(collaboration__state=CollaborationState.CLOSED).filter(closed_at__isnull=True).order_by("pk")
    )
    begun = waves.filter(opening_told_at__isnull=True, opens_on__lte=today, closes_on__gte=today)
    for pk in list(begun.values_list("pk", flat=True)):
        tell_wave_opened(actor=actor, wave_id=pk, at=at)
    for pk in list(waves.filter(closing_told_at__isnull=True, closes_on__lt=today).values_list("pk", flat=True)):
        tell_wave_closed(actor=actor, wave_id=pk, at=at)


@task("assessments.clear_drafts", schedule=daily(3, 40))
def clear_drafts(arguments: Mapping[str, Any], at: datetime) -> None:
    """Remove what waves that have closed need no more: drafts, and to which addresses links have gone."""
    over = Q(wave__closes_on__lt=clock.day(at)) | Q(wave__closed_at__isnull=False)
    WaveDraft.objects.filter(over).delete()
    WaveRecipient.objects.filter(over).delete()
