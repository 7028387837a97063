"""What the whole would be without each single statement, with no search for any of them.

The network tells, for each combination of the values that a table is over, the smallest sum there is with it. So the
sum without a statement is found in its owner's table alone: take off what the table says with the statement, put what
it says without it, and look for the smallest. Sums are told apart as long as at most one table makes them impossible;
that is enough, because taking one statement away can mend one table only.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from samordna_engine.limits import Deadline
from samordna_engine.problem import Sharing
from samordna_engine.projection.facets import BATCH_CELLS, Batch, Facets
from samordna_engine.projection.matter import BROKEN, Matter
from samordna_engine.projection.network import Tree
from samordna_engine.projection.project import Projection, along_rows, over_frame, own_table
from samordna_engine.projection.tables import Numbers, Scope, Truths


@dataclass(frozen=True, slots=True, eq=False)
class Without:
    """Answers for the statements of a projection. `tree` is its network, solved with what is impossible told apart."""

    projection: Projection
    tree: Tree
    deadline: Deadline

    def each(self) -> Numbers:
        """For each statement of the participants, the smallest sum without it; from `BROKEN` up there is none.

        The statements are the rows of `Matter.own`. One that is not a condition (its penalty is below `BROKEN`) gets
        the sum there is with it. Raises `OutOfTime` past the deadline.
        """
        matter, split = self.projection.matter, self.projection.facets
        found = np.full(len(matter.own.owner), self.tree.value, np.int64)
        hard = matter.own.penalty >= BROKEN
        held = _Rows(matter, split, hard)
        for a in range(len(matter.sizes)):
            self.deadline.check()
            self._single(found, held, a)
        for batch in split.batches:
            self._batch(found, held, batch, hard)
        shared = split.shared[hard[split.shared]]
        alike, which = np.unique(matter.own.shape[shared], return_inverse=True)
        found[shared] = np.array([self.frame_term(shape) for shape in alike.tolist()], np.int64)[which]
        self._tangled(found, held, hard)
        return found

    def frame_term(self, shape: int, names: dict[int, int] | None = None) -> int:
        """The smallest sum without a condition that is a table of the network over its aspects' variables, `names`."""
        stated = self.projection.matter.shapes[shape]
        renamed = [(names or {}).get(a, a) for a in stated.scope]
        axes = sorted(range(len(renamed)), key=renamed.__getitem__)
        table = np.where(stated.allowed, 0, BROKEN).transpose(axes)
        return self._least(tuple(sorted(renamed)), table[..., None], np.zeros_like(table)[..., None]).item()

    def _least(self, scope: Scope, now: Numbers, then: Numbers) -> Numbers:
        """The smallest sums when tables over a scope change from what is to what would be: [number of the table]."""
        clip = self.tree.network.clip
        most = self.tree.marginal(scope)[..., None]
        sums: Numbers = np.where(most >= clip, clip, most - now + then).reshape(-1, now.shape[-1]).min(axis=0)
        return sums

    def _single(self, found: Numbers, held: "_Rows", a: int) -> None:
        """Statements about one aspect, of which the owner says nothing together with others."""
        matter = self.projection.matter
        places, now, then = held.alone(a)
        if not len(places):
            return
        sharing = matter.sharing[a]
        if sharing is not Sharing.COMMON:
            least = np.minimum.reduce(now, axis=0), np.minimum.reduce(then, axis=0)
            if sharing is Sharing.LOCAL:
                found[places] = self._least((), *least)
                return
            now, then = (
                np.minimum(table, low + matter.difference[a]) for table, low in zip((now, then), least, strict=True)
            )
        found[places] = self._least((a,), now, then)

    def _batch(self, found: Numbers, held: "_Rows", batch: Batch, hard: Truths) -> None:
        """Statements that meet others."""
        matter, split = self.projection.matter, self.projection.facets
        whole = own_table(matter, batch, split.rows, {}, clip=False)
        now = over_frame(matter, batch, np.minimum(whole, BROKEN))
        kept = tuple(a for a in batch.scope if matter.sharing[a] is not Sharing.LOCAL)
        changes = list(self._changes(held, batch, hard))
        if not changes:
            return
        rows = np.concatenate([rows for rows, _, _ in changes])
        places = np.concatenate([places for _, places, _ in changes])
        step = max(1, BATCH_CELLS // max(1, whole[..., 0].size))
        for start in range(0, len(rows), step):
            self.deadline.check()
            some = rows[start : start + step]
            then = whole[..., some]
            _add(then, [change for _, _, change in changes], start)
            then = over_frame(matter, batch, np.minimum(then, BROKEN, out=then))
            found[places[start : start + step]] = self._least(kept, now[..., some], then)

    def _changes(self, held: "_Rows", batch: Batch, hard: Truths) -> Iterator[tuple[Numbers, Numbers, Numbers]]:
        """Rows of a batch, the statements in them, and what taking each one off changes: [aspects of the batch; it]."""
        matter, split = self.projection.matter, self.projection.facets
        for part in batch.parts:
            kept = np.flatnonzero(hard[part.places])
            lost, less = less_by_one(matter, split, part.scope, part.said, part.places)
            yield part.said[kept], part.places[kept], along_rows((less - lost)[..., kept], part.scope, batch.scope)
        for a in batch.scope:
            if matter.sharing[a] is not Sharing.COMMON:
                places, now, then = held.of(a, batch.people)
                if len(places):
                    rows = np.searchsorted(batch.people, matter.own.owner[places])
                    yield rows, places, along_rows(then - now, (a,), batch.scope)

    def _tangled(self, found: Numbers, held: "_Rows", hard: Truths) -> None:
        """Statements of facets that are tables of the network themselves."""
        matter, split = self.projection.matter, self.projection.facets
        for p, scope, _ in split.tangles:
            self.deadline.check()
            names = {a: self.projection.private.get((p, a), a) for a in scope}
            start, end = np.searchsorted(matter.own.owner, [p, p + 1]).tolist()
            for place in range(start, end):
                stated = matter.shapes[int(matter.own.shape[place])].scope
                if hard[place] and len(stated) > 1 and set(stated) <= set(scope) and self._is_free(stated):
                    found[place] = self.frame_term(int(matter.own.shape[place]), names)
            for a in scope:
                if names[a] != a:
                    places, now, then = held.of(a, np.array([p]))
                    if len(places):
                        found[places] = self._least((names[a],), now, then)

    def _is_free(self, scope: Scope) -> bool:
        return any(self.projection.matter.sharing[a] is not Sharing.COMMON for a in scope)


def _add(tables: Numbers, changes: list[Numbers], start: int) -> None:
    """Add changes to tables, both along the last axis, where the tables begin `start` places into the changes."""
    at = -start
    for change in changes:
        first, last = max(at, 0), min(at + change.shape[-1], tables.shape[-1])
        if first < last:
            tables[..., first:last] += change[..., first - at : last - at]
        at += change.shape[-1]


class _Rows:
    """Conditions about one aspect, and what each option costs their owner with and without each of them."""

    def __init__(self, matter: Matter, split: Facets, hard: Truths) -> None:
        self.matter, self.split = matter, split
        aspect = np.array([shape.scope[0] if len(shape.scope) == 1 else -1 for shape in matter.shapes], np.int64)
        of_term = aspect[matter.own.shape]
        self._places = {a: np.flatnonzero(of_term == a) for a in range(len(matter.sizes))}
        self._owners = {a: matter.own.owner[places] for a, places in self._places.items()}
        self._hard = hard

    def alone(self, a: int) -> tuple[Numbers, Numbers, Numbers]:
        """As `of`, for all whom no facet holds there."""
        places = self._places[a]
        return self._both(a, places[~self.split.held[self.matter.own.owner[places], a]])

    def of(self, a: int, people: Numbers) -> tuple[Numbers, Numbers, Numbers]:
        """The conditions of some participants, and what options cost with and without: [option; condition]."""
        start, end = np.searchsorted(self._owners[a], [people[0], people[-1] + 1])
        owner = self._owners[a][start:end]
        found = people[np.minimum(np.searchsorted(people, owner), len(people) - 1)] == owner
        return self._both(a, self._places[a][start:end][found])

    def _both(self, a: int, places: Numbers) -> tuple[Numbers, Numbers, Numbers]:
        if not len(places):
            return places, places, places
        owner = self.matter.own.owner[places]
        _, less = less_by_one(self.matter, self.split, (a,), owner, places)
        kept = self._hard[places]
        owner, places = owner[kept], places[kept]
        then = np.minimum(self.matter.cost[a][owner].T + less[..., kept], BROKEN)
        return places, self.split.rows[a][owner].T, then


def less_by_one(matter: Matter, split: Facets, scope: Scope, rows: Numbers, places: Numbers) -> tuple[Numbers, Numbers]:
    """What terms over one scope take away in each row, with all of them and without each: [aspects of scope; term].

    The terms are at `places` in what is stated, and in rows that rise. Nothing is above `BROKEN`.
    """
    forbidden = split.forbidden.of(scope, matter.own.shape[places])
    penalty = matter.own.penalty[places]
    hard = penalty >= BROKEN
    first = np.flatnonzero(np.concatenate([[True], rows[1:] != rows[:-1]]))
    if len(first) == len(rows):
        lost = forbidden * penalty
        return lost, np.where(hard, 0, lost)
    entry = np.repeat(np.arange(len(first)), np.diff(np.append(first, len(rows))))
    count = np.add.reduceat(forbidden & hard, first, axis=-1, dtype=np.int64)[..., entry]
    soft = np.add.reduceat(forbidden * np.where(hard, 0, penalty), first, axis=-1)[..., entry]
    return np.where(count > 0, BROKEN, soft), np.where(count - (forbidden & hard) > 0, BROKEN, soft)
