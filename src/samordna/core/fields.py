"""Fields that mean something: identity, and dates that bound a fact's life."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    TextColumn = models.CharField[str, str]
else:
    TextColumn = models.CharField  # Django's field takes no type parameters at run time

ALPHABET = "23456789abcdefghjkmnpqrstvwxyz"  # no letters or digits that look alike when read aloud from paper
ID_LENGTH = 12  # 30**12 = 5e17: cannot be guessed or counted, and still fits in a readable address


def new_id() -> str:
    """A fresh random identifier."""
    return "".join(secrets.choice(ALPHABET) for _ in range(ID_LENGTH))


class IdField(TextColumn):
    """Primary key: short, random, says nothing about how many there are or when it was made."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("primary_key", True)
        kwargs.update(max_length=ID_LENGTH, default=new_id, editable=False)
        super().__init__(**kwargs)


def holds_for_some_time(name: str, start: str = "valid_from", end: str = "valid_to") -> models.CheckConstraint:
    """A fact must end after it starts; enforced by the database."""
    return models.CheckConstraint(
        condition=models.Q(**{f"{end}__isnull": True}) | models.Q(**{f"{end}__gt": models.F(start)}), name=name
    )


def together(name: str, *fields: str) -> models.CheckConstraint:
    """Who and when are both known or both unknown; enforced by the database."""
    none = models.Q(**{f"{field}__isnull": True for field in fields})
    every = models.Q(**{f"{field}__isnull": False for field in fields})
    return models.CheckConstraint(condition=none | every, name=name)
