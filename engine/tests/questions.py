"""Small questions of every kind, for Hypothesis to choose among."""

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

KINDS = st.sampled_from([AspectKind.CHOICE, AspectKind.ORDERED, AspectKind.RANGE])


@st.composite
def aspects(draw, number):
    found = []
    for a in range(number):
        kind = draw(KINDS)
        size = draw(st.integers(1, 3))
        options = tuple(Option(id=f"a{a}o{i}", label=f"option {i}", number=2 * i + 1) for i in range(size))
        sharing = draw(st.sampled_from([Sharing.COMMON, Sharing.COMMON, Sharing.FRAMED, Sharing.FRAMED, Sharing.LOCAL]))
        weight = draw(st.integers(1, 3))
        found.append(Aspect(id=f"a{a}", label=f"A{a}", kind=kind, options=options, sharing=sharing, weight=weight))
    return tuple(found)


@st.composite
def literals(draw, among):
    aspect = draw(st.sampled_from(among))
    ids = aspect.option_ids()
    if aspect.is_ordered and draw(st.booleans()):
        value = draw(st.sampled_from(ids))
        if aspect.kind is AspectKind.RANGE and draw(st.booleans()):
            value = draw(st.integers(0, 6))
        return draw(st.sampled_from([AtLeast, AtMost]))(aspect=aspect.id, value=value)
    some = tuple(draw(st.lists(st.sampled_from(ids), min_size=1, max_size=2, unique=True)))
    return draw(st.sampled_from([Is, IsNot]))(aspect=aspect.id, options=some)


@st.composite
def rules(draw, among):
    parts = st.lists(literals(among), min_size=1, max_size=2).map(tuple)
    form = draw(st.sampled_from(["one", "all", "any", "if", "if"]))
    if form == "one":
        return draw(literals(among))
    if form == "if":
        return If(all_of=draw(parts), then=draw(parts))
    return (AllOf if form == "all" else AnyOf)(parts=draw(parts))


@st.composite
def ranges(draw, low=-2):
    numbers = sorted(draw(st.lists(st.integers(low, 6), min_size=3, max_size=3)))
    return Range(low=numbers[0], likely=numbers[1], high=numbers[2])


@st.composite
def participants(draw, number, among):
    people = []
    for p in range(number):
        costs = {}
        for aspect in among:
            of = {o: draw(ranges()) for o in aspect.option_ids() if draw(st.booleans())}
            if of:
                costs[aspect.id] = of
        current = {a.id: draw(st.sampled_from(a.option_ids())) for a in among if draw(st.booleans())}
        takes_part = draw(st.sampled_from([True, True, True, False]))
        benefit = draw(ranges(low=0))
        people.append(
            Participant(id=f"p{p}", label=f"P{p}", benefit=benefit, costs=costs, current=current, takes_part=takes_part)
        )
    return tuple(people)


@st.composite
def problems(draw, max_aspects=4, max_participants=3, max_conditions=6):
    among = draw(aspects(draw(st.integers(1, max_aspects))))
    people = draw(participants(draw(st.integers(1, max_participants)), among))
    owners = st.sampled_from([*(p.id for p in people), *(p.id for p in people), COORDINATION])
    conditions = tuple(
        Condition(
            id=f"c{i}",
            owner=draw(owners),
            rule=draw(rules(among)),
            reason="because",
            relax_price=draw(st.none() | st.integers(0, 5)),
        )
        for i in range(draw(st.integers(0, max_conditions)))
    )
    shared = [aspect for aspect in among if aspect.sharing is not Sharing.LOCAL]
    needs = []
    for i in range(draw(st.integers(0, 3))):
        owner = draw(owners) if shared else people[0].id
        rule = draw(rules(shared if owner == COORDINATION else among))
        needs.append(Need(id=f"n{i}", owner=owner, rule=rule, weight=draw(st.integers(0, 4)), reason="because"))
    return Problem(
        id="m",
        title="A matter",
        aspects=among,
        participants=people,
        conditions=conditions,
        needs=tuple(needs),
        price_of_difference=draw(st.none() | st.integers(0, 6)),
    )


LIMITS = st.sampled_from([(4, 4), (4, 1 << 14), (1 << 20, 4), (1 << 20, 1 << 14)])
"""Cells of the network and of a facet; the small ones force every path of the solver."""
