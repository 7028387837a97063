"""A new database of the demonstration, made the short way: the tables as the models are, then what migrations do besides.

Migrations show Django every state that the models have had, which costs more than half of what the demonstration takes to
start. A real installation is made by its migrations; `tests/upgrade` compares what both ways make.

The database is made in a file beside, which takes its name when everything is in it. A start that is broken off leaves
nothing but that file, and the next one begins anew.
"""

from __future__ import annotations

import os
import pkgutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any, cast

from django.apps import AppConfig, apps
from django.core.management.sql import emit_post_migrate_signal
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import RunPython
from django.db.migrations.recorder import MigrationRecorder

BESIDE = ".making"
WITH_IT = ("-wal", "-shm", "-journal")  # files that SQLite keeps beside a database while it is open


def is_new() -> bool:
    """Is this a SQLite database in which nothing has been made, or one whose making ended before it was noted as made?"""
    return connection.vendor == "sqlite" and not MigrationRecorder(connection).applied_migrations()


@contextmanager
def made_beside() -> Iterator[None]:
    """While this lasts the database, which `is_new`, is another file, and SQLite does not wait for the disk at each of a
    thousand writes. When nothing failed that file is written out and takes the database's name; otherwise it is left for
    the next start to throw away."""
    connection.close()
    name = connection.settings_dict["NAME"]
    place = Path(str(name))
    beside = place.with_name(place.name + BESIDE)
    _thrown_away(beside)
    _thrown_away(place)  # nothing is in it, and its log must never be read into the new file
    connection.settings_dict["NAME"] = beside
    try:
        with unhurried_disk():
            yield
        connection.close()
        _written_out(beside)
        os.replace(beside, place)
        _written_out(place.parent)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = name


def _thrown_away(database: Path) -> None:
    for end in ("", *WITH_IT):
        database.with_name(database.name + end).unlink(missing_ok=True)


def _written_out(path: Path) -> None:
    """Let the disk have all of a file, or a folder's names, before going on."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def make() -> None:
    """Every table, what our migrations put in them, and the note that every migration has been carried out."""
    with connection.schema_editor() as editor:
        for app in apps.get_app_configs():
            for model in app.get_models():
                if not model._meta.proxy and model._meta.managed:
                    editor.create_model(model)
    emit_post_migrate_signal(verbosity=0, interactive=False, db=connection.alias)
    fill_in_what_models_do_not_say()


def fill_in_what_models_do_not_say() -> None:
    """Run the code of our own migrations on the empty tables, and note every migration as carried out."""
    with connection.schema_editor() as editor:
        for app in apps.get_app_configs():
            for step in _code(app):
                step.code(cast(Any, apps), editor)  # the models as they are stand for the state they have had
    recorder = MigrationRecorder(connection)
    recorder.ensure_schema()
    carried_out = MigrationLoader(connection).disk_migrations
    recorder.migration_qs.bulk_create(recorder.Migration(app=app, name=name) for app, name in carried_out)


def _code(app: AppConfig) -> Iterator[RunPython]:
    """What this app's migrations run in a new installation, which begins with those that stand for several."""
    if not app.name.startswith("samordna.") or app.models_module is None:
        return
    home = import_module(f"{app.name}.migrations")
    steps = {name: import_module(f"{home.__name__}.{name}").Migration for _, name, _ in pkgutil.iter_modules(home.__path__)}
    replaced = {name for step in steps.values() for _app, name in step.replaces}
    for name in sorted(set(steps) - replaced):
        yield from (each for each in steps[name].operations if isinstance(each, RunPython))


@contextmanager
def unhurried_disk() -> Iterator[None]:
    """While this lasts SQLite does not wait for the disk at each of a thousand writes: for a database `made_beside`, which
    a power cut loses whole, and which is made anew."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=OFF")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.execute("PRAGMA synchronous=FULL")
