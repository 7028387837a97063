"""Who may read, lead and answer assessments: as in the collaboration that they belong to; by a link, answer once."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from samordna.core import clock
from samordna.core.actor import Actor, Via
from samordna.core.errors import Absent
from samordna.core.policy import Thing
from samordna.domain.assessments.models import Feedback, OutsideGroup, Questionnaire, Wave, WaveLink
from samordna.domain.collaborations.access import collaboration_for, permit, visible_collaborations
from samordna.domain.organisations.access import token_digest
from samordna.domain.organisations.models import Organisation

READ, LEAD, ANSWER, REPLY = "collaboration.read", "collaboration.lead", "assessment.answer", "assessment.reply"


def questionnaire_for(actor: Actor, questionnaire_id: str, action: str = READ, at: datetime | None = None) -> Questionnaire:
    """The questionnaire, if the actor may do this in its collaboration."""
    related = ("collaboration__host", "collaboration__coordinator_role", "collaboration__superior")
    found = Questionnaire.objects.select_related(*related).filter(pk=questionnaire_id).order_by().first()
    if found is None:
        raise Absent
    collaboration_for(actor, found.collaboration_id, action, at)
    return found


def wave_for(actor: Actor, wave_id: str, action: str = READ, at: datetime | None = None) -> Wave:
    """The wave, if the actor may do this in its collaboration."""
    found = Wave.objects.select_related("version__questionnaire", "collaboration").filter(pk=wave_id).order_by().first()
    if found is None:
        raise Absent
    collaboration_for(actor, found.collaboration_id, action, at)
    return found


def group_for(actor: Actor, group_id: str, action: str = READ, at: datetime | None = None) -> OutsideGroup:
    """The group outside, if the actor may do this in its wave's collaboration."""
    found = OutsideGroup.objects.select_related("wave").filter(pk=group_id).order_by().first()
    if found is None:
        raise Absent
    collaboration_for(actor, found.wave.collaboration_id, action, at)
    return found


def feedback_for(actor: Actor, feedback_id: str, action: str = READ, at: datetime | None = None) -> Feedback:
    """The feedback, if the actor may do this in its collaboration."""
    found = Feedback.objects.select_related("collaboration").filter(pk=feedback_id).order_by().first()
    if found is None:
        raise Absent
    collaboration_for(actor, found.collaboration_id, action, at)
    return found


def visible_waves(actor: Actor, at: datetime | None = None) -> QuerySet[Wave]:
    """The waves that the actor may read: exactly those that `wave_for` gives."""
    return Wave.objects.filter(collaboration__in=visible_collaborations(actor, at).values("pk"))


def asked_about(wave: Wave) -> list[Organisation]:
    """The organisations that took part on the day the wave opened: those that questions in pairs are about, by name."""
    on = wave.opens_on
    there = wave.collaboration.participations.filter(joined_on__lte=on).exclude(left_on__lte=on)
    return list(Organisation.objects.filter(pk__in=there.values("organisation_id")).order_by("name", "pk"))


def link_of(token: str) -> WaveLink:
    """The link with this token, used or not; `Absent` when there is none."""
    related = ("group__wave__version__questionnaire", "group__wave__collaboration", "group__organisation")
    link = WaveLink.objects.select_related(*related).filter(digest=token_digest(token)).first()
    if link is None:
        raise Absent
    return link


def bearer_of(link: WaveLink) -> Actor:
    """Whoever came by the link, whether signed in or not: nobody in particular, with the link as proof."""
    return Actor(via=Via.LINK, proof=proof_of(link.group.wave_id))


def proof_of(wave_id: str) -> str:
    """What a link to a wave proves."""
    return f"wave:{wave_id}"


def link_for(actor: Actor, token: str, at: datetime | None = None) -> WaveLink:
    """The link with this token, if the actor has shown a link to its wave."""
    link = link_of(token)
    permit(actor, REPLY, Thing(proof=proof_of(link.group.wave_id)), at or clock.now())
    return link
