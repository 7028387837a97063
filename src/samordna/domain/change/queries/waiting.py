"""What somebody is waited for in chains: to analyse, place, answer, plan, change, measure again and close."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor, Duty
from samordna.domain.change.access import answering
from samordna.domain.change.enums import Step
from samordna.domain.change.models import Chain
from samordna.domain.change.phrases import step_label
from samordna.domain.change.queries.reading import Read, read_chains
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
    today = clock.day(at)
    found = read_chains(Chain.objects.filter(pk__in=chains.values("pk")), today)
    waits = [(chain, one) for chain in found for one in waits_of(chain.facts) if soon(one, today)]
    left = _left_to_the_coordination(crowd, waits, today)
    for chain, one in waits:
        yield from each(_whose(crowd, chain, one), _item(chain, one))
        if (chain.id, one.side) in left:
            yield from each(crowd.leading(chain.collaboration_id), _unanswered(chain, one))


def soon(one: Waited, today: date) -> bool:
    """Is it asked for now? A change has its time; what has no other day is asked for at once."""
    return one.step not in (Step.CHANGE, Step.MEASURE) or one.by <= today + AHEAD


def waiting_for(actor: Actor, at: datetime) -> list[Waiting]:
    """What one actor may do now, in its role."""
    return asked_alone(waiting_in, actor, at)


def _whose(crowd: Crowd, chain: Read, one: Waited) -> tuple[Actor, ...]:
    """The responsible role where somebody here holds it, or else all who may do it for the side."""
    if one.side is None:
        found = crowd.leading(chain.collaboration_id)
    else:
        found = crowd.of(one.side, chain.collaboration_id, Duty.ANSWER)
    responsible = tuple(actor for actor in found if actor.role_id == one.role_id)
    return responsible or found


def _left_to_the_coordination(
    crowd: Crowd, waits: Iterable[tuple[Read, Waited]], today: date
) -> frozenset[tuple[str, Side]]:
    """Chains that somebody here leads and that wait for an organisation where nobody can do anything now."""
    led = {(chain.id, one.side) for chain, one in waits if chain.shared and crowd.leading(chain.collaboration_id)}
    asked = {side for _chain, side in led if side}
    there = answering(asked, today) if asked else frozenset()
    return frozenset((pk, side) for pk, side in led if side and side not in there)


def _unanswered(chain: Read, one: Waited) -> Waiting:
    """The same for whoever coordinates, where nobody there can do it."""
    what = _("%(step)s: nobody there can do it now") % {"step": step_label(one.step)}
    return replace(_item(chain, one), kind=WaitingKind.COORDINATE, what=what)


def _item(chain: Read, one: Waited) -> Waiting:
    return Waiting(
        kind=WaitingKind.COORDINATE if one.side is None else WaitingKind.FOLLOW,
        what=step_label(one.step),
        about=chain.title,
        collaboration=chain.collaboration,
        url_name="chain",
        url_args=(chain.id,),
        due=one.by,
        organisation=chain.owner if one.side == chain.organisation_id else "",
    )
