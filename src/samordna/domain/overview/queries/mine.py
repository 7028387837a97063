"""Mitt: what is waited for from somebody in every role it holds, in as many questions for forty roles as for one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.domain.adherence.queries.waiting import waiting_in as of_adherence
from samordna.domain.admissions.queries.waiting import waiting_in as of_admissions
from samordna.domain.agreements.queries.waiting import waiting_in as of_agreements
from samordna.domain.assessments.queries.waiting import waiting_in as of_assessments
from samordna.domain.change.queries.waiting import waiting_in as of_change
from samordna.domain.collaborations.queries.crowd import Collect, Crowd, crowd_of
from samordna.domain.collaborations.queries.reorganising import waiting_in as of_reorganisations
from samordna.domain.collaborations.queries.waiting import waiting_in as of_collaborations
from samordna.domain.decisions.queries.waiting import waiting_in as of_decisions
from samordna.domain.events.queries.pages import waiting_in as of_events
from samordna.domain.followup.queries.waiting import waiting_in as of_followup
from samordna.domain.forums.queries.waiting import waiting_in as of_forums
from samordna.domain.introductions.queries.waiting import waiting_in as of_introductions
from samordna.domain.knowledge.queries.waiting import waiting_in as of_knowledge
from samordna.domain.matters.queries import waiting_in as of_matters
from samordna.domain.minutes.queries.waiting import waiting_in as of_minutes
from samordna.domain.organisations.access import actor_of
from samordna.domain.organisations.attention import waiting_in
from samordna.domain.organisations.waiting import Waiting
from samordna.domain.proceedings.queries.waiting import waiting_in as of_proceedings
from samordna.domain.scheduling.queries.waiting import waiting_in as of_scheduling
from samordna.domain.worth.queries.checks import waiting_in as of_worth

if TYPE_CHECKING:
    from samordna.domain.organisations.models import Holding


def of_organisations(crowd: Crowd, at: datetime) -> Iterator[tuple[Actor, Waiting]]:
    """What an organisation's administrators see to: the organisations know of no crowd."""
    return waiting_in(crowd.actors, at)


COLLECT: Sequence[Collect] = (
    *(of_organisations, of_collaborations, of_matters, of_decisions),
    *(of_agreements, of_adherence, of_admissions, of_reorganisations),
    *(of_forums, of_worth, of_minutes, of_events, of_proceedings, of_scheduling),
    *(of_knowledge, of_introductions, of_followup, of_change, of_assessments),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class InRole:
    """One role that somebody holds, and what waits for it, the most urgent first."""

    holding_id: str
    role: str
    organisation: str
    waiting: tuple[Waiting, ...]
    late: int

    @property
    def urgency(self) -> tuple[int, date, str, str]:
        """What is late first, then the nearest day."""
        first = self.waiting[0].due if self.waiting else None
        return -self.late, first or date.max, self.organisation, self.role


@dataclass(frozen=True, slots=True, kw_only=True)
class Mine:
    """What waits in the role acted in, and in the others where something waits."""

    here: tuple[Waiting, ...]
    elsewhere: tuple[InRole, ...]


def waiting_now(actors: Sequence[Actor], at: datetime) -> Mapping[Actor, tuple[Waiting, ...]]:
    """What waits for each, the most urgent first."""
    crowd = crowd_of(actors, at)
    found: dict[Actor, list[Waiting]] = defaultdict(list)
    for collect in COLLECT:
        for actor, waiting in collect(crowd, at):
            found[actor].append(waiting)
    return {actor: tuple(sorted(rows, key=_urgency)) for actor, rows in found.items()}


def _urgency(waiting: Waiting) -> tuple[date, str, str, str]:
    return waiting.due or date.max, waiting.collaboration, waiting.about, waiting.what


def mine(actor: Actor, holdings: Sequence[Holding], at: datetime) -> Mine:
    """What waits for the actor, and in the other roles that its person holds.

    Two roles in one organisation are often waited for with the same thing: it is told once, in the role acted in or in
    the first of the others.
    """
    others = [(held, actor_of(held, actor.via, may_write=actor.may_write)) for held in holdings]
    others = [(held, other) for held, other in others if held.pk != actor.holding_id]
    found = waiting_now([actor, *(other for _held, other in others)], at)
    told = {(actor.organisation_id, _same(waiting)) for waiting in found.get(actor, ())}
    rows = []
    for held, other in others:
        new = [one for one in found.get(other, ()) if (other.organisation_id, _same(one)) not in told]
        told |= {(other.organisation_id, _same(one)) for one in new}
        if new:
            rows.append(_in_role(held, tuple(new), clock.day(at)))
    return Mine(here=found.get(actor, ()), elsewhere=tuple(sorted(rows, key=lambda row: row.urgency)))


def _same(waiting: Waiting) -> tuple[str, str, tuple[str, ...]]:
    return waiting.what, waiting.url_name, waiting.url_args


def _in_role(held: Holding, waiting: tuple[Waiting, ...], today: date) -> InRole:
    return InRole(
        holding_id=held.pk,
        role=held.role.name,
        organisation=held.role.organisation.name,
        waiting=waiting,
        late=sum(one.late(today) for one in waiting),
    )
