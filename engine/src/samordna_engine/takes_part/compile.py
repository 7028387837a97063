"""From a problem to the question of who takes part."""

from collections.abc import Sequence

import numpy as np

from samordna_engine.errors import TooLarge
from samordna_engine.problem import Problem, Sharing, unchecked
from samordna_engine.projection.matter import BROKEN, Matter, Numbering, Term
from samordna_engine.projection.tables import Numbers, Scope, Truths, cells, spread
from samordna_engine.takes_part.question import FRAME, Question, Table

LOCAL_CELLS = 1 << 20


def numbered(problem: Problem) -> Numbering:
    """The problem where whoever takes part follows fully: what is framed is common, and likeness costs nothing."""
    aspects = tuple(
        unchecked(aspect, sharing=Sharing.COMMON) if aspect.sharing is Sharing.FRAMED else aspect
        for aspect in problem.aspects
    )
    return Numbering(unchecked(problem, aspects=aspects, price_of_difference=None))


def question(numbering: Numbering, matter: Matter, must: bool) -> Question:
    """Who takes part in a problem, of which `matter` is the numbers; where all must, nobody may leave."""
    people = numbering.people
    benefit = np.array([participant.benefit.likely for participant in people], np.int64)
    for estimates in numbering.estimates:
        benefit -= estimates[1].min(axis=1)  # the matter counts costs from the smallest
    return of_matter(matter, benefit, np.full(len(people), must))


def of_matter(matter: Matter, benefit: Numbers, must: Truths) -> Question:
    """The question of a matter without framed aspects.

    Raises `TooLarge` where one participant's statements about local aspects hang together too widely.
    """
    building = _Building(matter)
    for p, terms in enumerate(matter.own.by_owner(matter.count)):
        building.add(p, terms)
    for term in matter.common:
        building.place(FRAME, _priced(matter, term))
    return building.question(benefit, must)


def _priced(matter: Matter, term: Term) -> Table:
    shape = matter.shapes[term.shape]
    return Table(shape.scope, np.where(shape.allowed, 0, np.int64(term.penalty)))


def taken_out(sizes: Sequence[int], tables: list[Table], aspects: list[int]) -> tuple[list[Table], list[Table]]:
    """The best option of these aspects chosen for every combination of the others, one aspect at a time.

    What is left of the tables, and per aspect those that it was in, joined. Raises `TooLarge` where those are too wide.
    """
    joined = []
    for a in aspects:
        meeting = [table for table in tables if a in table.scope]
        scope: Scope = tuple(sorted({a}.union(*(table.scope for table in meeting))))
        if (size := cells(sizes, scope)) > LOCAL_CELLS:
            raise TooLarge("the combinations of one participant's local aspects", size, LOCAL_CELLS)
        total = np.zeros([sizes[b] for b in scope], np.int64)
        for table in meeting:
            total = np.minimum(total + spread(table.cost, table.scope, scope), BROKEN)
        joined.append(Table(scope, total))
        best = Table(tuple(b for b in scope if b != a), np.asarray(total.min(axis=scope.index(a))))
        tables = [table for table in tables if a not in table.scope] + [best]
    return tables, joined


def own_values(matter: Matter, p: int, terms: tuple[Term, ...], frame: Sequence[int]) -> dict[int, int]:
    """The best options of a participant's local aspects under a frame; of equals the first."""
    local = [a for a, sharing in enumerate(matter.sharing) if sharing is Sharing.LOCAL]
    if not local:
        return {}
    tables = [Table((a,), matter.cost[a][p]) for a in local]
    for term in terms:
        table = _priced(matter, term)
        free = tuple(a for a in table.scope if a in local)
        tables.append(Table(free, table.cost[tuple(slice(None) if a in local else frame[a] for a in table.scope)]))
    _, joined = taken_out(matter.sizes, tables, local)
    values: dict[int, int] = {}
    for a, table in reversed(list(zip(local, joined, strict=True))):
        values[a] = int(table.cost[tuple(values.get(b, slice(None)) for b in table.scope)].argmin())
    return values


class _Building:
    """Gathers tables by owner; a table about one aspect becomes part of the cost of its options."""

    def __init__(self, matter: Matter) -> None:
        self.matter = matter
        self.local = {a for a, sharing in enumerate(matter.sharing) if sharing is Sharing.LOCAL}
        self.sizes = tuple(1 if a in self.local else size for a, size in enumerate(matter.sizes)) or (1,)
        none = np.zeros((matter.count, 1), np.int64)
        self.cost = [none.copy() if a in self.local else table.copy() for a, table in enumerate(matter.cost)] or [none]
        self.common = [np.zeros(size, np.int64) for size in self.sizes]
        self.off = np.zeros(matter.count, np.int64)
        self.known: dict[Term, int] = {}
        self.tables: list[Table] = []
        self.rows: list[tuple[int, int]] = []
        for a, option in matter.given.items():
            self.common[a][np.arange(self.sizes[a]) != option] = BROKEN

    def add(self, p: int, terms: tuple[Term, ...]) -> None:
        """What one participant states. Terms that meet in local aspects are joined, and those aspects taken out."""
        shapes = self.matter.shapes
        if not self.local:
            for term in terms:
                self.own(p, term)
            return
        tied = [_priced(self.matter, term) for term in terms if not self.local.isdisjoint(shapes[term.shape].scope)]
        for term in terms:
            if self.local.isdisjoint(shapes[term.shape].scope):
                self.own(p, term)
        tied += [Table((a,), self.matter.cost[a][p]) for a in sorted(self.local)]
        left, _ = taken_out(self.matter.sizes, tied, sorted(self.local))
        for table in left:
            self.place(p, table)

    def own(self, p: int, term: Term) -> None:
        """One term about the frame only; terms that are alike share one table."""
        if len(self.matter.shapes[term.shape].scope) == 1:
            self.place(p, _priced(self.matter, term))
            return
        number = self.known.setdefault(term, len(self.tables))
        if number == len(self.tables):
            self.tables.append(_priced(self.matter, term))
        self.rows.append((p, number))

    def place(self, owner: int, table: Table) -> None:
        """A table where it belongs."""
        if not table.scope:
            self.off[owner] = min(int(self.off[owner]) + int(table.cost), BROKEN)
        elif len(table.scope) == 1:
            rows = self.common[table.scope[0]] if owner == FRAME else self.cost[table.scope[0]][owner]
            rows[:] = np.minimum(rows + table.cost, BROKEN)
        else:
            self.rows.append((owner, len(self.tables)))
            self.tables.append(Table(table.scope, np.ascontiguousarray(table.cost)))

    def question(self, benefit: Numbers, must: Truths) -> Question:
        """What was gathered."""
        rows = np.array(sorted(self.rows), np.int64).reshape(-1, 2)
        return Question(
            sizes=self.sizes,
            benefit=benefit - self.off,
            must=must,
            cost=tuple(np.minimum(table, BROKEN) for table in self.cost),
            common=tuple(self.common),
            tables=tuple(self.tables),
            owner=rows[:, 0].copy(),
            table=rows[:, 1].copy(),
        )
