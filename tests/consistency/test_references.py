"""What is generated is as committed, and what the documents point at exists."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from tests.consistency.sources import ROOT, kept, short

DOCUMENTS = [path for path in kept() if path.suffix == ".md"]


def test_generated_references_are_up_to_date():
    result = subprocess.run([sys.executable, "tools/references.py", "check"], cwd=ROOT, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout + result.stderr + " Run make docs."


@pytest.mark.parametrize("path", DOCUMENTS, ids=short)
def test_links_between_documents_lead_somewhere(path):
    targets = re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", path.read_text())
    assert [target for target in targets if not (path.parent / target).exists()] == []


def test_every_make_target_the_documents_name_exists():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = {name for path in DOCUMENTS for name in re.findall(r"`make ([a-z-]+)", path.read_text())}
    assert named
    assert named <= targets


def test_every_setting_is_in_the_reference():
    text = (ROOT / "docs/reference/settings.md").read_text()
    names = set(re.findall(r'"(SAMORDNA_[A-Z_]+)"', (ROOT / "src/samordna/config/settings.py").read_text()))
    assert names
    assert all(f"`{name}`" in text for name in names)
