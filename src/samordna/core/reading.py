"""A reading that cannot write: while it lasts, the database refuses everything but questions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

READS = frozenset({"GET", "HEAD", "OPTIONS"})
HARMLESS = ("SELECT", "SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT", "WITH")
CHANGING = re.compile(r"\b(INSERT|UPDATE|DELETE|REPLACE|MERGE)\b")  # what a WITH may lead to, or hold


class WroteWhileReading(RuntimeError):
    """Something that was asked for with GET tried to change the database."""


def _only_read(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
    statement = sql.lstrip("( \n").upper()
    changes = statement.startswith("WITH") and CHANGING.search(statement)
    if changes or not statement.startswith(HARMLESS):
        raise WroteWhileReading(f"A GET request may not run: {sql[:80]}")
    return execute(sql, params, many, context)


@contextmanager
def only_reading() -> Iterator[None]:
    """Refuse every statement that could change the database; raises `WroteWhileReading`."""
    with connection.execute_wrapper(_only_read):
        yield
