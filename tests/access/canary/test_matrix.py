"""Nobody is shown what they may not see, on any address; nothing that only asks changes anything; nothing breaks."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable

from tests.access.canary.knocking import Findings, Matrix

MOST = int(os.environ.get("SAMORDNA_CANARY_REQUESTS", "10000"))  # some minutes; 0 asks everything there is
SEED = int(os.environ.get("SAMORDNA_CANARY_SEED", "20261122"))


def told(found: list[str]) -> str:
    """How many, by what is shown on which address to which kind of actor; without ids, so that the same is said once."""
    alike = Counter(re.sub(r"(?<=/)[a-z0-9]{12}(?=[/ ])", "…", finding) for finding in found)
    return "\n".join([f"{len(found)} in all", *(f"{count} × {finding}" for finding, count in alike.most_common(60))])


def test_nobody_is_shown_what_they_may_not_see(matrix: Matrix, record_figure: Callable[[str, int], None]) -> None:
    found: Findings = matrix.walk(MOST, SEED)
    record_figure("canary_seed", SEED)
    record_figure("canary_requests", found.requests)
    record_figure("canary_leaks", len(found.leaks))
    record_figure("canary_routes", len(found.asked))
    assert len(matrix.everybody) >= 30
    assert {route.pattern for route in matrix.routes} == found.asked
    wrong = [told(each) for each in (found.leaks, found.writes, found.failures) if each]
    assert not wrong, "\n\n".join(wrong)
