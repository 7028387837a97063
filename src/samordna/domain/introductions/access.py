"""Who may read an introduction programme, keep it, follow who is introduced by it, and vouch for somebody.

An organisation's own programme is for its own people; a coordinated one is read as its collaboration is. How somebody gets
on is that person's own, and its organisation's managers' and administrators'. The coordinator sees roles and how many.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor, Duty
from samordna.core.errors import Absent, Forbidden, Refused
from samordna.core.policy import Thing
from samordna.domain.collaborations.access import collaboration_for, permit, thing_of, visible_collaborations
from samordna.domain.collaborations.models import Collaboration
from samordna.domain.introductions.models import Done, EarlierTraining, Programme, Step
from samordna.domain.organisations.models import Holding, Organisation

READ, KEEP, FOLLOW = "introduction.read", "introduction.keep", "introduction.follow"
TAKE, VOUCH = "introduction.take", "introduction.vouch"
RELATED = ("organisation", "collaboration__host", "collaboration__coordinator_role", "collaboration__superior")


def thing_of_programme(programme: Programme) -> Thing:
    """The programme as policy sees it; a draft of a coordinated one is the coordinator's alone."""
    draft = programme.published_on is None
    if programme.collaboration is None:
        return Thing(organisation_id=programme.organisation_id)
    thing = thing_of(programme.collaboration)
    return replace(thing, organisation_id=None, draft=thing.draft or draft)


def programme_for(actor: Actor, programme_id: str, action: str = READ, at: datetime | None = None) -> Programme:
    """The programme, if the actor may do this with it."""
    programme = Programme.objects.select_related(*RELATED).filter(pk=programme_id).order_by().first()
    if programme is None:
        raise Absent
    permit(actor, READ, thing_of_programme(programme), at)
    if action != READ:
        permit(actor, action, thing_of_programme(programme), at)
    return programme


def step_for(actor: Actor, step_id: str, action: str = READ, at: datetime | None = None) -> Step:
    """The step, if the actor may do this with its programme."""
    step = Step.objects.filter(pk=step_id).order_by().first()
    if step is None:
        raise Absent
    step.programme = programme_for(actor, step.programme_id, action, at)
    return step


def home_for(
    actor: Actor, organisation_id: str, collaboration_id: str, action: str = KEEP, at: datetime | None = None
) -> tuple[Organisation | None, Collaboration | None]:
    """Where a new programme is to be: the actor's own organisation, or a collaboration that it coordinates."""
    if collaboration_id:
        given = collaboration_for(actor, collaboration_id, at=at)
        permit(actor, action, replace(thing_of(given), organisation_id=None), at)
        return None, given
    found = Organisation.objects.filter(pk=organisation_id).order_by().first()
    if found is None:
        raise Absent
    permit(actor, action, Thing(organisation_id=found.pk), at)
    return found, None


def visible_programmes(actor: Actor, at: datetime | None = None) -> QuerySet[Programme]:
    """The programmes that the actor may read: exactly those that `programme_for` gives."""
    if actor.system:
        return Programme.objects.all()
    try:
        permit(actor, READ, Thing(organisation_id=actor.organisation_id), at)
    except (Absent, Refused):
        return Programme.objects.none()
    own = Q(organisation_id=actor.organisation_id)
    within = Q(collaboration__in=visible_collaborations(actor, at).values("pk"), published_on__isnull=False)
    led = Q(collaboration__in=led_by(actor, at))
    return Programme.objects.filter(own | within | led)


def led_by(actor: Actor, at: datetime | None) -> list[str]:
    """The collaborations that the actor coordinates: their drafts are its to read."""
    if Duty.COORDINATE not in actor.duties:
        return []
    on = clock.day(at or clock.now())
    rows = Collaboration.objects.filter(coordinator_role_id=actor.role_id)
    return list(rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on)).values_list("pk", flat=True))


def led_for(actor: Actor, collaboration_id: str, at: datetime | None = None) -> Collaboration:
    """The collaboration, for whoever follows the introductions of all who take part in it."""
    given = collaboration_for(actor, collaboration_id, at=at)
    permit(actor, FOLLOW, replace(thing_of(given), organisation_id=None), at)
    return given


def followed_for(actor: Actor, organisation_id: str, action: str = FOLLOW, at: datetime | None = None) -> Organisation:
    """The organisation, for those who follow how its own people are introduced; to others there is nothing there."""
    found = Organisation.objects.filter(pk=organisation_id).order_by().first()
    if found is None or (found.pk != actor.organisation_id and not actor.system):
        raise Absent
    permit(actor, action, Thing(organisation_id=found.pk), at)
    return found


def follows_own(actor: Actor, at: datetime | None = None) -> bool:
    """Does the actor follow the introductions of its own organisation?"""
    try:
        permit(actor, FOLLOW, Thing(organisation_id=actor.organisation_id), at)
    except (Absent, Refused):
        return False
    return True


def introduced_for(actor: Actor, holding_id: str, action: str = FOLLOW, at: datetime | None = None) -> Holding:
    """The holding, for the one who holds it and for those who follow it in the organisation. `Absent` for all others."""
    found = Holding.objects.select_related("role__organisation", "person").filter(pk=holding_id).order_by().first()
    if found is None:
        raise Absent
    own = found.person_id == actor.person_id and found.role.organisation_id == actor.organisation_id
    if own and action == FOLLOW:
        permit(actor, "organisation.read", Thing(organisation_id=found.role.organisation_id), at)
        return found
    followed_for(actor, found.role.organisation_id, FOLLOW, at)
    if action != FOLLOW:
        permit(actor, action, Thing(organisation_id=found.role.organisation_id, person_id=found.person_id), at)
    return found


def taking_for(actor: Actor, programme_id: str, at: datetime | None = None) -> Programme:
    """The programme, for somebody who may mark what it has done itself."""
    programme = programme_for(actor, programme_id, at=at)
    permit(actor, TAKE, replace(thing_of_programme(programme), person_id=actor.person_id), at)
    return programme


def done_for(actor: Actor, done_id: str, at: datetime | None = None) -> Done:
    """What somebody has done, for whoever may take it back: the one who said it, and those who vouch for it."""
    row = Done.objects.select_related("step").filter(pk=done_id).order_by().first()
    if row is None:
        raise Absent
    holding = Holding.objects.select_related("role").get(pk=row.holding_id)
    thing = Thing(organisation_id=holding.role.organisation_id, person_id=holding.person_id)
    if holding.person_id == actor.person_id and holding.role.organisation_id == actor.organisation_id:
        permit(actor, TAKE, thing, at)
        if row.told_by_id and row.told_by_id != actor.holding_id and row.how == "vouched":
            raise Forbidden(_("Your organisation has filled this in. Ask whoever did it to take it back."))
        return row
    introduced_for(actor, holding.pk, VOUCH, at)
    if row.how != "vouched":
        raise Forbidden(_("The person has said this. Only that person takes it back."))
    return row


def training_for(actor: Actor, training_id: str, at: datetime | None = None) -> EarlierTraining:
    """An earlier training, for whoever fills such things in."""
    row = EarlierTraining.objects.filter(pk=training_id).order_by().first()
    if row is None:
        raise Absent
    introduced_for(actor, row.holding_id, VOUCH, at)
    return row
