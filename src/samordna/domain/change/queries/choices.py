"""What one chooses among in the forms of a chain: roles, and whom a change need is given to."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.domain.change.access import (
    WRITE,
    answering,
    chain_for,
    change_for,
    check_side,
    coordinated,
    need_for,
    responsible_roles,
    stands_for,
)
from samordna.domain.change.models import Chain, Change, ChangeNeed
from samordna.domain.change.queries.facts import needed
from samordna.domain.change.rules import Side, asked_of, holder_of
from samordna.domain.collaborations.models import Participation
from samordna.domain.organisations.models import Holding

COORDINATION = "coordination"
"""As whom a change need is given to: the coordination."""


def holder_now(need: ChangeNeed, at: datetime | None = None) -> Side:
    """Who has the change need now, or acts for whoever had it and is gone."""
    chain = need.turn.chain
    return stands_for(chain, holder_of(needed(need, need.turn), chain.organisation_id), at)


def own_chain(actor: Actor, chain_id: str, at: datetime | None = None) -> Chain:
    """The chain, for whose it is. Whoever else reads it is told whose it is to do."""
    chain = chain_for(actor, chain_id, WRITE, at)
    check_side(actor, chain, chain.organisation_id, at)
    return chain


def own_need(actor: Actor, need_id: str, at: datetime | None = None) -> ChangeNeed:
    """The change need, for whoever has it now."""
    need = need_for(actor, need_id, WRITE, at)
    check_side(actor, need.turn.chain, holder_now(need, at), at)
    return need


def asked_need(actor: Actor, need_id: str, at: datetime | None = None) -> ChangeNeed:
    """The change need, for whoever is asked about it now, or has it."""
    need = need_for(actor, need_id, WRITE, at)
    asked = asked_of(needed(need, need.turn))
    check_side(actor, need.turn.chain, asked.to if asked else holder_now(need, at), at)
    return need


def own_change(actor: Actor, change_id: str, at: datetime | None = None) -> Change:
    """The change, for whoever has its need now."""
    change = change_for(actor, change_id, WRITE, at)
    check_side(actor, change.need.turn.chain, holder_now(change.need, at), at)
    return change


def role_choices(actor: Actor, need_id: str, at: datetime) -> list[tuple[str, str]]:
    """The roles that may be responsible for a change, with who holds them."""
    need, today = need_for(actor, need_id, WRITE, at), clock.day(at)
    roles = responsible_roles(need.turn.chain.collaboration, holder_now(need, at), today).order_by("name", "pk")
    held = Holding.objects.on(today).filter(role__in=roles.values("pk")).named().order_by("pk")
    names: dict[str, str] = {}
    for one in held:
        names.setdefault(one.role_id, one.known_as)
    nobody = _("vacant")
    return [(one.pk, f"{one.name} ({names.get(one.pk) or nobody})") for one in roles]


def place_choices(actor: Actor, need_id: str, at: datetime) -> list[tuple[str, str]]:
    """Whom whoever has a change need may give it to."""
    need = need_for(actor, need_id, WRITE, at)
    given, holder = need.turn.chain.collaboration, holder_now(need, at)
    if holder is not None:
        together = _("It has to be done together: we give it to the coordination")
        if not coordinated([given.pk], clock.day(at)):
            together = _("%(whose)s (nobody there can answer now)") % {"whose": together}
        return [(holder, _("We do it ourselves: it stays our own responsibility")), (COORDINATION, together)]
    there = Participation.objects.on(clock.day(at)).filter(collaboration=given).select_related("organisation")
    rows = list(there.order_by("organisation__name", "pk"))
    there_now = answering([one.organisation_id for one in rows], clock.day(at))
    return [
        (COORDINATION, _("The coordination does it")),
        *((one.organisation_id, _named(one, there_now)) for one in rows),
    ]


def _named(one: Participation, there_now: frozenset[str]) -> str:
    if one.organisation_id in there_now:
        return one.organisation.name
    return _("%(whose)s (nobody there can answer now)") % {"whose": one.organisation.name}
