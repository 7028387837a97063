"""What if: the answer to a question that differs a little from the one asked."""

from dataclasses import dataclass, replace
from typing import Any

from samordna_engine.errors import Checks
from samordna_engine.limits import Limits
from samordna_engine.outcome import Outcome
from samordna_engine.problem import Aspect, Condition, Participant, Problem, Range, Sharing
from samordna_engine.settling import settle


@dataclass(frozen=True, slots=True, kw_only=True)
class AddCondition:
    """One condition more."""

    condition: Condition


@dataclass(frozen=True, slots=True, kw_only=True)
class DropCondition:
    """One condition less."""

    condition: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplaceCondition:
    """The condition with this id says something else."""

    condition: Condition


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


Change = (
    AddCondition
    | DropCondition
    | ReplaceCondition
    | FixOption
    | SetSharing
    | SetCost
    | SetTakesPart
    | SetPriceOfDifference
)


def what_if(problem: Problem, *changes: Change, limits: Limits | None = None) -> Outcome:
    """The answer with these changes, made in the order given. Raises as `settle`, and `Malformed` for unknown ids."""
    given = {change.aspect: change.option for change in changes if isinstance(change, FixOption)}
    return settle(changed(problem, *changes), limits=limits, given=given)


def changed(problem: Problem, *changes: Change) -> Problem:
    """The problem with these changes. A fixed option is no part of a problem and leaves it as it is."""
    parts: dict[str, Any] = {
        "aspects": problem.aspects,
        "participants": problem.participants,
        "conditions": problem.conditions,
        "price_of_difference": problem.price_of_difference,
    }
    for change in changes:
        _make(parts, change)
    return replace(problem, **parts)


def _make(parts: dict[str, Any], change: Change) -> None:
    """Make one change among the parts of a problem."""
    match change:
        case AddCondition():
            parts["conditions"] = (*parts["conditions"], change.condition)
        case DropCondition():
            kept = _those(parts["conditions"], "condition", change.condition)
            parts["conditions"] = tuple(condition for condition in kept if condition.id != change.condition)
        case ReplaceCondition():
            before = _those(parts["conditions"], "condition", change.condition.id)
            parts["conditions"] = tuple(change.condition if c.id == change.condition.id else c for c in before)
        case SetSharing():
            aspects = _those(parts["aspects"], "aspect", change.aspect)
            parts["aspects"] = tuple(_shared(aspect, change) for aspect in aspects)
        case SetCost() | SetTakesPart():
            people = _those(parts["participants"], "owner", change.participant)
            parts["participants"] = tuple(
                p if p.id != change.participant else changed_participant(p, change) for p in people
            )
        case SetPriceOfDifference():
            parts["price_of_difference"] = change.price
        case FixOption():
            pass


def _those(items: tuple[Any, ...], kind: str, name: str) -> tuple[Any, ...]:
    """The items, where one has this name. Raises `Malformed` otherwise."""
    checks = Checks()
    checks.require(any(item.id == name for item in items), name, f"unknown_{kind}", **{kind: name})
    checks.finish()
    return items


def _shared(aspect: Aspect, change: SetSharing) -> Aspect:
    return replace(aspect, sharing=change.sharing) if aspect.id == change.aspect else aspect


def changed_participant(participant: Participant, change: SetCost | SetTakesPart) -> Participant:
    """A participant with a change of its own."""
    if isinstance(change, SetTakesPart):
        return replace(participant, takes_part=change.takes_part)
    of_aspect = {**participant.costs.get(change.aspect, {}), change.option: change.cost}
    return replace(participant, costs={**participant.costs, change.aspect: of_aspect})
