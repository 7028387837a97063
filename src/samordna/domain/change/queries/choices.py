"""What one chooses among in the forms of a chain: roles, and whom a change need is given to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor, Duty
from samordna.domain.change.access import WRITE, chain_for, change_for, check_side, need_for, stands_for
from samordna.domain.change.models import Chain, Change, ChangeNeed
from samordna.domain.change.queries.facts import needed
from samordna.domain.change.rules import Side, asked_of, holder_of
from samordna.domain.collaborations.models import Participation
from samordna.domain.organisations.enums import DUTIES
from samordna.domain.organisations.models import Holding, Role

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
    """The roles that may be responsible for a change: those of the organisation that has the need, with who holds them."""
    need, today = need_for(actor, need_id, WRITE, at), clock.day(at)
    where = holder_now(need, at) or need.turn.chain.collaboration.coordinator_role.organisation_id
    running = Q(valid_to__isnull=True) | Q(valid_to__gt=today)
    roles = Role.objects.filter(running, organisation_id=where, valid_from__lte=today).order_by("name", "pk")
    held = Holding.objects.on(today).filter(role__in=roles.values("pk")).named().order_by("pk")
    names: dict[str, str] = {}
    for one in held:
        names.setdefault(one.role_id, one.known_as)
    return [(one.pk, f"{one.name} ({names.get(one.pk) or _('vacant')})") for one in roles]


def place_choices(actor: Actor, need_id: str, at: datetime) -> list[tuple[str, str]]:
    """Whom whoever has a change need may give it to."""
    need = need_for(actor, need_id, WRITE, at)
    given, holder = need.turn.chain.collaboration, holder_now(need, at)
    if holder is not None:
        return [
            (holder, _("We do it ourselves: it stays our own responsibility")),
            (COORDINATION, _("It has to be done together: we give it to the coordination")),
        ]
    there = Participation.objects.on(clock.day(at)).filter(collaboration=given).select_related("organisation")
    rows = list(there.order_by("organisation__name", "pk"))
    answering = _answering([one.organisation_id for one in rows], clock.day(at))
    return [
        (COORDINATION, _("The coordination does it")),
        *((one.organisation_id, _named(one, answering)) for one in rows),
    ]


def _named(one: Participation, answering: frozenset[str]) -> str:
    if one.organisation_id in answering:
        return one.organisation.name
    return _("%(organisation)s (nobody there can answer now)") % {"organisation": one.organisation.name}


def _answering(organisations: Iterable[str], today: date) -> frozenset[str]:
    """Those of these organisations where somebody holds a role that answers for it."""
    kinds = [kind for kind, duties in DUTIES.items() if Duty.ANSWER in duties]
    held = Holding.objects.on(today).filter(role__organisation_id__in=organisations, role__kind__in=kinds)
    return frozenset(held.filter(person__is_active=True).order_by().values_list("role__organisation_id", flat=True))
