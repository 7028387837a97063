from __future__ import annotations

import stat
from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from samordna.core import checkpoints, merkle
from samordna.core.models import Checkpoint, JournalEntry
from tests.core.journals import write

pytestmark = pytest.mark.django_db


def test_the_key_is_made_once_and_is_nobody_elses(settings: Any) -> None:
    first, second = checkpoints.signing_key(), checkpoints.signing_key()
    assert first.private_bytes_raw() == second.private_bytes_raw()
    path = Path(settings.SIGNING_KEY)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [file.name for file in path.parent.iterdir() if file.name.startswith(path.name)] == [path.name]


def test_a_checkpoint_is_a_signed_note(settings: Any) -> None:
    settings.ORIGIN = "https://samordna.example.se"
    write(3)
    made = checkpoints.make_checkpoint()
    origin, size, root, gap, signature, end = made.note.split("\n")
    leaves = [bytes.fromhex(leaf) for leaf in JournalEntry.objects.order_by("sequence").values_list("leaf", flat=True)]
    assert (origin, size, gap, end) == ("samordna.example.se", "3", "", "")
    assert b64decode(root) == merkle.root(leaves)
    assert signature.startswith("— samordna.example.se ")
    statement = checkpoints.read(made.note)
    assert statement.note == made.note
    assert checkpoints.is_signed_by(statement, checkpoints.signing_key().public_key())
    assert not checkpoints.is_signed_by(statement, Ed25519PrivateKey.generate().public_key())


def test_a_changed_statement_is_not_signed() -> None:
    write(3)
    note = checkpoints.make_checkpoint().note
    changed = checkpoints.read(note.replace("\n3\n", "\n4\n"))
    assert not checkpoints.is_signed_by(changed, checkpoints.signing_key().public_key())


def test_the_verifier_key_names_the_key() -> None:
    name, key_id, key = checkpoints.verifier_key("samordna", checkpoints.signing_key().public_key()).split("+", 2)
    assert name == "samordna"
    assert b64decode(key) == b"\x01" + checkpoints.signing_key().public_key().public_bytes_raw()
    assert checkpoints.read(checkpoints.state(0, merkle.EMPTY_ROOT).note).key_id.hex() == key_id


@pytest.mark.parametrize(
    "note",
    [
        "",
        "samordna\n3\n",
        "samordna\nthree\nAAAA\n\n— samordna AAAA\n",
        "samordna\n３\nAAAA\n\n— samordna AAAA\n",
        "samordna\n3\n!!!!\n\n— samordna AAAA\n",
        "samordna\n3\nAAAA\n\n— samordna AAAA\n",
    ],
)
def test_what_is_no_checkpoint_is_refused(note: str) -> None:
    with pytest.raises(checkpoints.Malformed):
        checkpoints.read(note)


def test_no_second_checkpoint_is_made_while_nothing_happens() -> None:
    write(2)
    assert checkpoints.make_checkpoint().pk == checkpoints.make_checkpoint().pk
    write(1)
    checkpoints.make_checkpoint()
    assert list(Checkpoint.objects.values_list("size", flat=True)) == [2, 3]


def test_checkpoints_make_themselves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkpoints, "EVERY", 5)
    write(12)
    assert list(Checkpoint.objects.values_list("size", flat=True)) == [5, 10]
