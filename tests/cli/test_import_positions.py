"""`samordna import_positions`: shows what a file holds, and keeps it only when told to."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from samordna.domain.matters.models import Condition
from tests.web.matters.test_exchanging import rows
from tests.web.matters.world import World, world

pytestmark = pytest.mark.django_db


def run(w: World, file: Path, *flags: str) -> tuple[int, str]:
    out, code = StringIO(), 0
    try:
        call_command("import_positions", w.matter.pk, str(file), "--as", w.coordinator.pk, *flags, stdout=out)
    except SystemExit as ended:
        code = int(ended.code or 0)
    return code, out.getvalue()


def test_it_shows_and_then_keeps(tmp_path: Path) -> None:
    w = world()
    file = tmp_path / "svar.csv"
    file.write_bytes(rows(w))
    assert run(w, file) == (0, "2 utkast med något nytt.\n")
    assert not Condition.objects.exists()
    run(w, file, "--keep")
    assert Condition.objects.count() == 2


def test_what_is_wrong_has_its_row_and_an_exit_code(tmp_path: Path) -> None:
    w = world()
    file = tmp_path / "svar.csv"
    file.write_bytes(rows(w, "collective"))
    code, text = run(w, file, "--keep", "--language", "en")
    assert code == 4
    assert "Conditions, row 2, Options: “collective” is not an option of “Basis”. Choose one of: " in text


def test_what_cannot_be_used_is_said_so(tmp_path: Path) -> None:
    w = world()
    with pytest.raises(CommandError, match="går inte att läsa"):
        run(w, tmp_path / "nothing.csv")
    file = tmp_path / "svar.csv"
    file.write_bytes(b"nonsense")
    with pytest.raises(CommandError, match="mallens blad"):
        run(w, file)
