"""Who sits in a forum: roles, never persons, and for whom each of them speaks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Invalid, Refused, TooLarge
from samordna.core.operation import operation
from samordna.domain.forums.access import LEAD, owners_of
from samordna.domain.forums.choosing import parties_of, roles_within
from samordna.domain.forums.enums import VOTING, SeatTask
from samordna.domain.forums.limits import MOST_SEATS
from samordna.domain.forums.models import Forum, Seat
from samordna.domain.forums.operations.holding import held_forum_for, held_seat_for
from samordna.domain.forums.operations.telling import tell
from samordna.domain.organisations.findings import Findings


@operation("forum.lead")
def seat_role(
    *, actor: Actor, forum_id: str, role_id: str, task: str = SeatTask.MEMBER, at: datetime | None = None
) -> Seat:
    """Give a role a seat in the forum from today on.

    Members, chairs and deputies speak for the party of their organisation; secretaries and co-opted for nobody.
    """
    forum = held_forum_for(actor, forum_id, LEAD, at)
    return _seat(actor, forum, role_id, task, at or clock.now())


@operation("forum.lead")
def seat_roles(
    *, actor: Actor, forum_id: str, role_ids: Sequence[str], task: str = SeatTask.MEMBER, at: datetime | None = None
) -> list[Seat]:
    """Give several roles a seat each from today on, with the same task: all of them, or none."""
    forum = held_forum_for(actor, forum_id, LEAD, at)
    if not role_ids:
        raise Invalid({"role_ids": _("Choose at least one role.")})
    made = []
    for role_id in dict.fromkeys(role_ids):
        try:
            made.append(_seat(actor, forum, role_id, task, at or clock.now()))
        except Invalid as invalid:
            fields = dict(invalid.fields)
            if "role_id" in fields:
                fields["role_ids"] = fields.pop("role_id")
            raise Invalid(fields) from None
    return made


def _seat(actor: Actor, forum: Forum, role_id: str, task: str, at: datetime) -> Seat:
    on, owners, found = clock.day(at), owners_of(forum), Findings()
    task = found.choice("task", task, SeatTask.values)
    if not roles_within(owners, on).filter(pk=role_id).exists():
        found.say("role_id", _("Choose a role at somebody who takes part, or the coordinator's."))
    sitting = forum.seats.filter(valid_to__isnull=True)
    if sitting.filter(role_id=role_id).exists():
        found.say("role_id", _("The role sits in the forum already."))
    if sitting.count() >= MOST_SEATS:
        raise TooLarge(_("At most %(most)s roles sit in a forum.") % {"most": MOST_SEATS})
    found.insist()
    role = roles_within(owners, on).get(pk=role_id)
    party = parties_of(owners, [role.organisation_id])(role.organisation_id, on) if task in VOTING else None
    made = Seat.objects.create(forum=forum, role=role, task=task, valid_from=on)
    tell(actor, "forum_seated", forum, at, role=role.pk, task=task, party=party.pk if party else "")
    return made


@operation("forum.lead")
def unseat_role(*, actor: Actor, seat_id: str, at: datetime | None = None) -> Seat:
    """Let a role leave its seat today. That it sat there is kept."""
    seat = held_seat_for(actor, seat_id, LEAD, at)
    at = at or clock.now()
    if seat.valid_to is not None:
        raise Refused(_("The role has left the forum already."))
    seat.valid_to = clock.day(at)
    seat.save(update_fields=["valid_to"])
    tell(actor, "forum_unseated", seat.forum, at, role=seat.role_id)
    return seat
