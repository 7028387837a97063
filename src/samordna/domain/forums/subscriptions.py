"""The secret address from which a calendar fetches meetings, without signing in.

The address is signed and names a row that says whose it is; it is stored nowhere. It gives what its owner may read at the
moment when it is fetched, and nothing any more when the owner has left, or has ended it or changed it for another.
"""

from __future__ import annotations

from django.core import signing

from samordna.core.errors import Absent
from samordna.core.outbox import address
from samordna.domain.forums.models import CalendarAddress

SALT = "samordna.forums.calendar"


def ticket_of(given: CalendarAddress) -> str:
    """What stands in the address."""
    return signing.Signer(salt=SALT).sign(given.pk).replace(":", "-", 1)


def whole_address(given: CalendarAddress) -> str:
    """The address, for a calendar to be given."""
    return address("calendar_feed", ticket_of(given))


def address_of(ticket: str) -> CalendarAddress:
    """What a ticket stands for; raises `Absent` for one that we have not signed, or that is ended."""
    pk, _dash, signature = ticket.partition("-")
    try:
        key = signing.Signer(salt=SALT).unsign(f"{pk}:{signature}")
    except signing.BadSignature as error:
        raise Absent from error
    found = CalendarAddress.objects.select_related("forum").filter(pk=key, ended_at__isnull=True).first()
    if found is None:
        raise Absent
    return found
