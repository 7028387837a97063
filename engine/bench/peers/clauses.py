"""The question as yes-or-no variables, one per option (one-hot), which SAT, MIP and CP solvers all understand.

The variables are numbered from 1. Every participant has its own block of variables in an aspect that may differ, and
the frame's in a common one. What is forbidden is listed once per shape, so that building takes little of the time.
"""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from bench.families import Question

Block = list[int]


@dataclass(frozen=True, slots=True)
class Difference:
    """A participant's own block and the frame's in an aspect, and what it costs that they differ."""

    own: Block
    frame: Block
    price: int


@dataclass(slots=True)
class OneHot:
    """The variables and what is said of them.

    `blocks` have exactly one true each; of each of `forbidden` not all are true; `costs` is what each variable costs
    when true, and `differences` when own and frame differ. `groups[i]` are the forbidden combinations of condition i.
    """

    question: Question
    with_costs: bool = True
    count: int = 0
    blocks: list[Block] = field(default_factory=list)
    frame: list[Block] = field(default_factory=list)
    own: list[list[Block]] = field(default_factory=list)
    groups: list[list[Block]] = field(default_factory=list)
    costs: dict[int, int] = field(default_factory=dict)
    differences: list[Difference] = field(default_factory=list)

    def __post_init__(self) -> None:
        question = self.question
        self.frame = [self.block(size) for size in question.sizes]
        listed = [np.argwhere(~allowed).tolist() for _, allowed in question.shapes]
        touched = self._touched()
        for p in range(question.count):
            own = self._own_blocks(p, touched)
            self.own.append(own)
            if self.with_costs:
                self._add_costs(p, own)
            for shape in question.conditions_of(p):
                scope = question.shapes[shape][0]
                self.groups.append([[own[a][v] for a, v in zip(scope, cell, strict=True)] for cell in listed[shape]])

    def block(self, size: int) -> Block:
        """New variables of which exactly one is true."""
        new = list(range(self.count + 1, self.count + size + 1))
        self.count += size
        self.blocks.append(new)
        return new

    def variable(self) -> int:
        """One new variable."""
        self.count += 1
        return self.count

    @property
    def forbidden(self) -> Iterator[Block]:
        """Variables that are never all true."""
        return itertools.chain.from_iterable(self.groups)

    def exactly_one(self) -> Iterator[list[int]]:
        """The clauses that make each block have exactly one true."""
        for block in self.blocks:
            yield block
            for one, other in itertools.combinations(block, 2):
                yield [-one, -other]

    def _touched(self) -> list[set[int]]:
        """The aspects that each participant's conditions are about; all of them where costs count."""
        question = self.question
        if self.with_costs:
            return [set(range(len(question.sizes)))] * question.count
        touched: list[set[int]] = [set() for _ in range(question.count)]
        for p, shape in zip(question.owner.tolist(), question.stated.tolist(), strict=True):
            touched[p].update(question.shapes[shape][0])
        return touched

    def _own_blocks(self, p: int, touched: list[set[int]]) -> list[Block]:
        question = self.question
        return [
            self.block(size) if not question.common[a] and a in touched[p] else self.frame[a]
            for a, size in enumerate(question.sizes)
        ]

    def _add_costs(self, p: int, own: list[Block]) -> None:
        question = self.question
        for a, block in enumerate(own):
            for variable, cost in zip(block, question.cost[a][p].tolist(), strict=True):
                if cost:
                    self.costs[variable] = self.costs.get(variable, 0) + cost
            if not question.common[a]:
                self.differences.append(Difference(block, self.frame[a], question.difference(a)))
