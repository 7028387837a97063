"""The JSON API of the site itself: its settings and how it is doing, for whoever looks after it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Field, Schema

from samordna.api.foundation import PROBLEMS, Operations, actor_of
from samordna.core import clock
from samordna.domain.site.operations import change_mail, change_site, hand_site_over, try_mail
from samordna.domain.site.operations.keeping import Mail
from samordna.domain.site.queries import Check, SitePage, checks, site_page

router = Operations(tags=["site"])


class CheckOut(Schema):
    """One thing that is looked at."""

    name: str
    well: bool
    value: str


class SiteOut(Schema):
    """The settings. Whether there is a password for the mail server is told; the password never is."""

    name: str
    language: str
    contact: str
    mail_host: str
    mail_port: int
    mail_security: str
    mail_user: str
    mail_from: str
    has_password: bool
    owner_role_id: str


class SiteIn(Schema):
    """What the site is called and says of itself."""

    name: str
    language: str = Field("sv", description="sv or en.")
    contact: str = ""


class MailIn(Schema):
    """How the mail server is reached. An empty password keeps the one that is stored; an empty host means none."""

    host: str = ""
    port: int = 587
    security: str = "starttls"
    user: str = ""
    password: str = ""
    sender: str = ""


class OwnerIn(Schema):
    """The role that is to look after the site."""

    role_id: str


class TestSentOut(Schema):
    """Where the test was sent."""

    address: str


def _page(request: HttpRequest) -> SitePage:
    return site_page(actor_of(request), clock.now())


@router.get("/site", response={200: SiteOut, **PROBLEMS})
def read_site(request: HttpRequest) -> SitePage:
    """The settings of the site."""
    return _page(request)


@router.get("/site/health", response={200: list[CheckOut], **PROBLEMS})
def read_health(request: HttpRequest) -> list[Check]:
    """How the site is doing."""
    _page(request)
    return list(checks(clock.now()))


@router.put("/site", response={200: SiteOut, **PROBLEMS})
def put_site(request: HttpRequest, body: SiteIn) -> SitePage:
    """Change what the site is called and says of itself."""
    change_site(actor=actor_of(request), **body.dict())
    return _page(request)


@router.put("/site/mail", response={200: SiteOut, **PROBLEMS})
def put_mail(request: HttpRequest, body: MailIn) -> SitePage:
    """Name the mail server, or none."""
    change_mail(actor=actor_of(request), mail=Mail(**body.dict()))
    return _page(request)


@router.post("/site/mail/test", response={200: TestSentOut, **PROBLEMS})
def post_test(request: HttpRequest) -> dict[str, Any]:
    """Send a message to oneself by the mail server that is stored."""
    return {"address": try_mail(actor=actor_of(request))}


@router.put("/site/owner", response={200: CheckOut, **PROBLEMS})
def put_owner(request: HttpRequest, body: OwnerIn) -> dict[str, Any]:
    """Let another administrator's role look after the site."""
    site = hand_site_over(actor=actor_of(request), role_id=body.role_id)
    return {"name": "owner", "well": True, "value": site.owner_role_id}
