"""What the conditions say, as columns, and the facets into which they fall.

A clash is about what must hold, not about what it costs, so the participants that state the same thing are one here. A
participant's conditions fall apart into facets that share no value of its own; a facet with the same conditions in it
is one *kind*, however many participants have it. The frame is one more participant: its own values are those of the
framed aspects, and its conditions the common ones.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from samordna_engine.problem import COORDINATION, Condition, Sharing
from samordna_engine.projection.matter import Numbering
from samordna_engine.projection.tables import Numbers, Scope, Shape, cells

HARD: Final = -1
"""The condition number of what is given and may not be given up."""


@dataclass(frozen=True, slots=True, eq=False)
class Grounds:
    """All conditions of a question, as columns.

    Row i says that participant `person[i]` must keep `shape[i]`, and that condition `condition[i]` says so, by its
    place in `names`. Person number `count` is the frame. `everybody[c]` tells whether condition c binds everybody.
    """

    sizes: tuple[int, ...]
    sharing: tuple[Sharing, ...]
    count: int
    shapes: Sequence[Shape]
    person: Numbers
    shape: Numbers
    condition: Numbers
    everybody: Sequence[bool]
    names: tuple[str, ...]
    given: Mapping[int, int]

    def is_common(self, a: int) -> bool:
        """Whether everybody has the frame's value there."""
        return self.sharing[a] is Sharing.COMMON


def grounds_of(numbering: Numbering, given: Mapping[str, str], conditions: Iterable[Condition]) -> Grounds:
    """The columns of some of a problem's conditions, in the order of their ids."""
    known = [c for c in conditions if c.owner == COORDINATION or c.owner in numbering.person]
    stated = sorted(known, key=lambda c: c.id)
    count = len(numbering.people)
    everyone = np.arange(count)
    rows: list[tuple[int, int, int]] = []
    columns: list[Numbers] = []
    for number, condition in enumerate(stated):
        shape = numbering.shape_number(condition)
        if condition.owner != COORDINATION:
            rows.append((numbering.person[condition.owner], shape, number))
            continue
        scope = numbering.shapes[shape].scope
        if all(numbering.aspects[a].sharing is not Sharing.LOCAL for a in scope):
            rows.append((count, shape, number))
        if not numbering.common_scope.issuperset(scope):
            columns.append(np.stack([everyone, np.full(count, shape), np.full(count, number)]))
    person, shapes, numbers = np.concatenate([np.array(rows, np.int64).reshape(-1, 3).T, *columns], axis=1)
    return Grounds(
        sizes=numbering.sizes,
        sharing=tuple(aspect.sharing for aspect in numbering.aspects),
        count=count,
        shapes=numbering.shapes,
        person=person,
        shape=shapes,
        condition=numbers,
        everybody=[condition.owner == COORDINATION for condition in stated],
        names=tuple(condition.id for condition in stated),
        given={numbering.index[a]: numbering.options[numbering.index[a]][v] for a, v in given.items()},
    )


class Kinds:
    """The kinds of facets in a question, and who has them.

    A kind is a tuple of *codes*, each one condition as it is met there: the shape's number where the participant itself
    states it, and a number above them for each common condition and each given value. `kind[f]` and `person[f]` are
    the kind of facet f and whose it is. A facet of more than `own_cells` cells is not tabulated whole.
    """

    def __init__(self, grounds: Grounds, own_cells: int) -> None:
        self.grounds, self.own_cells = grounds, own_cells
        self._shapes = len(grounds.shapes)
        self._codes = self._shapes + len(grounds.names)
        self._common = np.array(grounds.everybody, np.bool_)[grounds.condition]
        self._said = dict(
            zip(*(column[self._common].tolist() for column in (grounds.condition, grounds.shape)), strict=True)
        )
        self._masks: dict[int, int] = {}
        self._scopes: dict[int, Scope] = {}
        self.codes: list[tuple[int, ...]] = []
        self.kind, self.person = self._split(*self._rows())
        self.times: Numbers = np.bincount(self.kind, minlength=len(self.codes))

    def shape(self, code: int) -> Shape:
        """What a code says."""
        if code < self._shapes:
            return self.grounds.shapes[code]
        if code < self._codes:
            return self.grounds.shapes[self._said[code - self._shapes]]
        a = code - self._codes
        return Shape((a,), np.arange(self.grounds.sizes[a]) == self.grounds.given[a])

    def condition(self, code: int) -> int | None:
        """The common condition that a code says, `HARD` for what is given, or None for what participants state."""
        if code < self._shapes:
            return None
        return code - self._shapes if code < self._codes else HARD

    def code(self, condition: int) -> int:
        """The code of a common condition."""
        return self._shapes + condition

    def scope(self, codes: Iterable[int]) -> Scope:
        """The aspects that some codes are about."""
        mask = 0
        for code in codes:
            if code not in self._masks:
                self._masks[code] = sum(1 << a for a in self.shape(code).scope)
            mask |= self._masks[code]
        if mask not in self._scopes:
            self._scopes[mask] = tuple(a for a in range(mask.bit_length()) if mask >> a & 1)
        return self._scopes[mask]

    def is_tangled(self, scope: Scope) -> bool:
        """Whether a facet over these aspects is too large for a table, in cells, and has values of its own."""
        large = cells(self.grounds.sizes, scope) > self.own_cells
        return large and not all(self.grounds.is_common(a) for a in scope)

    def people(self, kind: int) -> Numbers:
        """Who have a facet of this kind."""
        people: Numbers = self.person[self.kind == kind]
        return people

    def _rows(self) -> tuple[Numbers, Numbers]:
        """Person and code of everything stated, each pair once, and what is given of the frame's own values."""
        grounds = self.grounds
        code = np.where(self._common, grounds.condition + self._shapes, grounds.shape)
        fixed = [self._codes + a for a in sorted(grounds.given) if not grounds.is_common(a)]
        person = np.concatenate([grounds.person, np.full(len(fixed), grounds.count)])
        code = np.concatenate([code, np.array(fixed, np.int64)])
        width = self._codes + len(grounds.sizes)
        both = np.unique(person * width + code)
        return both // width, both % width

    def _split(self, person: Numbers, code: Numbers) -> tuple[Numbers, Numbers]:
        """Rows joined to facets, and facets to kinds."""
        label = self._joined(person, code)
        order = np.lexsort((code, label))
        code, person = code[order], person[order]
        first = np.nonzero(np.diff(label[order], prepend=-1))[0]
        length = np.diff(first, append=len(code))
        kind: Numbers = np.zeros(len(first), np.int64)
        for size in np.unique(length).tolist():
            these = np.nonzero(length == size)[0]
            rows = code[first[these, None] + np.arange(size)]
            kinds, of = np.unique(rows, axis=0, return_inverse=True)
            kind[these] = of.reshape(-1) + len(self.codes)
            self.codes.extend(map(tuple, kinds.tolist()))
        return kind, person[first]

    def _joined(self, person: Numbers, code: Numbers) -> Numbers:
        """For each row the first row of its facet: rows meet where their owner has a value of its own."""
        codes, of = np.unique(code, return_inverse=True)
        free = [not self.grounds.is_common(a) for a in range(len(self.grounds.sizes))]
        own = [[a for a in self.shape(c).scope if free[a]] for c in codes.tolist()]
        lengths = np.array([len(aspects) for aspects in own], np.int64)
        flat = np.array([a for aspects in own for a in aspects], np.int64)
        starts = np.cumsum(lengths) - lengths
        row = np.repeat(np.arange(len(code)), lengths[of])
        within = np.arange(len(row)) - np.repeat(np.cumsum(lengths[of]) - lengths[of], lengths[of])
        met = person[row] * len(self.grounds.sizes) + flat[starts[of[row]] + within]
        places, place = np.unique(met, return_inverse=True)
        label: Numbers = np.arange(len(code))
        while True:
            least = np.full(len(places), len(code))
            np.minimum.at(least, place, label[row])
            lower = label.copy()
            np.minimum.at(lower, row, least[place])
            lower = lower[lower]
            if np.array_equal(lower, label):
                return label
            label = lower


def components(scopes: Iterable[Scope]) -> list[tuple[Scope, list[Scope]]]:
    """Scopes joined where they meet: all aspects of each group, and its scopes, in the order of the first aspect."""
    groups: list[tuple[set[int], list[Scope]]] = []
    for scope in scopes:
        meeting = [group for group in groups if not group[0].isdisjoint(scope)]
        groups = [group for group in groups if group[0].isdisjoint(scope)]
        joined = set(scope).union(*(aspects for aspects, _ in meeting))
        groups.append((joined, [s for _, of in meeting for s in of] + [scope]))
    return sorted((tuple(sorted(aspects)), sorted(of)) for aspects, of in groups)
