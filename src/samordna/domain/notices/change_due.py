"""Reminders of chains: a step that is soon due, and one that is late week after week."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from samordna.core import clock
from samordna.domain.change.models import Chain
from samordna.domain.change.queries.facts import facts_of, whole
from samordna.domain.change.queries.waiting import SHUT
from samordna.domain.change.rules import Waited, waits_of
from samordna.domain.collaborations.models import Participation
from samordna.domain.notices.kinds import ANSWERING, REMINDERS
from samordna.domain.notices.limits import FURTHEST_REMINDER, USUAL_REMINDERS
from samordna.domain.notices.models import Notice
from samordna.domain.notices.rules import rule_for
from samordna.domain.notices.spreading import of_organisations, once_each
from samordna.domain.organisations.models import Holding

Rules = Mapping[str, Sequence[int]]
WEEKS = 8
"""So many weeks after its last day a step is asked for every week."""


def change_due(rules: Rules, at: datetime) -> Iterator[Notice]:
    """The day's reminders of the first thing that each open chain waits for; a rule and a week is used once."""
    today = clock.day(at)
    chains = Chain.objects.filter(closed_at__isnull=True).exclude(collaboration__state__in=SHUT)
    for chain in whole(chains).order_by("pk"):
        first = waits_of(facts_of(chain))[0]
        if not -timedelta(weeks=WEEKS) <= first.by - today <= timedelta(days=FURTHEST_REMINDER):
            continue
        name = "chain_due"
        used = rule_for(rules.get(chain.collaboration_id, USUAL_REMINDERS), (first.by - today).days)
        if first.late(today):
            name, used = "chain_late", (today - first.by).days // 7
        if used is not None:
            yield from _notices(name, chain, first, used, at)


def _whose(chain: Chain, first: Waited, today: date) -> QuerySet[Holding]:
    """Who holds the responsible role; where nobody does, all who answer for the side that has it."""
    responsible = Holding.objects.on(today).filter(role_id=first.role_id)
    if first.role_id and responsible.exists():
        return responsible
    part = Participation.objects.on(today).filter(collaboration_id=chain.collaboration_id, organisation_id=first.side)
    if first.side is None or (chain.shared and not part.exists()):
        return Holding.objects.on(today).filter(role_id=chain.collaboration.coordinator_role_id)
    return of_organisations(part.values("organisation_id"), ANSWERING, today)


def _notices(name: str, chain: Chain, first: Waited, used: int, at: datetime) -> Iterator[Notice]:
    step = f"{first.step}{first.need_id}{first.change_id}"
    for holding in once_each(_whose(chain, first, clock.day(at))):
        yield Notice(
            key=f"{name}:{chain.pk}:{step}:{first.by}:{used}:{holding.person_id}",
            person_id=holding.person_id,
            role_id=holding.role_id,
            kind=name,
            about=str(REMINDERS[name].about),
            about_id=chain.pk,
            due=first.by,
            at=at,
            made_at=at,
        )
