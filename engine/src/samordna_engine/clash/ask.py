"""Which conditions cannot all be met, and how few of them say so.

`clash.sights` says where a clash is looked for. What was found is proved by plain search, which shares no code with it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from samordna_engine.clash.sights import BySat, Named, Shown, Sight, is_vast, seen
from samordna_engine.documents import digest
from samordna_engine.errors import Unproved
from samordna_engine.limits import Deadline, Limits
from samordna_engine.memory import uncollected
from samordna_engine.necessity import condition_reason
from samordna_engine.outcome import Clash, ClashMember, Proof, Reason
from samordna_engine.plain_search import PlainSearch
from samordna_engine.problem import COORDINATION, Condition, Problem
from samordna_engine.projection.matter import Numbering
from samordna_engine.version import VERSION

CLASH_CHECKS: Final = ("jointly_impossible", "possible_without_each", "examples_hold")
ORDER: Final = ("conditions", "owners", "id")


@dataclass(frozen=True, slots=True, kw_only=True)
class Clashes:
    """Different clashes of one question, the smallest first; when `complete`, there are no others.

    Two clashes are different when their rules are. Those that differ only in who states a rule are told once, and
    `stated_by` names everybody's conditions that say the same.
    """

    found: tuple[Clash, ...]
    complete: bool


def explain(numbering: Numbering, given: Mapping[str, str], limits: Limits, deadline: Deadline, proof: Proof) -> Clash:
    """The clash to show for a question without an answer, proved by independent means."""
    sight = seen(numbering, given, limits, deadline)
    return told(numbering.problem, given, sight, sight.core(), proof)


def vast_clash(problem: Problem, given: Mapping[str, str], deadline: Deadline, proof: Proof) -> Clash | None:
    """The clash to show for a vast question, or None where it has an answer."""
    sight = BySat(problem, given, deadline)
    named = sight.found()
    return None if named is None else told(problem, given, sight, named, proof)


def any_clash(
    problem: Problem, *, given: Mapping[str, str] | None = None, limits: Limits | None = None
) -> Clash | None:
    """Some irreducible clash, found as soon as can be and perhaps not the smallest; None where there is an answer.

    Raises `limits.OutOfTime` past the limit in seconds.
    """
    limits, given = limits or Limits(), dict(given or {})
    sight = _sight(problem, given, limits)
    named = sight.found()
    return None if named is None else told(problem, given, sight, named, _unproved(problem))


def clashes(
    problem: Problem, *, at_most: int = 5, given: Mapping[str, str] | None = None, limits: Limits | None = None
) -> Clashes:
    """Different clashes of a question, each irreducible and proved, and whether there are more.

    None at all, and complete, where the question has an answer. Raises `limits.OutOfTime` past the limit in seconds.
    """
    limits, given = limits or Limits(), dict(given or {})
    sight = _sight(problem, given, limits)
    found, complete = sight.several(at_most)
    proof = _unproved(problem)
    search = PlainSearch(problem)
    return Clashes(found=tuple(told(problem, given, sight, one, proof, search) for one in found), complete=complete)


def _sight(problem: Problem, given: Mapping[str, str], limits: Limits) -> Sight:
    deadline = limits.start()
    if is_vast(problem):
        return BySat(problem, given, deadline)
    return seen(Numbering(problem), given, limits, deadline)


def _unproved(problem: Problem) -> Proof:
    return Proof(digest=digest(problem), engine=f"samordna-engine {VERSION}", checks=())


def told(
    problem: Problem,
    given: Mapping[str, str],
    sight: Sight,
    named: Named,
    proof: Proof,
    search: PlainSearch | None = None,
) -> Clash:
    """A clash with all there is to say about it, proved."""
    conditions = {c.id: c for c in problem.conditions if c.id in named.conditions}
    members = tuple(_member(conditions[name], sight.shown(named.conditions, name)) for name in named.conditions)
    clash = Clash(
        members=members,
        owners=tuple(sorted({member.owner for member in members})),
        given=dict(given),
        smallest=named.smallest,
        others_exist=not all(member.unlocks for member in members),
        reason=Reason(
            kind="clash",
            facts={"conditions": len(members)},
            because=tuple(condition_reason(conditions[name]) for name in named.conditions),
        ),
        proof=replace(proof, checks=CLASH_CHECKS),
        order=ORDER if named.first else ORDER[:1],
    )
    with uncollected():
        prove(problem, clash, search)
    return clash


def _member(condition: Condition, shown: Shown) -> ClashMember:
    return ClashMember(
        condition=condition.id,
        owner=condition.owner,
        relax_price=condition.relax_price,
        example=shown.frame,
        unlocks=shown.unlocks,
    )


def stated_by(problem: Problem, condition: str) -> tuple[str, ...]:
    """The ids of all conditions with the same rule as this one, in their order, whoever states them."""
    rule = next(c.rule for c in problem.conditions if c.id == condition)
    owners = {participant.id for participant in problem.taking_part()} | {COORDINATION}
    return tuple(sorted(c.id for c in problem.conditions if c.rule == rule and c.owner in owners))


def prove(problem: Problem, clash: Clash, search: PlainSearch | None = None) -> None:
    """By plain search: impossible together, possible without any one, and the examples show how.

    Raises `Unproved` where that is not so.
    """
    names = set(clash.conditions)
    search = search or PlainSearch(problem)
    if search.frame(names, clash.given) is not None:
        raise Unproved("the conditions of the clash can all be met")
    everything = {c.id for c in problem.conditions}
    for member in clash.members:
        rest = (everything if member.unlocks else names) - {member.condition}
        if clash.given.items() - member.example.items() or search.frame(rest, member.example) is None:
            raise Unproved(f"the example without {member.condition!r} does not hold")
