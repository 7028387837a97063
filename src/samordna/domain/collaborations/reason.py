"""A reason: one fact, and the facts it rests on. Kinds and values only; `phrases` makes the sentences in each language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Reason:
    """One fact, and the facts it rests on."""

    kind: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    because: tuple[Reason, ...] = ()
