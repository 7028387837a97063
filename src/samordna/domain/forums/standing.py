"""What rests on a role in forums: preparing them, sitting there, and answering for items."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.domain.forums.access import owners_of, visible_forums
from samordna.domain.forums.choosing import preparers_within
from samordna.domain.forums.enums import ItemState, SeatTask
from samordna.domain.forums.models import Forum, Item, Seat
from samordna.domain.forums.operations.telling import tell
from samordna.domain.organisations.standing import RoleTask, tell_of

STRONGEST = (SeatTask.CHAIR, SeatTask.MEMBER, SeatTask.DEPUTY, SeatTask.SECRETARY, SeatTask.GUEST)
"""Of two seats that become one, the one with the earlier task is kept."""


def tasks(actor: Actor, role_id: str, at: datetime) -> list[RoleTask]:
    """The forums that the role prepares, those in which it sits, and the open items that it answers for."""
    prepared = Forum.objects.filter(prepares_id=role_id, closed_on__isnull=True).order_by("name", "pk")
    sitting = Seat.objects.filter(role_id=role_id, valid_to__isnull=True).select_related("forum")
    answered = _open_items(role_id).order_by("title", "pk")
    told = [(_("prepares"), forum.pk, forum.name, "forum", forum.pk) for forum in prepared]
    told += [
        (_("sits in"), seat.forum_id, seat.forum.name, "forum", seat.forum_id)
        for seat in sitting.order_by("forum__name", "pk")
    ]
    told += [(_("answers for the item"), item.forum_id, item.title, "item", item.pk) for item in answered]
    about = {forum_id for _what, forum_id, *_rest in told}
    seen = set(visible_forums(actor, at).filter(pk__in=about).values_list("pk", flat=True)) if about else set()
    return [
        RoleTask(what=what, about=name, url_name=url_name, url_args=(key,))
        if forum_id in seen
        else RoleTask(what=_("has a task in a forum that you cannot see"))
        for what, forum_id, name, url_name, key in told
    ]


def _open_items(role_id: str) -> QuerySet[Item]:
    return Item.objects.filter(owner_role_id=role_id, state=ItemState.OPEN, forum__closed_on__isnull=True)


def hand_over(actor: Actor, role_id: str, to_role_id: str, at: datetime) -> None:
    """Let the other role prepare what this one does, sit where it sits and answer for its items."""
    prepared, sitting = Q(prepares_id=role_id), Q(seats__role_id=role_id, seats__valid_to__isnull=True)
    answered = Q(items__owner_role_id=role_id, items__state=ItemState.OPEN)
    touched = Forum.objects.filter(prepared | sitting | answered, closed_on__isnull=True).values("pk")
    for forum in Forum.objects.select_for_update().filter(pk__in=touched).order_by("pk"):
        if forum.prepares_id == role_id:
            forum.prepares_id = _preparer(forum, to_role_id, at)
            forum.save(update_fields=["prepares"])
            tell(actor, "forum_described", forum, at, prepares=forum.prepares_id, from_role=role_id)
            tell(actor, "preparing_given", forum, at, role=forum.prepares_id)
        for seat in forum.seats.filter(role_id=role_id, valid_to__isnull=True):
            _hand_over_seat(actor, forum, seat, to_role_id, at)
        for item in _open_items(role_id).filter(forum=forum):
            item.owner_role_id = to_role_id
            item.save(update_fields=["owner_role"])
            tell(actor, "item_described", forum, at, item, owner_role=to_role_id, from_role=role_id)


def _preparer(forum: Forum, role_id: str, at: datetime) -> str:
    """The role that takes over, where it can prepare the forum; one that only reads it cannot, so the coordinator does."""
    agreed = [owner for owner in owners_of(forum) if owner.accepted_at]
    if not agreed or preparers_within(agreed, clock.day(at)).filter(pk=role_id).exists():
        return role_id
    return str(agreed[0].collaboration.coordinator_role_id)


def _hand_over_seat(actor: Actor, forum: Forum, seat: Seat, to_role_id: str, at: datetime) -> None:
    """A role that sits there already keeps the stronger of the two tasks."""
    on, taken = clock.day(at), forum.seats.filter(role_id=to_role_id, valid_to__isnull=True).first()
    seat.valid_to = on
    seat.save(update_fields=["valid_to"])
    if taken is not None:
        if STRONGEST.index(SeatTask(taken.task)) <= STRONGEST.index(SeatTask(seat.task)):
            tell(actor, "forum_unseated", forum, at, role=seat.role_id)
            return
        taken.valid_to = on
        taken.save(update_fields=["valid_to"])
    Seat.objects.create(forum=forum, role_id=to_role_id, task=seat.task, valid_from=on)
    tell(actor, "forum_seated", forum, at, role=to_role_id, task=seat.task, from_role=seat.role_id)


tell_of("forums", tasks, hand_over)
