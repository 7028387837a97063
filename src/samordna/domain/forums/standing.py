"""What rests on a role in forums: preparing them, and sitting there."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.domain.forums.access import visible_forums
from samordna.domain.forums.models import Forum, Seat
from samordna.domain.forums.operations.telling import tell
from samordna.domain.organisations.standing import RoleTask, tell_of


def tasks(actor: Actor, role_id: str, at: datetime) -> list[RoleTask]:
    """The forums that the role prepares, and those in which it sits."""
    prepared = list(Forum.objects.filter(prepares_id=role_id, closed_on__isnull=True).order_by("name", "pk"))
    sitting = Seat.objects.filter(role_id=role_id, valid_to__isnull=True).select_related("forum")
    seats = [seat.forum for seat in sitting.order_by("forum__name", "pk")]
    about = {forum.pk for forum in (*prepared, *seats)}
    seen = set(visible_forums(actor, at).filter(pk__in=about).values_list("pk", flat=True)) if about else set()
    told = [(_("prepares"), forum) for forum in prepared] + [(_("sits in"), forum) for forum in seats]
    return [
        RoleTask(what=what, about=forum.name, url_name="forum", url_args=(forum.pk,))
        if forum.pk in seen
        else RoleTask(what=_("has a task in a forum that you cannot see"))
        for what, forum in told
    ]


def hand_over(actor: Actor, role_id: str, to_role_id: str, at: datetime) -> None:
    """Let the other role prepare what this one does, and sit where it sits, unless it sits there already."""
    for forum in Forum.objects.select_for_update().filter(prepares_id=role_id, closed_on__isnull=True):
        forum.prepares_id = to_role_id
        forum.save(update_fields=["prepares"])
        tell(actor, "forum_described", forum, at, prepares=to_role_id, from_role=role_id)
    on = clock.day(at)
    taken = set(Seat.objects.filter(role_id=to_role_id, valid_to__isnull=True).values_list("forum_id", flat=True))
    for seat in Seat.objects.select_for_update().filter(role_id=role_id, valid_to__isnull=True).select_related("forum"):
        seat.valid_to = on
        seat.save(update_fields=["valid_to"])
        if seat.forum_id not in taken:
            Seat.objects.create(forum=seat.forum, role_id=to_role_id, task=seat.task, party=seat.party, valid_from=on)
        tell(actor, "forum_seated", seat.forum, at, role=to_role_id, task=seat.task, from_role=role_id)


tell_of("forums", tasks, hand_over)
