"""SIGKILL while writing: what was acknowledged is there, and every letter reaches the mail server under its one key.

Real processes on a database of their own, on SQLite or on the PostgreSQL server that the suite runs on.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg
import pytest

from tests.killed.acts import START
from tests.killed.mail_server import MailServer, mail_server

ROOT = Path(__file__).resolve().parents[2]
LETTERS, KILLS, WRITES = 40, 3, 25
PATIENCE = 60.0


@dataclass
class Site:
    """An installation of its own: settings for its processes, and a key that may write."""

    environment: dict[str, str]
    role: str = ""
    secret: str = ""
    item: str = ""
    keeper: str = ""

    def start(self, act: str, *arguments: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-c", START, act, *arguments]
        return subprocess.Popen(command, env=self.environment, cwd=ROOT, stdout=subprocess.PIPE, start_new_session=True)

    def do(self, act: str, *arguments: str) -> list[list[str]]:
        """Run it to its end; its lines, in words."""
        out, _err = (process := self.start(act, *arguments)).communicate()
        assert process.returncode == 0
        return [line.split(" ") for line in out.decode().splitlines()]

    def told(self) -> dict[str, list[str]]:
        return {words[0]: words[1:] for words in self.do("tell")}


@pytest.fixture(scope="module")
def server() -> Iterator[MailServer]:
    with mail_server() as running:
        yield running


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, server: MailServer) -> Iterator[Site]:
    tmp_path = tmp_path_factory.mktemp("killed")
    own = {
        "SAMORDNA_DATA": str(tmp_path),
        "SAMORDNA_MAIL": f"smtp://127.0.0.1:{server.server_address[1]}",
        "PYTHONPATH": os.pathsep.join(map(str, (ROOT / "src", ROOT / "engine" / "src", ROOT))),
        "SAMORDNA_DEBUG": "1",
        "SAMORDNA_DATABASE": "",
    }
    with closing(_Database(own)):
        made = Site(environment=os.environ | own)
        ((made.role, made.secret, made.item, made.keeper),) = made.do("prepare")
        yield made


class _Database:
    """A database on the suite's PostgreSQL server, gone afterwards; nothing on SQLite."""

    def __init__(self, own: dict[str, str]) -> None:
        self.address = os.environ.get("SAMORDNA_DATABASE", "")
        self.name = f"killed_{os.getpid()}"
        if self.address:
            self._run(f"CREATE DATABASE {self.name}")
            own["SAMORDNA_DATABASE"] = urlunsplit(urlsplit(self.address)._replace(path=f"/{self.name}"))

    def _run(self, statement: str) -> None:
        with psycopg.connect(self.address, autocommit=True) as connection:
            connection.execute(statement)

    def close(self) -> None:
        if self.address:
            self._run(f"DROP DATABASE {self.name} WITH (FORCE)")


def kill(process: subprocess.Popen[bytes]) -> None:
    """The process and its children, with no chance to tidy up."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    if process.stdout:
        process.stdout.close()


def test_a_killed_worker_loses_no_letter_and_each_is_seen_once_by_its_key(site: Site, server: MailServer) -> None:
    """Killed three times between the mail server's taking a letter and its yes: the next worker sends that one again under
    the same key, and every other one once."""
    site.do("letters", str(LETTERS))
    killed: list[int] = []
    worker = site.start("work")

    def accepted(count: int) -> bool:
        if len(killed) < KILLS and count >= (len(killed) + 1) * 8:
            killed.append(count)
            os.kill(worker.pid, signal.SIGKILL)
            return True
        return False

    server.accepted = accepted
    deadline = time.monotonic() + PATIENCE
    while not server.wait_for(LETTERS, 0.2) and time.monotonic() < deadline:
        if worker.poll() is not None:
            kill(worker)
            worker = site.start("work")
    while (told := site.told())["left"] != ["0"] and time.monotonic() < deadline:
        time.sleep(0.2)  # until the last yes is noted
    kill(worker)
    twice = [key for key, count in server.keys.items() if count > 1]
    assert len(killed) == KILLS
    assert set(told["sent"]) == set(server.keys), "every letter came, and nothing came that was not written"
    assert (len(server.keys), told["left"]) == (LETTERS, ["0"])
    assert len(twice) == KILLS, "only what the worker was killed over came twice"
    assert max(server.keys.values()) == 2


def test_a_killed_server_loses_no_write_that_it_acknowledged(site: Site) -> None:
    """A web server killed while it is being written to: everything that it answered yes to is in the database, notes of a
    meeting are those of before or after and never half, and the journal holds."""
    acknowledged: list[str] = []
    notes = Notes()
    for _kill in range(2):
        port = _free_port()
        web = _serve(site, port)
        _write(site, port, acknowledged, notes, web)
        kill(web)
    told = site.told()
    assert told["notes"][0] in {_told_note(notes.saved), _told_note(notes.sent)}, "the notes of before or of after"
    assert {each.split(":")[1] for each in told["notes"]} <= notes.lengths, "never half"
    assert len(acknowledged) >= 2 * WRITES
    assert set(acknowledged) <= set(told["topics"]), "acknowledged and lost"
    assert len(set(told["topics"]) - set(acknowledged)) <= 2, "at most the one that was under way each time"
    assert told["faults"] == ["0"]


@dataclass
class Notes:
    """What was sent as the notes of an item, what of it was answered yes to, and how long each was."""

    saved: str = ""
    sent: str = ""
    base: int = 0
    lengths: set[str] = field(default_factory=set)


def _told_note(text: str) -> str:
    return f"{text.split(':')[0]}:{len(text)}"


def _write(site: Site, port: int, acknowledged: list[str], notes: Notes, web: subprocess.Popen[bytes]) -> None:
    """Write until so many are acknowledged, then go on while the server is killed."""
    aim = len(acknowledged) + WRITES
    for number in range(10_000):
        topic = f"{port}-{number}"
        if len(acknowledged) == aim:
            threading.Timer(0.004, os.killpg, (web.pid, signal.SIGKILL)).start()  # in the midst of a later request
        try:
            if _post(site, port, topic) == 201:
                acknowledged.append(topic)
            notes.sent = f"{topic}:{'å' * (number * 97 % 4_000)}:slut"
            notes.lengths.add(str(len(notes.sent)))
            notes.base, notes.saved = _save(site, port, notes), notes.sent
        except OSError:
            return


def _post(site: Site, port: int, topic: str) -> int:
    body = json.dumps({"topic": topic, "how": "telephone"}).encode()
    headers = {"Authorization": f"Bearer {site.secret}", "Content-Type": "application/json"}
    address = f"http://127.0.0.1:{port}/api/v1/roles/{quote(site.role)}/contact-paths"
    with urllib.request.urlopen(urllib.request.Request(address, body, headers), timeout=10) as answer:
        return int(answer.status)


def _save(site: Site, port: int, notes: Notes) -> int:
    body = json.dumps({"text": notes.sent, "base": notes.base, "desk": "killed"}).encode()
    headers = {"Authorization": f"Bearer {site.keeper}", "Content-Type": "application/json"}
    address = f"http://127.0.0.1:{port}/api/v1/items/{quote(site.item)}/notes"
    with urllib.request.urlopen(urllib.request.Request(address, body, headers, method="PUT"), timeout=10) as answer:
        return int(json.loads(answer.read())["number"])


def _serve(site: Site, port: int) -> subprocess.Popen[bytes]:
    granian = Path(sys.executable).parent / "granian"
    options = ["--interface", "wsgi", "--port", str(port), "--no-ws", "--blocking-threads", "2", "--log-level", "error"]
    command = [str(granian), *options, "--workers-kill-timeout", "1", "samordna.config.wsgi:application"]
    web = subprocess.Popen(command, env=site.environment, cwd=ROOT, stdout=subprocess.PIPE, start_new_session=True)
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/halsa/", timeout=5):
                return web
        except urllib.error.HTTPError:
            return web
        except OSError:
            time.sleep(0.1)
    raise AssertionError("The server did not start.")


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
