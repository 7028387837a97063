"""Figures that the access tests print, one `name: value` a line, whatever the output is captured to."""

from __future__ import annotations

from collections.abc import Callable

import pytest


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
