"""The smallest sum of a network: at once where it is narrow enough, else by narrowing and searching.

A wide network is narrowed (see `narrow`) until what is left can be solved at once. Where that does not help any more,
a variable is given its values one after the other, and each case is narrowed by itself. The most promising case is
always tried first, so that the search can be stopped at any time with the best found and a bound that holds (best-first
branch and bound; Marinescu and Dechter 2007 for the bounds of a network).
"""

import heapq
from dataclasses import dataclass, field

from samordna_engine.limits import Deadline, OutOfTime
from samordna_engine.projection.matter import BROKEN
from samordna_engine.projection.narrow import JOINED_CELLS, Part
from samordna_engine.projection.network import Network, Tree
from samordna_engine.projection.order import order_within

AT_ONCE: int = 1 << 14
WITH_TREE: int = 1 << 18
"""As `AT_ONCE`, for whoever goes on to ask the tree for the price of every option."""
SMALL_TREE: int = 1 << 16
HELD_CELLS: int = 1 << 24


@dataclass(frozen=True, slots=True)
class Found:
    """The best assignment found, what it sums to, and a number that no assignment is below.

    `value` is `BROKEN` and `values` empty where none was found. When `bound` has reached `value`, it is proved best; a
    bound of `BROKEN` proves that there is none. `tree` is there when the network was solved at once.
    """

    value: int
    values: dict[int, int]
    bound: int
    tree: Tree | None = None

    @property
    def proved(self) -> bool:
        """Whether nothing better exists."""
        return self.bound >= self.value


def minimise(network: Network, limit: int, deadline: Deadline, at_once: int = AT_ONCE) -> Found:
    """The smallest sum of a network of numbers that are not negative.

    No table larger than `limit` cells is made on the way to it, save those that are there; and none larger than
    `at_once` before narrowing has been tried, which is faster, but leaves no tree. Past the deadline it is
    what was found, and at least one assignment has been tried.
    """
    order = order_within(network, min(at_once, limit))
    try:
        tree = None if order is None else Tree(network, order, deadline=deadline)
    except OutOfTime:
        tree = None
    if tree is None:
        return Search(Part.of(network, min(JOINED_CELLS, limit)), limit, deadline).run()
    values = tree.best() if tree.value < BROKEN else {}
    return Found(tree.value, values, tree.value, tree)


@dataclass(order=True, slots=True)
class _Case:
    """A part of the search: `part` where a variable has one of its values. In the order in which cases are tried.

    `size` is the number of cells it takes to remember it. A case without a variable is the whole part.
    """

    bound: int
    depth: int
    age: int
    part: Part = field(compare=False)
    variable: int | None = field(compare=False)
    value: int = field(compare=False)
    size: int = field(compare=False)


class Search:
    """Branch and bound over what narrowing leaves. `value` and `values` are the best known so far.

    It stops at the deadline, or after so many `cases`. More than `held` cells are remembered only as long as it takes
    to go through with one case after the other.
    """

    def __init__(
        self,
        part: Part,
        limit: int,
        deadline: Deadline,
        *,
        value: int = BROKEN,
        cases: int | None = None,
        held: int = HELD_CELLS,
    ) -> None:
        self.limit, self.deadline = limit, deadline
        self.value, self.values = value, dict[int, int]()
        self._joined, self._small = min(JOINED_CELLS, limit), min(SMALL_TREE, limit)
        self._held, self._room = 0, held
        self._age = 0
        self._open: list[_Case] = []
        self._cases = cases
        self._push(part, part.bound, None, 0, 0)

    def run(self) -> Found:
        """Search until the best is proved, or the deadline. A value given from the start is only to be beaten."""
        tried = 0
        while self._open and self._open[0].bound < self.value:
            self.deadline.tell("search", self.value, self._open[0].bound)
            case, tried = self._next(), tried + 1
            part = case.part if case.variable is None else case.part.with_fixed(case.variable, case.value)
            left = self._narrowed(part)
            stop = self.deadline.passed or tried == self._cases
            if left is not None and stop:
                self._push(left, max(left.bound, case.bound), None, 0, -case.depth)
            elif left is not None:
                self._divide(left, max(left.bound, case.bound), -case.depth)
            if stop:
                break
        bound = self._open[0].bound if self._open else self.value
        return Found(self.value, self.values, min(bound, self.value))

    def _next(self) -> _Case:
        """The most promising case; the deepest when no more can be remembered."""
        if self._held <= self._room:
            case = heapq.heappop(self._open)
        else:
            case = self._open.pop(min(range(len(self._open)), key=lambda i: (self._open[i].depth, self._open[i])))
            heapq.heapify(self._open)
        self._held -= case.size
        return case

    def _push(self, part: Part, bound: int, variable: int | None, value: int, depth: int) -> None:
        self._age += 1
        siblings = 1 if variable is None else len(part.values[variable])
        size = sum(table.size for _, table in part.tables) // siblings
        self._held += size
        heapq.heappush(self._open, _Case(bound, -depth, self._age, part, variable, value, size))

    def _divide(self, part: Part, bound: int, depth: int) -> None:
        """Open a case for every value of the most entangled variable."""
        v = min(part.open, key=lambda v: (-sum(len(part.tables[i][0]) - 1 for i in part.met[v]), v))
        for value, least in enumerate(part.least(v).tolist()):
            if least < self.value:
                self._push(part, max(bound, least), v, value, depth + 1)

    def _narrowed(self, part: Part) -> Part | None:
        """A part narrowed as far as it goes. None when nothing is left of it, or it was solved."""
        turn, stalled = 0, False
        while not (stalled or self.deadline.passed) or turn == 0:
            before, size = part.bound, part.combinations()
            order = sorted(part.open, key=lambda v: (-len(part.met[v]), v))
            if not part.sweep(order if turn % 2 == 0 else order[::-1], self.value, self.deadline):
                return None
            if self.deadline.passed and self.values:
                return part
            part = part.tidied(self._joined)
            self.look_into(part)
            gained = part.bound - before > (self.value - part.bound) // 10
            stalled = turn > 0 and not gained and 2 * part.combinations() > size
            if part.bound >= self.value or self._solved(part, self.limit if stalled else self._small):
                return None
            turn += 1
        return part

    def look_into(self, part: Part) -> None:
        """Look for a good assignment in a part, without searching through it; for the first one, whatever the time."""
        deadline = self.deadline if self.values else Deadline.never()
        order = sorted(part.open, key=lambda v: (-len(part.met[v]), v))
        chosen = part.dive(order, deadline)
        self._offer(part, chosen, part.descend(chosen, order, deadline))

    def _solved(self, part: Part, limit: int) -> bool:
        """Solve a part at once if no table on the way is larger than a limit."""
        network = part.network()
        order = order_within(network, limit, few=0)
        if order is None:
            return False
        try:
            tree = Tree(network, order, deadline=self.deadline)
        except OutOfTime:
            return False
        if tree.value + part.bound < self.value:
            self._offer(part, tree.best(), tree.value + part.bound)
        return True

    def _offer(self, part: Part, chosen: dict[int, int], value: int) -> None:
        if value < self.value:
            self.value, self.values = value, part.named(chosen)
