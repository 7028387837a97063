"""Worlds to ask about: small ones enumerated without gaps, and larger ones drawn by Hypothesis.

In every world the question is asked on day 1, so each life below is before, at, around or after it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Any

from hypothesis import strategies as st

from tests.access.mapping import ACTIONS
from tests.access.oracle import Facts, Row

TODAY = 1
LIVES: tuple[tuple[Any, Any], ...] = ((None, None), (0, 1), (0, 2), (1, None), (1, 2), (2, None))
"""Always; ended this very day; ends tomorrow; starts this very day; today alone; starts tomorrow."""
KINDS = ("representative", "manager", "coordinator", "administrator", "officer")
ENDINGS = (None, 0, 1, 2)


@dataclass(frozen=True)
class World:
    """Facts, and everybody and everything that is asked about in them."""

    facts: Facts
    actors: tuple[Row, ...]

    @cached_property
    def questions(self) -> tuple[tuple[str, Row], ...]:
        """Every action with every object of this world that it can be done to."""
        things: dict[str, list[Row]] = defaultdict(list)
        for thing in things_of(self.facts):
            things[thing[0]].append(thing)
        return tuple((action, thing) for action, kind in ACTIONS for thing in things.get(kind, ()))


def things_of(facts: Facts) -> Iterator[Row]:
    """Every object of a world."""
    yield ("directory",)
    yield from (("contacts", row[0]) for row in facts.organisation)
    yield from (("knowledge", row[0]) for row in facts.organisation)
    yield from (("own programme", row[0]) for row in facts.organisation)
    yield from (("site", row[0]) for row in facts.role)
    kinds = ("organisation", "collaboration", "matter", "position", "condition", "inquiry", "proposal", "decision")
    for kind in (*kinds, "invitation", "provider", "wave"):
        yield from ((kind, row[0]) for row in getattr(facts, kind))
    for row in facts.collaboration:
        yield ("journal", row[0])
        yield from ((kind, row[0]) for kind in ("shared programme", "drafted programme"))
        yield from (("mandate", row[0], organisation[0]) for organisation in facts.organisation)
        yield from (("view", row[0], organisation[0]) for organisation in facts.organisation)
        yield from (("sponsor", row[0], organisation[0]) for organisation in facts.organisation)
        yield from (("figures", row[0], organisation[0]) for organisation in facts.organisation)
    yield from (("reorganisation", key) for key in sorted({row[0] for row in facts.reorganisation}))
    yield from (("forum", key) for key in sorted({row[0] for row in facts.forum}))
    for kind in ("agreement", "routine"):
        yield from ((kind, row[0]) for row in getattr(facts, kind))
    for row in facts.agreement:
        yield from (("signature", row[0], organisation[0]) for organisation in facts.organisation)
    for row in facts.decision:
        yield from (("answer", row[0], organisation[0]) for organisation in facts.organisation)


def contents(matter: str, owners: tuple[str, ...]) -> dict[str, set[Row]]:
    """Everything that can hang on one matter, once per owner, plus the common conditions."""
    found: dict[str, set[Row]] = {"position": set(), "condition": set(), "proposal": set(), "decision": set()}
    found["decision"].add((f"decision {matter}", matter))
    found["inquiry"] = {(f"inquiry {matter}", matter)}
    for confidence in ("open", "coordinator"):
        found["condition"].add((f"common {confidence} {matter}", matter, None, confidence))
    for owner in owners:
        position = f"position {owner} {matter}"
        found["position"].add((position, matter, owner))
        for confidence in ("open", "coordinator"):
            found["condition"].add((f"{confidence} {owner} {matter}", matter, position, confidence))
        for state in ("sketch", "shared", "chosen", "withdrawn"):
            found["proposal"].add((f"{state} {owner} {matter}", matter, owner, state))
    return found


def documents(collaboration: str, roles: Iterable[str], owners: Iterable[str]) -> dict[str, set[Row]]:
    """A common document that each of these roles is responsible for, a routine of each of these organisations, and a forum
    that each of the roles prepares."""
    roles = tuple(roles)
    return {
        "forum": {(f"forum {role} {collaboration}", collaboration, "owns", role) for role in roles},
        "agreement": {(f"agreement {role} {collaboration}", collaboration, role) for role in roles},
        "routine": {(f"routine {owner} {collaboration}", collaboration, owner) for owner in owners},
    }


def frozen(rows: dict[str, set[Row]]) -> dict[str, frozenset[Row]]:
    return {name: frozenset(values) for name, values in rows.items()}


TOKENS = ((True, 2, None), (False, 2, None), (True, 1, None), (True, 2, 1), (True, 2, 2))
"""May write or not; expires; is revoked: the last one tomorrow, so it is still good."""


def standings() -> Iterator[World]:
    """One actor with every combination of role kind and lives, by session and by every kind of token.

    Its role may coordinate one collaboration, in which a third lies; its organisation takes part in the first and is the
    superior of another.
    """
    rows = {"matter": {("m", "k", "gathering"), ("n", "l", "gathering"), ("o", "c", "gathering")}, **contents("m", ("a",))}
    rows["decision"] |= {("decision n", "n"), ("decision o", "o")}
    rows |= documents("k", ("r", "other"), ("a", "b"))
    rows["agreement"] |= {("agreement r l", "l", "r"), ("agreement r c", "c", "other")}
    rows["forum"] |= {("both", "k", "owns", "r"), ("both", "l", "owns", "r"), ("asked", "k", "asked", "r")}
    rows["forum"] |= {("asked", "l", "owns", "r"), ("above", "l", "owns", "r"), ("within", "c", "owns", "other")}
    tasks = (("chaired", "chair", None), ("noted", "secretary", None), ("met", "member", None), ("heard", "guest", None))
    seats = {(key, "r", task, None, end) for key, task, end in (*tasks, ("left", "chair", TODAY))}
    rows["forum"] |= {(key, "k", "owns", "other") for key, *_ in seats}
    rows["seat"] = {*seats, ("asked", "r", "chair", None, None), ("above", "r", "chair", None, None)}
    rows["proposal"] |= {
        ("shared b n", "n", "b", "shared"),
        ("shared b o", "o", "b", "shared"),
        ("s o", "o", "b", "sketch"),
    }
    above, within = ("l", "active", "other", "a", None, None), ("c", "active", "other", None, None, "k")
    fixed = frozen(rows | {"collaboration": {("k", "active", "r", None, None, None), above, within}})
    for kind, held, role, organisation, welcome in product(KINDS, LIVES, LIVES[:3], LIVES[:3], (True, False)):
        tokens = {(f"token {number}", "h", write, 0, *ends) for number, (write, *ends) in enumerate(TOKENS)}
        facts = Facts(
            organisation=frozenset({("a", *organisation), ("b", None, None)}),
            role=frozenset({("r", "a", kind, *role), ("other", "b", "coordinator", None, None)}),
            person=frozenset({("p", welcome)}),
            holding=frozenset({("h", "p", "r", *held)}),
            participation=frozenset({("k", "a", None, None)}),
            token=frozenset(tokens),
            invitation=frozenset({("one",), ("two",)}),
            provider=frozenset({("one",), ("three",)}),
            wave=frozenset({("one",), ("four",)}),
            reorganisation=frozenset({("of a", "a"), ("of both", "a"), ("of both", "b"), ("of b", "b")}),
            **fixed,
        )
        bearers = (("bearer", "invitation", "one"), ("bearer", "provider", "one"), ("bearer", "wave", "one"))
        keys = (("token", row[0]) for row in sorted(tokens, key=str))
        yield World(facts, (("nobody",), ("session", "p", "h"), *keys, *bearers))


def surroundings() -> Iterator[World]:
    """All kinds of holder in three organisations, and links of every age, in every small collaboration."""
    states = product(("planned", "forming", "active"), ("draft", "gathering"), LIVES, (None, "s", "b"), (None, 1))
    for state, stage, joined, superior, ended in states:
        organisations = ("a", "b", "s")
        rows = contents("m", organisations[:2]) | documents("k", ("officer a", "coordinator b"), organisations[:2])
        holders = [(f"{kind} {of}", of, kind) for kind, of in product(KINDS, organisations)]
        ages = ((1, None, None), (2, None, None), (2, 1, None), (2, None, 1), (2, 2, None))
        links = {(f"link {i} {o}", f"position {o} m", 0, *age) for (i, age), o in product(enumerate(ages), ("a", "b"))}
        facts = Facts(
            organisation=frozenset((key, None, None) for key in organisations),
            role=frozenset((role, of, kind, None, None) for role, of, kind in holders),
            person=frozenset((f"person {role}", True) for role, _of, _kind in holders),
            holding=frozenset((f"holding {role}", f"person {role}", role, None, None) for role, _of, _kind in holders),
            collaboration=frozenset(
                {("k", state, "coordinator b", superior, ended, "t"), ("t", "active", "coordinator s", None, ended, None)}
            ),
            participation=frozenset({("k", "a", *joined)}),
            matter=frozenset({("m", "k", stage)}),
            link=frozenset(links),
            **frozen(rows),
        )
        sessions = [("session", f"person {role}", f"holding {role}") for role, _of, _kind in holders]
        yield World(facts, (*sessions, *(("link", row[0]) for row in sorted(links, key=str))))


LIFE = st.sampled_from(LIVES)


@st.composite
def drawn(draw: st.DrawFn) -> World:
    """Two collaborations, up to four organisations, people with several roles, repeated and overlapping participations."""
    organisations = ["a", "b", "c", "s"][: draw(st.integers(2, 4))]
    some = st.sampled_from(organisations)
    roles = [(f"r{i}", draw(some), draw(st.sampled_from(KINDS)), *draw(LIFE)) for i in range(draw(st.integers(1, 4)))]
    people = [(f"p{i}", draw(st.sampled_from((True, True, True, False)))) for i in range(draw(st.integers(1, 3)))]
    holdings = [
        (f"h{i}", draw(st.sampled_from(people))[0], draw(st.sampled_from(roles))[0], *draw(LIFE))
        for i in range(draw(st.integers(1, 4)))
    ]
    rows: dict[str, set[Row]] = {"collaboration": set(), "participation": set(), "matter": set(), "link": set()}
    for key in ("k", "l"):
        coordinator = draw(st.sampled_from(roles))[0]
        superior = draw(st.one_of(st.none(), some))
        state = draw(st.sampled_from(("planned", "forming", "active", "closed")))
        within = "k" if key == "l" and draw(st.booleans()) else None
        rows["collaboration"].add((key, state, coordinator, superior, draw(st.sampled_from(ENDINGS)), within))
        rows["participation"] |= {(key, draw(some), *draw(LIFE)) for _ in range(draw(st.integers(0, 4)))}
        rows["matter"].add((f"m{key}", key, draw(st.sampled_from(("draft", "gathering", "in_force")))))
        hung = contents(f"m{key}", tuple(organisations)) | documents(key, {draw(st.sampled_from(roles))[0]}, organisations)
        hung["seat"] = {
            (forum[0], draw(st.sampled_from(roles))[0], draw(st.sampled_from(("chair", "member"))), *draw(LIFE))
            for forum in sorted(hung["forum"])[:1]
        }
        for name, values in hung.items():
            rows.setdefault(name, set()).update(values)
    endings = st.sampled_from(ENDINGS[:3])
    for position in sorted(rows["position"])[:3]:
        rows["link"].add((f"link {position[0]}", position[0], 0, draw(st.sampled_from((1, 2))), draw(endings), None))
    tokens = [(f"t{i}", h[0], draw(st.booleans()), 0, 2, draw(endings)) for i, h in enumerate(holdings)]
    facts = Facts(
        organisation=frozenset((key, *draw(LIFE)) for key in organisations),
        role=frozenset(roles),
        person=frozenset(people),
        holding=frozenset(holdings),
        token=frozenset(tokens),
        **frozen(rows),
    )
    sessions = [("session", held[1], held[0]) for held in holdings]
    others = [*(("token", row[0]) for row in tokens), *(("link", row[0]) for row in sorted(rows["link"], key=str))]
    return World(facts, (("nobody",), *sessions, *others))
