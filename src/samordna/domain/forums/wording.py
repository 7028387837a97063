"""What stands in the forms of forums, meetings and items, by the names of their fields (`core.overtaking`).

Only what the actor may see: what it cannot see is not in its form, and saving does not change it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.domain.collaborations.access import seen_collaborations
from samordna.domain.forums.models import Forum, Item
from samordna.domain.matters.access import visible_matters

FORUM_WORDS = ("name", "purpose", "formality", "power", "rhythm", "rhythm_note", "place")
ITEM_WORDS = ("kind", "title", "purpose", "minutes", "owner_role_id", "matter_id", "area_id")


def forum_words(actor: Actor, forum: Forum, at: datetime) -> dict[str, str]:
    """A forum's, with its areas in one value."""
    seen = seen_collaborations(actor, at)
    areas = together(forum.areas.filter(collaboration_id__in=seen).values_list("pk", flat=True))
    stored: dict[str, str] = {name: getattr(forum, name) for name in FORUM_WORDS}
    return stored | {"prepares_role_id": forum.prepares_id, "area_ids": areas}


def together(ids: Iterable[str]) -> str:
    """Several as one value, in whatever order they come."""
    return ", ".join(sorted(set(ids)))


def item_words(actor: Actor, item: Item, at: datetime) -> dict[str, str | int | None]:
    """An item's."""
    stored: dict[str, str | int | None] = {name: getattr(item, name) for name in ITEM_WORDS}
    if item.matter_id and not visible_matters(actor, at).filter(pk=item.matter_id).exists():
        stored["matter_id"] = ""
    if item.area and item.area.collaboration_id not in seen_collaborations(actor, at):
        stored["area_id"] = ""
    return stored


def meeting_words(starts_at: datetime, ends_at: datetime, title: str, place: str, link: str) -> dict[str, str]:
    """A meeting's: its day, and what the clocks show then where the installation is."""
    begins, ends = timezone.localtime(starts_at), timezone.localtime(ends_at)
    when = {"on": clock.day(starts_at).isoformat(), "begins": f"{begins:%H:%M}", "ends": f"{ends:%H:%M}"}
    return when | {"title": title, "place": place, "link": link}
