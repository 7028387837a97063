"""The columns of all services when a few have changed: those few are laid out, the others stay where they lie. Pure.

What has changed or gone stays where it lay and is offered on no day; what it says now is laid last. The order of the
answers is a column of its own. What nobody asks any more is swept away when all is laid out anew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np

from samordna.domain.knowledge.matching import FOR_EVER, NOTHING, Compiled, Places

NEVER = 0
LEFT_LYING = 4
"""All is laid out anew when one in so many of what lies there is no longer asked."""
AT_LEAST = 1_000


def places_in(compiled: Compiled) -> dict[str, int]:
    """Where each service that counts lies."""
    ids = compiled.ids
    return {ids[place]: place for place in compiled.in_order.tolist()}


def changed_since(compiled: Compiled, versions: Mapping[str, int]) -> list[str]:
    """The services that are not as they were laid out, by what version each has now."""
    places, laid = places_in(compiled), compiled.version.tolist()
    return [key for key, version in versions.items() if key not in places or laid[places[key]] != version]


def worth_it(compiled: Compiled, changed: int, left: int) -> bool:
    """Is it less work to lay out those that have changed than all? `left`: how many services there are."""
    lying = len(compiled.ids) + changed
    return lying - left <= max(AT_LEAST, lying // LEFT_LYING)


def relaid(compiled: Compiled, piece: Compiled, order: Sequence[str], ends: Mapping[str, date]) -> Compiled:
    """`compiled` with what `piece` says in place of what it said of the same. `order`: all services that count, in order;
    `ends`: the day from which those that end are not offered."""
    places = places_in(compiled) | {key: len(compiled.ids) + at for at, key in enumerate(piece.ids)}
    joined = _joined(compiled, piece)
    in_order = np.array([places[key] for key in order], np.int32)
    end_day = np.full(len(joined.ids), NEVER, np.int32)
    end_day[in_order] = FOR_EVER
    for key, day in ends.items():
        end_day[places[key]] = day.toordinal()
    return replace(joined, in_order=in_order, end_day=end_day)


def _joined(one: Compiled, two: Compiled) -> Compiled:
    """The second laid after the first."""
    facts = list(one.facts) + [fact for fact in two.facts if fact not in set(one.facts)]
    number = {fact: at for at, fact in enumerate(facts)}
    of_two = np.array([number[fact] for fact in two.facts], np.int16)
    criteria, groups, services = len(one.fact_of), len(one.group_start), len(one.ids)
    plain = ("version", "closed", "first_day", "end_day", "low", "high", "turned", "group_any")
    same: dict[str, Any] = {name: np.concatenate((getattr(one, name), getattr(two, name))) for name in plain}
    moved = {"group_start": criteria, "group_of": groups, "with_groups": services, "service_start": groups}
    moved |= {"service_of": services, "in_order": services}
    same |= {
        name: np.concatenate((getattr(one, name), getattr(two, name) + np.int32(by))).astype(np.int32)
        for name, by in moved.items()
    }
    return Compiled(
        ids=one.ids + two.ids,
        facts=tuple(facts),
        fact_of=np.concatenate((one.fact_of, of_two[two.fact_of] if len(two.fact_of) else two.fact_of)),
        of_fact=_with(one.of_fact, two.of_fact, criteria),
        holding=_with(one.holding, two.holding, criteria),
        within=_with(one.within, two.within, criteria),
        places=one.places | two.places,
        **same,
    )


def _with(one: Mapping[Any, Places], two: Mapping[Any, Places], by: int) -> dict[Any, Places]:
    more = {key: np.concatenate((one.get(key, NOTHING), found + np.int32(by))) for key, found in two.items()}
    return {**one, **more}
