from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from samordna.cli import main
from samordna.core import checkpoints
from samordna.core.models import JournalEntry
from tests.core.journals import write

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    write(5)
    path = tmp_path / "kept.txt"
    call_command("checkpoint", to=path, stdout=StringIO())
    return path


def told(*arguments: object, **options: object) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out, **options)
    return out.getvalue()


def test_a_journal_that_holds_is_told_in_figures(kept: Path) -> None:
    lines = told("verify", checkpoint=[kept]).splitlines()
    figures = dict(line.split(": ") for line in lines if ": " in line)
    assert (figures["entries"], figures["faults"], figures["checkpoints"]) == ("5", "0", "1")
    assert figures.keys() == {"entries", "erased", "checkpoints", "faults", "root", "entries_per_second"}


def test_a_changed_journal_is_told_in_sentences_and_with_an_exit_code(kept: Path) -> None:
    JournalEntry.objects.filter(pk=3).update(action="x")
    out = StringIO()
    with pytest.raises(SystemExit) as stop:
        call_command("verify", checkpoint=[kept], stdout=out)
    assert stop.value.code == 1
    assert [line for line in out.getvalue().splitlines() if line.startswith("✗") and "3" in line]


@pytest.mark.parametrize("content", [None, b"no checkpoint", b"\xff"])
def test_a_file_that_is_no_checkpoint_is_refused_by_name(content: bytes | None, tmp_path: Path) -> None:
    path = tmp_path / "kept.txt"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(CommandError, match=r"kept\.txt") as refusal:
        call_command("verify", checkpoint=[path])
    assert refusal.value.returncode == 2


def test_a_checkpoint_is_shown_or_written(kept: Path) -> None:
    assert told("checkpoint") == kept.read_text()
    assert checkpoints.read(kept.read_text()).size == 5
    assert told("checkpoint", key=True).startswith("samordna+")


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="missing"):
        call_command("checkpoint", to=tmp_path / "missing" / "kept.txt")


@pytest.mark.parametrize("arguments", [[], ["--help"]])
def test_samordna_alone_lists_our_commands(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    main(arguments)
    listed = capsys.readouterr().out
    assert [name for name in ("checkpoint", "verify") if f"  {name} " in listed] == ["checkpoint", "verify"]


def test_samordna_runs_a_command(kept: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["checkpoint", "--key"])
    assert capsys.readouterr().out.startswith("samordna+")
