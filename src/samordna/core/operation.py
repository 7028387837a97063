"""What an operation is: one transaction, an actor, a check asked again, and a journal entry, or nothing happened."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from inspect import Parameter, signature
from typing import ParamSpec, TypeVar

from django.db import transaction

from samordna.core.journal import Told, telling, written
from samordna.core.reading import until_written

P = ParamSpec("P")
R = TypeVar("R")


class UnloggedWrite(RuntimeError):
    """An operation ended without a journal entry: its transaction was rolled back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """One operation as the lists, the command line and the tests see it."""

    name: str
    action: str
    call: Callable[..., object]


REGISTRY: dict[str, Registered] = {}
AFTERWARDS: list[Callable[[Sequence[Told]], None]] = []
"""Who is told, at the end of the outermost operation and inside its transaction, what the journal was told of."""


def operation(action: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Register a keyword-only function that takes an `actor` as an operation that needs the right `action`.

    The function itself asks for the right again (its first act is a call of a `check_…` or `…_for` function). Operations
    may call each other; each wants its own entry.
    """

    def register(function: Callable[P, R]) -> Callable[P, R]:
        _must_be_well_formed(function)

        @wraps(function)
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            before = written.get()
            try:
                with transaction.atomic(), until_written(), _followed():
                    result = function(*args, **kwargs)
                    if written.get() == before:
                        raise UnloggedWrite(f"{function.__qualname__} wrote nothing in the journal.")
            except BaseException:
                written.set(before)  # what was rolled back has not been written, and must not vouch for a caller
                raise
            return result

        name = f"{function.__module__.split('.')[2]}.{function.__name__}"
        REGISTRY[name] = Registered(name=name, action=action, call=run)
        return run

    return register


def _must_be_well_formed(function: Callable[..., object]) -> None:
    parameters = signature(function).parameters
    if "actor" not in parameters:
        raise TypeError(f"{function.__qualname__} is an operation and takes an actor.")
    if any(parameter.kind is not Parameter.KEYWORD_ONLY for parameter in parameters.values()):
        raise TypeError(f"{function.__qualname__} is an operation and takes keywords only.")


@contextmanager
def _followed() -> Iterator[None]:
    """Collect what the operation writes about, and the operations that it calls; then tell those who follow it."""
    if telling.get() is not None:
        yield
        return
    told: list[Told] = []
    token = telling.set(told)
    try:
        yield
    finally:
        telling.reset(token)
    for follow in AFTERWARDS:
        follow(tuple(told))
