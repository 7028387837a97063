from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils.translation import override

from tests.domain.adherence.followed import Followed, followed


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with override("en"):
        yield


@pytest.fixture
def world(db: None) -> Followed:
    return followed()
