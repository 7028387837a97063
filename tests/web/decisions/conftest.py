"""Pages are read in English here, by somebody who has signed in."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from samordna.core.actor import Actor
from samordna.domain.organisations.models import Person
from tests.domain.decisions.world import World, build

PASSING = r'(csrfmiddlewaretoken" value=")[^"]+|\d+ ms'


def lasting(page: bytes) -> str:
    """A page without what differs every time: tokens, milliseconds and running ids."""
    return re.sub(PASSING, "", page.decode()).strip()


SignIn = Callable[[Actor], Client]


@pytest.fixture
def world(db: None) -> World:
    return build()


@pytest.fixture
def sign_in() -> SignIn:
    def as_actor(actor: Actor) -> Client:
        client = Client(headers={"accept-language": "en"})
        client.force_login(Person.objects.get(pk=actor.person_id))
        return client

    return as_actor
