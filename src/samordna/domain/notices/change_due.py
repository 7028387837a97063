"""Reminders of chains: a step that is soon due, and one that is late week after week, and then month after month."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from samordna.core import clock
from samordna.domain.change.access import going_on, taking_part_in
from samordna.domain.change.models import Chain
from samordna.domain.change.queries.facts import facts_of, whole
from samordna.domain.change.queries.waiting import SHUT
from samordna.domain.change.rules import Waited, waits_of
from samordna.domain.notices.kinds import ANSWERING, REMINDERS
from samordna.domain.notices.limits import FURTHEST_REMINDER, USUAL_REMINDERS
from samordna.domain.notices.models import Notice
from samordna.domain.notices.rules import rule_for
from samordna.domain.notices.spreading import of_organisations, once_each, running
from samordna.domain.organisations.models import Holding

Rules = Mapping[str, Sequence[int]]
WEEKS, MONTH = 8, 4
"""So many weeks after its last day a step is asked for every week. After that every fourth, and of the coordination too."""


def change_due(rules: Rules, at: datetime) -> Iterator[Notice]:
    """The day's reminders of everything that each open chain waits for; a rule and a week is used once."""
    today = clock.day(at)
    going = going_on(Chain.objects.exclude(collaboration__state__in=SHUT), today)
    chains = list(whole(going).order_by("pk"))
    there = taking_part_in({chain.collaboration_id for chain in chains}, today)
    for chain in chains:
        for one in waits_of(facts_of(chain, there[chain.collaboration_id])):
            if one.by - today > timedelta(days=FURTHEST_REMINDER):
                continue
            name, used = "chain_due", _rule(rules, chain, one, today)
            if one.late(today):
                name, used = "chain_late", _week(one, today)
            if used is not None:
                yield from _notices(name, chain, one, used, at)


def _rule(rules: Rules, chain: Chain, one: Waited, today: date) -> int | None:
    return rule_for(rules.get(chain.collaboration_id, USUAL_REMINDERS), (one.by - today).days)


def _week(one: Waited, today: date) -> int:
    """The week after its last day in which a late step was to be asked for latest."""
    week = (today - one.by).days // 7
    return week if week <= WEEKS else week - (week - WEEKS) % MONTH


def _whose(chain: Chain, one: Waited, today: date) -> list[Holding]:
    """Those who may do it: the responsible role where somebody there holds it, or else all who answer for the side. The
    coordination where nobody there may, and when it has been late for long, as far as it may read the chain."""
    lead = running(today).filter(role_id=chain.collaboration.coordinator_role_id)
    if one.side is None:
        return list(lead)
    answering = list(of_organisations([one.side], ANSWERING, today))
    asked = [holding for holding in answering if holding.role_id == one.role_id] or answering
    if chain.shared and (not asked or (one.late(today) and _week(one, today) > WEEKS)):
        return [*asked, *lead]
    return asked


def _notices(name: str, chain: Chain, one: Waited, used: int, at: datetime) -> Iterator[Notice]:
    step = f"{one.step}{one.need_id}{one.change_id}"
    for holding in once_each(_whose(chain, one, clock.day(at))):
        yield Notice(
            key=f"{name}:{chain.pk}:{step}:{one.by}:{used}:{holding.person_id}",
            person_id=holding.person_id,
            role_id=holding.role_id,
            kind=name,
            about=str(REMINDERS[name].about),
            about_id=chain.pk,
            due=one.by,
            at=at,
            made_at=at,
        )
