"""The counts of attempts and the spent codes: no flood of others empties them while they count."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from samordna.config import settings as configured
from samordna.web.accounts import counted
from samordna.web.accounts.counted import CountedInFiles


def store(place: Path, most: int = 20) -> CountedInFiles:
    return CountedInFiles(str(place), {"OPTIONS": {"MAX_ENTRIES": most}})


def test_this_is_where_the_site_counts():
    assert configured.CACHES["default"]["BACKEND"] == f"{CountedInFiles.__module__}.{CountedInFiles.__qualname__}"


def test_what_is_out_of_time_goes_before_anything_that_counts(tmp_path):
    kept = store(tmp_path)
    kept.set("attempts-at-Anna", 5, 900)
    kept.set("for-ever", 1, None)
    for number in range(50):
        kept.set(f"old-{number}", 1, 0.01)
    time.sleep(0.02)
    (tmp_path / "torn.djcache").write_bytes(b"")
    kept.tidy()
    assert (kept.get("attempts-at-Anna"), kept.get("for-ever")) == (5, 1)
    assert len(kept.files()) == 2


def test_when_too_many_count_those_with_the_shortest_time_left_go(tmp_path):
    """Who floods with new names is out before what was counted of somebody for longer."""
    kept = store(tmp_path, most=20)
    kept.set("attempts-at-Anna", 5, 900)
    for number in range(60):
        kept.set(f"flood-{number}", 1, 60 + number)
    kept.tidy()
    assert kept.get("attempts-at-Anna") == 5
    assert len(kept.files()) == 20
    assert kept.get("flood-0") is None
    assert kept.get("flood-59") == 1


def test_the_folder_is_looked_through_now_and_then(tmp_path, monkeypatch):
    kept, looked = store(tmp_path), list[int]()
    monkeypatch.setattr(kept, "tidy", lambda: looked.append(1))
    monkeypatch.setattr(counted, "random", lambda: 0.5)
    kept.set("a", 1, 60)
    assert not looked
    monkeypatch.setattr(counted, "random", lambda: 0.0)
    kept.set("b", 1, 60)
    assert looked


def test_counting_costs_the_same_however_many_there_are(tmp_path, monkeypatch):
    """The folder is not read for each count that is written."""
    kept = store(tmp_path)
    monkeypatch.setattr(counted, "random", lambda: 0.5)
    monkeypatch.setattr(kept, "files", lambda: pytest.fail("the folder was read"))
    for number in range(20):
        kept.set(f"attempt-{number}", 1, 60)
