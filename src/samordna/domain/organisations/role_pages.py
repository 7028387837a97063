"""One role on a day: what it is for, who holds it then and now, who comes, who held it, and what rests on it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.refusals import refusal_of
from samordna.domain.organisations.access import organisation_for, role_for
from samordna.domain.organisations.contacts import ContactRow, contact_paths
from samordna.domain.organisations.queries import RoleRow, holder_names, role_row, with_holdings
from samordna.domain.organisations.standing import RoleTask, tasks_of


@dataclass(frozen=True, slots=True, kw_only=True)
class RolePage:
    """A role on the day `on`. `then` is the role on that day, `now` today; they are the same when it is today."""

    organisation_id: str
    organisation: str
    on: date
    today: date
    then: RoleRow
    now: RoleRow
    exists: bool
    tasks: tuple[RoleTask, ...]
    contacts: tuple[ContactRow, ...]

    @property
    def changed(self) -> bool:
        """Has anybody else come to hold the role between the day that is asked about and today?"""
        return [each.person_id for each in self.then.holders] != [each.person_id for each in self.now.holders]


def role_page(actor: Actor, role_id: str, at: datetime, on: date | None = None) -> RolePage:
    """The role on a day (today, unless another is asked for); a bounded number of queries."""
    role, today = role_for(actor, role_id, at=at), clock.day(at)
    on = on or today
    ((_role, holdings),) = with_holdings([role])
    paths = contact_paths([role.organisation_id], on)
    return RolePage(
        organisation_id=role.organisation_id,
        organisation=role.organisation.name,
        on=on,
        today=today,
        then=role_row(role, holdings, on, actor),
        now=role_row(role, holdings, today, actor),
        exists=clock.active(role.valid_from, role.valid_to, on),
        tasks=_told(actor, role.organisation_id, tasks_of(actor, role.pk, at), at),
        contacts=tuple(path for path in paths if path.role_id == role.pk),
    )


def _told(actor: Actor, organisation_id: str, tasks: tuple[RoleTask, ...], at: datetime) -> tuple[RoleTask, ...]:
    """What the actor may not read is mentioned only to those who look after the role: they have to know it is there."""
    if refusal_of(organisation_for, actor, organisation_id, "organisation.administer", at) == "":
        return tasks
    return tuple(task for task in tasks if not task.hidden)


@dataclass(frozen=True, slots=True, kw_only=True)
class ThenAndNow:
    """Who held a role on the day something was done, and who does today; both may be empty."""

    role_id: str
    on: date
    then: tuple[str, ...]
    now: tuple[str, ...]

    @property
    def same(self) -> bool:
        """Is it the same people?"""
        return self.then == self.now


def then_and_now(role_ids: Collection[str], on: date, today: date) -> dict[str, ThenAndNow]:
    """For old pages: who it was then and whom to turn to now, by role; two queries, one when it is the same day."""
    then = holder_names(role_ids, on)
    now = then if on == today else holder_names(role_ids, today)
    return {each: ThenAndNow(role_id=each, on=on, then=then[each], now=now[each]) for each in role_ids}
