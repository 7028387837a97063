"""Nobody is shown what they may not see, on any address; nothing that only asks changes anything; nothing breaks."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator

import pytest

from tests.access.canary.actors import visitors
from tests.access.canary.deciding import decide
from tests.access.canary.knocking import Findings, Matrix
from tests.access.canary.world import build

SHARE = float(os.environ.get("SAMORDNA_CANARY_SHARE", "0.15"))
SEED = int(os.environ.get("SAMORDNA_CANARY_SEED", "20261122"))


@pytest.fixture
def matrix(db: None) -> Iterator[Matrix]:
    logging.disable(logging.ERROR)  # thousands of refusals are what is wanted here
    world = build()
    decide(world)
    yield Matrix(world, visitors(world))
    logging.disable(logging.NOTSET)


def told(found: list[str]) -> str:
    """The first of them, each once, and how many there are."""
    return "\n".join([f"{len(found)} in all", *sorted(set(found))[:40]])


def test_nobody_is_shown_what_they_may_not_see(matrix: Matrix, record_figure: Callable[[str, int], None]) -> None:
    found: Findings = matrix.walk(SHARE, SEED)
    record_figure("canary_seed", SEED)
    record_figure("canary_requests", found.requests)
    record_figure("canary_leaks", len(found.leaks))
    record_figure("canary_routes", len(found.asked))
    assert len(matrix.everybody) >= 30
    assert {route.pattern for route in matrix.routes} == found.asked
    assert not found.leaks, told(found.leaks)
    assert not found.writes, told(found.writes)
    assert not found.failures, told(found.failures)
