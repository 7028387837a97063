"""Questions in the likeness of real ones, from a seed, as columns.

Aspects belong to topics of two to five. Participants belong to groups, and each group has a planted way of doing things
that respects everything its members state, so that the regime decides what kind of answer there is:

- `sat`: one way suits everybody; nobody needs to differ.
- `vary`: the groups differ in aspects that may differ, so that adaptations are necessary.
- `clash`: as `vary`, and a few participants together forbid every option of one common aspect.
- `wild`: the groups differ in what must be common too, so that there are many clashes at once.

Most conditions stay within a topic; of the rest, some tie a few fixed pairs of aspects (`cross` is their share). With
`cross` = 1 they tie any aspects at all: unstructured, which real questions are not, and hard.
"""

import hashlib
from dataclasses import dataclass, field, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Truths = NDArray[np.bool_]
Shape = tuple[tuple[int, ...], Truths]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Question:
    """One question as columns, as every solver gets it, in memory, before its time begins.

    `common[a]` says whether aspect a must be common; otherwise it may differ, and each difference counts `weights[a]`.
    Row i of `owner` and `stated` says that participant `owner[i]` must keep `shapes[stated[i]]`. `cost[a][p, v]` is
    what option v of aspect a costs participant p, the least of them 0. `unit` is what one weighted difference counts in
    the sum that is to be small; it is larger than all costs together.
    """

    name: str
    sizes: tuple[int, ...]
    common: tuple[bool, ...]
    weights: tuple[int, ...]
    count: int
    shapes: tuple[Shape, ...]
    owner: Numbers
    stated: Numbers
    cost: tuple[Numbers, ...]
    benefit: Numbers
    unit: int

    def conditions_of(self, participant: int) -> list[int]:
        """The shapes that a participant has stated."""
        first, last = np.searchsorted(self.owner, (participant, participant + 1))
        return [int(shape) for shape in self.stated[first:last]]

    def difference(self, aspect: int) -> int:
        """What one difference from the frame counts in the sum."""
        return self.unit * self.weights[aspect]

    def digest(self) -> str:
        """A fingerprint of everything in the question."""
        found = hashlib.sha256(repr((self.sizes, self.common, self.weights, self.count, self.unit)).encode())
        for scope, allowed in self.shapes:
            found.update(repr(scope).encode() + allowed.tobytes())
        for column in (self.owner, self.stated, *self.cost, self.benefit):
            found.update(np.ascontiguousarray(column, np.int64).tobytes())
        return found.hexdigest()[:16]


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """What the questions of a family have in common.

    `conditions` is the mean per participant, `own` the share of them that nobody else in the group has, `options` the
    most options of an aspect, `common` the share of aspects that must be common. `leaving` makes benefits that are near
    what following costs, so that leaving is a real choice.
    """

    participants: int
    aspects: int
    regime: str = "vary"
    cross: float = 0.05
    conditions: int = 6
    options: int = 5
    common: float = 0.4
    own: float = 0.2
    leaving: bool = False


@dataclass(slots=True, eq=False)
class _Shapes:
    """The shapes of a question, each once, and how to draw another."""

    draw: np.random.Generator
    sizes: list[int]
    topics: list[list[int]]
    topic_of: list[int]
    links: list[tuple[int, ...]]
    cross: float
    made: list[Shape] = field(default_factory=list)
    known: dict[tuple[tuple[int, ...], bytes], int] = field(default_factory=dict)

    def number(self, scope: tuple[int, ...], allowed: Truths) -> int:
        """The place of a shape among those made."""
        place = self.known.setdefault((scope, allowed.tobytes()), len(self.made))
        if place == len(self.made):
            self.made.append((scope, allowed))
        return place

    def drawn(self, way: Numbers) -> int:
        """A new shape that a planted way respects."""
        scope = self._scope()
        dims = [self.sizes[a] for a in scope]
        here = tuple(int(way[a]) for a in scope)
        allowed = self._allowed(dims, here, self.draw.random())
        allowed[here] = True
        return self.number(scope, allowed)

    def _scope(self) -> tuple[int, ...]:
        kind, count = self.draw.random(), len(self.sizes)
        if kind < 0.35 or count < 2:
            return (int(self.draw.integers(count)),)
        if self.cross >= 1.0:
            among = np.arange(count)
        elif self.links and self.draw.random() < self.cross:
            among = np.array(self.links[int(self.draw.integers(len(self.links)))])
        else:
            among = np.array(self.topics[self.topic_of[int(self.draw.integers(count))]])
        width = min(2 if kind < 0.85 else 3, len(among))
        return tuple(sorted(int(a) for a in self.draw.choice(among, width, replace=False)))

    def _allowed(self, dims: list[int], here: tuple[int, ...], kind: float) -> Truths:
        """One of the usual kinds: allowed options, an implication, forbidden combinations, a bound on a sum."""
        if len(dims) == 1:
            return np.asarray(self.draw.random(dims) < 0.6)
        if kind < 0.5:
            given, then = self.draw.random(dims[0]) < 0.5, self.draw.random(dims[1]) < 0.5
            table = ~given[:, None] | then[None, :]
            return np.broadcast_to(table.reshape(table.shape + (1,) * (len(dims) - 2)), dims).copy()
        if kind < 0.8:
            return np.asarray(self.draw.random(dims) < 0.8)
        total = np.indices(dims).sum(0)
        return np.asarray(total >= total[here] - self.draw.integers(0, 2))


def generate(family: Family, seed: int, name: str = "") -> Question:
    """The question of a family with this seed; the same on every machine."""
    draw = np.random.default_rng(seed)
    count = family.aspects
    sizes = [int(size) for size in draw.choice(np.arange(2, family.options + 1), count)]
    topic_of = _topics(draw, count)
    common = [bool(share) for share in draw.random(count) < family.common]
    if not any(common):
        common[0] = True
    weights = tuple(int(weight) for weight in draw.integers(1, 4, count))
    ways = _ways(draw, family, sizes, common)
    links = [tuple(int(a) for a in draw.choice(count, 2, replace=False)) for _ in range(4)] if count > 1 else []
    topics = [[a for a in range(count) if topic_of[a] == topic] for topic in range(max(topic_of) + 1)]
    shapes = _Shapes(draw, sizes, topics, topic_of, links, family.cross)
    group, rows = _conditions(draw, family, shapes, ways)
    if family.regime == "clash":
        _plant_clash(draw, family, shapes, common, rows)
    cost, benefit = _costs(draw, family, sizes, ways[group])
    columns = np.array(sorted(rows), np.int64).reshape(-1, 2)
    spread = sum(int(table.max(axis=1).sum()) for table in cost)
    return Question(
        name=name or f"{family.participants}x{family.aspects}-{family.regime}-{seed}",
        sizes=tuple(sizes),
        common=tuple(common),
        weights=weights,
        count=family.participants,
        shapes=tuple(shapes.made),
        owner=np.ascontiguousarray(columns[:, 0]),
        stated=np.ascontiguousarray(columns[:, 1]),
        cost=cost,
        benefit=benefit,
        unit=2 * spread + 1,
    )


def _topics(draw: np.random.Generator, count: int) -> list[int]:
    """The topic of each aspect; the next topic begins where the last one ends."""
    topic_of: list[int] = []
    topic = 0
    while len(topic_of) < count:
        topic_of += [topic] * int(draw.integers(2, 6))
        topic += 1
    return topic_of[:count]


def _ways(draw: np.random.Generator, family: Family, sizes: list[int], common: list[bool]) -> Numbers:
    """The planted way of each group: [group, aspect]."""
    shared = np.array([draw.integers(size) for size in sizes])
    groups = max(2, min(9, family.participants // 3))
    ways: Numbers = np.tile(shared, (groups, 1))
    if family.regime == "sat":
        return ways
    for way in ways:
        for a, size in enumerate(sizes):
            if (not common[a] or family.regime == "wild") and draw.random() < 0.35:
                way[a] = draw.integers(size)
    return ways


def _conditions(
    draw: np.random.Generator, family: Family, shapes: _Shapes, ways: Numbers
) -> tuple[Numbers, list[tuple[int, int]]]:
    """The group of each participant, and (participant, shape) for each thing stated."""
    many = 4 * family.conditions
    pools = [[shapes.drawn(way) for _ in range(many)] for way in ways]
    rows: list[tuple[int, int]] = []
    group: Numbers = draw.integers(0, len(ways), family.participants)
    for p, g in enumerate(group.tolist()):
        seen: set[int] = set()
        for _ in range(max(2, int(draw.poisson(family.conditions)))):
            shared = draw.random() < 1 - family.own
            shape = pools[g][int(draw.integers(many))] if shared else shapes.drawn(ways[g])
            if shape not in seen:
                seen.add(shape)
                rows.append((p, shape))
    return group, rows


def _plant_clash(
    draw: np.random.Generator, family: Family, shapes: _Shapes, common: list[bool], rows: list[tuple[int, int]]
) -> None:
    """Add a contradiction in one common aspect that needs several owners."""
    aspect = max((a for a, is_common in enumerate(common) if is_common), key=lambda a: shapes.sizes[a])
    size = shapes.sizes[aspect]
    parts = np.array_split(draw.permutation(size), min(size, family.participants))
    for p, forbidden in zip(draw.choice(family.participants, len(parts), replace=False), parts, strict=True):
        allowed = np.ones(size, np.bool_)
        allowed[forbidden] = False
        row = (int(p), shapes.number((aspect,), allowed))
        if row not in rows:
            rows.append(row)


def _costs(
    draw: np.random.Generator, family: Family, sizes: list[int], ways: Numbers
) -> tuple[tuple[Numbers, ...], Numbers]:
    """What options cost each, further from today's practice more, and the benefit of taking part."""
    count = family.participants
    today = ways.copy()
    changed = draw.random(today.shape) < 0.3
    for a, size in enumerate(sizes):
        today[changed[:, a], a] = draw.integers(size, size=int(changed[:, a].sum()))
    cost = []
    for a, size in enumerate(sizes):
        steps = np.abs(np.arange(size)[None, :] - today[:, [a]])
        cost.append((steps * draw.integers(1, 5, (count, 1))).astype(np.int64))
    if not family.leaving:
        return tuple(cost), draw.integers(5, 12 * max(4, family.aspects // 2), count).astype(np.int64)
    usual = np.sum([table.mean(axis=1) for table in cost], axis=0)
    return tuple(cost), (usual * draw.uniform(0.4, 1.4, count)).astype(np.int64)


def _family(participants: int, aspects: int = 20, **more: Any) -> Family:
    return Family(participants=participants, aspects=aspects, **more)


FAMILIES: Final[dict[str, Family]] = {
    "county-s": _family(3, 8),
    "county-m": _family(7, 12),
    "county-l": _family(12),
    "regions": _family(21),
    "kommuner": _family(290),
    "national": _family(2_000),
    "eu": _family(100_000),
    "regions-u": _family(21, cross=1.0),
    "kommuner-u": _family(290, cross=1.0),
    "kommuner-u12": _family(290, cross=1.0, conditions=12),
    "kommuner-u16": _family(290, cross=1.0, conditions=16),
    "kommuner-u20": _family(290, cross=1.0, conditions=20),
    "kommuner-u24": _family(290, cross=1.0, conditions=24),
    **{f"n-{count}": _family(count) for count in (10, 100, 1_000, 10_000, 100_000)},
    "beyond": _family(100, 3_000, common=1.0, conditions=1_000),
    "free-28": _family(28, 38, options=4, common=1.0, conditions=10, regime="wild", leaving=True),
    "free-33": _family(33, 38, options=4, common=1.0, conditions=10, regime="wild", leaving=True),
    "free-38": _family(38, 38, options=4, common=1.0, conditions=10, regime="wild", leaving=True),
}
"""The families by name: 3 to 100,000 participants; `-u` is unstructured, with the mean number of conditions when not 6;
`free` is all common with everybody free to leave."""

REGIMES: Final = ("sat", "vary", "clash", "wild")


def question(family: str, seed: int, regime: str | None = None) -> Question:
    """The question of a named family, in another regime than its own where one is given."""
    chosen = FAMILIES[family]
    if regime is not None:
        chosen = replace(chosen, regime=regime)
    return generate(chosen, seed, f"{family}-{chosen.regime}-{seed}")
