"""Planted tampering: every kind, at random places, is seen, given one checkpoint that was kept elsewhere."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.db import transaction

from samordna.core import checkpoints
from samordna.core.checkpoints import Statement
from samordna.core.models import Checkpoint, JournalEntry
from samordna.core.verification import MOST_FAULTS, verify
from tests.core import tampering
from tests.core.journals import write
from tests.factories import NOW

TRIALS = int(os.environ.get("SAMORDNA_TAMPERINGS", "4"))
LENGTH, KEPT = 23, 17

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> Statement:
    """A journal of 23 entries with a checkpoint every ten; the one at 17 was kept elsewhere."""
    monkeypatch.setattr(checkpoints, "EVERY", 10)
    write(KEPT)
    statement = checkpoints.read(checkpoints.make_checkpoint().note)
    write(LENGTH - KEPT)
    return statement


def seen(kept: Statement, tamper: tampering.Tampering, chance: Random) -> list[str]:
    """The kinds of fault that verification names after this tampering, which is undone again."""
    try:
        with transaction.atomic():
            tamper(LENGTH, KEPT, chance)
            found = [fault.kind for fault in verify([kept]).faults]
            raise Undo
    except Undo:
        return found


class Undo(Exception):  # not an error
    pass


def test_an_untouched_journal_says_what_it_said(kept: Statement) -> None:
    report = verify([kept])
    assert (report.faults, report.entries, report.checkpoints, report.erased) == ([], LENGTH, 3, 0)


def test_an_empty_journal_holds() -> None:
    assert verify().holds


@pytest.mark.parametrize("name", tampering.KINDS)
def test_tampering_is_seen(name: str, kept: Statement, settings: Any) -> None:
    key = Path(settings.SIGNING_KEY).read_text()
    for trial in range(TRIALS):
        assert seen(kept, tampering.KINDS[name], Random(f"{name} {trial}")), f"{name}, trial {trial}"
        Path(settings.SIGNING_KEY).write_text(key)
    assert verify([kept]).holds


def test_only_what_is_kept_elsewhere_shows_a_thorough_forgery(kept: Statement) -> None:
    """Shows that the tests above could fail: without the kept checkpoint this forgery passes."""
    tampering.change_a_field_and_make_everything_fit(LENGTH, KEPT, Random(1))
    assert verify().holds
    assert [fault.kind for fault in verify([kept]).faults] == ["root"]


def test_a_fault_is_said_with_its_entry(kept: Statement) -> None:
    JournalEntry.objects.filter(pk=7).update(person_id="somebodyelse")
    faults = [(fault.kind, fault.sequence) for fault in verify([kept]).faults]
    assert ("entry", 7) in faults
    assert ("root", 0) in faults


def test_a_root_that_fails_says_between_which_entries(kept: Statement) -> None:
    earlier = checkpoints.read(Checkpoint.objects.get(size=10).note)
    JournalEntry.objects.filter(pk=12).update(action="x")
    tampering.make_everything_fit()
    fault = verify([kept, earlier]).faults[-1]
    assert (fault.kind, fault.sequence) == ("root", 10)
    assert ("10" in fault.sentence, "16" in fault.sentence) == (True, True)


def test_very_many_faults_are_counted_and_not_all_told(monkeypatch: pytest.MonkeyPatch) -> None:
    write(MOST_FAULTS + 30)
    JournalEntry.objects.update(action="x")
    report = verify()
    assert (len(report.faults), report.more > 0) == (MOST_FAULTS, True)


def test_time_that_runs_backwards_is_said(kept: Statement) -> None:
    JournalEntry.objects.filter(pk=5).update(at=NOW - timedelta(days=1))
    assert ("time", 5) in [(fault.kind, fault.sequence) for fault in verify([kept]).faults]


WRITER = """
import django; django.setup()
from tests.core.journals import write
for _ in range(25): write(1)
"""
SETUP = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", "core", verbosity=0)
"""
READER = """
import django; django.setup()
from samordna.core.verification import verify
report = verify()
print(report.entries, report.holds)
"""


def test_processes_that_write_at_once_write_one_unbroken_journal(tmp_path: Path) -> None:
    """Three processes on one database file: no number is skipped or taken twice, and the tree is the tree of the rows."""
    root = Path(__file__).resolve().parents[2]
    places = f"{root / 'src'}{os.pathsep}{root / 'engine' / 'src'}{os.pathsep}{root}"
    environment = {**os.environ, "SAMORDNA_DATA": str(tmp_path), "SAMORDNA_DATABASE": "", "PYTHONPATH": places}

    def run(script: str) -> subprocess.Popen[str]:
        return subprocess.Popen([sys.executable, "-c", script], env=environment, stdout=subprocess.PIPE, text=True)

    assert run(SETUP).communicate() == ("", None)
    assert [writer.communicate()[0] for writer in [run(WRITER) for _ in range(3)]] == ["", "", ""]
    assert run(READER).communicate()[0].split() == ["75", "True"]
