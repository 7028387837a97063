"""Everybody, and every address."""

from __future__ import annotations

import pytest

from tests.access.canary.actors import Visitor
from tests.access.canary.knocking import Matrix
from tests.access.canary.world import World


@pytest.fixture
def matrix(world: World, everybody: dict[str, Visitor]) -> Matrix:
    return Matrix(world, list(everybody.values()))
