"""The migrations make on PostgreSQL, from nothing, what the tests' own database has, which none of them made.

On SQLite `test_upgrade` compares the same, of a database that begins with what earlier versions made.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from django.db import connection

from tests.database import tables

ROOT = Path(__file__).parents[2]
MADE = """
import json
import django
django.setup()
from django.core.management import call_command
from tests.database import tables
call_command("migrate", verbosity=0)
call_command("migrate", check_unapplied=True, verbosity=0)
print(json.dumps(tables()))
"""


@pytest.fixture
def empty() -> Iterator[str]:
    """The address of an empty database on the suite's server."""
    if connection.vendor != "postgresql":
        pytest.skip("Asked of PostgreSQL.")
    address, name = os.environ["SAMORDNA_DATABASE"], f"empty_{os.getpid()}"
    with psycopg.connect(address, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        yield urlunsplit(urlsplit(address)._replace(path=f"/{name}"))
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.mark.django_db
def test_migrations_make_from_nothing_what_the_models_say(empty: str, tmp_path: Path) -> None:
    paths = os.pathsep.join([str(ROOT / "src"), str(ROOT / "engine" / "src"), str(ROOT)])
    own = {"SAMORDNA_DATA": str(tmp_path), "SAMORDNA_DATABASE": empty, "SAMORDNA_DEMO": "", "PYTHONPATH": paths}
    command = [sys.executable, "-c", MADE]
    finished = subprocess.run(command, capture_output=True, text=True, env=os.environ | own, check=False)
    assert finished.returncode == 0, finished.stderr[-3000:]
    made, here = json.loads(finished.stdout.splitlines()[-1]), tables()
    assert made.keys() == here.keys()
    otherwise = {name: sorted(set(made[name]) ^ set(here[name])) for name in made if made[name] != here[name]}
    assert not otherwise
