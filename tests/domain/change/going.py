"""Chains as far as a test needs them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.domain.change import operations as do
from samordna.domain.change.models import Chain, Change, ChangeNeed
from tests import factories as f
from tests.domain.collaborations.setting import Setting


def begun(given: Setting, actor: Actor, title: str = "Väntan på hemgång", **fields: Any) -> Chain:
    """A chain that begins from something seen."""
    said = fields.pop("said", "Tolv personer väntade för länge i mars")
    return do.begin_chain(actor=actor, collaboration_id=given.collaboration.pk, title=title, said=said, **fields)


def analysed(given: Setting, actor: Actor, needs: int = 1, **fields: Any) -> tuple[Chain, list[ChangeNeed]]:
    """A chain whose analysis is done, with so many change needs."""
    chain = begun(given, actor, **fields)
    do.write_finding(actor=actor, chain_id=chain.pk, finding="Det väntas längst på fredagar")
    cause = do.add_cause(actor=actor, chain_id=chain.pk, kind="organisation", text="Ingen planerar på fredagar")
    found = [
        do.add_change_need(actor=actor, chain_id=chain.pk, text=f"Planera på fredagar {n}", cause_id=cause.pk)
        for n in range(needs)
    ]
    do.conclude_analysis(actor=actor, chain_id=chain.pk)
    return chain, found


def planned(actor: Actor, need: ChangeNeed, **fields: Any) -> Change:
    """A change of the actor's own role."""
    today = clock.day(clock.now())
    given: dict[str, Any] = {
        "what": "En fredagsansvarig",
        "for_the_individual": "Hem före helgen",
        "role_id": actor.role_id,
        "by": today + timedelta(days=20),
        "measure_text": "Räkna de som väntar",
        "measure_on": today + timedelta(days=60),
    }
    return do.plan_change(actor=actor, need_id=need.pk, **given | fields)


def taken(actor: Actor, need: ChangeNeed) -> None:
    """The need is kept by whoever has it."""
    to = actor.organisation_id if need.turn.chain.organisation_id else "coordination"
    do.place_need(actor=actor, need_id=need.pk, to=to or "")


def colleague(given: Setting) -> Actor:
    """A representative at the same organisation as `given.manager`."""
    return f.actor(given.own)
