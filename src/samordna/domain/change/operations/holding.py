"""Whoever changes a chain holds its collaboration until the change is written; and how the journal is told.

What is an organisation's own stands in no collaboration's journal, and nobody's words stand in any.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from samordna.core import clock, journal
from samordna.core.actor import Actor
from samordna.core.errors import Refused
from samordna.domain.change.access import check_side, stands_for
from samordna.domain.change.limits import MOST_DAYS
from samordna.domain.change.models import Chain, ChangeNeed, Placing
from samordna.domain.change.queries.facts import needed
from samordna.domain.change.rules import Needed, Side, holder_of
from samordna.domain.collaborations.enums import CollaborationState
from samordna.domain.collaborations.models import Collaboration
from samordna.domain.organisations.findings import Findings
from samordna.domain.organisations.models import Holding


def hold(collaboration_id: str) -> Collaboration:
    """The collaboration, locked. Raises `Refused` for one that is closed."""
    given = Collaboration.objects.select_for_update().get(pk=collaboration_id)
    if given.state == CollaborationState.CLOSED:
        raise Refused(_("The collaboration is closed, so nothing in it changes."))
    return given


def held(chain: Chain) -> Chain:
    """The chain as it is now, with its collaboration locked. Raises `Refused` for one that is closed."""
    hold(chain.collaboration_id)
    chain.refresh_from_db(fields=["closed_at", "shared", "organisation"])
    if chain.closed_at is not None:
        raise Refused(_("The chain is closed. Begin another turn, and go on from there."))
    return chain


def held_need(actor: Actor, need: ChangeNeed, at: datetime) -> tuple[ChangeNeed, Needed, Side]:
    """The change need as it is now, its facts, and who acts for whoever has it. Raises `Refused` for one that was let
    go."""
    chain = held(need.turn.chain)
    need.refresh_from_db(fields=["ended_at"])
    if need.ended_at is not None:
        raise Refused(_("This change need has been let go."))
    facts = needed(need, need.turn)
    return need, facts, stands_for(chain, holder_of(facts, chain.organisation_id), at)


def own_need(actor: Actor, need: ChangeNeed, at: datetime) -> tuple[ChangeNeed, Needed, Side]:
    """The same, for whoever has it now."""
    need, facts, holder = held_need(actor, need, at)
    check_side(actor, need.turn.chain, holder, at)
    return need, facts, holder


def latest_of(need: ChangeNeed) -> Placing | None:
    """The latest handing over."""
    return need.placings.order_by("-number").first()


def future(found: Findings, field: str, day: date | None, at: datetime, *, required: bool = True) -> date:
    """A day that has not passed and is not too far away; today where it was not said."""
    today = clock.day(at)
    if day is None:
        if required:
            found.say(field, _("Say by which day."))
        return today
    if day < today:
        found.say(field, _("The day has passed. Choose today or a later day."))
    elif day > today + timedelta(days=MOST_DAYS):
        found.say(field, _("The day is too far away: at most two years from now."))
    return day


def tell(actor: Actor, action: str, chain: Chain, at: datetime, /, **content: Any) -> None:
    """One entry about a chain, in the collaboration's journal once the chain is shared."""
    journal.record(
        actor=actor,
        action=action,
        subject_kind="chain",
        subject_id=chain.pk,
        collaboration_id=chain.collaboration_id if chain.shared else "",
        at=at,
        **content,
    )


def whoever(actor: Actor) -> Holding | None:
    """The holding that the actor acts in; none where the system does it."""
    return Holding.objects.filter(pk=actor.holding_id).first()
