"""How much in detail to decide: which aspects are fixed though nothing needs it, and which cannot be.

Every aspect is tried with another sharing, all else as it is, and the best decision then is compared with the best now.
What is the same for all costs those whom it does not suit, and what is left to each is decided as often as there are
participants; the report gives the figures, and the participants choose.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from samordna_engine.limits import Deadline, Limits
from samordna_engine.outcome import Clash, Outcome, Price, Settled
from samordna_engine.problem import COORDINATION, Aspect, Condition, Need, Problem, Sharing
from samordna_engine.rules import aspects_of
from samordna_engine.settling import settle


class Level(StrEnum):
    """Whether an aspect is decided at the right level.

    Of what is common: `NEEDLESSLY_FIXED` could be left to each with nothing lost and nothing gained, and nothing is
    stated for all about it. `FIXED_AT_A_PRICE` would cost less or need fewer differences elsewhere, or not
    clash, if each could differ. Of what is not: `OPEN_OF_NECESSITY` cannot be common, because conditions would clash.
    `OPEN_AT_A_GAIN` could be, for a price. `NEEDLESSLY_OPEN` could be for nothing. All else is `RIGHT`, and
    `CANNOT_SAY` is what the time did not suffice for.
    """

    RIGHT = "right"
    NEEDLESSLY_FIXED = "needlessly_fixed"
    FIXED_AT_A_PRICE = "fixed_at_a_price"
    OPEN_OF_NECESSITY = "open_of_necessity"
    OPEN_AT_A_GAIN = "open_at_a_gain"
    NEEDLESSLY_OPEN = "needlessly_open"
    CANNOT_SAY = "cannot_say"


class Then(StrEnum):
    """What an aspect shared in another way would lead to."""

    SETTLED = "settled"
    CLASH = "clash"
    UNFINISHED = "unfinished"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """One aspect shared in another way.

    `change` is what the whole would lose by it (negative: gain), None where either has no decision to compare. A
    difference in an aspect that is left to each is none, so likeness gained that way is only a way of counting.
    `conditions` and their `owners` are the clash, where there is one.
    """

    sharing: Sharing
    then: Then
    change: Price | None = None
    conditions: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """What the report says of one aspect. `stated_for_all` are the coordination's conditions and needs about it."""

    aspect: str
    sharing: Sharing
    level: Level
    alternatives: tuple[Alternative, ...]
    stated_for_all: tuple[str, ...]


ALTERNATIVES: Final[Mapping[Sharing, tuple[Sharing, ...]]] = {
    Sharing.COMMON: (Sharing.FRAMED, Sharing.LOCAL),
    Sharing.FRAMED: (Sharing.COMMON, Sharing.LOCAL),
    Sharing.LOCAL: (Sharing.COMMON, Sharing.FRAMED),
}


def detail(problem: Problem, *, limits: Limits | None = None) -> tuple[Detail, ...]:
    """The report, aspect by aspect. Each alternative is an exact answer of `settle`; raises as that does."""
    limits = limits or Limits()
    deadline = limits.start()
    now = settle(problem, limits=_left(limits, deadline))
    return tuple(_detail(problem, aspect, now, limits, deadline) for aspect in problem.aspects)


def _left(limits: Limits, deadline: Deadline) -> Limits:
    """The limits with the seconds that are left."""
    if deadline.until is None:
        return limits
    return replace(limits, seconds=max(deadline.until - deadline.now(), 0.0))


def _detail(problem: Problem, aspect: Aspect, now: Outcome, limits: Limits, deadline: Deadline) -> Detail:
    alternatives = []
    for sharing in ALTERNATIVES[aspect.sharing]:
        if sharing is Sharing.LOCAL and _needed_in_frame(problem, aspect):
            continue
        changed = replace(problem, aspects=tuple(_shared(a, aspect, sharing) for a in problem.aspects))
        alternatives.append(_alternative(sharing, now, settle(changed, limits=_left(limits, deadline))))
    stated = tuple(_stated_for_all(problem, aspect))
    return Detail(
        aspect=aspect.id,
        sharing=aspect.sharing,
        level=_level(now, {alternative.sharing: alternative for alternative in alternatives}, stated),
        alternatives=tuple(alternatives),
        stated_for_all=stated,
    )


def _shared(one: Aspect, changed: Aspect, sharing: Sharing) -> Aspect:
    return replace(one, sharing=sharing) if one is changed else one


def _needed_in_frame(problem: Problem, aspect: Aspect) -> bool:
    """A need of the coordination is about the frame, so what it mentions cannot be left to each."""
    return any(need.owner == COORDINATION and aspect.id in aspects_of(need.rule) for need in problem.needs)


def _stated_for_all(problem: Problem, aspect: Aspect) -> Iterator[str]:
    everything: tuple[Condition | Need, ...] = (*problem.conditions, *problem.needs)
    for stated in everything:
        if stated.owner == COORDINATION and aspect.id in aspects_of(stated.rule):
            yield stated.id


def _alternative(sharing: Sharing, now: Outcome, then: Outcome) -> Alternative:
    if isinstance(then, Clash):
        return Alternative(sharing=sharing, then=Then.CLASH, conditions=then.conditions, owners=then.owners)
    if not isinstance(then, Settled):
        return Alternative(sharing=sharing, then=Then.UNFINISHED)
    if not isinstance(now, Settled):
        return Alternative(sharing=sharing, then=Then.SETTLED)
    likeness = then.objective.likeness - now.objective.likeness
    change = Price(likeness=likeness, cost=then.objective.cost - now.objective.cost)
    return Alternative(sharing=sharing, then=Then.SETTLED, change=change)


def _level(now: Outcome, by: Mapping[Sharing, Alternative], stated: tuple[str, ...]) -> Level:
    if not isinstance(now, Settled | Clash) or any(other.then is Then.UNFINISHED for other in by.values()):
        return Level.CANNOT_SAY
    if Sharing.COMMON in by:
        return _level_of_open(by[Sharing.COMMON])
    if isinstance(now, Clash):
        settles = any(other.then is Then.SETTLED for other in by.values())
        return Level.FIXED_AT_A_PRICE if settles else Level.RIGHT
    return _level_of_fixed(by, stated)


def _level_of_open(common: Alternative) -> Level:
    """An aspect that is framed or local, by what would follow if it were common."""
    if common.then is Then.CLASH:
        return Level.OPEN_OF_NECESSITY
    if common.change is None:
        return Level.RIGHT
    free = common.change.likeness <= 0 and common.change.cost <= 0
    return Level.NEEDLESSLY_OPEN if free else Level.OPEN_AT_A_GAIN


def _level_of_fixed(by: Mapping[Sharing, Alternative], stated: tuple[str, ...]) -> Level:
    """A common aspect in a matter with a decision; leaving it open is then always possible as well."""
    changes = [other.change for other in by.values() if other.change is not None]
    if any((change.likeness, change.cost) != (0, 0) for change in changes):
        return Level.FIXED_AT_A_PRICE
    return Level.RIGHT if stated else Level.NEEDLESSLY_FIXED
