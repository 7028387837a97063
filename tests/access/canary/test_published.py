"""The published access matrix is what the site answers. `SAMORDNA_WRITE_ACCESS_MATRIX=1` writes it instead."""

from __future__ import annotations

import os
from pathlib import Path

from tests.access.canary.knocking import Matrix
from tests.access.canary.published import document
from tests.access.canary.world import World

PAGE = Path(__file__).resolve().parents[3] / "docs" / "reference" / "access-matrix.md"


def test_the_published_matrix_is_what_the_site_answers(world: World, matrix: Matrix) -> None:
    now = document(world, matrix)
    if os.environ.get("SAMORDNA_WRITE_ACCESS_MATRIX"):
        PAGE.write_text(now)
    said = PAGE.read_text() if PAGE.exists() else ""
    changed = sorted(set(now.splitlines()) ^ set(said.splitlines()))
    assert not changed, "write it anew with tools/access_matrix.py, and look at what changed:\n" + "\n".join(changed[:20])
