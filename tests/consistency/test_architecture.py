"""The architecture is checked, not remembered."""

from __future__ import annotations

import configparser
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.consistency.sources import ROOT, SOURCE, python, short

CLOSED_CORE = {
    *("__init__", "actor", "apps", "checkpoints", "clock", "errors", "fields", "journal", "merkle", "models"),
    *("operation", "outbox", "overtaking", "packages", "policy", "proofs", "reading", "refusals", "tables", "tasks"),
    *("assurance", "strict_json", "unwritten", "verification", "words"),
}
NO_SUCH_NAMES = {"utils", "util", "helpers", "common", "services", "service", "managers", "misc"}


def _lint(config: Path) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join([str(ROOT / "src"), str(ROOT / "engine" / "src"), os.environ.get("PYTHONPATH", "")])
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache", "--config", str(config)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env=os.environ | {"PYTHONPATH": path})


def test_every_import_contract_is_kept():
    result = _lint(ROOT / ".importlinter")
    assert result.returncode == 0, result.stdout


def test_a_planted_import_against_the_contracts_is_caught(tmp_path):
    """The same contracts over a copy of the package in which a page imports models."""
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__", "locale", "static"))
    shutil.copytree(ROOT / "engine" / "src", tmp_path / "engine" / "src", ignore=shutil.ignore_patterns("__pycache__"))
    page = tmp_path / "src/samordna/web/site/views.py"
    page.write_text(page.read_text() + "\nfrom samordna.domain.matters.models import Matter\n")
    path = os.pathsep.join([str(tmp_path / "src"), str(tmp_path / "engine" / "src")])
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache", "--config", str(ROOT / ".importlinter")]
    result = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, env=os.environ | {"PYTHONPATH": path})
    assert result.returncode == 1
    assert "samordna.web.site.views" in result.stdout


def test_contracts_are_exhaustive_and_without_ignores():
    contracts = configparser.ConfigParser()
    contracts.read(ROOT / ".importlinter")
    for section in contracts.sections():
        assert "ignore_imports" not in contracts[section], section
    assert contracts["importlinter:contract:layers"]["exhaustive"] == "true"
    assert contracts["importlinter:contract:loop"]["exhaustive"] == "true"


def test_core_is_a_closed_list():
    assert {path.stem for path in python(SOURCE / "core")} == CLOSED_CORE


def test_no_module_has_a_name_that_says_nothing():
    assert [short(path) for path in python(SOURCE) if path.stem in NO_SUCH_NAMES] == []


def test_no_list_of_the_api_is_a_tuple():
    """Two things in a tuple would be read as a status and an answer."""
    answering = [path for path in python(SOURCE / "api") if ") -> tuple[" in _routed(path.read_text())]
    assert [short(path) for path in answering] == []


def _routed(text: str) -> str:
    """The first lines of the functions that answer an address."""
    heads = text.split("@router.")[1:]
    return "\n".join(head.split('"""')[0] for head in heads)
