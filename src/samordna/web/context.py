"""What every page's frame shows: where one is, who acts, as what, and the installation's own hue."""

from __future__ import annotations

from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any, cast

from django.conf import settings
from django.http import HttpRequest

from samordna.core import clock
from samordna.domain.admissions.providers import Provider, providers
from samordna.domain.notices.queries.pages import unread_of
from samordna.domain.organisations.demo import DemoPlace, demo_logins
from samordna.domain.site.access import awaits_set_up
from samordna.web.help.topics import help_for
from samordna.web.middleware import assurance_of

if TYPE_CHECKING:
    from samordna.web.door import Request

SECTIONS = {
    "samordnare": "coordinating",
    "ledning": "leading",
    "deltagande": "collaborations",
    "samverkan": "collaborations",
    "fragor": "collaborations",
    "beslut": "collaborations",
    "overenskommelser": "agreements",
    "forum": "forums",
    "samtal": "forums",
    "varde": "forums",
    "tillfallen": "forums",
    "foljs": "following",
    "uppfoljning": "followup",
    "forandring": "followup",
    "rapporter": "followup",
    "organisationer": "organisations",
    "verktygslador": "toolbox",
    "kontakter": "contacts",
    "journal": "journal",
    "sok": "search",
    "aviseringar": "notices",
}


def _version() -> str:
    """The installed version; empty when the program runs straight from its source."""
    try:
        return version("samordna")
    except PackageNotFoundError:
        return ""


VERSION = _version()


def shell(request: HttpRequest) -> dict[str, Any]:
    """Values for `base.html`. `other_roles` are those one may change to; the sign-in page asks for `demo_cast`."""
    request = cast("Request", request)
    holding = getattr(request, "holding", None)
    return {
        "acting_as": holding,
        "other_roles": [held for held in getattr(request, "holdings", []) if held != holding],
        "unread_notices": cache(lambda: unread_of(request.actor, clock.now()) if holding else 0),
        "section": section_of(request.path),
        "duties": getattr(getattr(request, "actor", None), "duties", frozenset()),
        "demo": settings.DEMO,
        "demo_cast": demo_cast,
        "sign_in_by": sign_in_by,
        "awaits_set_up": awaits_set_up,
        "too_weak": bool(getattr(request, "actor", None) and too_weak(request)),
        "hue": int(settings.HUE),
        "version": VERSION,
        "help_address": help_for(request),
    }


def sign_in_by() -> list[Provider]:
    """The providers that one may sign in by, for the sign-in page and the account."""
    return sorted(providers().values(), key=lambda provider: provider.name.casefold())


def too_weak(request: HttpRequest) -> bool:
    """Is somebody signed in less surely than the site asks of those who act in a role?"""
    return bool(request.user.is_authenticated) and assurance_of(request) < settings.ASSURANCE


def demo_cast() -> list[DemoPlace]:
    """Everybody one may sign in as with one click; nobody outside the demonstration."""
    return demo_logins(clock.now()) if settings.DEMO else []


def section_of(path: str) -> str:
    """The part of the main menu that an address belongs to; "" for none."""
    first = path.strip("/").split("/")[0]
    return SECTIONS.get(first, "" if first else "home")
