"""What must agree between the parts of a question: references that lead somewhere, rules that are not too wide."""

from collections.abc import Mapping
from typing import Final

from samordna_engine.errors import Checks, Fault
from samordna_engine.parts import COORDINATION, Aspect, AspectKind, Condition, Joint, Need, Participant, Sharing
from samordna_engine.rules import (
    AtLeast,
    AtMost,
    Is,
    IsNot,
    Listed,
    Literal,
    Rule,
    Sum,
    Together,
    aspects_of,
    literals_of,
)

MAX_RULE_ASPECTS: Final = 6
MAX_RULE_CELLS: Final = 4096


def reference_faults(
    aspects: tuple[Aspect, ...],
    participants: tuple[Participant, ...],
    conditions: tuple[Condition, ...],
    needs: tuple[Need, ...],
    joint: tuple[Joint, ...] = (),
) -> list[Fault]:
    """Everything that is wrong between the parts of a problem, though each part is right in itself."""
    checks = Checks()
    for name, parts in (
        ("aspects", aspects),
        ("participants", participants),
        ("conditions", conditions),
        ("needs", needs),
        ("joint", joint),
    ):
        checks.unique(name, (part.id for part in parts))
    known = {aspect.id: _Known(aspect) for aspect in aspects}
    owners = {participant.id for participant in participants} | {COORDINATION}
    for index, participant in enumerate(participants):
        _check_participant(checks, f"participants[{index}]", participant, known)
    right: set[int] = set()
    for index, condition in enumerate(conditions):
        _check_rule(checks, "conditions", index, condition, known, owners, right)
    for index, need in enumerate(needs):
        _check_rule(checks, "needs", index, need, known, owners, right)
        if need.owner == COORDINATION:
            _check_frame_only(checks, f"needs[{index}].rule", need.rule, known)
    for index, bound in enumerate(joint):
        _check_joint(checks, f"joint[{index}]", bound, known, owners)
    return checks.faults


class _Known:
    """An aspect, and the ids of its options for looking up."""

    def __init__(self, aspect: Aspect) -> None:
        self.aspect = aspect
        self.options = frozenset(aspect.option_ids())


def _check_participant(checks: Checks, path: str, participant: Participant, known: Mapping[str, "_Known"]) -> None:
    if all(
        aspect in known and known[aspect].options.issuperset(of) for aspect, of in participant.costs.items()
    ) and all(aspect in known and option in known[aspect].options for aspect, option in participant.current.items()):
        return  # nothing to tell, and nearly always so
    for aspect, option in participant.current.items():
        _check_option(checks, f"{path}.current.{aspect}", aspect, option, known)
    for aspect, by_option in participant.costs.items():
        for option in by_option:
            _check_option(checks, f"{path}.costs.{aspect}.{option}", aspect, option, known)


def _check_option(checks: Checks, path: str, aspect: str, option: str, known: Mapping[str, "_Known"]) -> None:
    if checks.require(aspect in known, path, "unknown_aspect", aspect=aspect):
        checks.require(option in known[aspect].options, path, "unknown_option", aspect=aspect, option=option)


def _check_rule(
    checks: Checks,
    name: str,
    index: int,
    stated: Condition | Need,
    known: Mapping[str, "_Known"],
    owners: set[str],
    right: set[int],
) -> None:
    """`right` are the rules, by where they are in memory, that nothing was found wrong with: many share theirs."""
    if stated.owner in owners and id(stated.rule) in right:
        return
    path, before = f"{name}[{index}]", len(checks.faults)
    checks.require(stated.owner in owners, f"{path}.owner", "unknown_owner", owner=stated.owner)
    for place, literal in literals_of(stated.rule):
        _check_literal(checks, f"{path}.rule.{place}".rstrip("."), literal, known)
    if isinstance(stated.rule, Listed | Sum):
        _check_listed_or_summed(checks, f"{path}.rule", stated.rule, known)
    scope = aspects_of(stated.rule)
    checks.require(len(scope) <= MAX_RULE_ASPECTS, f"{path}.rule", "too_wide", count=len(scope), limit=MAX_RULE_ASPECTS)
    cells = 1
    for aspect in scope:
        cells *= len(known[aspect].aspect.options) if aspect in known else 1
    checks.require(cells <= MAX_RULE_CELLS, f"{path}.rule", "table_too_large", cells=cells, limit=MAX_RULE_CELLS)
    if len(checks.faults) == before:
        right.add(id(stated.rule))


def _check_joint(checks: Checks, path: str, joint: Joint, known: Mapping[str, "_Known"], owners: set[str]) -> None:
    checks.require(joint.owner in owners, f"{path}.owner", "unknown_owner", owner=joint.owner)
    if joint.option is not None and joint.aspect is not None:
        _check_option(checks, f"{path}.option", joint.aspect, joint.option, known)
    elif joint.aspect is not None:
        checks.require(joint.aspect in known, f"{path}.aspect", "unknown_aspect", aspect=joint.aspect)


def _check_listed_or_summed(checks: Checks, path: str, rule: Listed | Sum, known: Mapping[str, "_Known"]) -> None:
    for index, name in enumerate(rule.aspects):
        if not checks.require(name in known, f"{path}.aspects[{index}]", "unknown_aspect", aspect=name):
            continue
        if isinstance(rule, Sum):
            is_range = known[name].aspect.kind is AspectKind.RANGE
            checks.require(is_range, f"{path}.aspects[{index}]", "no_numbers", aspect=name)
            continue
        field = "allowed" if isinstance(rule, Together) else "forbidden"
        for place, options in enumerate(rule.combinations):
            there = options[index] in known[name].options
            where = f"{path}.{field}[{place}][{index}]"
            checks.require(there, where, "unknown_option", aspect=name, option=options[index])


def _check_literal(checks: Checks, path: str, literal: Literal, known: Mapping[str, "_Known"]) -> None:
    if not checks.require(literal.aspect in known, path, "unknown_aspect", aspect=literal.aspect):
        return
    aspect = known[literal.aspect].aspect
    match literal:
        case Is() | IsNot():
            for option in literal.options:
                _check_option(checks, path, aspect.id, option, known)
        case AtLeast() | AtMost():
            ordered = checks.require(aspect.is_ordered, path, "not_ordered", aspect=aspect.id)
            if ordered and isinstance(literal.value, int):
                checks.require(aspect.kind is AspectKind.RANGE, path, "no_numbers", aspect=aspect.id)
            elif isinstance(literal.value, str):
                _check_option(checks, path, aspect.id, literal.value, known)


def _check_frame_only(checks: Checks, path: str, rule: Rule, known: Mapping[str, "_Known"]) -> None:
    for aspect in aspects_of(rule):
        local = aspect in known and known[aspect].aspect.sharing is Sharing.LOCAL
        checks.require(not local, path, "one_frame_only", aspect=aspect)
