"""The tests' own database, made the short way as the demonstration's is (`samordna.cli.new_database`).

`tests/upgrade` compares what that makes with what migrations make, on both databases.
"""

from __future__ import annotations

import re

from django.db import connection


def tables() -> dict[str, list[str]]:
    """By table: its columns, what they point to, its constraints and indexes. Both ways are told alike, whatever order
    columns were added in and whatever the database has named what has no name of ours."""
    made = _tables_of_postgresql() if connection.vendor == "postgresql" else _tables_of_sqlite()
    return {name: sorted(parts) for name, parts in made.items()}


COLUMNS = """
SELECT table_name, column_name, data_type, character_maximum_length, is_nullable, is_identity, column_default
FROM information_schema.columns WHERE table_schema = 'public'
"""
CONSTRAINTS = """
SELECT conrelid::regclass::text, contype::text, CASE WHEN contype = 'c' AND conname !~ '_check$' THEN conname END,
  pg_get_constraintdef(oid)
FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND conrelid <> 0
"""
INDEXES = """
SELECT tablename, regexp_replace(indexdef, ' INDEX \\S+ ON ', ' INDEX ON ') FROM pg_indexes WHERE schemaname = 'public'
"""


def _tables_of_postgresql() -> dict[str, set[str]]:
    made: dict[str, set[str]] = {}
    with connection.cursor() as cursor:
        for kind, question in (("column", COLUMNS), ("constraint", CONSTRAINTS), ("index", INDEXES)):
            cursor.execute(question)
            for name, *facts in cursor.fetchall():
                made.setdefault(name.strip('"'), set()).add(" ".join([kind, *map(str, facts)]))
    return made


def _tables_of_sqlite() -> dict[str, set[str]]:
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
    return {name: parts for name, parts in made.items() if not name.startswith("sqlite_")}
