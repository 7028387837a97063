"""Collects what somebody is waited for from every area, for the page Mitt."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.domain.adherence.queries.waiting import waiting_for as of_adherence
from samordna.domain.agreements.queries.waiting import waiting_for as of_agreements
from samordna.domain.collaborations.queries.waiting import waiting_for as of_collaborations
from samordna.domain.decisions.queries.waiting import waiting_for as of_decisions
from samordna.domain.matters.queries import waiting_for as of_matters
from samordna.domain.organisations.waiting import Waiting

Collect = Callable[[Actor, datetime], list[Waiting]]
SOON = timedelta(days=14)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One row of the page: what is waited for, with its addresses."""

    what: str
    about: str
    collaboration: str
    note: str
    due: date | None
    address: str
    quick_label: str
    quick_address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Items that are as urgent as each other."""

    title: str | Promise
    late: bool
    items: Sequence[Item]


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """What waits, the most urgent first; empty groups are left out."""

    groups: Sequence[Group]


COLLECT: Sequence[Collect] = (of_collaborations, of_matters, of_decisions, of_agreements, of_adherence)


def agenda_of(actor: Actor, at: datetime) -> Agenda:
    """Everything that the actor is waited for, those with the nearest last day first."""
    found = [waiting for collect in COLLECT for waiting in collect(actor, at)]
    found.sort(key=lambda waiting: (waiting.due or date.max, waiting.collaboration, waiting.about, waiting.what))
    return Agenda(groups=[group for group in _groups(found, clock.day(at)) if group.items])


def _groups(found: Sequence[Waiting], today: date) -> Iterator[Group]:
    late = [waiting for waiting in found if waiting.late(today)]
    soon = [waiting for waiting in found if waiting.due and today <= waiting.due <= today + SOON]
    later = [waiting for waiting in found if waiting.due and waiting.due > today + SOON]
    undated = [waiting for waiting in found if waiting.due is None]
    yield Group(title=_("The last day has passed"), late=True, items=[_item(waiting) for waiting in late])
    yield Group(title=_("Within two weeks"), late=False, items=[_item(waiting) for waiting in soon])
    yield Group(title=_("Later on"), late=False, items=[_item(waiting) for waiting in later])
    yield Group(title=_("Without a last day"), late=False, items=[_item(waiting) for waiting in undated])


def _item(waiting: Waiting) -> Item:
    quick = waiting.quick
    return Item(
        what=waiting.what,
        about=waiting.about,
        collaboration=waiting.collaboration,
        note=waiting.note,
        due=waiting.due,
        address=reverse(waiting.url_name, args=waiting.url_args),
        quick_label=quick.label if quick else "",
        quick_address=reverse(quick.url_name, args=quick.url_args) if quick else "",
    )
