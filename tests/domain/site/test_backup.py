"""Backup, restore and export: everything that was acknowledged is there, whole, and nothing is put where something is."""

from __future__ import annotations

import io
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tarfile
import threading
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.utils import translation

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.checkpoints import signing_key
from samordna.core.errors import Invalid, Refused
from samordna.core.models import JournalHead
from samordna.domain.organisations.operations import register_organisation
from samordna.domain.site import archive, exporting, restoring
from tests import factories as f

pytestmark = pytest.mark.django_db
on_sqlite = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="files are SQLite's way; rows have a test of their own"
)
ROOT = Path(__file__).resolve().parents[3]


def _write_something(number: int = 3) -> None:
    with translation.override("sv"):
        for each in range(number):
            register_organisation(actor=Actor.command("test"), name=f"Kommun {each}", kind="municipality")


def _installation(place: Path) -> Path:
    """A file database like the one of the test, with keys, in a folder of its own."""
    place.mkdir()
    with closing(sqlite3.connect(place / "samordna.sqlite3")) as copy:
        connection.connection.backup(copy)
        copy.execute("PRAGMA journal_mode=WAL")
    signing_key()
    shutil.copyfile(django_settings.SIGNING_KEY, place / "journal-key")
    (place / "secret-key").write_text("s" * 96)
    (place / "files").mkdir()
    (place / "files" / "bilaga.txt").write_text("uppladdat")
    return place


def _run(place: Path, *command: str) -> subprocess.CompletedProcess[str]:
    paths = os.pathsep.join([str(ROOT / "src"), str(ROOT / "engine" / "src")])
    own = {"SAMORDNA_DATA": str(place), "SAMORDNA_DATABASE": "", "SAMORDNA_DEMO": "", "PYTHONPATH": paths}
    line = [sys.executable, "-m", "django", *command]
    return subprocess.run(line, capture_output=True, text=True, env=os.environ | own, check=False)


def _told(finished: subprocess.CompletedProcess[str]) -> dict[str, str]:
    assert finished.returncode == 0, finished.stdout + finished.stderr
    return dict(line.split(": ", 1) for line in finished.stdout.splitlines() if ": " in line)


@on_sqlite
@pytest.mark.django_db(transaction=True)
def test_a_backup_made_while_others_write_is_whole_and_has_what_was_acknowledged(tmp_path):
    """Somebody writes all the time; what was answered before the backup began is in it, and it restores and verifies."""
    _write_something()
    place = _installation(tmp_path / "site")
    acknowledged, stop = [0], threading.Event()

    def write() -> None:
        with closing(sqlite3.connect(place / "samordna.sqlite3", timeout=20, isolation_level=None)) as writer:
            writer.execute("PRAGMA synchronous=FULL")
            writer.execute("CREATE TABLE written (number INTEGER PRIMARY KEY)")
            while not stop.is_set():
                writer.execute("INSERT INTO written (number) VALUES (?)", (acknowledged[0] + 1,))
                acknowledged[0] += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        while acknowledged[0] < 5 and writer.is_alive():
            stop.wait(0.01)
        before = acknowledged[0]
        made = _told(_run(place, "backup", "--to", str(tmp_path / "kept")))
    finally:
        stop.set()
        writer.join()
    path = Path(made["file"])
    assert path.stat().st_mode & 0o777 == 0o600
    assert int(made["entries"]) == JournalHead.objects.get().size
    empty = tmp_path / "elsewhere"
    assert _told(_run(empty, "restore", str(path)))["entries"] == made["entries"]
    with closing(sqlite3.connect(empty / "samordna.sqlite3")) as restored:
        kept = restored.execute("SELECT count(*), max(number) FROM written").fetchone()
        assert restored.execute("SELECT count(*) FROM organisations_organisation").fetchone()[0] == 3
        assert restored.execute("SELECT count(*) FROM search_entry").fetchone()[0] == 3
    assert before <= kept[0] == kept[1] <= acknowledged[0]
    assert (empty / "files" / "bilaga.txt").read_text() == "uppladdat"
    again = _run(empty, "restore", str(path))
    assert (again.returncode, "Det finns redan något" in again.stderr) == (2, True)


@on_sqlite
@pytest.mark.django_db(transaction=True)
def test_a_backup_that_was_touched_is_refused_with_what_is_wrong(tmp_path):
    _write_something(1)
    made = archive.make(tmp_path / "kept", clock.now())
    assert restoring.unpack(made.path, tmp_path)["journal"]["entries"] == made.entries
    for spoil in (lambda data: data[: len(data) // 2], lambda data: data.replace(b"Kommun 0", b"Kommun 1"), lambda _: b"x"):
        spoilt = tmp_path / "spoilt.tar"
        spoilt.write_bytes(spoil(made.path.read_bytes()))
        with pytest.raises(Invalid, match="backup"), translation.override("en"):
            restoring.unpack(spoilt, tmp_path / "out")


def test_nothing_in_a_backup_may_lie_outside_it(tmp_path):
    for name in ("../outside", "/outside", "a/../../outside"):
        path = tmp_path / "evil.tar"
        with tarfile.open(path, "w") as evil:
            described = tarfile.TarInfo(name)
            described.size = 1
            evil.addfile(described, io.BytesIO(b"x"))
        with pytest.raises(Invalid):
            restoring.unpack(path, tmp_path / "out")
    assert not (tmp_path / "outside").exists()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="the rows of PostgreSQL")
@pytest.mark.django_db(transaction=True)
def test_rows_of_postgresql_are_kept_and_described(tmp_path):
    _write_something()
    made = archive.make(tmp_path / "kept", clock.now())
    manifest = restoring.unpack(made.path, tmp_path / "out")
    assert manifest["rows"]["organisations_organisation"] == 3
    assert (tmp_path / "out" / "tables" / "organisations_organisation").read_text().count("\n") == 3
    f.person("Anna")
    with pytest.raises(Refused):
        restoring.restore(made.path)


@pytest.mark.django_db(transaction=True)
def test_everything_is_exported_as_documents_that_fit_their_schemas(tmp_path):
    _write_something(2)
    person = f.person("Anna")
    person.set_password("mycket hemligt lösenord")
    person.save()
    f.aspect(f.matter(title="Ledig dag"))
    counts = exporting.export(tmp_path / "out", clock.now())
    text = "".join(path.read_text() for path in (tmp_path / "out").glob("*.json"))
    assert person.password not in text
    assert {"Anna", "Ledig dag", "Kommun 1"} <= {word for word in ("Anna", "Ledig dag", "Kommun 1") if word in text}
    for name, number in counts.items():
        items = json.loads((tmp_path / "out" / f"{name}.json").read_text())["items"]
        schema = json.loads((tmp_path / "out" / "schema" / f"{name}.json").read_text())
        assert len(items) == number
        assert all(_faults(item, schema) == [] for item in items), name


def _faults(item: dict[str, Any], schema: dict[str, Any]) -> list[str]:
    """What does not fit, of the few words of JSON Schema that are used."""
    kinds = {"string": str, "integer": int, "boolean": bool, "null": type(None)}
    wrong = list(item.keys() ^ set(schema["required"]))
    for name, value in item.items():
        said = schema["properties"][name]
        allowed = said.get("type", [])
        wanted = tuple(kinds[kind] for kind in ([allowed] if isinstance(allowed, str) else allowed))
        if wanted and not isinstance(value, wanted):
            wrong.append(f"{name}: {value!r}")
        if "enum" in said and value not in said["enum"]:
            wrong.append(f"{name}: {value!r} is none of {said['enum']}")
    return wrong
