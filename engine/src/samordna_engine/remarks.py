"""What is odd about a question though nothing in it is wrong: told to whoever stated it, before anything is solved.

An owner that contradicts itself makes every answer a clash, and learns it sooner here, without the others. The same
condition twice is one condition whose two reasons somebody should put together, and relaxing one of them helps nobody.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from samordna_engine.checking import can_all_be_met
from samordna_engine.errors import Unproved
from samordna_engine.parts import Aspect
from samordna_engine.problem import COORDINATION, Condition, Participant, Problem, Sharing
from samordna_engine.rules import Rule


class RemarkKind(StrEnum):
    """What is odd."""

    CONTRADICTS_ITSELF = "contradicts_itself"
    STATED_TWICE = "stated_twice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """Something odd that one owner has stated.

    `conditions` are, for a contradiction, ones that cannot all be met by anybody, though any of them can without one of
    the others; for what is stated twice, all that say the same. `path` is the last of them, as in `conditions[2]`.
    """

    kind: RemarkKind
    path: str
    owner: str
    conditions: tuple[str, ...]


def remarks(problem: Problem) -> tuple[Remark, ...]:
    """Everything odd, in the order of the conditions.

    What is stated twice is found where it is written alike. A contradiction is looked for by plain search, and not told
    where that would take too long; then it shows as a clash with a single owner.
    """
    by_owner: dict[str, list[int]] = {}
    for index, condition in enumerate(problem.conditions):
        by_owner.setdefault(condition.owner, []).append(index)
    common = tuple(map(_common, problem.aspects))
    found = [
        remark
        for owner, places in by_owner.items()
        for remark in (*_twice(problem, owner, places), *_contradiction(problem, common, owner, places))
    ]
    return tuple(sorted(found, key=lambda remark: (int(remark.path[len("conditions[") : -1]), remark.kind)))


def _twice(problem: Problem, owner: str, places: Sequence[int]) -> Iterator[Remark]:
    alike: dict[Rule, list[int]] = {}
    for place in places:
        alike.setdefault(problem.conditions[place].rule, []).append(place)
    for same in alike.values():
        if len(same) > 1:
            yield _remark(problem, RemarkKind.STATED_TWICE, owner, same)


def _contradiction(problem: Problem, common: tuple[Aspect, ...], owner: str, places: Sequence[int]) -> Iterator[Remark]:
    alone = _alone(problem, common, [problem.conditions[place] for place in places])
    try:
        if can_all_be_met(alone, (condition.id for condition in alone.conditions), {}) is not None:
            return
        kept = list(places)
        for place in reversed(places):
            fewer = [other for other in kept if other != place]
            if can_all_be_met(alone, (problem.conditions[other].id for other in fewer), {}) is None:
                kept = fewer
    except Unproved:
        return
    yield _remark(problem, RemarkKind.CONTRADICTS_ITSELF, owner, kept)


def _alone(problem: Problem, common: tuple[Aspect, ...], conditions: Sequence[Condition]) -> Problem:
    """A question with nobody in it, where the frame is what one owner's values could be."""
    return Problem(
        id=problem.id,
        title=problem.title,
        aspects=common,
        participants=(Participant(id="alone", label="alone", takes_part=False),),
        conditions=tuple(replace(condition, owner=COORDINATION) for condition in conditions),
    )


def _common(aspect: Aspect) -> Aspect:
    return aspect if aspect.sharing is Sharing.COMMON else replace(aspect, sharing=Sharing.COMMON)


def _remark(problem: Problem, kind: RemarkKind, owner: str, places: Sequence[int]) -> Remark:
    names = tuple(problem.conditions[place].id for place in places)
    return Remark(kind=kind, path=f"conditions[{places[-1]}]", owner=owner, conditions=names)
