"""What somebody is waited for: questionnaires to answer, and feedback to answer as the coordinator."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.domain.assessments.models import Answering, Feedback, Wave
from samordna.domain.collaborations.queries.crowd import Crowd, Found
from samordna.domain.organisations.models import Role
from samordna.domain.organisations.waiting import Waiting, WaitingKind


def waiting_in(crowd: Crowd, at: datetime) -> Iterator[Found]:
    """Waves that are open, for each who is asked and has not answered; feedback without an answer, for who coordinates."""
    today = clock.day(at)
    there = {pk for parts in crowd.taking_part.values() for pk in parts}
    open_now = Wave.objects.filter(opens_on__lte=today, closes_on__gte=today, closed_at__isnull=True)
    waves = list(open_now.filter(collaboration__in=there).select_related("collaboration").order_by("closes_on", "pk"))
    if waves:
        yield from _asked(crowd, waves)
    unanswered = Feedback.objects.filter(collaboration__in=crowd.coordinated, answered_at__isnull=True)
    for feedback in unanswered.select_related("collaboration", "organisation").order_by("given_at", "pk")[:200]:
        for actor in crowd.leading(feedback.collaboration_id):
            yield (
                actor,
                Waiting(
                    kind=WaitingKind.COORDINATE,
                    what=_("Answer feedback with what was done"),
                    about=feedback.organisation.name,
                    collaboration=feedback.collaboration.name,
                    url_name="answer_feedback",
                    url_args=(feedback.pk,),
                ),
            )


def _asked(crowd: Crowd, waves: list[Wave]) -> Iterator[Found]:
    kinds = dict(Role.objects.filter(pk__in={actor.role_id for actor in crowd.actors}).values_list("pk", "kind"))
    answered = set(Answering.objects.filter(wave__in=waves).values_list("wave_id", "holding__person_id"))
    for wave in waves:
        for actor in crowd.actors:
            asked = not wave.role_kinds or kinds.get(actor.role_id or "") in wave.role_kinds
            takes_part = wave.collaboration_id in crowd.taking_part.get(actor.organisation_id or "", ())
            if asked and takes_part and (wave.pk, actor.person_id) not in answered:
                yield actor, _item(wave)


def _item(wave: Wave) -> Waiting:
    return Waiting(
        kind=WaitingKind.CONSULT,
        what=_("Answer a questionnaire"),
        about=wave.title,
        collaboration=wave.collaboration.name,
        url_name="answer_wave",
        url_args=(wave.pk,),
        due=wave.closes_on,
        note=_("Anonymous") if wave.anonymous else "",
    )
