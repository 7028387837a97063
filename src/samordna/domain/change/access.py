"""Who may read a chain and write in it: what is shared as its collaboration, what is not as its organisation's own."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor, Duty
from samordna.core.errors import Absent, Denied, Forbidden
from samordna.core.policy import Visibility
from samordna.domain.change.models import Chain, Change, ChangeNeed
from samordna.domain.change.rules import Side
from samordna.domain.collaborations.access import contribution_for, once_in, permit, thing_of, visible_collaborations
from samordna.domain.collaborations.enums import CollaborationState
from samordna.domain.collaborations.models import Collaboration, Participation
from samordna.domain.organisations.enums import DUTIES
from samordna.domain.organisations.models import Holding, Role

READ, WRITE = "collaboration.read", "collaboration.contribute"
RELATED = ("collaboration__host", "collaboration__coordinator_role", "collaboration__superior", "organisation")


def chain_for(actor: Actor, chain_id: str, action: str = READ, at: datetime | None = None) -> Chain:
    """The chain, if the actor may read it, or act in its collaboration (`WRITE`). An unshared one is there for its own
    organisation alone, to read also after it has left."""
    chain = Chain.objects.select_related(*RELATED).filter(pk=chain_id).order_by().first()
    if chain is None:
        raise Absent
    _permit(actor, chain, action, at)
    return chain


def need_for(actor: Actor, need_id: str, action: str = READ, at: datetime | None = None) -> ChangeNeed:
    """The change need, as its chain."""
    need = ChangeNeed.objects.select_related("turn__chain", *_under("turn__chain")).filter(pk=need_id).order_by().first()
    if need is None:
        raise Absent
    _permit(actor, need.turn.chain, action, at)
    return need


def change_for(actor: Actor, change_id: str, action: str = READ, at: datetime | None = None) -> Change:
    """The change, as its chain."""
    related = ("need__turn__chain", "role__organisation", *_under("need__turn__chain"))
    change = Change.objects.select_related(*related).filter(pk=change_id).order_by().first()
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
            if action != READ or not _once_its_own(actor, chain, at):
                raise Absent from denied
    if action != READ:
        permit(actor, action, replace(thing, organisation_id=actor.organisation_id), at)


def _once_its_own(actor: Actor, chain: Chain, at: datetime | None) -> bool:
    """Is it the organisation's own from when it took part? It keeps that to read after it has left."""
    if chain.organisation_id != actor.organisation_id or chain.collaboration.state == CollaborationState.PLANNED:
        return False
    return chain.collaboration_id in once_in(actor, at)


def visible_chains(actor: Actor, at: datetime | None = None) -> QuerySet[Chain]:
    """The chains that the actor may read: exactly those that `chain_for` gives."""
    if actor.system:
        return Chain.objects.all()
    seen = visible_collaborations(actor, at).values("pk")
    own = Q(shared=False, organisation_id=actor.organisation_id, collaboration_id__in=once_in(actor, at))
    begun = ~Q(collaboration__state=CollaborationState.PLANNED)
    return Chain.objects.filter(Q(shared=True, collaboration__in=seen) | (own & begun))


def going_on(chains: QuerySet[Chain], on: date) -> QuerySet[Chain]:
    """Those of these chains that somebody may go on with: not closed, in a collaboration that is not, and, where it is an
    organisation's own, of one that takes part."""
    return chains.filter(ON_ITS_WAY, closed_at__isnull=True).filter(_somebodys(on))


def goes_on(chain: Chain, there: Collection[str]) -> bool:
    """The same of one chain that is not closed, by who takes part."""
    if chain.collaboration.state == CollaborationState.CLOSED:
        return False
    return chain.shared or chain.organisation_id in there


def resting(chains: QuerySet[Chain], on: date) -> QuerySet[Chain]:
    """The others."""
    return chains.exclude(pk__in=going_on(Chain.objects.all(), on).values("pk"))


ON_ITS_WAY = ~Q(collaboration__state=CollaborationState.CLOSED)


def _somebodys(on: date) -> Q:
    part = Participation.objects.on(on).filter(
        collaboration_id=OuterRef("collaboration_id"), organisation_id=OuterRef("organisation_id")
    )
    return Q(shared=True) | Q(Exists(part))


def taking_part_in(collaboration_ids: Iterable[str], on: date) -> Mapping[str, frozenset[str]]:
    """The organisations that take part in each of these collaborations that day; one question."""
    found: dict[str, set[str]] = {pk: set() for pk in collaboration_ids}
    rows = Participation.objects.on(on).filter(collaboration_id__in=found).order_by()
    for pk, of in rows.values_list("collaboration_id", "organisation_id"):
        found[pk].add(of)
    return {pk: frozenset(those) for pk, those in found.items()}


def answering_kinds() -> list[str]:
    """The kinds of role that act for an organisation in a chain."""
    return [str(kind) for kind, duties in DUTIES.items() if Duty.ANSWER in duties]


def answering(organisations: Iterable[str], on: date) -> frozenset[str]:
    """Those of these organisations where somebody holds a role that acts for it that day; one question."""
    held = Holding.objects.on(on).filter(role__organisation_id__in=list(organisations), role__kind__in=answering_kinds())
    return frozenset(held.filter(person__is_active=True).order_by().values_list("role__organisation_id", flat=True))


def coordinated(collaborations: Iterable[str], on: date) -> frozenset[str]:
    """Those of these collaborations that somebody coordinates that day; one question."""
    held = Holding.objects.on(on).filter(role_id=OuterRef("coordinator_role_id"), person__is_active=True)
    found = Collaboration.objects.filter(Exists(held), pk__in=list(collaborations))
    return frozenset(found.order_by().values_list("pk", flat=True))


def responsible_roles(collaboration: Collaboration, holder: Side, on: date) -> QuerySet[Role]:
    """The roles that may be responsible for a change: those that may say that it is made, of whoever has the need."""
    running = Q(valid_to__isnull=True) | Q(valid_to__gt=on)
    roles = Role.objects.filter(running, valid_from__lte=on)
    if holder is None:
        return roles.filter(pk=collaboration.coordinator_role_id)
    return roles.filter(organisation_id=holder, kind__in=answering_kinds())


def stands_for(chain: Chain, side: Side, at: datetime | None = None) -> Side:
    """Who acts for this side: itself, or the coordination once it takes no part any more and the chain is shared."""
    if side is None or not chain.shared:
        return side
    there = taking_part_in([chain.collaboration_id], clock.day(at or clock.now()))
    return side if side in there[chain.collaboration_id] else None


def side_of(actor: Actor, chain: Chain, at: datetime | None = None) -> Side:
    """For whom the actor acts in the chain's collaboration: its organisation, or the coordination (none)."""
    return contribution_for(actor, chain.collaboration_id, at)[1]


def check_side(actor: Actor, chain: Chain, side: Side, at: datetime | None = None) -> None:
    """Does the actor act for this side, or for one that is gone? Whoever reads the chain is told whose it is to do."""
    side = stands_for(chain, side, at)
    if side_of(actor, chain, at) == side:
        return
    if side is None:
        raise Forbidden(_("This is the coordinator's to do."))
    raise Forbidden(_("This is for the organisation that has it now to do."))
