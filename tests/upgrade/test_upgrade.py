"""A database that an earlier version made, with that version's own operations, is brought up to this one and works."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest
from django.db import connection

from tests.database import tables

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
EARLIER = sorted(HERE.glob("*.tar.xz"))
AFTERWARDS = """
import json
import django
django.setup()
from django.core.management import call_command
from samordna.core import clock
from samordna.core.verification import verify
from samordna.domain.site.queries import is_ready
from tests.database import tables
before, then = is_ready(), verify()
call_command("migrate", verbosity=0)
from django.test import Client
from samordna.domain.organisations.models import Holding
from samordna.domain.search.index import fill_if_empty, rebuild
fill_if_empty()
client = Client(headers={"accept-language": "sv"})
client.force_login(Holding.objects.get(role__kind="coordinator").person)
report = verify()
print(json.dumps({
    "ready_before": before, "ready": is_ready(), "holds": then.holds and report.holds, "same": then.root == report.root,
    "entries": report.entries, "not_indexed": rebuild(),
    "tables": tables(),
    "found": [hit["title"] for hit in client.get("/api/v1/search?q=fastst%C3%A4lld").json()["items"]],
    "pages": [client.get(path).status_code for path in ("/", "/samverkan/", "/organisationer/", "/sok/", "/journal/")],
}))
"""


@pytest.mark.parametrize("path", EARLIER, ids=lambda path: path.name)
def test_an_earlier_database_is_brought_up_to_this_version(path, tmp_path, db):
    with tarfile.open(path) as kept:
        kept.extractall(tmp_path, filter="data")
    paths = os.pathsep.join([str(ROOT / "src"), str(ROOT / "engine" / "src"), str(ROOT)])
    own = {"SAMORDNA_DATA": str(tmp_path), "SAMORDNA_DATABASE": "", "SAMORDNA_DEMO": "", "SAMORDNA_DEBUG": "1"}
    own |= {"PYTHONPATH": paths, "SAMORDNA_HOSTS": "testserver"}
    line = [sys.executable, "-c", AFTERWARDS]
    finished = subprocess.run(line, capture_output=True, text=True, env=os.environ | own, check=False)
    assert finished.returncode == 0, finished.stderr[-3000:]
    told = json.loads(finished.stdout.splitlines()[-1])
    assert (told["ready_before"], told["ready"], told["holds"], told["same"]) == (False, True, True, True)
    assert (told["found"], told["not_indexed"]) == (["Fastställda öppettider"], 0)
    assert told["entries"] > 10
    assert told["pages"] == [200] * 5
    if connection.vendor == "sqlite":
        assert told["tables"] == tables()  # the tests' own database, which no migration made
