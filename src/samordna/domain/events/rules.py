"""Who has a place at an event and who waits: the order in which people said that they come decides, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


def placed(coming: Sequence[T], places: int | None) -> tuple[Sequence[T], Sequence[T]]:
    """Those who have a place and those who wait, of those who come in the order in which they said so."""
    if places is None:
        return coming, ()
    return coming[:places], coming[places:]
