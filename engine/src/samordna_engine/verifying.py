"""Whether a certificate proves an answer, found out without any of the solver's code.

Everybody's part is tabulated again from the question as it was asked, by trying every combination of own values, and
each step of a certificate is added up again. That takes about as long as reading the tables, whatever it took to find
them.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from samordna_engine.certificates import Certificate, Impossibility, Optimum, Refutation, Step, Witness
from samordna_engine.checking import check, holds, is_about_frame, measure
from samordna_engine.documents import digest
from samordna_engine.errors import TooLarge
from samordna_engine.outcome import Clash, Necessity, Outcome, Proposal, Settled, Unfinished
from samordna_engine.problem import COORDINATION, Condition, Problem, Sharing
from samordna_engine.rules import Rule, aspects_of
from samordna_engine.tabulating import Numbers, Scope, Tabulating, added, floor_of, part_of, plain_table, units_of

MOST_STEPS: Final = 200_000


def verify(problem: Problem, outcome: Outcome, certificate: Certificate) -> tuple[str, ...]:
    """What is wrong with a certificate of an outcome, in words for whoever made it; nothing where it proves it.

    Raises `TooLarge` where somebody's conditions together are about more combinations than can be tried.
    """
    if digest(problem) != certificate.digest or (
        isinstance(outcome, Settled | Clash) and outcome.proof.digest != certificate.digest
    ):
        return ("the certificate is about another question",)
    if isinstance(outcome, Settled) and isinstance(certificate, Optimum):
        return tuple(_settled_faults(problem, outcome, certificate))
    if isinstance(outcome, Unfinished) and isinstance(certificate, Optimum):
        return tuple(_bound_faults(problem, outcome, certificate))
    if isinstance(outcome, Clash) and isinstance(certificate, Impossibility):
        return tuple(_clash_faults(problem, outcome, certificate))
    return ("a certificate of this kind does not prove an outcome of that kind",)


def verify_adaptations(problem: Problem, proposal: Proposal) -> tuple[str, ...]:
    """What is wrong with the reasons of a proposal's differences; nothing where every necessary one is necessary.

    The conditions named in `because` must leave the participant no way to follow the frame in that aspect, and any of
    them taken away must leave one.
    """
    asking = Asking(problem)
    stated = {condition.id: condition for condition in problem.conditions}
    found = []
    for adaptation in proposal.adaptations:
        if adaptation.necessity is not Necessity.NECESSARY:
            continue
        there = {**asking.common_of(proposal.frame), adaptation.aspect: proposal.frame[adaptation.aspect]}
        because = [stated[name] for name in adaptation.because]
        owners = {condition.owner for condition in because}
        place = f"{adaptation.participant}.{adaptation.aspect}"
        if not owners <= {adaptation.participant, COORDINATION}:
            found.append(f"{place}: a condition of somebody else is named")
        if asking.values([condition.rule for condition in because], there) is not None:
            found.append(f"{place}: the conditions named do not forbid to follow the frame")
        for spared in because:
            rest = [condition.rule for condition in because if condition is not spared]
            if asking.values(rest, there) is None:
                found.append(f"{place}: {spared.id} is not needed")
    return tuple(found)


class Asking:
    """Looks for values that meet rules, by plain search."""

    def __init__(self, problem: Problem) -> None:
        self.aspects = {aspect.id: aspect for aspect in problem.aspects}
        self.steps = 0

    def common_of(self, frame: Mapping[str, str]) -> dict[str, str]:
        """The frame's values that are everybody's."""
        return {name: option for name, option in frame.items() if self.aspects[name].sharing is Sharing.COMMON}

    def values(self, rules: Sequence[Rule], fixed: Mapping[str, str]) -> dict[str, str] | None:
        """Values of the aspects that the rules mention with which all hold, some of them fixed; None without any."""
        names = dict.fromkeys(name for rule in rules for name in aspects_of(rule))
        start = {name: fixed[name] for name in names if name in fixed}
        return self._extended(start, [name for name in names if name not in fixed], list(rules))

    def _extended(self, values: dict[str, str], left: list[str], rules: list[Rule]) -> dict[str, str] | None:
        self.steps += 1
        if self.steps > MOST_STEPS:
            raise TooLarge("steps of plain search", self.steps, MOST_STEPS)
        known = [rule for rule in rules if all(name in values for name in aspects_of(rule))]
        if not all(holds(rule, values, self.aspects) for rule in known):
            return None
        if not left:
            return values
        rest = [rule for rule in rules if rule not in known]
        for option in self.aspects[left[0]].option_ids():
            found = self._extended({**values, left[0]: option}, left[1:], rest)
            if found is not None:
                return found
        return None


def _settled_faults(problem: Problem, outcome: Settled, certificate: Optimum) -> Iterator[str]:
    proposal = outcome.proposal
    own = proposal.own()
    if violations := check(problem, proposal.frame, own):
        yield f"the decision breaks something: {violations[0]}"
        return
    likeness, cost, _ = measure(problem, proposal.frame, own)
    told = [(price.likeness, price.cost) for price in (outcome.objective, outcome.bound)]
    if told != [(likeness.weighted, cost)] * 2:
        yield "the decision does not come to what is claimed"
    if certificate.total != certificate.deviation * likeness.weighted + certificate.cost * (cost - certificate.floor):
        yield "the decision does not come to the total"
    yield from _step_faults(problem, certificate)


def _bound_faults(problem: Problem, outcome: Unfinished, certificate: Optimum) -> Iterator[str]:
    """With a price of difference the bound is in cost, and a cost more counts above all differences."""
    if outcome.bound is None:
        yield "no bound is claimed"
        return
    above = certificate.cost * (outcome.bound.cost - certificate.floor)
    if problem.price_of_difference is None:
        above += certificate.deviation * outcome.bound.likeness
    if above > certificate.total:
        yield "the bound that is claimed is above the total"
    yield from _step_faults(problem, certificate)


def _step_faults(problem: Problem, certificate: Optimum) -> Iterator[str]:
    if (certificate.deviation, certificate.cost) != units_of(problem):
        yield "with these units the smallest sum is not the best decision"
        return
    if certificate.floor != floor_of(problem):
        yield "the cost that cannot be avoided is another"
    tabulating = Tabulating(problem, certificate.deviation, certificate.cost)
    parts = tabulating.parts()
    if [part.owner for part in certificate.parts] != list(parts):
        yield "not everybody has a part, or somebody has two"
        return
    for told in certificate.parts:
        if told != part_of(told.owner, parts[told.owner], tabulating):
            yield f"the part of {told.owner} is another"
    left: list[tuple[Scope, Numbers]] = list(tabulating.together(parts.values()).items())
    taken = {number for number, (scope, _) in enumerate(left) if not scope}
    total = sum(int(table) for scope, table in left if not scope)
    for step in certificate.steps:
        table = _taken_out(tabulating, left, taken, step)
        if table is None:
            yield f"taking out {step.aspect} does not leave what is claimed"
            return
        left.append(table)
        if not table[0]:
            total += int(table[1])
            taken.add(len(left) - 1)
    if len(taken) < len(left):
        yield "a table is not taken into account"
    if total != certificate.total:
        yield "the steps do not come to the total"


def _taken_out(
    tabulating: Tabulating, left: list[tuple[Scope, Numbers]], taken: set[int], step: Step
) -> tuple[Scope, Numbers] | None:
    """What a step leaves; None where it takes what is not there or not about its aspect, or claims something else."""
    sound = all(0 <= n < len(left) and step.aspect in left[n][0] for n in step.takes)
    if not sound or not taken.isdisjoint(step.takes) or len(set(step.takes)) < len(step.takes) or not step.takes:
        return None
    taken.update(step.takes)
    scope, table = added(tabulating, [left[number] for number in step.takes])
    rest = tuple(name for name in scope if name != step.aspect)
    least: Numbers = table.min(axis=scope.index(step.aspect))
    return (rest, least) if plain_table(rest, least) == step.leaves else None


def _clash_faults(problem: Problem, clash: Clash, certificate: Impossibility) -> Iterator[str]:
    stated = {condition.id: condition for condition in problem.conditions}
    members = [stated[name] for name in clash.conditions]
    if not _refuted(Refuting(problem, members), certificate.refutation, clash.given):
        yield "the conditions of the clash are not shown to be impossible together"
    if [witness.without for witness in certificate.witnesses] != [(member.id,) for member in members]:
        yield "not every condition of the clash has a witness"
    for witness in certificate.witnesses:
        rest = [member for member in members if member.id not in witness.without]
        if not _witnessed(problem, witness, rest, clash.given):
            yield f"the witness without {', '.join(witness.without)} does not meet the rest"
    if not clash.smallest:
        if certificate.corrections:
            yield "nobody claims that no clash has fewer conditions"
        return
    for witness in certificate.corrections:
        rest = [condition for condition in problem.conditions if condition.id not in witness.without]
        if not _witnessed(problem, witness, rest, clash.given):
            yield f"what is said to be possible without {', '.join(witness.without)} is not"
    if _can_be_hit([frozenset(w.without) for w in certificate.corrections], len(members) - 1, [0]):
        yield "a clash with fewer conditions is not excluded"


class Refuting:
    """Who has no way to meet its part of a clash under some values of the frame."""

    def __init__(self, problem: Problem, members: Sequence[Condition]) -> None:
        self.asking = Asking(problem)
        self.aspects = self.asking.aspects
        common = [member for member in members if member.owner == COORDINATION]
        people = [person.id for person in problem.taking_part()]
        self.rules = {COORDINATION: [c.rule for c in common if is_about_frame(c, self.aspects)]}
        for name in people:
            own = [member.rule for member in members if member.owner == name]
            if own or name == people[0]:
                self.rules[name] = own + [member.rule for member in common]

    def excludes(self, owner: str, fixed: Mapping[str, str]) -> bool:
        """Whether an owner (the coordination: the frame itself) has no way when the frame has these values."""
        if owner not in self.rules:
            return False
        there = fixed if owner == COORDINATION else self.asking.common_of(fixed)
        return self.asking.values(self.rules[owner], there) is None


def _refuted(refuting: Refuting, node: Refutation, fixed: Mapping[str, str]) -> bool:
    if node.excludes is not None:
        return node.aspect is None and not node.branches and refuting.excludes(node.excludes, fixed)
    if node.aspect not in refuting.aspects or node.aspect in fixed:
        return False
    aspect = refuting.aspects[node.aspect]
    if aspect.sharing is Sharing.LOCAL or set(node.branches) != set(aspect.option_ids()):
        return False
    return all(_refuted(refuting, node.branches[o], {**fixed, aspect.id: o}) for o in aspect.option_ids())


def _witnessed(problem: Problem, witness: Witness, conditions: Sequence[Condition], given: Mapping[str, str]) -> bool:
    """Whether these values meet the conditions, of the frame and of everybody."""
    kept = Problem(
        id=problem.id,
        title=problem.title,
        aspects=problem.aspects,
        participants=problem.participants,
        conditions=tuple(conditions),
    )
    own = {person.id: witness.own.get(person.id, witness.others) for person in problem.taking_part()}
    return given.items() <= witness.frame.items() and not check(kept, witness.frame, own)


def _can_be_hit(sets: Sequence[frozenset[str]], most: int, steps: list[int]) -> bool:
    """Whether so many things can have one in every set. Said to be so where that takes too long to find out."""
    steps[0] += 1
    if not sets or steps[0] > MOST_STEPS:
        return True
    apart: set[str] = set()
    count = 0
    for some in sorted(sets, key=lambda s: (len(s), sorted(s))):
        if apart.isdisjoint(some):
            apart |= some
            count += 1
    if count > most:
        return False
    narrowest = min(sets, key=lambda s: (len(s), sorted(s)))
    return any(_can_be_hit([s for s in sets if name not in s], most - 1, steps) for name in sorted(narrowest))
