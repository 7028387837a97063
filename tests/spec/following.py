"""What the specification tests of following share: somebody's browser, and a page's text."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from samordna.core.actor import Actor
from samordna.domain.organisations.models import Person
from tests.domain.adherence.followed import Followed


def browser_of(actor: Actor) -> Client:
    """A browser in which this person has signed in."""
    client = Client()
    client.force_login(Person.objects.get(pk=actor.person_id))
    return client


def page_for(actor: Actor, world: Followed) -> str:
    """The decision's page of following as this person sees it."""
    return browser_of(actor).get(reverse("following", args=[world.decision.pk])).content.decode()
