"""Checkpoints: "at this moment the journal had this many entries and this root", signed with the installation's own key.

The form is C2SP's tlog-checkpoint on its signed note (https://c2sp.org/tlog-checkpoint): three lines of text, an empty
line, and a line with the signature. A participant who keeps one such text can later show whether anything before it was
changed, removed or added, even by somebody who may write anything in the database.
"""

from __future__ import annotations

import os
import secrets
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings
from django.db import transaction

from samordna.core import clock, merkle
from samordna.core.models import Checkpoint, JournalHead

EVERY = 1_000  # entries between the checkpoints that make themselves
ED25519 = b"\x01"  # the algorithm's number in a signed note


class Malformed(ValueError):
    """A text that should be a checkpoint is not one. The message says what is wrong, for the log and the tests."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What a checkpoint says, and by whom it was signed. `signature` is over `text`."""

    origin: str
    size: int
    root: bytes
    signer: str
    key_id: bytes
    signature: bytes

    @property
    def text(self) -> str:
        """The signed lines."""
        return f"{self.origin}\n{self.size}\n{b64encode(self.root).decode()}\n"

    @property
    def note(self) -> str:
        """The whole signed note."""
        return f"{self.text}\n— {self.signer} {b64encode(self.key_id + self.signature).decode()}\n"


def origin() -> str:
    """The journal's name: the site's own host name, or the product's where none is set."""
    return urlsplit(settings.ORIGIN).netloc or "samordna"


def signing_key() -> Ed25519PrivateKey:
    """The installation's key; made at first use, and readable by its owner only."""
    path = Path(settings.SIGNING_KEY)
    if not path.exists():
        _make_key(path)
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(path.read_text().strip()))


def _make_key(path: Path) -> None:
    """Write the key beside its place and link it there, so that two who start at once end up with one and the same."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(Ed25519PrivateKey.generate().private_bytes_raw().hex() + "\n")
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def key_id(name: str, public: Ed25519PublicKey) -> bytes:
    """Four bytes by which a signed note tells keys apart."""
    return sha256(name.encode() + b"\n" + ED25519 + public.public_bytes_raw()).digest()[:4]


def verifier_key(name: str, public: Ed25519PublicKey) -> str:
    """The public key in the form that tools for signed notes read: name+id+key."""
    encoded = b64encode(ED25519 + public.public_bytes_raw()).decode()
    return f"{name}+{key_id(name, public).hex()}+{encoded}"


def state(size: int, root: bytes, key: Ed25519PrivateKey | None = None) -> Statement:
    """Sign that the journal has this size and root."""
    key, name = key or signing_key(), origin()
    unsigned = f"{name}\n{size}\n{b64encode(root).decode()}\n"
    return Statement(
        origin=name,
        size=size,
        root=root,
        signer=name,
        key_id=key_id(name, key.public_key()),
        signature=key.sign(unsigned.encode()),
    )


def read(note: str) -> Statement:
    """What a signed note says; raises `Malformed`. Says nothing about whether the signature holds."""
    text, _gap, signatures = note.partition("\n\n")
    lines = text.split("\n")
    if len(lines) != 3 or not lines[1].isdecimal() or not lines[1].isascii():
        raise Malformed("A checkpoint has three lines: origin, size and root.")
    dash, _space, rest = signatures.split("\n")[0].partition(" ")
    signer, _space, encoded = rest.rpartition(" ")
    try:
        root, blob = b64decode(lines[2], validate=True), b64decode(encoded, validate=True)
    except NotBase64 as error:
        raise Malformed("The root or the signature is not base64.") from error
    if dash != "—" or len(root) != 32 or len(blob) != 68:
        raise Malformed("The signature line is not one of an Ed25519 key.")
    return Statement(origin=lines[0], size=int(lines[1]), root=root, signer=signer, key_id=blob[:4], signature=blob[4:])


def is_signed_by(statement: Statement, public: Ed25519PublicKey) -> bool:
    """Was the statement signed with this key?"""
    try:
        public.verify(statement.signature, statement.text.encode())
    except InvalidSignature:
        return False
    return statement.key_id == key_id(statement.signer, public)


@transaction.atomic
def make_checkpoint(at: datetime | None = None) -> Checkpoint:
    """Sign the journal as it stands and keep the statement; the one that is there already when nothing was added since."""
    head = JournalHead.objects.select_for_update().get_or_create(pk=1)[0]
    existing = Checkpoint.objects.filter(size=head.size).first()
    if existing is not None:
        return existing
    root = merkle.root_of([bytes.fromhex(part) for part in head.frontier])
    statement = state(head.size, root)
    return Checkpoint.objects.create(size=head.size, root=root.hex(), at=at or clock.now(), note=statement.note)
