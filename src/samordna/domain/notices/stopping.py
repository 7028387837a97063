"""The link by which somebody ends letters of one kind, without signing in: signed, and good for nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from django.core import signing

from samordna.core.actor import Actor, Via
from samordna.core.errors import Absent
from samordna.core.outbox import address
from samordna.domain.notices.enums import Group

SALT = "samordna.notices.stop"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """Whose letters of which kind."""

    person_id: str
    group: Group

    @property
    def actor(self) -> Actor:
        """The person, who came by the link: may look after its own account's letters and nothing else."""
        return Actor(via=Via.LINK, person_id=self.person_id)


def ticket_of(person_id: str, group: Group) -> str:
    """What stands in the link's address."""
    return signing.Signer(salt=SALT).sign(f"{person_id}.{group.value}").replace(":", "-", 1)


def stop_of(ticket: str) -> Stop:
    """What a ticket stands for; raises `Absent` for one that we have not signed."""
    said, _dash, signature = ticket.partition("-")
    try:
        person_id, _dot, group = signing.Signer(salt=SALT).unsign(f"{said}:{signature}").partition(".")
        return Stop(person_id=person_id, group=Group(group))
    except (signing.BadSignature, ValueError) as error:
        raise Absent from error


def stop_address(person_id: str, group: Group) -> str:
    """The whole address of the link."""
    return address("stop_letters", ticket_of(person_id, group))
