"""Of the published page is drawn, for any seed, whoever gets an answer of their own; and over many commits everybody."""

from __future__ import annotations

from collections import Counter
from random import Random

from tests.access.canary.published import COLUMNS, FIRST, drawn, said
from tests.access.canary.test_matrix import PAGE


def test_every_answer_of_every_address_is_asked_for_whatever_the_seed() -> None:
    lines = said(PAGE.read_text())
    assert len(lines) > 1000
    for seed in range(3):
        pick, asked = Random(seed), Counter[str]()
        for name, line in lines.items():
            kinds = {FIRST, *drawn(line, "<str:token>" in name, pick)}
            assert {line[kind] for kind in kinds} == set(line.values()), name
            asked.update(kinds)
        assert sum(asked.values()) < len(lines) * len(COLUMNS) / 2, "no more than this is afforded in each run"
        assert min(asked[kind] for kind in COLUMNS if kind != "link") > len(lines) / 8


def test_everybody_is_asked_at_every_address_sooner_or_later() -> None:
    pick = Random(1)
    for name, line in list(said(PAGE.read_text()).items())[::40]:
        asked = {kind for _commit in range(200) for kind in drawn(line, True, pick)} | {FIRST}
        assert asked == set(COLUMNS), name
