"""What waits, as the page Mitt shows it: grouped by how soon, with addresses; and the other roles with a way to each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.domain.organisations.waiting import Quick, Waiting
from samordna.domain.overview.queries.mine import InRole, mine

if TYPE_CHECKING:
    from samordna.domain.organisations.models import Holding

SOON = timedelta(days=14)
SHOWN = 3
"""So many of another role's things are told at once; the rest are there when one has changed to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """A small act done from the list: where it is sent, and the fields that go with it."""

    label: str
    address: str
    sends: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One row of the page: what is waited for, with its addresses."""

    what: str
    about: str
    collaboration: str
    note: str
    due: date | None
    late: bool
    address: str
    press: Press | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Items that are as urgent as each other."""

    title: str | Promise
    late: bool
    items: Sequence[Item]


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """Another role in which something waits: the first of it, and how many there are in all."""

    holding_id: str
    role: str
    organisation: str
    items: Sequence[Item]
    count: int
    late: int

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.count - len(self.items)


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """What waits, the most urgent first; empty groups, and roles in which nothing waits, are left out."""

    groups: Sequence[Group]
    others: Sequence[Other]

    @property
    def elsewhere(self) -> int:
        """How many things wait in other roles."""
        return sum(other.count for other in self.others)


def agenda_of(actor: Actor, holdings: Sequence[Holding], at: datetime) -> Agenda:
    """Everything that is waited for from the actor, and in short in the other roles that its person holds."""
    found, today = mine(actor, holdings, at), clock.day(at)
    groups = [group for group in _groups(found.here, today) if group.items]
    return Agenda(groups=groups, others=[_other(row, today) for row in found.elsewhere])


def items_of(found: Sequence[Waiting], today: date) -> list[Item]:
    """Rows with their addresses, for other pages that tell of what waits."""
    return [_item(waiting, today) for waiting in found]


def _groups(found: Sequence[Waiting], today: date) -> Iterator[Group]:
    late = [waiting for waiting in found if waiting.late(today)]
    soon = [waiting for waiting in found if waiting.due and today <= waiting.due <= today + SOON]
    later = [waiting for waiting in found if waiting.due and waiting.due > today + SOON]
    undated = [waiting for waiting in found if waiting.due is None]
    yield Group(title=_("The last day has passed"), late=True, items=[_item(waiting, today) for waiting in late])
    yield Group(title=_("Within two weeks"), late=False, items=[_item(waiting, today) for waiting in soon])
    yield Group(title=_("Later on"), late=False, items=[_item(waiting, today) for waiting in later])
    yield Group(title=_("Without a last day"), late=False, items=[_item(waiting, today) for waiting in undated])


def _other(row: InRole, today: date) -> Other:
    return Other(
        holding_id=row.holding_id,
        role=row.role,
        organisation=row.organisation,
        items=[_item(waiting, today) for waiting in row.waiting[:SHOWN]],
        count=len(row.waiting),
        late=row.late,
    )


def _item(waiting: Waiting, today: date) -> Item:
    return Item(
        what=waiting.what,
        about=waiting.about,
        collaboration=waiting.collaboration,
        note=waiting.note,
        due=waiting.due,
        late=waiting.late(today),
        address=reverse(waiting.url_name, args=waiting.url_args),
        press=_press(waiting.quick) if waiting.quick else None,
    )


def _press(quick: Quick) -> Press:
    return Press(label=quick.label, address=reverse(quick.url_name, args=quick.url_args), sends=quick.sends)
