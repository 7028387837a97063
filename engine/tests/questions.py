"""Small questions of every kind.

Hypothesis chooses how large a question is, so that a failing one becomes small; what is in it comes from a seed,
because questions put together choice by choice turn out too tame to hold clashes and adaptations.
"""

from random import Random

from hypothesis import strategies as st

from samordna_engine import (
    COORDINATION,
    AllOf,
    AnyOf,
    Aspect,
    AspectKind,
    AtLeast,
    AtMost,
    Condition,
    If,
    Is,
    IsNot,
    Need,
    Option,
    Participant,
    Problem,
    Range,
    Sharing,
)
from samordna_engine.rules import NeverTogether, SumAtLeast, SumAtMost, Together

LIMITS = st.sampled_from([(1 << 20, 1 << 14), (4, 4), (4, 1 << 14), (1 << 20, 4)])
"""Cells of the network and of a facet; the small ones force every path of the solver."""

SHARINGS = (Sharing.COMMON,) * 2 + (Sharing.FRAMED,) * 5 + (Sharing.LOCAL,)


def problems(max_aspects=4, max_participants=3, max_conditions=10):
    """Questions with at most so much in them."""
    return st.builds(
        question,
        seed=st.integers(0, 10**9),
        aspects=st.integers(1, max_aspects).map(lambda n: max_aspects + 1 - n),
        participants=st.integers(1, max_participants).map(lambda n: max_participants + 1 - n),
        conditions=st.integers(0, max_conditions).map(lambda n: max_conditions - n),
        price=st.none() | st.integers(0, 6),
    )


def question(*, seed, aspects, participants, conditions, price):
    """The question with this seed and size."""
    random = Random(seed)
    among = [_aspect(random, a) for a in range(aspects)]
    people = [_participant(random, p, among) for p in range(participants)]
    owners = [person.id for person in people] * 4 + [COORDINATION]
    stated = [
        Condition(
            id=f"c{i}",
            owner=random.choice(owners),
            rule=rule(random, among),
            reason="because",
            relax_price=random.choice([None, 0, 1, 2, 5]),
        )
        for i in range(conditions)
    ]
    return Problem(
        id="m",
        title="A matter",
        aspects=tuple(among),
        participants=tuple(people),
        conditions=tuple(stated),
        needs=tuple(_needs(random, among, owners)),
        price_of_difference=price,
    )


def _aspect(random, a):
    kind = random.choice([AspectKind.CHOICE, AspectKind.ORDERED, AspectKind.RANGE])
    size = random.choice([1, 2, 2, 3, 3, 3, 3])
    options = tuple(Option(id=f"a{a}o{i}", label=f"option {i}", number=2 * i + 1) for i in range(size))
    sharing, weight = random.choice(SHARINGS), random.randint(1, 3)
    return Aspect(id=f"a{a}", label=f"A{a}", kind=kind, options=options, sharing=sharing, weight=weight)


def _participant(random, p, among):
    costs = {}
    for aspect in among:
        of = {option: _range(random, -2) for option in aspect.option_ids() if random.random() < 0.5}
        if of:
            costs[aspect.id] = of
    current = {aspect.id: random.choice(aspect.option_ids()) for aspect in among if random.random() < 0.5}
    return Participant(
        id=f"p{p}",
        label=f"P{p}",
        benefit=_range(random, 0) if random.random() < 0.5 else Range.exactly(0),
        costs=costs,
        current=current,
        takes_part=random.random() < 0.9,
    )


def _range(random, low):
    numbers = sorted(random.randint(low, 6) for _ in range(3))
    return Range(low=numbers[0], likely=numbers[1], high=numbers[2])


def _needs(random, among, owners):
    shared = [aspect for aspect in among if aspect.sharing is not Sharing.LOCAL]
    for i in range(random.randint(0, 3)):
        owner = random.choice(owners)
        if owner == COORDINATION and not shared:
            continue
        about = shared if owner == COORDINATION else among
        yield Need(id=f"n{i}", owner=owner, rule=rule(random, about), weight=random.randint(0, 4), reason="because")


def rule(random, among):
    """A rule about some of these aspects."""
    form = random.choice(["one", "one", "one", "all", "any", "if", "if", "listed", "sum"])
    ranges = [aspect for aspect in among if aspect.kind is AspectKind.RANGE]
    if form == "sum" and ranges:
        some = tuple(aspect.id for aspect in random.sample(ranges, min(len(ranges), random.randint(1, 3))))
        return random.choice([SumAtLeast, SumAtMost])(aspects=some, value=random.randint(1, 8))
    if form == "listed":
        return _listed(random, random.sample(among, min(len(among), random.randint(1, 3))))
    if form == "one":
        return _literal(random, among)
    if form == "if":
        return If(all_of=_parts(random, among), then=_parts(random, among))
    return (AllOf if form == "all" else AnyOf)(parts=_parts(random, among))


def _listed(random, among):
    combinations = {tuple(random.choice(aspect.option_ids()) for aspect in among) for _ in range(random.randint(1, 6))}
    kind = random.choice([Together, NeverTogether])
    return kind(aspects=tuple(aspect.id for aspect in among), combinations=tuple(sorted(combinations)))


def _parts(random, among):
    return tuple(_literal(random, among) for _ in range(random.choice([1, 1, 2])))


def _literal(random, among):
    aspect = random.choice(among)
    ids = aspect.option_ids()
    if aspect.is_ordered and random.random() < 0.5:
        value = random.choice(ids)
        if aspect.kind is AspectKind.RANGE and random.random() < 0.5:
            value = random.randint(0, 6)
        return random.choice([AtLeast, AtMost])(aspect=aspect.id, value=value)
    some = tuple(random.sample(ids, random.randint(1, max(1, len(ids) - 1))))
    return random.choice([Is, IsNot])(aspect=aspect.id, options=some)
