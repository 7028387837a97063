"""Reading and pressing, for the specification of deciding: pages in English, as somebody who has signed in."""

from __future__ import annotations

import html
import re
from typing import Any

from django.test import Client
from django.urls import reverse

from samordna.core.actor import Actor
from samordna.domain.organisations.models import Person


def _signed_in(actor: Actor) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(Person.objects.get(pk=actor.person_id))
    return client


def _words(content: bytes) -> str:
    """What a reader sees, on one line."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", content.decode())).split())


def read(actor: Actor, page: str, *args: str) -> str:
    """The words of a page."""
    response = _signed_in(actor).get(reverse(page, args=args))
    assert response.status_code == 200, response.status_code
    return _words(response.content)


def press(actor: Actor, page: str, *args: str, **typed: Any) -> tuple[int, str]:
    """Send a form; the status of the answer and, where it was refused, the words of the page."""
    response = _signed_in(actor).post(reverse(page, args=args), typed)
    return response.status_code, _words(response.content)
