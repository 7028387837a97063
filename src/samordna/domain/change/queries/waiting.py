"""What somebody is waited for in chains: to analyse, place, answer, plan, change, measure again and close."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor, Duty
from samordna.domain.change.access import answering, taking_part_in
from samordna.domain.change.enums import Step
from samordna.domain.change.models import Chain
from samordna.domain.change.phrases import step_label
from samordna.domain.change.queries.facts import facts_of, whole
from samordna.domain.change.rules import Side, Waited, waits_of
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
    waits = [(chain, one) for chain in found for one in waits_of(facts_of(chain, there[chain.collaboration_id]))]
    waits = [(chain, one) for chain, one in waits if soon(one, clock.day(at))]
    left = _left_to_the_coordination(crowd, waits, clock.day(at))
    for chain, one in waits:
        yield from each(_whose(crowd, chain, one), _item(chain, one))
        if (chain.pk, one.side) in left:
            yield from each(crowd.leading(chain.collaboration_id), _unanswered(chain, one))


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


def _left_to_the_coordination(
    crowd: Crowd, waits: Iterable[tuple[Chain, Waited]], today: date
) -> frozenset[tuple[str, Side]]:
    """Chains that somebody here leads and that wait for an organisation where nobody can do anything now."""
    led = {(chain.pk, one.side) for chain, one in waits if chain.shared and crowd.leading(chain.collaboration_id)}
    asked = {side for _chain, side in led if side}
    there = answering(asked, today) if asked else frozenset()
    return frozenset((pk, side) for pk, side in led if side and side not in there)


def _unanswered(chain: Chain, one: Waited) -> Waiting:
    """The same for whoever coordinates, where nobody there can do it."""
    what = _("%(step)s: nobody there can do it now") % {"step": step_label(one.step)}
    return replace(_item(chain, one), kind=WaitingKind.COORDINATE, what=what)


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
