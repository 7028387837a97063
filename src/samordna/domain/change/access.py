"""Who may read a chain and write in it: what is shared as its collaboration, what is not as its organisation's own."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Absent, Denied, Forbidden
from samordna.core.policy import Visibility
from samordna.domain.change.models import Chain, Change, ChangeNeed
from samordna.domain.change.rules import Side
from samordna.domain.collaborations.access import contribution_for, permit, reach, thing_of, visible_collaborations
from samordna.domain.collaborations.enums import CollaborationState
from samordna.domain.collaborations.models import Participation

READ, WRITE = "collaboration.read", "collaboration.contribute"
RELATED = ("collaboration__host", "collaboration__coordinator_role", "collaboration__superior", "organisation")


def chain_for(actor: Actor, chain_id: str, action: str = READ, at: datetime | None = None) -> Chain:
    """The chain, if the actor may read it, or act in its collaboration (`WRITE`). An unshared one is there for its own
    organisation alone."""
    chain = Chain.objects.select_related(*RELATED).filter(pk=chain_id).first()
    if chain is None:
        raise Absent
    _permit(actor, chain, action, at)
    return chain


def need_for(actor: Actor, need_id: str, action: str = READ, at: datetime | None = None) -> ChangeNeed:
    """The change need, as its chain."""
    need = ChangeNeed.objects.select_related("turn__chain", *_under("turn__chain")).filter(pk=need_id).first()
    if need is None:
        raise Absent
    _permit(actor, need.turn.chain, action, at)
    return need


def change_for(actor: Actor, change_id: str, action: str = READ, at: datetime | None = None) -> Change:
    """The change, as its chain."""
    related = ("need__turn__chain", "role__organisation", *_under("need__turn__chain"))
    change = Change.objects.select_related(*related).filter(pk=change_id).first()
    if change is None:
        raise Absent
    _permit(actor, change.need.turn.chain, action, at)
    return change


def _under(path: str) -> tuple[str, ...]:
    return tuple(f"{path}__{name}" for name in RELATED)


def _permit(actor: Actor, chain: Chain, action: str, at: datetime | None) -> None:
    """Reading first, so that a refused act says nothing to those who may not know of it."""
    thing = thing_of(chain.collaboration)
    if chain.shared:
        permit(actor, READ, thing, at)
    else:
        own = replace(thing, organisation_id=chain.organisation_id, visibility=Visibility.OWNER)
        try:
            permit(actor, "position.read", own, at)
        except Denied as denied:
            raise Absent from denied
    if action != READ:
        permit(actor, action, replace(thing, organisation_id=actor.organisation_id), at)


def visible_chains(actor: Actor, at: datetime | None = None) -> QuerySet[Chain]:
    """The chains that the actor may read: exactly those that `chain_for` gives."""
    if actor.system:
        return Chain.objects.all()
    seen = visible_collaborations(actor, at).values("pk")
    taking_part, _coordinated = reach(actor, at)
    own = Q(organisation_id=actor.organisation_id, collaboration_id__in=taking_part)
    begun = ~Q(collaboration__state=CollaborationState.PLANNED)
    return Chain.objects.filter(Q(shared=True, collaboration__in=seen) | (own & begun))


def side_of(actor: Actor, chain: Chain, at: datetime | None = None) -> Side:
    """For whom the actor acts in the chain's collaboration: its organisation, or the coordination (none)."""
    return contribution_for(actor, chain.collaboration_id, at)[1]


def present_in(collaboration_id: str, at: datetime | None = None) -> frozenset[str]:
    """The organisations that take part now."""
    there = Participation.objects.on(clock.day(at or clock.now())).filter(collaboration_id=collaboration_id)
    return frozenset(there.order_by().values_list("organisation_id", flat=True))


def check_side(actor: Actor, chain: Chain, side: Side, at: datetime | None = None) -> None:
    """Does the actor act for this side? Whoever reads the chain is told whose it is to do. What an organisation had that
    takes part no more, the coordination sees to."""
    acts_for = side_of(actor, chain, at)
    if acts_for == side:
        return
    if acts_for is None and chain.shared and side not in present_in(chain.collaboration_id, at):
        return
    if side is None:
        raise Forbidden(_("This is the coordinator's to do."))
    raise Forbidden(_("This is for the organisation that has it now to do."))
