"""A backup: one file that holds everything, says what it holds, and can tell whether it is whole.

On SQLite it has the database as the database itself copies it, while people go on working: what was acknowledged before the
copy began is in it. On PostgreSQL it has every table as rows, read in one transaction. Beside them lie the journal's key,
the secret key and what has been uploaded. `manifest.json` comes first and has the digest of every other file in it, how
many rows each table has, and the journal's size and root, so that a restored site can be compared with what was kept.
"""

from __future__ import annotations

import io
import json
import os
import sqlite3
import tarfile
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Model
from django.utils.translation import gettext as _

from samordna.core import merkle
from samordna.core.errors import Invalid
from samordna.core.models import JournalHead

FORMAT = "samordna-backup-1"
MANIFEST, DATABASE, TABLES, FILES = "manifest.json", "database.sqlite3", "tables", "files"
KEYS = ("journal-key", "secret-key")
CHUNK = 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A backup that was made."""

    path: Path
    sha256: str
    size: int
    entries: int


def tables() -> dict[str, type[Model]]:
    """Every table that Django keeps, by its name."""
    models = apps.get_models(include_auto_created=True)
    return {model._meta.db_table: model for model in models if model._meta.managed and not model._meta.proxy}


def make(folder: Path, at: datetime) -> Made:
    """Make a backup in the folder. Nobody has to stop working; the file is readable by its owner only."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"samordna-{at:%Y%m%dT%H%M%SZ}.tar"
    with TemporaryDirectory(dir=folder, prefix=".backup-") as place:
        parts = dict(_database_parts(Path(place))) | dict(_kept_files())
        manifest = _manifest(parts, at)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file, tarfile.open(fileobj=file, mode="w") as archive:
            _add(archive, MANIFEST, json.dumps(manifest, indent=1).encode())
            for name, part in parts.items():
                archive.add(part, arcname=name, recursive=False)
            file.flush()
            os.fsync(file.fileno())
    return Made(path=path, sha256=digest_of(path), size=path.stat().st_size, entries=manifest["journal"]["entries"])


def _add(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    described = tarfile.TarInfo(name)
    described.size, described.mode = len(content), 0o600
    archive.addfile(described, io.BytesIO(content))


def _database_parts(place: Path) -> Iterator[tuple[str, Path]]:
    if connection.vendor == "sqlite":
        yield DATABASE, _copy_of_sqlite(place / DATABASE)
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        facts = _facts()
        (place / "facts.json").write_text(json.dumps(facts))
        yield "facts.json", place / "facts.json"
        for name in tables():
            yield f"{TABLES}/{name}", _rows_of(cursor, name, place / name)


def _rows_of(cursor: Any, table: str, path: Path) -> Path:
    with path.open("wb") as file, cursor.copy(f"COPY {columns_of(table)} TO STDOUT") as rows:
        for piece in rows:
            file.write(piece)
    return path


def columns_of(table: str) -> str:
    """The table with its columns as the models know them."""
    names = [str(field.column) for field in tables()[table]._meta.concrete_fields]
    return f"{connection.ops.quote_name(table)} ({', '.join(map(connection.ops.quote_name, names))})"


def _copy_of_sqlite(path: Path) -> Path:
    """The database's own online copy, in one step: a reading of one moment, beside which others write."""
    if connection.in_atomic_block:
        raise RuntimeError("A backup is not made inside a transaction: it would wait for itself.")
    connection.ensure_connection()
    with closing(sqlite3.connect(path)) as copy:
        connection.connection.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
    return path


def _kept_files() -> Iterator[tuple[str, Path]]:
    data = Path(settings.DATA)
    for name, path in ((KEYS[0], Path(settings.SIGNING_KEY)), (KEYS[1], data / KEYS[1])):
        if path.exists():
            yield name, path
    for path in sorted((data / FILES).rglob("*")):
        if path.is_file():
            yield path.relative_to(data).as_posix(), path


def _manifest(parts: Mapping[str, Path], at: datetime) -> dict[str, Any]:
    facts = _facts_of_copy(parts[DATABASE]) if DATABASE in parts else json.loads(parts["facts.json"].read_text())
    files = {name: {"sha256": digest_of(path), "size": path.stat().st_size} for name, path in parts.items()}
    return {"format": FORMAT, "made_at": at.isoformat(), "database": connection.vendor, **facts, "files": files}


def _facts() -> dict[str, Any]:
    """What the database holds, as the running transaction sees it."""
    head = JournalHead.objects.filter(pk=1).values_list("size", "frontier").first() or (0, [])
    rows = {name: model._default_manager.count() for name, model in tables().items()}
    applied = MigrationRecorder(connection).applied_migrations()
    migrations = sorted(f"{app}.{name}" for app, name in applied)
    return {"migrations": migrations, "rows": rows, "journal": {"entries": head[0], "root": _root(head[1])}}


def _facts_of_copy(path: Path) -> dict[str, Any]:
    """The same, of the copy of an SQLite database: what is kept is what is described."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as copy:
        sick = copy.execute("PRAGMA integrity_check").fetchone()[0]
        if sick != "ok":
            raise Invalid({"": _("The database is damaged: %(what)s") % {"what": sick}})
        counted = {name: f'SELECT count(*) FROM "{name}"' for name in tables()}  # noqa: S608  # our own tables' names
        rows = {name: copy.execute(question).fetchone()[0] for name, question in counted.items()}
        head = copy.execute("SELECT size, frontier FROM core_journalhead WHERE id = 1").fetchone() or (0, "[]")
        applied = sorted(f"{app}.{name}" for app, name in copy.execute("SELECT app, name FROM django_migrations"))
    root = _root(json.loads(head[1]))
    return {"migrations": applied, "rows": rows, "journal": {"entries": head[0], "root": root}}


def _root(frontier: list[str]) -> str:
    return merkle.root_of([bytes.fromhex(part) for part in frontier]).hex()


def digest_of(path: Path) -> str:
    """SHA-256 of a file."""
    digest = sha256()
    with path.open("rb") as file:
        while piece := file.read(CHUNK):
            digest.update(piece)
    return digest.hexdigest()
