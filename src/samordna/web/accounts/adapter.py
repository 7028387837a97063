"""How the sign-in library behaves here: accounts are given by an administrator, who vouches for their address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from django.http import HttpRequest

if TYPE_CHECKING:
    from samordna.domain.organisations.models import Person


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # the library carries no types
    """Closes sign-up, and keeps the library's own table of addresses in step with the account."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def login(self, request: HttpRequest, user: Person) -> None:
        _vouch_for(user)
        super().login(request, user)


def _vouch_for(person: Person) -> None:
    """Make the account's address the library's confirmed one.

    Without this the library takes an address that it has no row for to be unconfirmed, and a change of address begins by
    erasing the old one from the account.
    """
    if not person.email:
        return
    EmailAddress.objects.filter(email=person.email).exclude(user=person).delete()
    own = EmailAddress.objects.filter(user=person)
    own.filter(verified=True).exclude(email=person.email).delete()
    own.exclude(email=person.email).update(primary=False)
    own.update_or_create(email=person.email, defaults={"user": person, "primary": True, "verified": True})
