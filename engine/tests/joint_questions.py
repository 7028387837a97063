"""Small questions with joint conditions that sometimes bind, and sometimes cannot be met."""

from dataclasses import replace
from random import Random

from hypothesis import strategies as st

from questions import problems
from samordna_engine import COORDINATION
from samordna_engine.parts import Joint, JointKind


def with_joints(problem, seed, count):
    """The question with joint conditions that sometimes bind, and sometimes cannot be met."""
    random = Random(seed)
    people = problem.taking_part()
    joints = []
    for i in range(count):
        kind, aspect = random.choice(list(JointKind)), random.choice(problem.aspects)
        more = {"aspect": aspect.id}
        if kind is JointKind.BUDGET:
            limit = random.randint(-2 * len(people), 4 * len(people))
            more = random.choice([{}, {}, more])
        elif kind is JointKind.CAPACITY:
            limit = random.randint(0, len(people))
            more["option"] = random.choice(aspect.option_ids())
        else:
            limit = random.randint(1, 2)
        owner = random.choice([COORDINATION, *(p.id for p in problem.participants)])
        joints.append(Joint(id=f"j{i}", kind=kind, limit=limit, reason="because", owner=owner, **more))
    people = tuple(replace(p, takes_part=True) for p in problem.participants)
    return replace(problem, participants=people, joint=tuple(joints))


JOINTLY = st.builds(
    with_joints,
    st.one_of(
        problems(max_aspects=2, max_participants=3, max_conditions=4),
        problems(max_aspects=3, max_participants=2, max_conditions=5),
    ),
    st.integers(0, 10**9),
    st.integers(1, 3),
)
