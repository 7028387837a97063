"""Who may see, lead, prepare and bring something up in which forum.

A forum may be owned by several collaborations: what any of them opens, is open. One that has only been asked opens the
forum to its coordinator, who is to answer, and to nobody else.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Absent, Denied, Forbidden
from samordna.core.policy import Thing
from samordna.core.reading import once_until_written
from samordna.domain.collaborations.access import permit, reach, thing_of, visible_collaborations
from samordna.domain.forums.models import Forum, Item, JointDay, Meeting, Ownership, Seat
from samordna.domain.organisations.access import actor_of
from samordna.domain.organisations.access import permit as permit_account
from samordna.domain.organisations.models import Holding, Person

READ, LEAD, PREPARE, RAISE, ATTEND = "forum.read", "forum.lead", "forum.prepare", "forum.raise", "forum.attend"


def owners_of(forum: Forum) -> list[Ownership]:
    """Who owns the forum or is asked to, the first owner first; one query."""
    return list(_running_owners(forum.pk))


@once_until_written
def _running_owners(forum_id: str) -> tuple[Ownership, ...]:
    running = Ownership.objects.filter(forum_id=forum_id, ended_at__isnull=True)
    return tuple(running.select_related("collaboration__coordinator_role", "collaboration__superior"))


def thing_of_owner(forum: Forum, owner: Ownership) -> Thing:
    """The forum as policy sees it through one of its owners; the role that prepares it is the one responsible."""
    inside = thing_of(owner.collaboration)
    return replace(inside, role_id=forum.prepares_id, draft=inside.draft or owner.accepted_at is None)


def permit_forum(actor: Actor, action: str, forum: Forum, at: datetime | None = None) -> None:
    """Reading first, so that a refused act says nothing to those who may not know of it. Raises as `permit` does."""
    owners = owners_of(forum)
    _permit_any(actor, READ, forum, owners, at)
    if action != READ:
        try:
            _permit_any(actor, action, forum, [owner for owner in owners if owner.accepted_at], at)
        except Absent as absent:
            first = _("Answer first whether your collaboration is to own the forum together with the others.")
            raise Forbidden(first) from absent


def _permit_any(actor: Actor, action: str, forum: Forum, owners: list[Ownership], at: datetime | None) -> None:
    """One owner is enough; the refusal that says most is the one that is told."""
    told: Denied = Absent()
    for owner in owners:
        try:
            permit(actor, action, thing_of_owner(forum, owner), at)
        except Denied as denied:
            told = denied if isinstance(told, Absent) else told
        else:
            return
    raise told


def forum_for(actor: Actor, forum_id: str, action: str = READ, at: datetime | None = None) -> Forum:
    """The forum, if the actor may do this with it."""
    found = Forum.objects.select_related("prepares__organisation").filter(pk=forum_id).order_by().first()
    if found is None:
        raise Absent
    permit_forum(actor, action, found, at)
    return found


def seat_for(actor: Actor, seat_id: str, action: str = READ, at: datetime | None = None) -> Seat:
    """The seat, if the actor may do this with its forum."""
    seat = Seat.objects.select_related("forum__prepares", "role__organisation").filter(pk=seat_id).order_by().first()
    if seat is None:
        raise Absent
    permit_forum(actor, action, seat.forum, at)
    return seat


def meeting_for(actor: Actor, meeting_id: str, action: str = READ, at: datetime | None = None) -> Meeting:
    """The meeting, if the actor may do this with its forum."""
    meeting = Meeting.objects.select_related("forum__prepares__organisation").filter(pk=meeting_id).order_by().first()
    if meeting is None:
        raise Absent
    permit_forum(actor, action, meeting.forum, at)
    return meeting


def item_for(actor: Actor, item_id: str, action: str = READ, at: datetime | None = None) -> Item:
    """The item, if the actor may do this with its forum."""
    related = ("forum__prepares__organisation", "meeting", "area", "matter__area", "owner_role__organisation", "raised_for")
    item = Item.objects.select_related(*related).filter(pk=item_id).order_by().first()
    if item is None:
        raise Absent
    permit_forum(actor, action, item.forum, at)
    return item


def joint_day_for(actor: Actor, day_id: str, action: str = READ, at: datetime | None = None) -> JointDay:
    """The joint day, if the actor may do this with its forum."""
    day = JointDay.objects.select_related("forum__prepares").filter(pk=day_id).order_by().first()
    if day is None:
        raise Absent
    permit_forum(actor, action, day.forum, at)
    return day


def ownership_for(actor: Actor, forum_id: str, collaboration_id: str, at: datetime | None = None) -> Ownership:
    """The owning of one collaboration, for its own coordinator: to agree to it, to say no, or to step back."""
    forum = forum_for(actor, forum_id, at=at)
    owner = next((each for each in owners_of(forum) if each.collaboration_id == collaboration_id), None)
    if owner is None:
        raise Absent
    permit(actor, LEAD, replace(thing_of_owner(forum, owner), draft=thing_of(owner.collaboration).draft), at)
    return owner


def prepares(actor: Actor, forum: Forum, at: datetime | None) -> bool:
    """Is the actor among those who prepare the forum?"""
    try:
        permit_forum(actor, PREPARE, forum, at)
    except Denied:
        return False
    return True


def check_may_change(actor: Actor, item: Item, at: datetime) -> None:
    """An item is changed by the organisation that raised it, and by those who prepare the forum."""
    own = bool(actor.organisation_id) and item.raised_for_id == actor.organisation_id
    if not own and not prepares(actor, item.forum, at):
        raise Forbidden(_("Only the organisation that raised the item, and those who prepare the forum, change it."))


def visible_forums(actor: Actor, at: datetime | None = None) -> QuerySet[Forum]:
    """The forums the actor may read: exactly those that `forum_for` gives."""
    running = Ownership.objects.filter(forum=OuterRef("pk"), ended_at__isnull=True)
    if actor.system:
        return Forum.objects.filter(Exists(running))
    seen = visible_collaborations(actor, at).values("pk")
    _taking_part, coordinated = reach(actor, at)
    own = Q(accepted_at__isnull=False, collaboration__in=seen) | Q(collaboration_id__in=coordinated)
    return Forum.objects.filter(Exists(running.filter(own)))


def check_own_account(actor: Actor, at: datetime | None = None) -> str:
    """The person who acts, if it may change its own account; `Absent` for whoever is nobody."""
    permit_account(actor, "account.change", Thing(person_id=actor.person_id), at)
    if actor.person_id is None or not Person.objects.filter(pk=actor.person_id, is_active=True).exists():
        raise Absent
    return actor.person_id


def own_forums(person_id: str, at: datetime) -> set[str]:
    """The forums where a role that the person holds today sits, or that it prepares, and that may be read in that role."""
    on, found = clock.day(at), set[str]()
    held = Holding.objects.on(on).filter(person_id=person_id, person__is_active=True).select_related("role__organisation")
    for holding in held.order_by("pk"):
        sitting = Seat.objects.filter(forum=OuterRef("pk"), role=holding.role_id, valid_from__lte=on)
        own = Exists(sitting.exclude(valid_to__lte=on)) | Q(prepares=holding.role_id)
        found |= set(visible_forums(actor_of(holding), at).filter(own).values_list("pk", flat=True))
    return found
