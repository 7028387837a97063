"""Keys to the JSON API: made by the holder of a role, shown once, kept only as a digest."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from samordna.core import clock, journal
from samordna.core.actor import Actor, Via
from samordna.core.errors import Refused
from samordna.core.operation import operation
from samordna.domain.organisations.access import holding_for, token_digest, token_for
from samordna.domain.organisations.findings import Findings
from samordna.domain.organisations.models import ApiToken

LONGEST_LIFE = 366  # days; a key that nobody remembers should not outlive the year it was made in


@dataclass(frozen=True, slots=True)
class IssuedToken:
    """A new key and its secret, which cannot be shown again."""

    token: ApiToken
    secret: str


@operation("account.change")
def make_api_token(
    *,
    actor: Actor,
    holding_id: str = "",
    label: str,
    may_write: bool = False,
    days: int = 90,
    at: datetime | None = None,
) -> IssuedToken:
    """Make a key that acts as the holder of the role one acts in (or of `holding_id`, one's own).

    Raises `Refused` for somebody who came by a key or has no role: a key cannot make keys.
    """
    holding = holding_for(actor, holding_id or actor.holding_id or "", "account.change", at)
    at = at or clock.now()
    if actor.via in (Via.TOKEN, Via.LINK):
        raise Refused(_("Sign in to make a key. A key cannot make another key."))
    if not clock.active(holding.valid_from, holding.valid_to, clock.day(at)):
        raise Refused(_("The role is not held now, so a key to it would open nothing."))
    found = Findings()
    label = found.line("label", label, 60)
    if not 1 <= days <= LONGEST_LIFE:
        found.say("days", _("A key lives between 1 and %(days)s days.") % {"days": LONGEST_LIFE})
    found.insist()
    secret = "samordna_" + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        holding=holding,
        label=label,
        digest=token_digest(secret),
        may_write=may_write,
        created_at=at,
        expires_at=at + timedelta(days=days),
    )
    journal.record(
        actor=actor,
        action="api_token_made",
        subject_kind="api_token",
        subject_id=token.pk,
        at=at,
        holding=holding.pk,
        may_write=may_write,
        expires_at=token.expires_at.isoformat(),
    )
    return IssuedToken(token=token, secret=secret)


@operation("account.change")
def revoke_api_token(*, actor: Actor, token_id: str, at: datetime | None = None) -> ApiToken:
    """Make a key useless at once. Its owner may, and the organisation's administrator."""
    token_for(actor, token_id, at)
    at = at or clock.now()
    if not actor.may_write:
        raise Refused(_("This key to the API may only read."))
    token = ApiToken.objects.select_for_update().get(pk=token_id)
    if token.revoked_at is not None:
        raise Refused(_("The key is revoked already."))
    token.revoked_at = at
    token.save(update_fields=["revoked_at"])
    journal.record(actor=actor, action="api_token_revoked", subject_kind="api_token", subject_id=token.pk, at=at)
    return token
