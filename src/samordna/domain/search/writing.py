"""How what is written in a thing becomes what is indexed of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

from samordna.domain.search.enums import Kind

M = TypeVar("M", bound=Model)
Ids = Sequence[str]
LONGEST_TITLE = 200
LONGEST_BODY = 40_000
"""Characters of one thing that are indexed; a decision with all its grounds is some thousand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """What is indexed of one thing."""

    kind: str
    object_id: str
    place_id: str
    title: str
    body: str
    on: date


def text(kind: Kind, thing_id: str, title: str, said: Iterable[str], on: date, place_id: str = "") -> Text:
    """What is said of a thing, one line for each part, without what is empty."""
    body = "\n".join(part.strip() for part in said if part and part.strip())
    return Text(
        kind=kind,
        object_id=thing_id,
        place_id=place_id or thing_id,
        title=" ".join(title.replace("\x00", "").split())[:LONGEST_TITLE],
        body=body.replace("\x00", "")[:LONGEST_BODY],
        on=on,
    )


def some(found: QuerySet[M], ids: Ids) -> Iterator[M]:
    """The rows with these ids, some at a time."""
    return found.filter(pk__in=ids).order_by("pk").iterator(chunk_size=2_000)


def parts(found: QuerySet[Any], owner: str, ids: Ids, *fields: str) -> dict[str, list[str]]:
    """Texts that belong to these things, by the thing, in the order of their ids."""
    gathered: dict[str, list[str]] = {}
    for of, *texts in found.filter(**{f"{owner}__in": ids}).order_by("pk").values_list(owner, *fields):
        gathered.setdefault(of, []).extend(texts)
    return gathered
