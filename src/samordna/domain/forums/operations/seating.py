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
from samordna.domain.forums.operations.telling import tell, tell_in
from samordna.domain.organisations.findings import Findings
from samordna.domain.organisations.models import Role


@operation("forum.lead")
def seat_role(
    *, actor: Actor, forum_id: str, role_id: str, task: str = SeatTask.MEMBER, at: datetime | None = None
) -> Seat:
    """Give a role a seat in the forum from today on.

    Members, chairs and deputies speak for the party of their organisation; secretaries and co-opted for nobody.
    """
    forum = held_forum_for(actor, forum_id, LEAD, at)
    return _seat(actor, forum, [role_id], task, at or clock.now(), "role_id")[0]


@operation("forum.lead")
def seat_roles(
    *, actor: Actor, forum_id: str, role_ids: Sequence[str], task: str = SeatTask.MEMBER, at: datetime | None = None
) -> list[Seat]:
    """Give several roles a seat each from today on, with the same task: all of them, or none. Names those that cannot."""
    forum = held_forum_for(actor, forum_id, LEAD, at)
    if not role_ids:
        raise Invalid({"role_ids": _("Choose at least one role.")})
    return _seat(actor, forum, list(dict.fromkeys(role_ids)), task, at or clock.now(), "role_ids")


def _seat(actor: Actor, forum: Forum, role_ids: Sequence[str], task: str, at: datetime, field: str) -> list[Seat]:
    """As many questions for one role as for all of them, besides the rows themselves."""
    on, owners, found = clock.day(at), owners_of(forum), Findings()
    task = found.choice("task", task, SeatTask.values)
    roles = roles_within(owners, on).select_related("organisation").in_bulk(list(role_ids))
    if len(roles) < len(role_ids):
        found.say(field, _("Choose a role at somebody who takes part, or the coordinator's."))
    sitting = set(forum.seats.filter(valid_to__isnull=True).values_list("role_id", flat=True))
    there = [roles[each] for each in role_ids if each in sitting and each in roles]
    if there:
        found.say(field, _("Sits in the forum already: %(names)s.") % {"names": _named(there)})
    if len(sitting | set(role_ids)) > MOST_SEATS:
        raise TooLarge(_("At most %(most)s roles sit in a forum.") % {"most": MOST_SEATS})
    found.insist()
    party_on = parties_of(owners, {role.organisation_id for role in roles.values()})
    made = Seat.objects.bulk_create(Seat(forum=forum, role=roles[each], task=task, valid_from=on) for each in role_ids)
    for seat in made:
        party = party_on(seat.role.organisation_id, on) if task in VOTING else None
        for owner in owners:
            if owner.accepted_at is not None:
                content = {"role": seat.role_id, "task": task, "party": party.pk if party else ""}
                tell_in(actor, "forum_seated", forum, owner.collaboration_id, at, **content)
    return made


def _named(roles: Sequence[Role]) -> str:
    names = ", ".join(f"{role.name}, {role.organisation.name}" if len(roles) == 1 else role.name for role in roles[:5])
    return names + (f" (+{len(roles) - 5})" if len(roles) > 5 else "")


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
