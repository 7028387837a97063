"""Every test in this folder needs Chromium, and is left out with a word where there is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.fixtures import CHROMIUM

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if not CHROMIUM:
                item.add_marker(pytest.mark.skip(reason="There is no Chromium on this machine."))
