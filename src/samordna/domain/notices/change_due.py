"""Reminders of chains: a step that is soon due, and one that is late week after week, and then month after month."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice

from samordna.core import clock
from samordna.domain.change.access import going_on
from samordna.domain.change.enums import Step
from samordna.domain.change.models import Chain
from samordna.domain.change.queries.reading import Read, read_chains
from samordna.domain.change.queries.waiting import SHUT
from samordna.domain.change.rules import Side, Waited, holder_of, waits_of
from samordna.domain.notices.kinds import ANSWERING, REMINDERS
from samordna.domain.notices.limits import FURTHEST_REMINDER, USUAL_REMINDERS
from samordna.domain.notices.models import Notice
from samordna.domain.notices.rules import rule_for
from samordna.domain.notices.spreading import of_organisations, once_each, running
from samordna.domain.organisations.models import Holding

BATCH = 100  # chains that are read at a time
Rules = Mapping[str, Sequence[int]]
WEEKS, MONTH = 8, 4
"""So many weeks after its last day a step is asked for every week. After that every fourth, and of the coordination too."""


def change_due(rules: Rules, at: datetime) -> Iterator[Notice]:
    """The day's reminders of everything that each open chain waits for; a rule and a week is used once."""
    today = clock.day(at)
    going = going_on(Chain.objects.exclude(collaboration__state__in=SHUT), today)
    chains = read_chains(going, today, BATCH)
    while some := list(islice(chains, BATCH)):
        yield from _of_batch(some, rules, at)


def _of_batch(chains: Sequence[Read], rules: Rules, at: datetime) -> Iterator[Notice]:
    """Those of some chains, in so many questions as it takes for one."""
    today = clock.day(at)
    used = [
        (name, chain, one, used)
        for chain in chains
        for one in waits_of(chain.facts)
        for name, used in _used(rules, chain, one, today)
    ]
    asked = _asked([(chain, one) for _name, chain, one, _used in used], today)
    for name, chain, one, week in used:
        yield from _notices(name, chain, one, week, asked, at)


def _used(rules: Rules, chain: Read, one: Waited, today: date) -> Iterator[tuple[str, int]]:
    """The rule or the week by which this is to be asked for today, with the kind of notice."""
    if one.by - today > timedelta(days=FURTHEST_REMINDER):
        return
    if one.late(today):
        yield "chain_late", _week(one, today)
    elif (days := _rule(rules, chain, one, today)) is not None:
        yield "chain_due", days


@dataclass(frozen=True, slots=True)
class _Asked:
    """Who may be asked: those who answer for each organisation, and those who hold each coordinator's role."""

    answering: Mapping[str, Sequence[Holding]]
    leading: Mapping[str, Sequence[Holding]]


def _asked(waits: Sequence[tuple[Read, Waited]], today: date) -> _Asked:
    """Those who may be asked for all of this; two questions."""
    sides = {side for chain, one in waits for side in (one.side, _giver(chain, one)) if side}
    answering: dict[str, list[Holding]] = defaultdict(list)
    for holding in of_organisations(sides, ANSWERING, today).select_related("role"):
        answering[holding.role.organisation_id].append(holding)
    leading: dict[str, list[Holding]] = defaultdict(list)
    for holding in running(today).filter(role_id__in={chain.coordinator_role_id for chain, _one in waits}):
        leading[holding.role_id].append(holding)
    return _Asked(answering, leading)


def _giver(chain: Read, one: Waited) -> Side:
    """The organisation that handed over the change need that an answer is waited for about."""
    if one.step != Step.ANSWER:
        return None
    needs = (need for need in chain.facts.needs if need.id == one.need_id)
    return next((holder_of(need, chain.organisation_id) for need in needs), None)


def _rule(rules: Rules, chain: Read, one: Waited, today: date) -> int | None:
    return rule_for(rules.get(chain.collaboration_id, USUAL_REMINDERS), (one.by - today).days)


def _week(one: Waited, today: date) -> int:
    """The week after its last day in which a late step was to be asked for latest."""
    week = (today - one.by).days // 7
    return week if week <= WEEKS else week - (week - WEEKS) % MONTH


def _whose(chain: Read, one: Waited, there: _Asked, today: date) -> list[Holding]:
    """Those who may do it: the responsible role where somebody there holds it, or else all who answer for the side. Where
    nobody there may, whoever handed it over; and the coordination when it has been late for long, as far as it may read
    the chain."""
    lead = list(there.leading.get(chain.coordinator_role_id, ()))
    if one.side is None:
        return lead or list(there.answering.get(_giver(chain, one) or "", ()))
    answering = list(there.answering.get(one.side, ()))
    asked = [holding for holding in answering if holding.role_id == one.role_id] or answering
    if chain.shared and (not asked or (one.late(today) and _week(one, today) > WEEKS)):
        return [*asked, *lead]
    return asked


def _notices(name: str, chain: Read, one: Waited, used: int, there: _Asked, at: datetime) -> Iterator[Notice]:
    step = f"{one.step}{one.need_id}{one.change_id}"
    for holding in once_each(_whose(chain, one, there, clock.day(at))):
        yield Notice(
            key=f"{name}:{chain.id}:{step}:{one.by}:{used}:{holding.person_id}",
            person_id=holding.person_id,
            role_id=holding.role_id,
            kind=name,
            about=str(REMINDERS[name].about),
            about_id=chain.id,
            due=one.by,
            at=at,
            made_at=at,
        )
