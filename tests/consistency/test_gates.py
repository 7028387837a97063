"""What can be read off the source, and planted faults that the reading must find: asking for the right comes first in every
operation, and no module of the surface reaches a model."""

from __future__ import annotations

import ast
import inspect
from pathlib import Path
from typing import Any

import samordna
from samordna.domain.matters.models import Matter
from tests.consistency.gates import asks_for_its_right, forbidden_imports
from tests.consistency.test_operations import OPERATIONS


def test_every_operation_asks_for_its_right_first() -> None:
    silent = [name for name, known in OPERATIONS if not asks_for_its_right(known.call)]
    assert len(OPERATIONS) > 50
    assert not silent, f"these operations do something before they ask for the right: {silent}"


def test_an_operation_that_does_not_ask_is_noticed() -> None:
    def state(*, actor: Any, matter_id: str) -> None:
        Matter.objects.filter(pk=matter_id).delete()

    def asks(*, actor: Any, matter_id: str) -> None:
        """Asked late is not asked: the check must come first."""
        matter_for(actor, matter_id)  # noqa: F821  # only its source is read

    assert not asks_for_its_right(state)
    assert asks_for_its_right(asks)


def test_no_page_reaches_the_models() -> None:
    root = Path(inspect.getfile(samordna)).parent
    reached = [
        each for part in ("web", "api", "cli") for file in (root / part).rglob("*.py") for each in forbidden_imports(file)
    ]
    assert not reached


def test_a_page_that_reaches_the_models_is_noticed(tmp_path: Path) -> None:
    file = tmp_path / "views.py"
    file.write_text("from samordna.domain.matters.models import Matter\n")
    assert forbidden_imports(file)
    file.write_text("if TYPE_CHECKING:\n    from samordna.domain.matters.models import Matter\n")
    assert not forbidden_imports(file)
    assert ast.parse(file.read_text())


def test_only_two_folders_need_a_browser() -> None:
    """`tools/run_tests.py` asks for these alone: a test marked elsewhere would be asked for by nobody."""
    tests = Path(__file__).parents[1]
    marked = {
        file.relative_to(tests).as_posix() for file in tests.rglob("*.py") if "mark.browser" in file.read_text("utf-8")
    }
    assert marked - {"consistency/test_gates.py"} == {"browser/conftest.py", "journeys/conftest.py"}
