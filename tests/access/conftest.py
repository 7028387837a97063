"""The canaries' world, built once for each file of tests, and the figures that the access tests print."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

import pytest
from django.db import transaction

from samordna.core.fields import ALPHABET, ID_LENGTH
from samordna.domain.notices.spreading import spread
from tests.access.canary.actors import Visitor, visitors
from tests.access.canary.assessing import assess
from tests.access.canary.changing import change
from tests.access.canary.deciding import decide
from tests.access.canary.following_up import follow_up
from tests.access.canary.introducing import introduce
from tests.access.canary.meeting import meet
from tests.access.canary.reporting import report_on
from tests.access.canary.world import World, build


class InOrder:
    """Gives the characters of ids that come in order, so that what was made first is what is found first, every time."""

    def __init__(self) -> None:
        self._characters = (each for id_ in product(ALPHABET, repeat=ID_LENGTH) for each in id_)

    def choice(self, _among: str) -> str:
        return next(self._characters)


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[World, dict[str, Visitor]]]:
    """The world and everybody in it, once: it takes longer to build than most that is asked of it."""
    logging.disable(logging.ERROR)  # thousands of refusals are what is wanted here
    with django_db_blocker.unblock(), transaction.atomic():
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("samordna.core.fields.secrets", InOrder())
            decide(made := build())
            meet(made)
            assess(made)
            follow_up(made)
            report_on(made)
            change(made)
            introduce(made)
            while spread(made.now):
                pass  # every act so far becomes a notice for those it concerns
        yield made, {visitor.kind: visitor for visitor in visitors(made)}
        transaction.set_rollback(True)
    logging.disable(logging.NOTSET)


@pytest.fixture
def world(built: tuple[World, dict[str, Visitor]], db: None) -> World:
    """The same for every test of the file: whatever one changes is undone."""
    return built[0]


@pytest.fixture
def everybody(built: tuple[World, dict[str, Visitor]]) -> dict[str, Visitor]:
    return built[1]


@pytest.fixture
def record_figure(request: pytest.FixtureRequest) -> Callable[[str, int], None]:
    """Print a figure on the terminal even when the test passes."""
    plugins = request.config.pluginmanager
    reporter, capture = plugins.get_plugin("terminalreporter"), plugins.get_plugin("capturemanager")

    def record(name: str, value: int) -> None:
        if reporter is None or capture is None:
            return
        with capture.global_and_fixture_disabled():
            reporter.ensure_newline()
            reporter.write_line(f"{name}: {value}")

    return record
