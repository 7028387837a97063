"""Denied looks like absent, nothing is changed without its token, and what is taken away is gone at the next request."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from samordna.core import clock
from samordna.core.errors import Absent, Forbidden
from samordna.domain.collaborations.models import Participation
from samordna.domain.matters.access import condition_for
from samordna.domain.matters.models import AnswerLink, Condition
from samordna.domain.organisations.models import ApiToken, Holding, Side
from tests.access.canary.actors import Visitor
from tests.access.canary.knocking import OF_THE_SESSION, _text, taken
from tests.access.canary.routes import UNKNOWN, fillings, places, routes
from tests.access.canary.world import World

CHANGING = ("POST", "PUT", "PATCH", "DELETE")
OWN_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"|csrf=\w+|Content-Length: \d+|X-Request-ID: \w+')
DESCRIPTIONS = {"openapi-json"}
"""Describes the API and changes nothing, whatever the method."""
LIBRARY = ("konto/",)
"""The sign-in library's addresses name no object of an organisation."""

DIRECTORY = frozenset({"organisation_id", "role_id", "holding_id", "contact_path_id", "person_id", "service_id", "number"})
OPEN_TO_ALL = {
    "representative of an organisation outside": DIRECTORY,
    "token of an organisation outside": DIRECTORY,
    "anonymous": frozenset(),
}
"""Whoever holds a role anywhere may read of organisations, their roles, who holds them and what they offer."""


def plain(response: Any, path: str, place: dict[str, str]) -> str:
    """The answer without what differs between any two requests: the address itself and the form's own token."""
    text = OWN_TOKEN.sub("", _text(response)).replace(path, "PATH")
    for value in place.values():
        text = text.replace(value, "ID") if len(value) == len(UNKNOWN) else text
    return text


def test_what_one_may_not_see_looks_like_what_does_not_exist(world: World, everybody: dict[str, Visitor]) -> None:
    compared = 0
    own = set(Side.objects.filter(organisation=world.organisations["outside"]).values_list("reorganisation_id", flat=True))
    known = places()
    for turn, kind in enumerate(OPEN_TO_ALL):
        visitor = everybody[kind]
        for route in routes():
            if not route.parameters or route.pattern.startswith(LIBRARY) or set(route.parameters) <= OPEN_TO_ALL[kind]:
                continue
            if visitor.headers and not route.pattern.startswith("api/"):  # a page reads no key: it is asked by nobody
                continue
            *others, unknown = fillings(route, known, visitor.link_secret, most=3)
            others = [place for place in others if place.get("reorganisation_id") not in own]  # theirs, who are in it
            if not others:
                continue
            place = others[turn % len(others)]  # each of the visitors asks for another of the things that there are
            absent = visitor.client.get(route.fill(unknown), headers=visitor.headers)
            shown = visitor.client.get(route.fill(place), headers=visitor.headers)
            assert shown.status_code == absent.status_code, (kind, route.pattern)
            told = plain(shown, route.fill(place), place)
            assert told == plain(absent, route.fill(unknown), unknown), (kind, route.pattern)
            compared += 1
    assert compared > 300


def test_nothing_is_changed_without_the_forms_own_token(world: World, everybody: dict[str, Visitor]) -> None:
    asked = 0
    known = places()
    strict = Client(enforce_csrf_checks=True, raise_request_exception=False)
    strict.force_login(world.holdings["host coordinator"].person)
    for route in routes():
        path = route.fill(fillings(route, known, "")[0])
        methods = (
            [*taken(strict.options(path)).intersection(CHANGING)] if route.pattern.startswith("api/") else CHANGING[:1]
        )  # a page takes no other
        answers = {method: strict.generic(method, path).status_code for method in methods}
        for method, status in answers.items():
            assert status in {401, 403, 404, 405} or route.name in DESCRIPTIONS, (method, route.pattern, status)
        asked += 403 in answers.values()
    assert asked > 60


@pytest.mark.parametrize("kind", ["manager of a participant", "deputy on duty", "token that reads", "link", "coordinator"])
def test_what_is_taken_away_is_gone_at_the_next_request(kind: str, world: World, everybody: dict[str, Visitor]) -> None:
    visitor = everybody[kind]
    path = _page_of(visitor, world)
    secret = world.cage.found_in([_text(visitor.client.get(path, headers=visitor.headers))])
    assert [canary for canary in secret if canary.thing[0] != "person"], f"{kind} saw nothing to begin with on {path}"
    _take_away(visitor, world)
    response = visitor.client.get(path, headers=visitor.headers)
    left = [canary for canary in world.cage.found_in([_text(response)]) if canary.thing[0] != "person"]
    assert not left, f"{kind} still sees {left[0].what}"


def _page_of(visitor: Visitor, world: World) -> str:
    if visitor.link_secret:
        return f"/svar/{visitor.link_secret}/"
    start = "/api/v1/matters" if visitor.headers else "/fragor"
    return f"{start}/{world.matters['gathering']}" + ("" if visitor.headers else "/")


def _take_away(visitor: Visitor, world: World) -> None:
    today = clock.day(clock.now())
    match visitor.row:
        case ("session", _person, holding) if visitor.kind == "manager of a participant":
            assert holding
            alpha = Participation.objects.filter(organisation=world.organisations["alpha"])
            alpha.update(left_on=today)
        case ("session", _person, holding):
            Holding.objects.filter(pk=holding).update(valid_from=today - timedelta(days=9), valid_to=today)
        case ("token", token):
            ApiToken.objects.filter(pk=token).update(revoked_at=clock.now())
        case ("link", link):
            AnswerLink.objects.filter(pk=link).update(revoked_at=clock.now())


def test_the_sessions_own_rows_are_all_that_a_reading_may_write() -> None:
    assert OF_THE_SESSION.search('UPDATE "django_session" SET x')
    assert not OF_THE_SESSION.search('UPDATE "matters_matter" SET x')


def test_a_condition_in_confidence_does_not_exist_for_another_participant(world: World) -> None:
    secret = Condition.objects.filter(position=world.position("gathering", "alpha"), confidence="coordinator").get()
    opened = Condition.objects.filter(position=world.position("gathering", "alpha"), confidence="open").get()
    with pytest.raises(Absent):
        condition_for(world.actor("beta manager"), secret.pk)
    with pytest.raises(Forbidden):
        condition_for(world.actor("beta manager"), opened.pk)
    assert condition_for(world.actor("alpha manager"), secret.pk) == secret
