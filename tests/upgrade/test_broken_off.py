"""A first start of the demonstration that is broken off, wherever it is, is made anew by the next one."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

ROOT = Path(__file__).parents[2]
START = """
import json, os, sys
import django
django.setup()
from django.core.management import call_command
from samordna.cli import new_database
from samordna.cli.management.commands import load_demo, prepare
from samordna.domain.organisations.models import Organisation, Person

def load():
    Person.objects.create(name="Anna")
    if sys.argv[1] == "in the world":
        os._exit(9)
    Organisation.objects.create(name="Ekby kommun", valid_from="2024-01-01")

load_demo.load = load
if sys.argv[1] == "before the notes":
    new_database.fill_in_what_models_do_not_say = lambda: os._exit(9)
if sys.argv[1] == "before this was so":
    prepare.new_database.make()
    from django.db import connection
    connection.cursor().execute("DELETE FROM django_migrations")
    os._exit(9)
call_command("prepare")
call_command("migrate", check_unapplied=True, verbosity=0)
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("PRAGMA synchronous")
    waits = cursor.fetchone()[0]
print(json.dumps([Person.objects.count(), Organisation.objects.count(), waits, connection.settings_dict["NAME"].name]))
"""


@pytest.fixture
def start(tmp_path: Path):
    if connection.vendor != "sqlite":
        pytest.skip("The demonstration's own database is SQLite.")
    paths = os.pathsep.join([str(ROOT / "src"), str(ROOT / "engine" / "src"), str(ROOT)])
    own = {"SAMORDNA_DATA": str(tmp_path), "SAMORDNA_DATABASE": "", "SAMORDNA_DEMO": "1", "PYTHONPATH": paths}

    def started(broken_off=""):
        command = [sys.executable, "-c", START, broken_off]
        return subprocess.run(command, capture_output=True, text=True, env=os.environ | own, check=False)

    return started


def there(place: Path) -> list[str]:
    return sorted(path.name for path in place.iterdir() if path.name.startswith("demo.sqlite3"))


@pytest.mark.parametrize("where", ["before the notes", "in the world"])
def test_a_start_that_is_broken_off_is_made_anew(start, tmp_path, where):
    assert start(where).returncode == 9
    database = tmp_path / "demo.sqlite3"
    assert not database.exists(), "nothing half made has the database's name"
    finished = start()
    assert finished.returncode == 0, finished.stderr[-3000:]
    assert json.loads(finished.stdout.splitlines()[-1]) == [1, 1, 2, "demo.sqlite3"]
    assert there(tmp_path) == ["demo.sqlite3"], "nothing is left beside"
    assert sqlite3.connect(database).execute("PRAGMA integrity_check").fetchone() == ("ok",)
    again = start("in the world")
    assert (again.returncode, json.loads(again.stdout.splitlines()[-1])[:2]) == (0, [1, 1]), "made once"


def test_a_database_that_was_left_without_notes_is_made_anew(start):
    assert start("before this was so").returncode == 9
    finished = start()
    assert finished.returncode == 0, finished.stderr[-3000:]
    assert json.loads(finished.stdout.splitlines()[-1])[:2] == [1, 1]
