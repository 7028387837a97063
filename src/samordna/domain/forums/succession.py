"""What of forums is touched when an organisation is succeeded: who prepares them, and who sits there."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from samordna.domain.collaborations.enums import CollaborationState
from samordna.domain.forums.enums import ItemState
from samordna.domain.forums.models import CallAnswer, Forum, Item, Ownership, Seat
from samordna.domain.organisations.carrying import Kind, Way, register, stays


def shared(forum: str) -> Exists:
    """Does anybody own the forum who has been told of? What only drafts own is not shared yet."""
    running = Ownership.objects.filter(forum=OuterRef(forum), ended_at__isnull=True, accepted_at__isnull=False)
    return Exists(running.exclude(collaboration__state=CollaborationState.PLANNED))


register(
    Kind(
        name="forum_preparing",
        label=_("Preparing forums"),
        unseen=("shared", False),
        named={"shared": shared("pk")},
        way=Way.ROLE,
        model=Forum,
        path="prepares__organisation",
        live=lambda on: Q(closed_on__isnull=True),
        title=("name",),
        place=("prepares__name",),
        endable=False,
    ),
    Kind(
        name="forum_seat",
        label=_("Seats in forums"),
        unseen=("shared", False),
        named={"shared": shared("forum_id")},
        way=Way.ROLE,
        model=Seat,
        path="role__organisation",
        live=lambda on: Q(valid_to__isnull=True),
        title=("forum__name",),
        place=("role__name",),
        until="valid_to",
    ),
    Kind(
        name="forum_item",
        label=_("Items that a role answers for"),
        unseen=("shared", False),
        named={"shared": shared("forum_id")},
        way=Way.ROLE,
        model=Item,
        path="owner_role__organisation",
        live=lambda on: Q(state=ItemState.OPEN),
        title=("title",),
        place=("forum__name",),
        endable=False,
    ),
    Kind(
        name="raised_item",
        label=_("Items raised in forums"),
        unseen=("shared", False),
        named={"shared": shared("forum_id")},
        way=Way.POINT,
        model=Item,
        path="raised_for",
        live=lambda on: Q(state=ItemState.OPEN),
        title=("title",),
        place=("forum__name",),
        may_rest=True,
    ),
)

stays(CallAnswer, "role")
