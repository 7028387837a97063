"""For whom a service is, as data, and what it answers to a situation of which only some facts are stated.

Concept. A *situation* states some facts: an age, a municipality, yes or no, one of a list. A *criterion* asks about one of
them. A *group* holds criteria together: all, at least one, or none of them. A service is for the situation when every
group holds. What is not stated is unknown, and unknown is a third value (Kleene's logic): a group with one false criterion
of "all" fails whatever the unknown ones are. So an answer that has been given stays the same however much more is stated,
and a no always rests on criteria that are false.

A place is a code: four digits for a municipality, two for a county. A criterion that names a county holds in all of its
municipalities; a situation that states only its county leaves a criterion about one of the municipalities there open.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from samordna.domain.knowledge.enums import Answer, FactKind, Together

YES, NO = "yes", "no"
AGE, PLACE = "age", "place"
"""The facts that every installation has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One condition on one fact.

    `least`, `most`: bounds of a number, both included. `one_of`: the values that count; for yes or no just one of these.
    `negated`: it holds when the fact is anything else. `says`: the condition as a sentence, "" for the one that is made of
    it. `ground`: the law or decision that it rests on, with the days between which that holds.
    """

    fact: str
    kind: FactKind
    least: Decimal | None = None
    most: Decimal | None = None
    one_of: tuple[str, ...] = ()
    negated: bool = False
    says: str = ""
    ground: str = ""
    ground_from: date | None = None
    ground_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Conditions that stand together; never empty."""

    together: Together
    criteria: tuple[Criterion, ...]


Eligibility = tuple[Group, ...]
Situation = Mapping[str, str | Decimal]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What a service answers. `against`: for a no, the groups that fail with the criteria that make them fail; `missing`:
    for what is open, the facts that are asked for, in the order of the conditions."""

    answer: Answer
    against: tuple[Group, ...] = ()
    missing: tuple[str, ...] = ()


def holds(criterion: Criterion, situation: Situation) -> bool | None:
    """Does the condition hold? None when the situation does not tell."""
    stated = situation.get(criterion.fact)
    if stated is None:
        return None
    if isinstance(stated, Decimal):
        low = criterion.least is None or stated >= criterion.least
        true: bool | None = low and (criterion.most is None or stated <= criterion.most)
    elif criterion.kind == FactKind.PLACE:
        true = _lies_in(stated, criterion.one_of)
    else:
        true = stated in criterion.one_of
    return None if true is None else true != criterion.negated


def _lies_in(place: str, places: Sequence[str]) -> bool | None:
    if place in places or place[:2] in places:
        return True
    within = any(len(other) > len(place) and other.startswith(place) for other in places)
    return None if within else False


def group_holds(group: Group, situation: Situation) -> bool | None:
    """Does the group hold? Three-valued."""
    verdicts = [holds(criterion, situation) for criterion in group.criteria]
    if group.together == Together.NONE:
        verdicts = [None if verdict is None else not verdict for verdict in verdicts]
    decides = group.together == Together.ANY  # a true one decides "any", a false one the others
    if decides in verdicts:
        return decides
    return None if None in verdicts else not decides


def judge(eligibility: Eligibility, situation: Situation) -> Judgement:
    """What a service with these conditions answers to the situation."""
    verdicts = [(group, group_holds(group, situation)) for group in eligibility]
    failing = tuple(_to_blame(group, situation) for group, verdict in verdicts if verdict is False)
    if failing:
        return Judgement(answer=Answer.NO, against=failing)
    undecided = [group for group, verdict in verdicts if verdict is None]
    if not undecided:
        return Judgement(answer=Answer.YES)
    asked = (one.fact for group in undecided for one in group.criteria if holds(one, situation) is None)
    return Judgement(answer=Answer.OPEN, missing=tuple(dict.fromkeys(asked)))


def _to_blame(group: Group, situation: Situation) -> Group:
    """The failing group with just the criteria that make it fail: the false ones, or of "none" those that hold."""
    wrong = group.together == Together.NONE
    return Group(together=group.together, criteria=tuple(one for one in group.criteria if holds(one, situation) is wrong))
