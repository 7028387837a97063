"""What is claimed names tests that exist, and figures that are measured."""

import re
from pathlib import Path

import pytest

ENGINE = Path(__file__).parents[2]
CLAIMS = (ENGINE / "CLAIMS.md").read_text(encoding="utf-8")


def test_every_test_that_a_claim_names_exists():
    there = {
        f"{path.stem}::{name}"
        for path in (ENGINE / "tests").rglob("test_*.py")
        for name in re.findall(r"^def (test_\w+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    named = re.findall(r"`(test_\w+::test_\w+)`", CLAIMS)
    assert len(named) > 60
    assert [name for name in named if name not in there] == []


@pytest.mark.skipif(not (ENGINE.parent / "tests").exists(), reason="the application is not beside the engine")
def test_every_test_of_the_application_that_a_claim_names_exists():
    named = re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", CLAIMS)
    assert len(named) > 10
    for file, name in named:
        assert f"def {name}(" in (ENGINE.parent / file).read_text(encoding="utf-8")


def test_every_claim_has_something_to_show_for_it():
    lines = [line for line in CLAIMS.splitlines() if line.startswith("| ") and not line.startswith("| ---")]
    assert [line for line in lines if any(not cell.strip() for cell in line.strip("|").split("|"))] == []
