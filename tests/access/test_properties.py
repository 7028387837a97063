"""What must hold of the policy in every world, whatever the rules are: default deny, grounds, monotony, time, exchange."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samordna.core.actor import Actor
from samordna.core.policy import LINKS, PATHS, Allow, Deny, Facts, Span, Thing, decide
from tests.access import oracle
from tests.access.mapping import ACTIONS, EPOCH, Asked
from tests.access.worlds import TODAY, World, drawn

TRIES = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), print_blob=True)
NO_FACTS = Facts(holdings={}, participations={}, coordinates={})
READS = {kind: action for action, kind in ACTIONS if action == "read"}


def asked(world: World) -> list[Asked]:
    return [Asked(world.facts, actor, TODAY) for actor in world.actors]


@TRIES
@given(drawn())
def test_p1_nothing_is_allowed_without_facts(world: World) -> None:
    for one in asked(world):
        one.known = NO_FACTS
        assert not any(one.says(action, thing) for action, thing in world.questions)


def test_p1_nobody_may_do_anything() -> None:
    everything = Thing(organisation_id="o", collaboration_id="k", matter_id="m", position_id="q", person_id="p")
    assert all(isinstance(decide(Actor.nobody(), action, everything, NO_FACTS, EPOCH), Deny) for action in PATHS)


def test_p1_an_unknown_action_is_a_mistake_not_a_permission() -> None:
    with pytest.raises(KeyError):
        decide(Actor.nobody(), "matter.destroy", Thing(), NO_FACTS, EPOCH)


@TRIES
@given(drawn())
def test_p3_what_is_allowed_rests_on_facts_that_hold(world: World) -> None:
    for one in asked(world):
        for action, thing in world.questions:
            verdict = one.verdict(action, thing)
            if isinstance(verdict, Allow):
                assert verdict.chain in PATHS[ACTIONS[(action, thing[0])]] + PATHS["matter.read"]
                assert set(verdict.chain) <= set(LINKS)
                assert "holds the role" in verdict.chain or "answer link" in verdict.chain


@TRIES
@given(drawn())
def test_p4_repeated_and_divided_facts_change_nothing(world: World) -> None:
    for one in asked(world):
        before = [one.says(action, thing) for action, thing in world.questions]
        if one.known is not None:
            parts = {key: frozenset(_divided(spans)) for key, spans in reversed(one.known.participations.items())}
            one.known = replace(one.known, participations=parts)
        assert [one.says(action, thing) for action, thing in world.questions] == before


def _divided(spans: frozenset[Span]) -> list[Span]:
    """The same days said in two pieces that meet, and once more whole."""
    middle = EPOCH + timedelta(days=TODAY)
    cut = [span for span in spans if span.at(middle) and span.start != middle]
    return [*spans, *(replace(span, end=middle) for span in cut), *(replace(span, start=middle) for span in cut)]


@TRIES
@given(drawn(), drawn())
def test_p5_more_facts_never_take_a_right_away(world: World, other: World) -> None:
    for one in asked(world):
        allowed = [question for question in world.questions if one.says(*question)]
        if one.known is None:
            continue
        for more in asked(other):
            if more.known is not None:
                one.known = _joined(one.known, more.known)
        assert all(one.says(*question) for question in allowed)


def _joined(left: Facts, right: Facts) -> Facts:
    def both(name: str) -> dict[tuple[str, str], frozenset[Span]]:
        first, second = getattr(left, name), getattr(right, name)
        return {key: first.get(key, frozenset()) | second.get(key, frozenset()) for key in {*first, *second}}

    return Facts(**{name: both(name) for name in ("holdings", "participations", "coordinates")})


@given(st.dates(), st.integers(1, 400), st.integers(-5, 405))
def test_p6_a_life_begins_on_its_first_day_and_is_over_on_its_last(start, days, offset) -> None:  # type: ignore[no-untyped-def]
    if start.year > 9990 or start.year < 5:
        return
    span = Span(start=start, end=start + timedelta(days=days))
    assert span.at(start + timedelta(days=offset)) == (0 <= offset < days)
    after = Span(start=start + timedelta(days=days))
    assert [span.at(after.start), after.at(after.start)] == [False, True]


@TRIES
@given(drawn())
def test_p8_exchanging_all_holdings_of_two_persons_exchanges_their_rights(world: World) -> None:
    names = sorted(row[0] for row in world.facts.person)
    if len(names) < 2:
        return
    swap = {names[0]: names[1], names[1]: names[0]}
    welcome = dict(world.facts.person)
    if welcome[names[0]] != welcome[names[1]]:
        return
    rows = frozenset((row[0], swap.get(row[1], row[1]), *row[2:]) for row in world.facts.holding)
    swapped = replace(world.facts, holding=rows)
    for _session, person, holding in (actor for actor in world.actors if actor[0] == "session"):
        before = Asked(world.facts, ("session", person, holding), TODAY)
        after = Asked(swapped, ("session", swap.get(person, person), holding), TODAY)
        assert all(before.says(*question) == after.says(*question) for question in world.questions)


@TRIES
@given(drawn())
def test_p12_a_refusal_tells_of_a_thing_only_to_those_who_may_read_it(world: World) -> None:
    for one in asked(world):
        for action, thing in world.questions:
            verdict = one.verdict(action, thing)
            if isinstance(verdict, Deny) and not verdict.hidden:
                assert action not in {"read", "read confidential"}
                assert _reads(one, thing), (action, thing, verdict)


READ_AS = {
    "organisation": "directory",
    "contacts": "directory",
    "knowledge": "directory",
    "site": "directory",
    "mandate": "collaboration",
    "view": "collaboration",
    "sponsor": "collaboration",
    "signature": "agreement",
    "answer": "decision",
}
"""What one reads in order to see a thing of another kind."""


def _reads(one: Asked, thing: oracle.Row) -> bool:
    if thing[0] == "figures":  # whose they are says who reads them
        return one.says("read", thing)
    return one.says("read", (READ_AS.get(thing[0], thing[0]), *thing[1:2]))


@TRIES
@given(drawn())
def test_p13_who_may_change_a_thing_may_read_it(world: World) -> None:
    for one in asked(world):
        for action, thing in world.questions:
            if (action, thing[0]) in oracle.WRITES and one.says(action, thing):
                assert _reads(one, thing), (action, thing)


@TRIES
@given(drawn())
def test_p20_looking_after_roles_opens_nothing(world: World) -> None:
    """An organisation's administrator reads what an officer of the same organisation reads, and no more."""
    officer = frozenset((row[0], row[1], "officer", *row[3:]) for row in world.facts.role)
    administrator = frozenset((row[0], row[1], "administrator", *row[3:]) for row in world.facts.role)
    for actor in world.actors:
        one = Asked(replace(world.facts, role=administrator), actor, TODAY)
        other = Asked(replace(world.facts, role=officer), actor, TODAY)
        for action, thing in world.questions:
            if (action, thing[0]) in oracle.READS:
                assert one.says(action, thing) == other.says(action, thing)
