"""What one does with what one has found: keep it at hand, or let go of it."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from samordna.core import clock, journal
from samordna.core.actor import Actor
from samordna.core.errors import Absent, Refused
from samordna.core.operation import operation
from samordna.core.policy import Thing
from samordna.domain.organisations.access import permit
from samordna.domain.search.access import readable
from samordna.domain.search.models import Favourite

__all__ = ["drop_favourite", "keep_favourite"]

MOST_FAVOURITES = 100


@operation("account.change")
def keep_favourite(*, actor: Actor, kind: str, object_id: str, at: datetime | None = None) -> Favourite:
    """Keep something that one may open at hand. Kept once: keeping it again changes nothing.

    Raises `Absent` for what one may not open, and `Refused` beyond a hundred.
    """
    permit(actor, "account.change", Thing(person_id=actor.person_id), at)
    at = at or clock.now()
    if not readable(actor, at).filter(kind=kind, object_id=object_id).exists():
        raise Absent
    own = Favourite.objects.filter(person_id=actor.person_id or "")
    if own.count() >= MOST_FAVOURITES and not own.filter(kind=kind, object_id=object_id).exists():
        raise Refused(_("You have a hundred favourites. Let go of one of them first."))
    kept, _made = own.get_or_create(
        kind=kind, object_id=object_id, defaults={"person_id": actor.person_id or "", "kept_at": at}
    )
    _record(actor, "favourite_kept", kind, object_id, at)
    return kept


@operation("account.change")
def drop_favourite(*, actor: Actor, kind: str, object_id: str, at: datetime | None = None) -> None:
    """Let go of a favourite; also of something that one may no longer open. Raises `Absent` when it was none."""
    permit(actor, "account.change", Thing(person_id=actor.person_id), at)
    dropped, _kinds = Favourite.objects.filter(person_id=actor.person_id, kind=kind, object_id=object_id).delete()
    if not dropped:
        raise Absent
    _record(actor, "favourite_dropped", kind, object_id, at or clock.now())


def _record(actor: Actor, action: str, kind: str, object_id: str, at: datetime) -> None:
    journal.record(
        actor=actor,
        action=action,
        subject_kind="favourite",
        subject_id=actor.person_id or "",
        at=at,
        kind=kind,
        thing=object_id,
    )
