"""The world of the canary tests, with everybody in it."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest

from samordna.domain.notices.spreading import spread
from tests.access.canary.actors import visitors
from tests.access.canary.deciding import decide
from tests.access.canary.knocking import Matrix
from tests.access.canary.meeting import meet
from tests.access.canary.world import World, build


@pytest.fixture
def world(db: None) -> Iterator[World]:
    logging.disable(logging.ERROR)  # thousands of refusals are what is wanted here
    made = build()
    decide(made)
    meet(made)
    while spread(made.now):
        pass  # every act so far becomes a notice for those it concerns
    yield made
    logging.disable(logging.NOTSET)


@pytest.fixture
def matrix(world: World) -> Matrix:
    everybody = visitors(world)
    return Matrix(world, everybody)
