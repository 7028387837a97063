"""What if: the answer to a question that differs a little from the one asked."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from samordna_engine.errors import Checks
from samordna_engine.limits import Limits
from samordna_engine.outcome import Outcome
from samordna_engine.problem import Aspect, Condition, Participant, Problem, Range, Sharing
from samordna_engine.settle import settle


@dataclass(frozen=True, slots=True, kw_only=True)
class AddCondition:
    """One condition more."""

    condition: Condition


@dataclass(frozen=True, slots=True, kw_only=True)
class DropCondition:
    """One condition less."""

    condition: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FixOption:
    """The frame has this option."""

    aspect: str
    option: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SetSharing:
    """An aspect is shared in another way."""

    aspect: str
    sharing: Sharing


@dataclass(frozen=True, slots=True, kw_only=True)
class SetCost:
    """An option costs a participant something else."""

    participant: str
    aspect: str
    option: str
    cost: Range


@dataclass(frozen=True, slots=True, kw_only=True)
class SetTakesPart:
    """A participant joins or leaves."""

    participant: str
    takes_part: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SetPriceOfDifference:
    """Difference has another price, or none: then likeness comes first."""

    price: int | None


Change = AddCondition | DropCondition | FixOption | SetSharing | SetCost | SetTakesPart | SetPriceOfDifference


def what_if(problem: Problem, *changes: Change, limits: Limits | None = None) -> Outcome:
    """The answer with these changes, made in the order given. Raises as `settle`, and `Malformed` for unknown ids."""
    given = {}
    for change in changes:
        if isinstance(change, FixOption):
            given[change.aspect] = change.option
        else:
            problem = changed(problem, change)
    return settle(problem, limits=limits, given=given)


def changed(problem: Problem, change: Change) -> Problem:
    """The problem with one change. A fixed option is no part of a problem and leaves it as it is."""
    match change:
        case AddCondition():
            return replace(problem, conditions=(*problem.conditions, change.condition))
        case DropCondition():
            _known("condition", change.condition, [condition.id for condition in problem.conditions])
            kept = tuple(condition for condition in problem.conditions if condition.id != change.condition)
            return replace(problem, conditions=kept)
        case SetSharing():
            _known("aspect", change.aspect, [aspect.id for aspect in problem.aspects])
            return replace(problem, aspects=tuple(_shared(aspect, change) for aspect in problem.aspects))
        case SetCost() | SetTakesPart():
            _known("owner", change.participant, [participant.id for participant in problem.participants])
            people = tuple(p if p.id != change.participant else _person(p, change) for p in problem.participants)
            return replace(problem, participants=people)
        case SetPriceOfDifference():
            return replace(problem, price_of_difference=change.price)
        case FixOption():
            return problem


def _shared(aspect: Aspect, change: SetSharing) -> Aspect:
    return replace(aspect, sharing=change.sharing) if aspect.id == change.aspect else aspect


def _person(participant: Participant, change: SetCost | SetTakesPart) -> Participant:
    if isinstance(change, SetTakesPart):
        return replace(participant, takes_part=change.takes_part)
    of_aspect = {**participant.costs.get(change.aspect, {}), change.option: change.cost}
    return replace(participant, costs={**participant.costs, change.aspect: of_aspect})


def _known(kind: str, name: str, names: Sequence[str]) -> None:
    checks = Checks()
    code = {"condition": "unknown_condition", "aspect": "unknown_aspect", "owner": "unknown_owner"}[kind]
    checks.require(name in names, name, code, **{kind: name})
    checks.finish()
