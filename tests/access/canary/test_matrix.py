"""Nobody is shown what they may not see, on any address; nothing that only asks changes anything; nothing breaks; and what
is published of who is answered what is what the site answers.

`SAMORDNA_WRITE_ACCESS_MATRIX=1` writes what is published instead of comparing it, and asks for nothing else.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from tests.access.canary.knocking import Matrix
from tests.access.canary.published import document
from tests.access.canary.world import World

MOST = int(os.environ.get("SAMORDNA_CANARY_REQUESTS", "400"))
"""How many are drawn besides those of the published page, which takes some minutes; 0 asks everything there is."""
SEED = int(os.environ.get("SAMORDNA_CANARY_SEED", "20261122"))
FOR_THE_PAGE = not os.environ.get("SAMORDNA_ASKING_DATABASE")
"""The page says the same whatever the database is, so it is asked for on one of them; the other draws more instead."""
PAGE = Path(__file__).resolve().parents[3] / "docs" / "reference" / "access-matrix.md"


def told(found: list[str]) -> str:
    """How many, by what is shown on which address to which kind of actor; without ids, so that the same is said once."""
    alike = Counter(re.sub(r"(?<=/)[a-z0-9]{12}(?=[/ ])", "…", finding) for finding in found)
    return "\n".join([f"{len(found)} in all", *(f"{count} × {finding}" for finding, count in alike.most_common(60))])


def changed(now: str) -> str:
    """What differs between the page that is published and the site."""
    said = PAGE.read_text() if PAGE.exists() else ""
    lines = sorted(set(now.splitlines()) ^ set(said.splitlines()))
    return "write it anew with tools/access_matrix.py, and look at what changed:\n" + "\n".join(lines[:20]) if lines else ""


def test_nobody_is_shown_what_they_may_not_see(
    world: World, matrix: Matrix, record_figure: Callable[[str, int], None]
) -> None:
    now = document(world, matrix) if FOR_THE_PAGE else ""
    if os.environ.get("SAMORDNA_WRITE_ACCESS_MATRIX"):
        PAGE.write_text(now)
        return
    found = matrix.walk(MOST and MOST + matrix.findings.requests, SEED)
    record_figure("canary_seed", SEED)
    record_figure("canary_requests", found.requests)
    record_figure("canary_leaks", len(found.leaks))
    record_figure("canary_routes", len({pattern for _kind, pattern in found.asked}))
    assert len(matrix.everybody) >= 30
    assert {route.pattern for route in matrix.routes} == {pattern for _kind, pattern in found.asked}
    wrong = [told(each) for each in (found.leaks, found.writes, found.failures) if each]
    assert not wrong, "\n\n".join(wrong)
    assert not (now and changed(now)), changed(now)
