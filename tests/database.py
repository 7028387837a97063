"""The tests' own database, made the short way on SQLite: the tables as the models are, then what migrations do besides.

Migrations show Django every state that the models have had, which takes longer than most tests. On PostgreSQL the database
is made by the migrations themselves, and `tests/upgrade` compares what both ways make.
"""

from __future__ import annotations

import pkgutil
import re
from collections.abc import Iterator
from importlib import import_module
from typing import Any

from django.apps import AppConfig, apps
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import RunPython
from django.db.migrations.recorder import MigrationRecorder


def short_way_is_taken() -> bool:
    return connection.vendor == "sqlite"


def fill_in_what_models_do_not_say() -> None:
    """Run the code of our own migrations on the empty tables, and note every migration as carried out."""
    with connection.schema_editor() as editor:
        for app in apps.get_app_configs():
            for step in _code(app):
                step.code(apps, editor)
    recorder = MigrationRecorder(connection)
    recorder.ensure_schema()
    carried_out = MigrationLoader(connection).disk_migrations
    recorder.migration_qs.bulk_create(recorder.Migration(app=app, name=name) for app, name in carried_out)


def _code(app: AppConfig) -> Iterator[Any]:
    """What this app's migrations run in a new installation, which begins with those that stand for several."""
    if not app.name.startswith("samordna.") or app.models_module is None:
        return
    home = import_module(f"{app.name}.migrations")
    steps = {name: import_module(f"{home.__name__}.{name}").Migration for _, name, _ in pkgutil.iter_modules(home.__path__)}
    replaced = {name for step in steps.values() for _app, name in step.replaces}
    for name in sorted(set(steps) - replaced):
        yield from (each for each in steps[name].operations if isinstance(each, RunPython))


def tables() -> dict[str, list[str]]:
    """By table of a SQLite database: its columns, what they point to, its constraints and indexes."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tbl_name, type, sql FROM sqlite_master WHERE sql IS NOT NULL")
        said = cursor.fetchall()
        made: dict[str, set[str]] = {}
        for name, kind, sql in said:
            parts = made.setdefault(name, set())
            if kind != "table":
                parts.add(sql)
                continue
            parts |= {f"{kind} {named}" for named, kind in re.findall(r'CONSTRAINT "(\w+)" (CHECK|UNIQUE)', sql)}
            cursor.execute(f'PRAGMA table_info("{name}")')
            parts |= {
                f"column {row[1]} {row[2]} {'NOT NULL' * row[3]} {'PRIMARY KEY' * row[5]}" for row in cursor.fetchall()
            }
            cursor.execute(f'PRAGMA foreign_key_list("{name}")')
            parts |= {f"{row[3]} points to {row[2]}.{row[4]}" for row in cursor.fetchall()}
    return {name: sorted(parts) for name, parts in made.items() if not name.startswith("sqlite_")}
