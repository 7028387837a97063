"""An independent check of proposals and clashes.

Everything here is plain Python over the question as it was asked, and shares no code with the solver: not its tables,
not its numbers. It is slow on purpose. What the solver finds is not given to anybody before this module agrees.
"""

from collections.abc import Iterable, Iterator, Mapping

from samordna_engine.errors import Unproved
from samordna_engine.outcome import Likeness, Violation
from samordna_engine.problem import COORDINATION, Aspect, Condition, JointKind, Problem, Sharing
from samordna_engine.rules import (
    AllOf,
    AnyOf,
    AtLeast,
    AtMost,
    If,
    Is,
    IsNot,
    Literal,
    NeverTogether,
    Rule,
    SumAtLeast,
    SumAtMost,
    Together,
    aspects_of,
)

Values = Mapping[str, str]
OwnValues = Mapping[str, Mapping[str, str]]

MAX_STEPS = 500_000


def holds(rule: Rule, values: Values, aspects: Mapping[str, Aspect]) -> bool:
    """Whether the rule is true of these values. Every aspect of the rule must have a value."""
    match rule:
        case AllOf():
            return all(_true(literal, values, aspects) for literal in rule.parts)
        case AnyOf():
            return any(_true(literal, values, aspects) for literal in rule.parts)
        case If():
            given = all(_true(literal, values, aspects) for literal in rule.all_of)
            return not given or all(_true(literal, values, aspects) for literal in rule.then)
        case Together() | NeverTogether():
            listed = tuple(values[name] for name in rule.aspects) in rule.combinations
            return listed if isinstance(rule, Together) else not listed
        case SumAtLeast():
            return sum(_number(aspects[name], values[name]) for name in rule.aspects) >= rule.value
        case SumAtMost():
            return sum(_number(aspects[name], values[name]) for name in rule.aspects) <= rule.value
        case _:
            return _true(rule, values, aspects)


def _true(literal: Literal, values: Values, aspects: Mapping[str, Aspect]) -> bool:
    value = values[literal.aspect]
    match literal:
        case Is():
            return value in literal.options
        case IsNot():
            return value not in literal.options
        case AtLeast():
            return _place(aspects[literal.aspect], value, literal.value) >= 0
        case AtMost():
            return _place(aspects[literal.aspect], value, literal.value) <= 0


def _place(aspect: Aspect, value: str, threshold: str | int) -> int:
    """Negative, zero or positive as the value is before, at or after the threshold."""
    if isinstance(threshold, str):
        order = aspect.option_ids()
        return order.index(value) - order.index(threshold)
    return _number(aspect, value) - threshold


def _number(aspect: Aspect, value: str) -> int:
    """How much an option of a range is."""
    number = next(option.number for option in aspect.options if option.id == value)
    if number is None:
        raise Unproved(f"the option {value!r} of {aspect.id!r} has no number")
    return number


def check(problem: Problem, frame: Values, own: OwnValues) -> list[Violation]:
    """Everything that a proposal breaks, hand-made or not.

    `frame` has a value for each common and framed aspect. `own` has, per participant, its values in local aspects and
    those where it differs from the frame.
    """
    aspects = {aspect.id: aspect for aspect in problem.aspects}
    found = list(_value_violations(problem, frame, own))
    if found:
        return found
    found.extend(_frame_violations(problem, frame, aspects))
    by_owner: dict[str, list[Condition]] = {}
    for condition in problem.conditions:
        by_owner.setdefault(condition.owner, []).append(condition)
    for participant in problem.taking_part():
        values = {**frame, **own.get(participant.id, {})}
        found.extend(_common_violations(problem, frame, values, participant.id))
        for condition in by_owner.get(COORDINATION, []) + by_owner.get(participant.id, []):
            if not holds(condition.rule, values, aspects):
                found.append(_violation(condition, participant.id, values))
    found.extend(joint_violations(problem, frame, own))
    return found


def joint_violations(problem: Problem, frame: Values, own: OwnValues) -> Iterator[Violation]:
    """The joint conditions that a proposal with all its values breaks."""
    everybody = [(person, {**frame, **own.get(person.id, {})}) for person in problem.taking_part()]
    for joint in problem.joint:
        if joint.kind is JointKind.BUDGET:
            used = sum(
                by_option[values[aspect]].likely
                for person, values in everybody
                for aspect, by_option in person.costs.items()
                if joint.aspect in (None, aspect) and values[aspect] in by_option
            )
        else:
            chosen = [values[str(joint.aspect)] for _, values in everybody]
            used = chosen.count(str(joint.option)) if joint.kind is JointKind.CAPACITY else len(set(chosen))
        if used > joint.limit:
            facts = {joint.aspect: joint.option or ""} if joint.aspect is not None else {}
            yield Violation(kind="joint", owner=joint.owner, participant=None, values=facts, condition=joint.id)


def _value_violations(problem: Problem, frame: Values, own: OwnValues) -> Iterator[Violation]:
    taking_part = {participant.id for participant in problem.taking_part()}
    options = {aspect.id: set(aspect.option_ids()) for aspect in problem.aspects}
    local = {aspect.id for aspect in problem.aspects if aspect.sharing is Sharing.LOCAL}
    yield from _wrong_values(frame, options, set(options) - local, None, allow_more=False)
    for name in own:
        if name not in taking_part:
            yield Violation(kind="value", owner=name, participant=name, values=own[name])
    for name in taking_part:
        yield from _wrong_values(own.get(name, {}), options, local, name, allow_more=True)


def _wrong_values(
    values: Values, options: Mapping[str, set[str]], needed: set[str], participant: str | None, allow_more: bool
) -> Iterator[Violation]:
    owner = participant if participant is not None else COORDINATION
    for aspect in sorted(needed - set(values)):
        yield Violation(kind="value", owner=owner, participant=participant, values={aspect: ""})
    for aspect, option in values.items():
        if option not in options.get(aspect, ()) or not (allow_more or aspect in needed):
            yield Violation(kind="value", owner=owner, participant=participant, values={aspect: option})


def _frame_violations(problem: Problem, frame: Values, aspects: Mapping[str, Aspect]) -> Iterator[Violation]:
    for condition in problem.conditions:
        if is_about_frame(condition, aspects) and not holds(condition.rule, frame, aspects):
            yield _violation(condition, None, frame)


def is_about_frame(condition: Condition, aspects: Mapping[str, Aspect]) -> bool:
    """A common condition is asked of the frame itself, unless it mentions an aspect that has no frame value."""
    if condition.owner != COORDINATION:
        return False
    return all(aspects[name].sharing is not Sharing.LOCAL for name in aspects_of(condition.rule))


def _common_violations(problem: Problem, frame: Values, values: Values, participant: str) -> Iterator[Violation]:
    for aspect in problem.aspects:
        if aspect.sharing is Sharing.COMMON and values[aspect.id] != frame[aspect.id]:
            yield Violation(
                kind="common", owner=COORDINATION, participant=participant, values={aspect.id: values[aspect.id]}
            )


def _violation(condition: Condition, participant: str | None, values: Values) -> Violation:
    broken = {name: values[name] for name in aspects_of(condition.rule)}
    return Violation(
        kind="condition", owner=condition.owner, participant=participant, values=broken, condition=condition.id
    )


def measure(problem: Problem, frame: Values, own: OwnValues) -> tuple[Likeness, int, tuple[str, ...]]:
    """Likeness, likely cost (adaptation and unmet needs) and the unmet needs of a proposal with all its values."""
    aspects = {aspect.id: aspect for aspect in problem.aspects}
    deviations = weighted = possible = cost = 0
    everyone = {COORDINATION: dict(frame)}
    for participant in problem.taking_part():
        values = everyone[participant.id] = {**frame, **own.get(participant.id, {})}
        for aspect in problem.aspects:
            by_option = participant.costs.get(aspect.id, {})
            cost += by_option[values[aspect.id]].likely if values[aspect.id] in by_option else 0
            if aspect.sharing is Sharing.FRAMED:
                differs = values[aspect.id] != frame[aspect.id]
                possible, deviations, weighted = possible + 1, deviations + differs, weighted + aspect.weight * differs
    present = [need for need in problem.needs if need.owner in everyone]
    broken = [need for need in present if not holds(need.rule, everyone[need.owner], aspects)]
    cost += sum(need.weight for need in broken)
    likeness = Likeness(deviations=deviations, weighted=weighted, possible=possible)
    return likeness, cost, tuple(need.id for need in broken)


def can_all_be_met(problem: Problem, conditions: Iterable[str], given: Values) -> Values | None:
    """Frame values under which these conditions can all be met, or None where there are none, by plain search.

    The frame values named in `given` are fixed. Raises `Unproved` where the search would take too long to be a proof.
    """
    from samordna_engine.plain_search import PlainSearch  # it asks this module what a rule means

    return PlainSearch(problem, MAX_STEPS).frame(conditions, given)
