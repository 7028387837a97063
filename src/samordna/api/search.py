"""The JSON API of the search: what one may open, by the words in it, and what one keeps at hand."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Field, Query, Schema, Status

from samordna.api.foundation import PROBLEMS, Operations, Page, Paging, actor_of
from samordna.core import clock
from samordna.core.policy import Thing
from samordna.domain.organisations.access import permit
from samordna.domain.search.operations import drop_favourite, keep_favourite
from samordna.domain.search.queries import Hit, favourites, find

router = Operations(tags=["search"])


class HitOut(Schema):
    """One thing that was found; `kind` and `object_id` together name it, `place_id` is what its page is addressed by."""

    kind: str
    object_id: str
    place_id: str
    title: str
    snippet: str
    where: str
    on: date

    @staticmethod
    def resolve_title(hit: Hit) -> str:
        """The title without marks."""
        return hit.name

    @staticmethod
    def resolve_snippet(hit: Hit) -> str:
        """The piece of text without marks."""
        return "".join(piece.text for piece in hit.snippet)


class CountOut(Schema):
    """How many things of a kind were found."""

    kind: str
    label: str
    number: int


class FoundOut(Page):
    """One page of what was found."""

    items: list[HitOut]
    counts: list[CountOut]


class KeptOut(Schema):
    """What the caller keeps at hand and may still open."""

    items: list[HitOut]


class SearchAsked(Paging):
    """What is looked for."""

    q: str = Field("", max_length=200, description="Words, or beginnings of words; each of them has to be there.")
    kind: str = Field("", max_length=16, description="One of the kinds that `counts` names; empty for all.")


@router.get("/search", response={200: FoundOut, **PROBLEMS})
def search(request: HttpRequest, asked: Query[SearchAsked]) -> dict[str, Any]:
    """Everything that the caller may open and that has these words."""
    actor, at = actor_of(request), clock.now()
    permit(actor, "organisation.read", Thing(), at)
    found = find(actor, at, asked.q, asked.kind, asked.page, asked.size)
    counts = [{"kind": kind, "label": label, "number": number} for kind, label, number in found.counts]
    return {"items": list(found.hits), "total": found.total, "page": found.page, "size": asked.size, "counts": counts}


@router.get("/favourites", response={200: KeptOut, **PROBLEMS})
def read_favourites(request: HttpRequest) -> dict[str, Any]:
    """What the caller keeps at hand."""
    actor, at = actor_of(request), clock.now()
    permit(actor, "organisation.read", Thing(), at)
    return {"items": list(favourites(actor, at))}


@router.put("/favourites/{kind}/{object_id}", response={204: None, **PROBLEMS})
def keep(request: HttpRequest, kind: str, object_id: str) -> Status[None]:
    """Keep something at hand."""
    keep_favourite(actor=actor_of(request), kind=kind, object_id=object_id)
    return Status(204, None)


@router.delete("/favourites/{kind}/{object_id}", response={204: None, **PROBLEMS})
def drop(request: HttpRequest, kind: str, object_id: str) -> Status[None]:
    """Let go of a favourite."""
    drop_favourite(actor=actor_of(request), kind=kind, object_id=object_id)
    return Status(204, None)
