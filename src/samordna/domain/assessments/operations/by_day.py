"""What happens to waves by itself, a day at a time: a rhythm's next wave opens, and all are told what opened and closed."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from samordna.core import clock, journal
from samordna.core.actor import Actor
from samordna.core.errors import Denied, Refused
from samordna.core.operation import operation
from samordna.domain.assessments.access import LEAD, questionnaire_for, wave_for
from samordna.domain.assessments.asking import standing
from samordna.domain.assessments.enums import Standing
from samordna.domain.assessments.limits import OPEN_DAYS
from samordna.domain.assessments.models import Questionnaire, Wave
from samordna.domain.assessments.operations.waves import plan_wave, tell


@operation("collaboration.lead")
def open_due_wave(*, actor: Actor, questionnaire_id: str, at: datetime | None = None) -> Questionnaire:
    """Open the wave that a rhythm has come to and move the rhythm on, both or neither. What cannot be asked is said."""
    questionnaire_for(actor, questionnaire_id, LEAD, at)
    at = at or clock.now()
    today = clock.day(at)
    questionnaire = Questionnaire.objects.select_for_update().get(pk=questionnaire_id)
    if questionnaire.next_on is None or questionnaire.next_on > today:
        raise Refused(_("The day of the next wave has not come."))
    weeks = timedelta(weeks=questionnaire.weeks_between or 1)
    while questionnaire.next_on <= today:
        questionnaire.next_on += weeks
    questionnaire.save(update_fields=["next_on"])
    try:
        closes = today + timedelta(days=OPEN_DAYS)
        plan_wave(actor=actor, questionnaire_id=questionnaire_id, opens_on=today, closes_on=closes, at=at)
    except Denied as denied:
        journal.record(
            actor=actor,
            action="wave_not_opened",
            subject_kind="questionnaire",
            subject_id=questionnaire.pk,
            collaboration_id=questionnaire.collaboration_id,
            at=at,
            why=str(denied),
        )
    return questionnaire


@operation("collaboration.lead")
def tell_wave_opened(*, actor: Actor, wave_id: str, at: datetime | None = None) -> Wave:
    """Tell those who are asked that a wave that was planned has opened; once."""
    wave_for(actor, wave_id, LEAD, at)
    wave, at = Wave.objects.select_for_update().select_related("collaboration").get(pk=wave_id), at or clock.now()
    if wave.opening_told_at is not None or standing(wave, clock.day(at)) != Standing.OPEN:
        raise Refused(_("There is nothing to tell: it is not open, or that has been told."))
    wave.opening_told_at = at
    wave.save(update_fields=["opening_told_at"])
    tell(actor, "wave_opened", wave, at)
    return wave


@operation("collaboration.lead")
def tell_wave_closed(*, actor: Actor, wave_id: str, at: datetime | None = None) -> Wave:
    """Tell those who were asked that a wave has closed by itself, so that its result is there; once."""
    wave_for(actor, wave_id, LEAD, at)
    wave, at = Wave.objects.select_for_update().select_related("collaboration").get(pk=wave_id), at or clock.now()
    if wave.closing_told_at is not None or standing(wave, clock.day(at)) != Standing.CLOSED:
        raise Refused(_("There is nothing to tell: it has not closed, or that has been told."))
    wave.closing_told_at = at
    wave.save(update_fields=["closing_told_at"])
    tell(actor, "wave_ended", wave, at)
    return wave
