"""Large questions in the likeness of real ones, from a seed.

Aspects belong to topics, and most conditions stay within one. Participants belong to groups; each group has a planted
way to do things that respects all its conditions and differs from the others' only in framed aspects, so that there is
an answer and it needs adaptations. A planted clash makes a few participants forbid all options of one common aspect.
"""

from random import Random

from samordna_engine import (
    AnyOf,
    Aspect,
    AspectKind,
    AtLeast,
    Condition,
    If,
    Is,
    IsNot,
    Option,
    Participant,
    Problem,
    Range,
    Sharing,
)

SIZES = {"county": (12, 20), "regions": (21, 20), "municipalities": (290, 20), "national": (2000, 20)}


def family(participants, aspects, seed, *, clash=False, price=None):
    """The question with this many participants and aspects."""
    random = Random(seed)
    among = [_aspect(random, a) for a in range(aspects)]
    topics = _topics(random, aspects)
    groups = max(2, min(9, participants // 3))
    planted = _planted(random, among, groups)
    pools = [[_rule(random, among, topics, way) for _ in range(24)] for way in planted]
    people, conditions = [], []
    for p in range(participants):
        group = random.randrange(groups)
        people.append(_participant(random, p, among, planted[group]))
        for _ in range(max(2, round(random.gauss(6, 2)))):
            own = random.random() < 0.2
            rule = _rule(random, among, topics, planted[group]) if own else random.choice(pools[group])
            conditions.append((f"p{p}", rule))
    if clash:
        conditions += _planted_clash(random, among, participants)
    return Problem(
        id=f"family-{participants}x{aspects}-{seed}",
        title="A generated matter",
        aspects=tuple(among),
        participants=tuple(people),
        conditions=tuple(
            Condition(id=f"c{i}", owner=owner, rule=rule, reason="generated", relax_price=1 + i % 7)
            for i, (owner, rule) in enumerate(dict.fromkeys(conditions))
        ),
        price_of_difference=price,
    )


def _aspect(random, a):
    kind = random.choice([AspectKind.CHOICE, AspectKind.ORDERED])
    options = tuple(Option(id=f"o{i}", label=f"option {i}") for i in range(random.randint(2, 5)))
    sharing = Sharing.COMMON if a == 0 or random.random() < 0.4 else Sharing.FRAMED
    weight = random.randint(1, 3)
    return Aspect(id=f"a{a}", label=f"aspect {a}", kind=kind, options=options, sharing=sharing, weight=weight)


def _topics(random, aspects):
    topics, start = [], 0
    while start < aspects:
        size = random.randint(2, 5)
        topics.append(list(range(start, min(start + size, aspects))))
        start += size
    links = [random.sample(range(aspects), 2) for _ in range(4)]
    return [topic for topic in topics for _ in range(20 // len(topics))] + links[:1]


def _planted(random, among, groups):
    shared = {aspect.id: random.choice(aspect.option_ids()) for aspect in among}
    ways = []
    for _ in range(groups):
        way = dict(shared)
        for aspect in among:
            if aspect.sharing is Sharing.FRAMED and random.random() < 0.35:
                way[aspect.id] = random.choice(aspect.option_ids())
        ways.append(way)
    return ways


def _rule(random, among, topics, way):
    """A rule that the planted way respects."""
    topic = random.choice(topics)
    if random.random() < 0.35 or len(topic) < 2:
        return _literal(random, among[random.choice(topic)], way, holds=True)
    first, second = random.sample(topic, 2)
    then = _literal(random, among[second], way, holds=True)
    if random.random() < 0.5:
        return If(all_of=(_literal(random, among[first], way, holds=random.random() < 0.5),), then=(then,))
    return AnyOf(parts=(_literal(random, among[first], way, holds=False), then))


def _literal(random, aspect, way, *, holds):
    ids, here = aspect.option_ids(), way[aspect.id]
    others = [option for option in ids if option != here]
    if holds and aspect.is_ordered and random.random() < 0.4:
        return AtLeast(aspect=aspect.id, value=ids[random.randint(0, ids.index(here))])
    some = tuple(sorted(random.sample(others, random.randint(1, len(others)))))
    return IsNot(aspect=aspect.id, options=some) if holds else Is(aspect=aspect.id, options=some)


def _participant(random, p, among, way):
    costs, current = {}, {}
    for aspect in among:
        ids = aspect.option_ids()
        now = ids.index(way[aspect.id]) if random.random() < 0.7 else random.randrange(len(ids))
        unit = random.randint(1, 4)
        current[aspect.id] = ids[now]
        costs[aspect.id] = {option: Range.exactly(abs(i - now) * unit) for i, option in enumerate(ids) if i != now}
    benefit = Range.exactly(random.randint(5, 120))
    return Participant(id=f"p{p}", label=f"participant {p}", benefit=benefit, costs=costs, current=current)


def _planted_clash(random, among, participants):
    aspect = max((a for a in among if a.sharing is Sharing.COMMON), key=lambda a: len(a.options))
    owners = random.sample(range(participants), min(participants, len(aspect.options)))
    for i, option in enumerate(aspect.option_ids()):
        yield f"p{owners[i % len(owners)]}", IsNot(aspect=aspect.id, options=(option,))
