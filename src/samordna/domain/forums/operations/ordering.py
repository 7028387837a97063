"""The agenda: which items are taken up when, in what order, and what is carried to another meeting."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Refused
from samordna.core.operation import operation
from samordna.domain.forums.access import PREPARE, meeting_for
from samordna.domain.forums.enums import AHEAD, ItemState, MeetingState
from samordna.domain.forums.happened import must_leave_no_trace, must_not_wait
from samordna.domain.forums.models import Item, Meeting, Paper
from samordna.domain.forums.operations.holding import held_item_for
from samordna.domain.forums.operations.raising import last_order, must_fit
from samordna.domain.forums.operations.telling import tell


@operation("forum.prepare")
def place_item(*, actor: Actor, item_id: str, meeting_id: str = "", at: datetime | None = None) -> Item:
    """Put an item on a meeting's agenda, last; or back in the backlog."""
    item = held_item_for(actor, item_id, PREPARE, at)
    at = at or clock.now()
    if item.state != ItemState.OPEN or (item.meeting and item.meeting.state not in AHEAD):
        raise Refused(_("The item has been at a meeting that is over. Carry it over instead."))
    must_leave_no_trace(item.pk)
    meeting = _ahead(actor, item, meeting_id, at)
    must_fit(item.forum, meeting, but=item.pk)
    item.order = last_order(item.forum, meeting) + 1
    item.meeting = meeting
    item.save(update_fields=["meeting", "order"])
    tell(actor, "item_placed", item.forum, at, item, meeting=meeting_id)
    return item


@operation("forum.prepare")
def move_item(*, actor: Actor, item_id: str, by: int, at: datetime | None = None) -> Item:
    """Move an item so many steps down (or, negative, up) its agenda; past the end it stays at the end."""
    item = held_item_for(actor, item_id, PREPARE, at)
    at = at or clock.now()
    if item.meeting and item.meeting.state not in {*AHEAD, MeetingState.HELD}:
        raise Refused(_("The meeting is minuted or cancelled, so its agenda is not changed any more."))
    kept = Item.objects.filter(forum=item.forum, meeting=item.meeting, state__in=[ItemState.OPEN, ItemState.DONE])
    rows = list(kept.order_by("order", "raised_at", "pk"))
    place = next((number for number, row in enumerate(rows) if row.pk == item.pk), None)
    if place is None:
        raise Refused(_("The item is carried over or withdrawn, so it has no place on the agenda."))
    moved = rows.pop(place)
    rows.insert(max(0, min(len(rows), place + by)), moved)
    for order, row in enumerate(rows, start=1):
        row.order = order
    Item.objects.bulk_update(rows, ["order"])
    tell(actor, "item_moved", item.forum, at, item, by=by)
    item.refresh_from_db(fields=["order"])
    return item


@operation("forum.prepare")
def take_up_item(*, actor: Actor, item_id: str, at: datetime | None = None) -> Item:
    """Say that an item of a meeting has been taken up."""
    item = held_item_for(actor, item_id, PREPARE, at)
    at = at or clock.now()
    if item.state != ItemState.OPEN or item.meeting is None or item.meeting.state == MeetingState.MINUTED:
        raise Refused(_("Only an open item on the agenda of a meeting that is not minuted is taken up."))
    must_not_wait(item.pk, item.title)
    item.state = ItemState.DONE
    item.save(update_fields=["state"])
    tell(actor, "item_taken_up", item.forum, at, item)
    return item


@operation("forum.prepare")
def carry_item(*, actor: Actor, item_id: str, meeting_id: str = "", at: datetime | None = None) -> Item:
    """Carry an item that was not finished to another meeting, or to the backlog. It goes on there with its papers; the
    meeting it comes from still tells that it was there."""
    item = held_item_for(actor, item_id, PREPARE, at)
    at = at or clock.now()
    if item.state != ItemState.OPEN or item.meeting is None:
        raise Refused(_("Only an open item on a meeting's agenda is carried over."))
    must_not_wait(item.pk, item.title)
    meeting = _ahead(actor, item, meeting_id, at)
    if meeting is not None and meeting.pk == item.meeting_id:
        raise Refused(_("Choose another meeting than the one it is on."))
    must_fit(item.forum, meeting)
    kept = ("kind", "title", "purpose", "minutes", "owner_role_id", "matter_id", "area_id", "raised_by_id", "raised_for_id")
    order = last_order(item.forum, meeting) + 1
    made = Item(forum=item.forum, meeting=meeting, order=order, raised_at=item.raised_at, carried_from=item)
    for name in kept:
        setattr(made, name, getattr(item, name))
    made.save(force_insert=True)
    copied = ("name", "address", "text", "added_at", "added_by_id")
    papers = [{name: getattr(row, name) for name in copied} for row in item.papers.filter(removed_at__isnull=True)]
    Paper.objects.bulk_create(Paper(item=made, **row) for row in papers)
    item.state = ItemState.CARRIED
    item.save(update_fields=["state"])
    tell(actor, "item_carried", item.forum, at, item, to=made.pk, meeting=meeting_id)
    return made


def _ahead(actor: Actor, item: Item, meeting_id: str, at: datetime) -> Meeting | None:
    if not meeting_id:
        return None
    meeting = meeting_for(actor, meeting_id, at=at)
    if meeting.forum_id != item.forum_id or meeting.state not in AHEAD:
        raise Refused(_("Choose a meeting of this forum that is still to come, or the backlog."))
    return meeting
