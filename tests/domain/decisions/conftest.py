"""Decisions' tests read English sentences and keep the engine's worker between them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils.translation import override

from tests.domain.decisions.world import World, build


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with override("en"):
        yield


@pytest.fixture
def world(db: None) -> World:
    return build()
