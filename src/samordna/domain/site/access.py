"""Who looks after the site, and who may set it up the first time."""

from __future__ import annotations

import hmac
import os
import secrets
from datetime import datetime
from pathlib import Path

from django.conf import settings

from samordna.core.actor import Actor
from samordna.core.errors import Absent, Refused
from samordna.core.policy import Thing
from samordna.domain.organisations.access import permit
from samordna.domain.organisations.enums import RoleKind
from samordna.domain.organisations.models import Holding
from samordna.domain.site.models import Site

LOOK_AFTER = "site.look_after"


def site_for(actor: Actor, action: str = LOOK_AFTER, at: datetime | None = None) -> Site:
    """The site, for whoever holds the role that looks after it; `Absent` when it was never set up here."""
    site = Site.objects.select_related("owner_role__organisation").filter(pk=1).order_by().first()
    permit(actor, action, Thing(role_id=site.owner_role_id if site else None), at)
    if site is None:
        raise Absent
    return site


def check_looks_after(actor: Actor, at: datetime | None = None) -> None:
    """As `site_for`, also for a command of the host's own, which may come before the site was set up."""
    owner = Site.objects.filter(pk=1).values_list("owner_role_id", flat=True).first()
    permit(actor, LOOK_AFTER, Thing(role_id=owner), at)


def looks_after_site(actor: Actor, at: datetime | None = None) -> bool:
    """Does the actor hold the role that looks after the site?"""
    try:
        site_for(actor, at=at)
    except (Absent, Refused):
        return False
    return True


def awaits_set_up() -> bool:
    """Is nobody there yet who could look after anything? Once somebody is, the first set-up is closed for ever."""
    return not Site.objects.exists() and not Holding.objects.filter(role__kind=RoleKind.ADMINISTRATOR).exists()


def set_up_key() -> str:
    """The one-time key of the first set-up: made once, kept beside the database, readable by its owner only."""
    path = _key_file()
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(32))
    return path.read_text().strip()


def forget_set_up_key() -> None:
    """The key has done its work."""
    _key_file().unlink(missing_ok=True)


def check_set_up_key(key: str, actor: Actor | None = None) -> Actor:
    """Who sets the site up: whoever has the key that the server printed, while nobody is there yet; else `Absent`.

    `Absent` also for an actor who is anybody else.
    """
    path = _key_file()
    known = path.read_text().strip() if path.exists() else ""
    if not known or not hmac.compare_digest(known.encode(), key.encode()) or not awaits_set_up():
        raise Absent
    known_as = Actor.command("first set-up in the browser, with the key that the server printed")
    if actor not in (None, known_as):
        raise Absent
    return known_as


def _key_file() -> Path:
    return Path(settings.DATA) / "set-up-key"
