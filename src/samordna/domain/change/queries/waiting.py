"""What somebody is waited for in chains: to analyse, place, answer, plan, change, measure again and close."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db.models import Q

from samordna.core import clock
from samordna.core.actor import Actor, Duty
from samordna.domain.change.access import taking_part_in
from samordna.domain.change.enums import Step
from samordna.domain.change.models import Chain
from samordna.domain.change.phrases import step_label
from samordna.domain.change.queries.facts import facts_of, whole
from samordna.domain.change.rules import Waited, waits_of
from samordna.domain.collaborations.enums import CollaborationState
from samordna.domain.collaborations.queries.crowd import Crowd, Found, asked_alone, each
from samordna.domain.organisations.waiting import Waiting, WaitingKind

AHEAD = timedelta(days=21)
"""So long before its day a change, and its measuring, are asked for."""

SHUT = (CollaborationState.CLOSED, CollaborationState.PLANNED)


def waiting_in(crowd: Crowd, at: datetime) -> Iterator[Found]:
    """What each may do now, in its role."""
    own, joined = crowd.organisations(Duty.ANSWER), crowd.joined(Duty.ANSWER)
    if not own and not crowd.coordinated:
        return
    theirs = Q(organisation_id__in=own) | Q(turns__needs__placings__organisation_id__in=own)
    near = (theirs & Q(collaboration_id__in=joined)) | Q(collaboration_id__in=crowd.coordinated, shared=True)
    chains = Chain.objects.filter(near, closed_at__isnull=True).exclude(collaboration__state__in=SHUT)
    found = list(whole(Chain.objects.filter(pk__in=chains.values("pk"))).order_by("pk"))
    there = taking_part_in({chain.collaboration_id for chain in found}, clock.day(at))
    for chain in found:
        for one in waits_of(facts_of(chain, there[chain.collaboration_id])):
            if soon(one, clock.day(at)):
                yield from each(_whose(crowd, chain, one), _item(chain, one))


def soon(one: Waited, today: date) -> bool:
    """Is it asked for now? A change has its time; what has no other day is asked for at once."""
    return one.step not in (Step.CHANGE, Step.MEASURE) or one.by <= today + AHEAD


def waiting_for(actor: Actor, at: datetime) -> list[Waiting]:
    """What one actor may do now, in its role."""
    return asked_alone(waiting_in, actor, at)


def _whose(crowd: Crowd, chain: Chain, one: Waited) -> tuple[Actor, ...]:
    """The responsible role where somebody here holds it, or else all who may do it for the side."""
    if one.side is None:
        found = crowd.leading(chain.collaboration_id)
    else:
        found = crowd.of(one.side, chain.collaboration_id, Duty.ANSWER)
    responsible = tuple(actor for actor in found if actor.role_id == one.role_id)
    return responsible or found


def _item(chain: Chain, one: Waited) -> Waiting:
    return Waiting(
        kind=WaitingKind.COORDINATE if one.side is None else WaitingKind.FOLLOW,
        what=step_label(one.step),
        about=chain.title,
        collaboration=chain.collaboration.name,
        url_name="chain",
        url_args=(chain.pk,),
        due=one.by,
        organisation=chain.organisation.name if chain.organisation and one.side == chain.organisation_id else "",
    )
