"""So many chains, from plain rows in seconds: with a cause, needs that are taken on, and a change of each."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from samordna.core import clock
from samordna.domain.change.models import Cause, Chain, Change, ChangeNeed, Placing, Turn
from tests.domain.collaborations.setting import Setting


def many_chains(given: Setting, n: int, needs: int = 3) -> None:
    """Every third is the organisation's own; the changes are due on one of the ninety days from today."""
    at = clock.now()
    day = clock.day(at)
    chains = Chain.objects.bulk_create(
        Chain(
            collaboration=given.collaboration,
            organisation=given.own if number % 3 == 0 else None,
            title=f"Kedja {number:04}",
            shared=True,
            begun_at=at,
        )
        for number in range(n)
    )
    turn: dict[str, Any] = {
        "number": 1,
        "kind": "observed",
        "said": "Sett " * 50,
        "begun_at": at,
        "analyse_by": day,
        "concluded_at": at,
    }
    turns = Turn.objects.bulk_create(Turn(chain=chain, **turn) for chain in chains)
    Cause.objects.bulk_create(Cause(turn=one, kind="rules", text="Regler " * 30, found_at=at) for one in turns)
    added = ChangeNeed.objects.bulk_create(
        ChangeNeed(turn=one, text="Ändra " * 30, added_at=at) for one in turns for _n in range(needs)
    )
    taken: dict[str, Any] = {"number": 1, "organisation": given.own, "placed_at": at, "answer": "taken", "answered_at": at}
    Placing.objects.bulk_create(Placing(need=need, answer_by=day, **taken) for need in added)
    Change.objects.bulk_create(
        Change(
            need=need,
            what="Göra " * 30,
            for_the_individual="Bra " * 20,
            role_id=given.manager.role_id,
            by=day + timedelta(days=number % 90),
            measure_kind="words",
            measure_text="Räkna",
            measure_on=day + timedelta(days=120),
            planned_at=at,
        )
        for number, need in enumerate(added)
    )
