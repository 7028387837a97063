"""What of forums is touched when an organisation is succeeded: who prepares them, and who sits there."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samordna.domain.forums.enums import ItemState
from samordna.domain.forums.models import Forum, Item, Seat
from samordna.domain.organisations.carrying import Kind, Way, register, stays

register(
    Kind(
        name="forum_preparing",
        label=_("Preparing forums"),
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
        way=Way.ROLE,
        model=Item,
        path="owner_role__organisation",
        live=lambda on: Q(state=ItemState.OPEN),
        title=("title",),
        place=("forum__name",),
        endable=False,
    ),
)
stays(Item, "raised_for")
