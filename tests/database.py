"""The tests' own database, made the short way on SQLite as the demonstration's is (`samordna.cli.new_database`).

On PostgreSQL the database is made by the migrations themselves, and `tests/upgrade` compares what both ways make.
"""

from __future__ import annotations

import re

from django.db import connection


def short_way_is_taken() -> bool:
    return connection.vendor == "sqlite"


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
