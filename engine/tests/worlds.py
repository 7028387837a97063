"""Questions that look the same to one participant, and differ in what others state in confidence."""

from dataclasses import replace

from questions import rule
from samordna_engine import Range

VIEWER = "p0"
VARIANTS = 8


def worlds(problem, random):
    """The question with some conditions in confidence, and variants that differ in nothing that the viewer may read."""
    secretive = [c for c in problem.conditions if c.owner != VIEWER and random.random() < 0.6]
    confidential = {c.id for c in secretive}
    base = replace(problem, conditions=tuple(replace(c, confidential=c.id in confidential) for c in problem.conditions))
    yield base
    for n in range(VARIANTS):
        yield variant(base, random, n)


def variant(problem, random, n):
    """The same to the viewer; to others conditions dropped, stated twice, renamed, reworded or changed, and figures."""
    conditions = []
    for c in problem.conditions:
        if not c.confidential:
            conditions.append(c)
            continue
        kind = random.choice(["same", "drop", "twice", "rename", "reword", "change"])
        if kind in ("same", "twice"):
            conditions.append(c)
        if kind == "twice":
            conditions.append(replace(c, id=f"{c.id}-again-{n}"))
        if kind == "rename":
            conditions.append(replace(c, id=f"a-{n}-{c.id}", reason="another reason", relax_price=n))
        if kind == "reword":
            conditions.append(replace(c, reason="in other words", source="a law", relax_price=None))
        if kind == "change":
            conditions.append(replace(c, rule=rule(random, problem.aspects)))
    return replace(
        problem,
        conditions=tuple(conditions),
        participants=tuple(p if p.id == VIEWER else figured(p, random) for p in problem.participants),
    )


def figured(participant, random):
    if random.random() < 0.7:
        return participant
    doubled = {
        aspect: {option: Range.exactly(estimate.high + random.randint(0, 2)) for option, estimate in of.items()}
        for aspect, of in participant.costs.items()
    }
    return replace(participant, costs=doubled, benefit=Range.exactly(random.randint(0, 9)))


def strings(value):
    if isinstance(value, dict):
        for key, item in value.items():
            yield key
            yield from strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)
    elif isinstance(value, str):
        yield value
