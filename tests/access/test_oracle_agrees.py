"""The policy and the oracle give the same answer to every question of every world."""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain

from hypothesis import HealthCheck, given, settings

from samordna.core.policy import PATHS
from tests.access import oracle
from tests.access.mapping import ACTIONS, Asked
from tests.access.worlds import TODAY, World, drawn, standings, surroundings

AT_LEAST = 200_000


def differences(world: World) -> tuple[int, int, list[tuple[object, ...]]]:
    """How many questions were asked, how many of them the oracle allows, and where the policy says something else."""
    asked = allowed = 0
    found: list[tuple[object, ...]] = []
    for actor in world.actors:
        policy = Asked(world.facts, actor, TODAY)
        for action, thing in world.questions:
            expected = oracle.allowed(world.facts, actor, action, thing, TODAY)
            asked += 1
            allowed += expected
            if policy.says(action, thing) != expected:
                found.append((actor, action, thing, f"oracle: {expected}", world.facts))
    return asked, allowed, found


def test_every_small_world(record_figure: Callable[[str, int], None]) -> None:
    compared = yes = 0
    for world in chain(standings(), surroundings()):
        asked, allowed, found = differences(world)
        assert not found, found[0]
        compared += asked
        yes += allowed
    record_figure("access_comparisons", compared)
    assert compared >= AT_LEAST
    assert yes > 10_000, "worlds in which everything is refused prove little"


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), print_blob=True)
@given(drawn())
def test_every_drawn_world(world: World) -> None:
    _asked, _allowed, found = differences(world)
    assert not found, found[0]


def test_every_action_of_the_policy_is_asked_about_or_named_here() -> None:
    """A new action must be added to the oracle, or said here to be about oneself and one's own account."""
    elsewhere = {
        "account.use",
        "account.change",
        "holding.deputise",
        "collaboration.start",
        "journal.verify",
        "introduction.take",
    }
    like_another = {"proposal.answer", "following.read", "experience.share"}
    assert set(PATHS) == set(ACTIONS.values()) | elsewhere | like_another
