"""The comparison is strong: take any one link out of any one path of the policy, and some small world notices."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from itertools import chain

import pytest

from samordna.core import policy
from tests.access import oracle
from tests.access.mapping import ACTIONS, Asked
from tests.access.oracle import Row
from tests.access.worlds import TODAY, standings, surroundings

WITHOUT_EFFECT = {
    "signed in": "only somebody who is signed in can hold a role",
    "open to the coordinator": "nothing is kept from the coordinator within its collaboration in this version but sketches",
}

Question = tuple[Asked, str, Row, bool]


@cache
def questions() -> dict[str, list[Question]]:
    """The questions of every third small world with the oracle's answers, by the policy's name for the action."""
    found: dict[str, list[Question]] = defaultdict(list)
    for world in list(chain(standings(), surroundings()))[::3]:
        for actor in world.actors:
            asked = Asked(world.facts, actor, TODAY)
            for action, thing in world.questions:
                expected = oracle.allowed(world.facts, actor, action, thing, TODAY)
                found[ACTIONS[(action, thing[0])]].append((asked, action, thing, expected))
    return found


def mutants() -> list[tuple[str, int, str]]:
    asked_about = set(ACTIONS.values())
    return [
        (action, index, link)
        for action, paths in policy.PATHS.items()
        for index, path in enumerate(paths)
        for link in path
        if action in asked_about and link not in WITHOUT_EFFECT
    ]


def notices(action: str) -> bool:
    return any(asked.says(verb, thing) != expected for asked, verb, thing, expected in questions()[action])


@pytest.mark.parametrize("mutant", mutants(), ids=lambda mutant: "-".join(map(str, mutant)).replace(" ", "_"))
def test_a_missing_link_is_noticed(mutant: tuple[str, int, str], monkeypatch: pytest.MonkeyPatch) -> None:
    action, index, link = mutant
    paths = list(policy.PATHS[action])
    paths[index] = tuple(name for name in paths[index] if name != link)
    monkeypatch.setitem(policy.PATHS, action, tuple(paths))  # type: ignore[arg-type]
    assert notices(action), f"nobody would notice if {action} forgot “{link}”"


@pytest.mark.parametrize("action", sorted(set(ACTIONS.values())))
def test_a_missing_path_is_noticed(action: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for index in range(len(policy.PATHS[action])):
        paths = [("command",) if at == index else path for at, path in enumerate(policy.PATHS[action])]
        with monkeypatch.context() as patch:
            patch.setitem(policy.PATHS, action, tuple(paths))  # type: ignore[arg-type]
            assert notices(action), f"nobody would notice if {action} lost path {index}"
