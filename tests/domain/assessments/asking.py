"""A collaboration that asks about itself: a questionnaire taken in, a wave that is open, and people who answer."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.domain.assessments import operations as do
from samordna.domain.assessments.models import Wave, WaveReply
from samordna.domain.organisations.enums import RoleKind
from samordna.domain.organisations.models import Organisation
from tests import factories as f
from tests.domain.collaborations.setting import Setting


def opened(met: Setting, key: str = "self_short", **fields: Any) -> Wave:
    """A wave that is open today."""
    made = do.take_questionnaire(actor=met.coordinator, collaboration_id=met.collaboration.pk, key=key)
    return asked(met, made.pk, **fields)


def asked(met: Setting, questionnaire_id: str, **fields: Any) -> Wave:
    today = clock.day(clock.now())
    given: dict[str, Any] = {"opens_on": today, "closes_on": today + timedelta(days=7)} | fields
    return do.plan_wave(actor=met.coordinator, questionnaire_id=questionnaire_id, **given)


def people(of: Organisation, number: int) -> list[Actor]:
    return [f.actor(of, RoleKind.OFFICER) for _ in range(number)]


def replies(wave: Wave, of: Organisation, number: int, level: str = "", **values: Any) -> None:
    """So many replies alike, as rows, where how they came to be is not what is tested."""
    rows = [WaveReply(wave=wave, organisation=of, level=level, values=values) for _ in range(number)]
    WaveReply.objects.bulk_create(rows)


def closed(met: Setting, wave: Wave) -> Wave:
    return do.close_wave(actor=met.coordinator, wave_id=wave.pk)
