"""The link by which somebody ends letters of one kind, without signing in: signed, and good for nothing else.

It ends what was chosen when its letter was written. Whoever has chosen otherwise since then has a newer letter for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.core import signing

from samordna.core.actor import Actor, Via
from samordna.core.errors import Absent
from samordna.core.outbox import address
from samordna.domain.notices.enums import Group, Rhythm
from samordna.domain.notices.models import Choice

SALT = "samordna.notices.stop"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """Whose letters of which kind, and the choice it ends: see `mark_of`."""

    person_id: str
    group: Group
    mark: str

    @property
    def actor(self) -> Actor:
        """The person, who came by the link: may look after its own account's letters and nothing else."""
        return Actor(via=Via.LINK, person_id=self.person_id)


def mark_of(chosen_at: datetime | None) -> str:
    """What a link says of the choice it ends; "" for what was never chosen."""
    return f"{int(chosen_at.timestamp() * 1000)}" if chosen_at else ""


def ticket_of(person_id: str, group: Group, chosen_at: datetime | None) -> str:
    """What stands in the link's address."""
    said = ".".join((person_id, group.value, mark_of(chosen_at)))
    return signing.Signer(salt=SALT).sign(said).replace(":", "-", 1)


def stop_of(ticket: str) -> Stop:
    """What a ticket stands for; raises `Absent` for one that we have not signed."""
    said, _dash, signature = ticket.partition("-")
    try:
        person_id, group, mark, *_more = [*signing.Signer(salt=SALT).unsign(f"{said}:{signature}").split("."), ""]
        return Stop(person_id=person_id, group=Group(group), mark=mark)
    except (signing.BadSignature, ValueError) as error:
        raise Absent from error


def is_overtaken(found: Stop) -> bool:
    """Has the person chosen letters of this kind anew since the link was written? Having ended them is not that."""
    choice = Choice.objects.filter(person_id=found.person_id, group=found.group).first()
    if choice is None or choice.rhythm == Rhythm.NEVER:
        return False
    return mark_of(choice.chosen_at) != found.mark


def stop_address(person_id: str, group: Group, chosen_at: datetime | None) -> str:
    """The whole address of the link."""
    return address("stop_letters", ticket_of(person_id, group, chosen_at))
