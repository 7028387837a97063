"""Owning a forum together with another collaboration: asked by one coordinator, agreed to by the other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Invalid, Refused, TooLarge
from samordna.core.operation import operation
from samordna.domain.collaborations.access import visible_collaborations
from samordna.domain.collaborations.enums import CollaborationState
from samordna.domain.forums.access import LEAD, owners_of
from samordna.domain.forums.choosing import preparers_within, roles_within
from samordna.domain.forums.limits import MOST_OWNERS
from samordna.domain.forums.models import Forum, Ownership
from samordna.domain.forums.operations.holding import held_forum_for, held_ownership_for, must_run
from samordna.domain.forums.operations.telling import tell, tell_in


@operation("forum.lead")
def share_forum(*, actor: Actor, forum_id: str, collaboration_id: str, at: datetime | None = None) -> Ownership:
    """Ask another collaboration to own the forum, too. It does from when its coordinator agrees; who coordinates both has
    agreed already."""
    forum = held_forum_for(actor, forum_id, LEAD, at)
    at = at or clock.now()
    owners = owners_of(forum)
    if any(owner.collaboration_id == collaboration_id for owner in owners):
        raise Invalid({"collaboration_id": _("The collaboration owns the forum already, or has been asked to.")})
    if len(owners) >= MOST_OWNERS:
        raise TooLarge(_("At most %(most)s collaborations own a forum together.") % {"most": MOST_OWNERS})
    open_to = visible_collaborations(actor, at).exclude(state=CollaborationState.CLOSED)
    other = open_to.filter(pk=collaboration_id).first()
    if other is None:
        raise Invalid({"collaboration_id": _("Choose a collaboration that you can see and that is not closed.")})
    leads = actor.system or other.coordinator_role_id == actor.role_id
    made = Ownership.objects.create(forum=forum, collaboration=other, asked_at=at, accepted_at=at if leads else None)
    tell(actor, "forum_shared", forum, at, collaboration=other.pk)
    return made


@operation("forum.lead")
def accept_sharing(*, actor: Actor, forum_id: str, collaboration_id: str, at: datetime | None = None) -> Ownership:
    """Agree, as the coordinator of a collaboration that was asked, to own the forum together with the others."""
    owner = held_ownership_for(actor, forum_id, collaboration_id, at)
    at = at or clock.now()
    must_run(owner.forum)
    if owner.accepted_at is not None:
        raise Refused(_("The collaboration owns the forum already."))
    owner.accepted_at = at
    owner.save(update_fields=["accepted_at"])
    tell(actor, "forum_sharing_accepted", owner.forum, at, collaboration=collaboration_id)
    return owner


@operation("forum.lead")
def end_sharing(*, actor: Actor, forum_id: str, collaboration_id: str, at: datetime | None = None) -> Ownership:
    """Say no to owning the forum, or step back from it, as one of several. The last one closes it instead."""
    owner = held_ownership_for(actor, forum_id, collaboration_id, at)
    at = at or clock.now()
    others = [each for each in owners_of(owner.forum) if each.pk != owner.pk and each.accepted_at]
    if not others:
        raise Refused(_("Nobody else owns the forum. Close it instead."))
    tell(actor, "forum_sharing_ended", owner.forum, at, collaboration=collaboration_id)
    if owner.accepted_at is None:
        tell_in(actor, "forum_sharing_ended", owner.forum, collaboration_id, at, collaboration=collaboration_id)
    owner.ended_at = at
    owner.save(update_fields=["ended_at"])
    owner.forum.areas.remove(*owner.forum.areas.filter(collaboration_id=collaboration_id))
    if owner.accepted_at is not None:
        _leave_nobody_blind(actor, owner.forum, others, at)
    return owner


def _leave_nobody_blind(actor: Actor, forum: Forum, others: Sequence[Ownership], at: datetime) -> None:
    """Roles that came by the owner that has left, and cannot read the forum any more, leave their seats; if one of them
    prepared it, the first remaining coordinator does."""
    on = clock.day(at)
    if not preparers_within(others, on).filter(pk=forum.prepares_id).exists():
        forum.prepares = others[0].collaboration.coordinator_role
        forum.save(update_fields=["prepares"])
        tell(actor, "preparing_given", forum, at, role=forum.prepares_id)
    within = roles_within(others, on).values("pk")
    for seat in forum.seats.filter(valid_to__isnull=True).exclude(role__in=within):
        seat.valid_to = on
        seat.save(update_fields=["valid_to"])
        tell(actor, "forum_unseated", forum, at, role=seat.role_id)
