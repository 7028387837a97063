"""What an entry of the journal says is erased by a decision that is named: gone from every file; the journal verifies."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override

from samordna.core import journal
from samordna.core.actor import Actor
from samordna.core.errors import Absent, Forbidden, Invalid
from samordna.core.models import JournalEntry, JournalPayload
from samordna.core.verification import verify
from samordna.domain.organisations.enums import RoleKind
from samordna.domain.organisations.operations import register_organisation
from samordna.domain.site.models import Site
from samordna.domain.site.operations import erase_entry
from tests import factories as f
from tests.domain.site.test_backup import _installation, _run, on_sqlite

pytestmark = pytest.mark.django_db
DECISION = "Dnr 2026/12 § 4"
HOST = Actor.command("erase what was decided")


def written(name: str = "Hemliga kommunen") -> int:
    """The number of an entry that says this name."""
    with override("sv"):
        register_organisation(actor=Actor.command("test"), name=name, kind="municipality")
    return JournalEntry.objects.latest("sequence").sequence


def test_what_is_erased_is_gone_and_that_it_was_said_stays():
    number = written()
    before = JournalEntry.objects.get(pk=number)
    call_command("erase", str(number), "--decision", DECISION)
    assert not JournalPayload.objects.filter(content__contains="Hemliga").exists()
    assert JournalEntry.objects.get(pk=number).leaf == before.leaf
    told = JournalEntry.objects.select_related("payload").latest("sequence")
    assert (told.action, told.subject_id) == (journal.ERASED, str(number))
    assert (journal.content_of(told.payload) or {})["decision"] == DECISION
    report = verify()
    assert (report.holds, report.erased) == (True, 1)


def test_without_an_entry_that_names_the_decision_it_is_tampering():
    JournalPayload.objects.filter(pk=written()).delete()
    assert not verify().holds


@pytest.mark.parametrize("decision", ["", "  "])
def test_a_decision_must_be_named(decision: str):
    with pytest.raises(Invalid):
        erase_entry(actor=HOST, sequence=written(), decision=decision)


def test_of_several_all_are_erased_or_none():
    """What is not there, what is erased already, and the proof that something was erased, are refused in a sentence."""
    first = written()
    with override("en"), pytest.raises(CommandError, match="Nothing was erased"):
        call_command("erase", str(first), "999999", "--decision", DECISION)
    assert JournalPayload.objects.filter(pk=first).exists()
    proof = erase_entry(actor=HOST, sequence=first, decision=DECISION).sequence
    for number, why in ((first, "erased already"), (proof, "it is the proof")):
        with override("en"), pytest.raises(CommandError, match=why):
            call_command("erase", str(number), "--decision", DECISION)


def test_only_whoever_looks_after_the_site_may():
    number, home = written(), f.organisation()
    keeper = f.holding(home, RoleKind.ADMINISTRATOR)
    Site.objects.create(pk=1, name="Samordna", owner_role=keeper.role, set_up_at=f.NOW)
    for other in [f.actor(home, kind) for kind in RoleKind]:
        with pytest.raises((Forbidden, Absent)):
            erase_entry(actor=other, sequence=number, decision=DECISION)
    erase_entry(actor=f.actor_of(keeper), sequence=number, decision=DECISION)
    assert not JournalPayload.objects.filter(pk=number).exists()


@on_sqlite
@pytest.mark.django_db(transaction=True)
def test_nothing_of_it_is_left_in_any_file(tmp_path: Path):
    number = written("Zebrakanariekommunen")
    place = _installation(tmp_path / "site")
    shutil.copyfile(place / "samordna.sqlite3", tmp_path / "before")
    finished = _run(place, "erase", str(number), "--decision", DECISION)
    assert finished.returncode == 0, finished.stderr
    said = JournalPayload.objects.get(pk=number)
    for trace in (said.salt, said.content):
        assert trace.encode() in (tmp_path / "before").read_bytes(), "the search finds what there is"
        for file in place.glob("samordna.sqlite3*"):
            assert trace.encode() not in file.read_bytes(), file.name
    assert _run(place, "verify").returncode == 0
