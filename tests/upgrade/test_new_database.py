"""The short way to the demonstration's new database makes what the tests' own has, which `test_upgrade` compares with what
migrations make; and nothing is left for them to do."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from tests.database import tables

ROOT = Path(__file__).parents[2]
MADE = """
import json
import django
django.setup()
from django.core.management import call_command
from django.contrib.auth.models import Permission
from samordna.cli import new_database
from tests.database import tables
was_new = new_database.is_new()
with new_database.unhurried_disk():
    new_database.make()
call_command("migrate", check_unapplied=True, verbosity=0)
from django.db import connection
waits = connection.cursor().execute("PRAGMA synchronous").fetchone()[0]
print(json.dumps({"was_new": was_new, "new": new_database.is_new(), "tables": tables(), "waits_for_the_disk": waits,
    "permissions": Permission.objects.count() > 100}))
"""


@pytest.mark.django_db
def test_the_short_way_makes_the_same_tables_and_leaves_migrations_nothing_to_do(tmp_path: Path) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("The demonstration's own database is SQLite.")
    paths = os.pathsep.join([str(ROOT / "src"), str(ROOT / "engine" / "src"), str(ROOT)])
    own = {"SAMORDNA_DATA": str(tmp_path), "SAMORDNA_DATABASE": "", "SAMORDNA_DEMO": "1", "PYTHONPATH": paths}
    finished = subprocess.run(
        [sys.executable, "-c", MADE], capture_output=True, text=True, env=os.environ | own, check=False
    )
    assert finished.returncode == 0, finished.stderr[-3000:]
    told = json.loads(finished.stdout.splitlines()[-1])
    assert told.pop("tables") == tables()
    assert told == {"was_new": True, "new": False, "waits_for_the_disk": 2, "permissions": True}
