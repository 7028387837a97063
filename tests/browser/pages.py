"""The pages, and states of pages, that every accessibility and layout test visits.

An area adds its own in `tests/browser/pages_<area>.py`: a function that builds what the page shows with the factories and
returns a `Visit`, decorated with `@page("what it shows")`. Files with such names are found by themselves.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Visit:
    """Where to go, and as whom (nobody without a holding). `status` is what the page answers.

    `act` is given the browser's page after it has opened, to reach a state that has no address of its own.
    """

    address: str
    holding: Any = None
    status: int = 200
    act: Callable[[Any], None] | None = None


PAGES: dict[str, Callable[[], Visit]] = {}


def page(name: str) -> Callable[[Callable[[], Visit]], Callable[[], Visit]]:
    """Register a page under what it shows."""

    def register(build: Callable[[], Visit]) -> Callable[[], Visit]:
        if name in PAGES:
            raise ValueError(f"There is already a page called {name}.")
        PAGES[name] = build
        return build

    return register


def every_page() -> dict[str, Callable[[], Visit]]:
    """All pages of all areas."""
    for file in sorted(Path(__file__).parent.glob("pages_*.py")):
        import_module(f"tests.browser.{file.stem}")
    return PAGES
