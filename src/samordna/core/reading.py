"""A reading that cannot write: while it lasts, the database refuses everything but questions.

What cannot change need not be asked twice, so a function may be asked `once_per_reading`. Outside a reading it asks every
time: an operation sees what it has itself written. What an operation asks `once_until_written` it asks anew when it has
written anything, or has waited for a lock, since somebody else may have written meanwhile.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar, cast

from django.db import connection

P = ParamSpec("P")
R = TypeVar("R")

READS = frozenset({"GET", "HEAD", "OPTIONS"})
HARMLESS = ("SELECT", "SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT", "WITH")
ASKING = ("SELECT", "SAVEPOINT", "RELEASE SAVEPOINT")
CHANGING = re.compile(r"\b(INSERT|UPDATE|DELETE|REPLACE|MERGE)\b")  # what a WITH may lead to, or hold

Answers = dict[object, object]
_answers: ContextVar[Answers | None] = ContextVar("answers of this reading", default=None)
_standing: ContextVar[Answers | None] = ContextVar("answers that stand until the operation writes", default=None)


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
    token = _answers.set({})
    try:
        with connection.execute_wrapper(_only_read):
            yield
    finally:
        _answers.reset(token)


@contextmanager
def until_written() -> Iterator[None]:
    """Let what is asked `once_until_written` stand until a statement that may change what is true: all but questions."""
    if _standing.get() is not None:
        yield
        return
    answers: Answers = {}

    def forget(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if not sql.startswith(ASKING) or "FOR UPDATE" in sql:
            answers.clear()
        return execute(sql, params, many, context)

    token = _standing.set(answers)
    try:
        with connection.execute_wrapper(forget):
            yield
    finally:
        _standing.reset(token)


def once_per_reading(question: Callable[P, R]) -> Callable[P, R]:
    """Keep the function's answers as long as the reading lasts, by its arguments, which must be hashable.

    The answers are shared: whoever gets one must not change it.
    """
    return _kept(question, _answers.get)


def once_until_written(question: Callable[P, R]) -> Callable[P, R]:
    """As `once_per_reading`; and in an operation, keep them until it writes. Only for what nobody changes in memory."""
    return _kept(question, lambda: _standing.get() if _answers.get() is None else _answers.get())


def _kept(question: Callable[P, R], answers_now: Callable[[], Answers | None]) -> Callable[P, R]:
    @wraps(question)
    def asked(*args: P.args, **kwargs: P.kwargs) -> R:
        answers = answers_now()
        if answers is None:
            return question(*args, **kwargs)
        key = (question, args, tuple(sorted(kwargs.items())))
        if key not in answers:
            answer = question(*args, **kwargs)
            answers[key] = answer
            return answer
        return cast(R, answers[key])

    return asked
