"""Whether conditions can all be met, by plain search: no tables, no numbers, and no code of the solver's.

The frame's values are chosen one aspect at a time, always where fewest options are left. A participant's conditions are
tried as soon as all the frame values they mention are known; those of its values that are its own are then looked for
in the same way. What concerns different aspects is searched apart, and what several participants state alike is tried
once.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from math import prod
from typing import Final, TypeVar

from samordna_engine.checking import Values, holds, is_about_frame
from samordna_engine.errors import Unproved
from samordna_engine.problem import COORDINATION, Condition, Problem, Sharing
from samordna_engine.rules import Rule, aspects_of

MAX_STEPS: Final = 500_000
PATIENCE: Final = 1_000
"""After so many steps, options that nothing else allows are looked for before any is tried."""
MOST_COMBINATIONS: Final = 256
Item = TypeVar("Item")


@dataclass(slots=True)
class Demand:
    """Something that must be true of values. What was found out about the values it mentions is kept."""

    scope: tuple[str, ...]
    true: Callable[[Values], bool]
    known: dict[tuple[str, ...], bool] = field(default_factory=dict)

    def met(self, values: Values) -> bool:
        """Whether it is true of these values, which must have all that it mentions."""
        key = tuple([values[name] for name in self.scope])
        if key not in self.known:
            self.known[key] = self.true(values)
        return self.known[key]


class PlainSearch:
    """Asks what can be met in one question, and remembers what was tried from one time to the next."""

    def __init__(self, problem: Problem, steps: int = MAX_STEPS) -> None:
        self.problem = problem
        self.aspects = {aspect.id: aspect for aspect in problem.aspects}
        self.steps = steps
        self._left = self._patient_until = steps
        self._common = {aspect.id for aspect in problem.aspects if aspect.sharing is Sharing.COMMON}
        self._present = {COORDINATION, *(participant.id for participant in problem.taking_part())}
        self._rules: dict[Rule, int] = {}
        self._same: dict[int, int] = {}
        self._number: dict[str, int] = {}
        self._demands: list[Demand] = []
        self._facets: dict[tuple[int, ...], Demand] = {}
        self._split: dict[tuple[int, ...], list[tuple[int, ...]]] = {}

    def frame(self, conditions: Iterable[str], given: Values) -> dict[str, str] | None:
        """Values of the frame aspects that these conditions mention, under which all can be met; None without any.

        The values named in `given` are fixed. Raises `Unproved` where the search would take too long to be a proof.
        """
        wanted = set(conditions)
        self._left = self.steps
        stated = [c for c in self.problem.conditions if c.id in wanted and c.owner in self._present]
        for condition in stated:
            if condition.id not in self._number:
                self._number[condition.id] = self._numbered(condition.rule)
        certain = self._certain({self._number[condition.id] for condition in stated}, given)
        if not all(self._demands[number].met(given) for number in certain):
            return None
        found = {name: given[name] for number in certain for name in self._demands[number].scope}
        rest = self._open([c for c in stated if self._number[c.id] not in certain], given)
        return None if rest is None else {**found, **rest}

    def _certain(self, numbers: Iterable[int], given: Values) -> set[int]:
        """The rules about nothing but common aspects that are given, which mean the same for everybody."""
        known = self._common & given.keys()
        return {number for number in numbers if known.issuperset(self._demands[number].scope)}

    def _open(self, stated: Sequence[Condition], given: Values) -> dict[str, str] | None:
        """The same as `frame` for conditions that leave something open."""
        common = (c for c in stated if c.owner == COORDINATION and is_about_frame(c, self.aspects))
        demands = [self._demands[self._number[c.id]] for c in common]
        demands += [self._facet(numbers) for numbers in self._facets_of(stated)]
        names = dict.fromkeys(name for demand in demands for name in demand.scope)
        options = {n: [given[n]] if n in given else list(self.aspects[n].option_ids()) for n in names}
        return self._values(options, demands)

    def _numbered(self, rule: Rule) -> int:
        """The place of a rule among the demands. Many state one object, and to compare rules takes time."""
        if id(rule) not in self._same:
            number = self._same[id(rule)] = self._rules.setdefault(rule, len(self._demands))
            if number == len(self._demands):
                self._demands.append(Demand(aspects_of(rule), self._rule_holds(rule)))
        return self._same[id(rule)]

    def _facets_of(self, stated: Sequence[Condition]) -> Iterable[tuple[int, ...]]:
        """The rules that participants must meet together, told apart where they share no value of their own."""
        by_owner: dict[str, list[int]] = {}
        for condition in stated:
            by_owner.setdefault(condition.owner, []).append(self._number[condition.id])
        common = by_owner.get(COORDINATION, [])
        groups = {tuple(by_owner.get(person.id, []) + common) for person in self.problem.taking_part()}
        for group in groups - self._split.keys():
            joined = _apart([(number, self._own_scope(number)) for number in group])
            self._split[group] = [tuple(sorted(set(facet))) for facet in joined]
        return dict.fromkeys(facet for group in sorted(groups) for facet in self._split[group])

    def _own_scope(self, number: int) -> list[str]:
        return [name for name in self._demands[number].scope if name not in self._common]

    def _facet(self, numbers: tuple[int, ...]) -> Demand:
        """That whoever must meet these rules together has own values to do it with."""
        if numbers not in self._facets:
            demands = [self._demands[number] for number in numbers]
            names = dict.fromkeys(name for demand in demands for name in demand.scope)
            own = [name for name in names if name not in self._common]
            scope = tuple(name for name in names if name in self._common)

            def can_be_met(values: Values) -> bool:
                options = {name: [values[name]] for name in scope}
                options.update((name, list(self.aspects[name].option_ids())) for name in own)
                return self._values(options, demands) is not None

            self._facets[numbers] = demands[0] if len(numbers) == 1 and not own else Demand(scope, can_be_met)
        return self._facets[numbers]

    def _rule_holds(self, rule: Rule) -> Callable[[Values], bool]:
        return lambda values: holds(rule, values, self.aspects)

    def _values(self, options: Mapping[str, list[str]], demands: Sequence[Demand]) -> dict[str, str] | None:
        """Values out of these options with which all demands are met; None where there are none."""
        found = {name: left[0] for name, left in options.items() if len(left) == 1}
        waiting = [(demand, [name for name in demand.scope if name not in found]) for demand in demands]
        if not all(demand.met(found) for demand, unknown in waiting if not unknown):
            return None
        for part in _apart([(demand, unknown) for demand, unknown in waiting if unknown]):
            names = dict.fromkeys(name for demand in part for name in demand.scope)
            known = {name: found[name] for name in names if name in found}
            values = self._patiently(known, {name: options[name] for name in names if name not in known}, part)
            if values is None:
                return None
            found.update(values)
        return found

    def _patiently(
        self, values: dict[str, str], options: Mapping[str, list[str]], demands: Sequence[Demand]
    ) -> dict[str, str] | None:
        """The same for what is searched apart, each with a patience of its own."""
        before, self._patient_until = self._patient_until, self._left - PATIENCE
        found = self._extended(values, options, demands)
        self._patient_until = before
        return found

    def _extended(
        self, values: dict[str, str], options: Mapping[str, list[str]], demands: Sequence[Demand]
    ) -> dict[str, str] | None:
        """The values, and one of the options for each other name, with which all demands are met."""
        while options:
            narrowed = self._narrowed(values, options, demands)
            if narrowed is None:
                return None
            demands = [demand for demand in demands if any(name in narrowed for name in demand.scope)]
            certain = {name: left[0] for name, left in narrowed.items() if len(left) == 1}
            values, options = {**values, **certain}, {n: left for n, left in narrowed.items() if n not in certain}
            if options and not certain:
                fewer = self._supported(values, options, demands) if self._left < self._patient_until else options
                if fewer == options:
                    return self._branched(values, options, demands)
                options = fewer
        return values if self._narrowed(values, options, demands) is not None else None

    def _branched(
        self, values: dict[str, str], options: Mapping[str, list[str]], demands: Sequence[Demand]
    ) -> dict[str, str] | None:
        """The same, by trying each option where fewest are left."""
        name = min(options, key=lambda n: len(options[n]))
        rest = {other: left for other, left in options.items() if other != name}
        for option in options[name]:
            found = self._extended({**values, name: option}, rest, demands)
            if found is not None:
                return found
        return None

    def _supported(
        self, values: dict[str, str], options: Mapping[str, list[str]], demands: Sequence[Demand]
    ) -> Mapping[str, list[str]]:
        """The options that each demand allows with some of the other options left (arc consistency; Mackworth 1977).

        Takes longer than trying an option, and spares trying the same again and again where demands form a chain.
        """
        left = dict(options)
        for demand in demands:
            unknown = [name for name in demand.scope if name in left]
            if prod(len(left[name]) for name in unknown) > MOST_COMBINATIONS:
                continue
            self._count()
            known = {name: values[name] for name in demand.scope if name in values}
            allowed = [
                c
                for c in product(*(left[name] for name in unknown))
                if demand.met({**known, **dict(zip(unknown, c, strict=True))})
            ]
            for place, name in enumerate(unknown):
                supported = {combination[place] for combination in allowed}
                left[name] = [option for option in left[name] if option in supported]
        return left

    def _narrowed(
        self, values: dict[str, str], options: Mapping[str, list[str]], demands: Sequence[Demand]
    ) -> dict[str, list[str]] | None:
        """The options that no demand forbids where all else it mentions has a value; None when something has none."""
        left = dict(options)
        for demand in demands:
            unknown = [name for name in demand.scope if name not in values]
            self._count()
            if not unknown:
                if not demand.met(values):
                    return None
            elif len(unknown) == 1:
                (name,) = unknown
                left[name] = [option for option in left[name] if demand.met({**values, name: option})]
                if not left[name]:
                    return None
        return left

    def _count(self) -> None:
        self._left -= 1
        if self._left < 0:
            raise Unproved("the question is too large to be proved by plain search")


def _apart(items: Iterable[tuple[Item, Sequence[str]]]) -> Iterator[list[Item]]:
    """Items joined where they mention the same name."""
    group_of: dict[str, list[tuple[Item, Sequence[str]]]] = {}
    groups: dict[int, list[tuple[Item, Sequence[str]]]] = {}
    for item, names in items:
        joined = [(item, names)]
        for group in {id(group_of[name]): group_of[name] for name in names if name in group_of}.values():
            joined = group + joined
            groups.pop(id(group))
        groups[id(joined)] = joined
        for _, mentioned in joined:
            group_of.update(dict.fromkeys(mentioned, joined))
    for group in groups.values():
        yield [item for item, _ in group]
