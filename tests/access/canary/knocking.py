"""Knocks on every door and looks at everything that comes out."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import product
from random import Random
from typing import Any

from django.db import connection, transaction
from django.test import Client

from samordna.core.models import JournalHead, OutgoingLetter
from samordna.domain.organisations.models import Holding, Person
from samordna.web.shown_as import GO_ON_AS, SHOWN_AS
from tests.access import oracle
from tests.access.canary.actors import Visitor
from tests.access.canary.canaries import Canary
from tests.access.canary.routes import Place, Route, fillings, places, routes
from tests.access.canary.world import World
from tests.access.mirror import facts_of_database, moment
from tests.access.oracle import Row

LETTERS = f'"{OutgoingLetter._meta.db_table}"'
MARKS = {"csrfmiddlewaretoken", SHOWN_AS, GO_ON_AS}
"""What every form carries besides what is typed; a made-up role would end every sending at the door."""
FIELD = re.compile(r'name="([\w-]+)"')
MAY_WRITE = re.compile(r"^\s*(INSERT|UPDATE|DELETE|REPLACE|CREATE|DROP|ALTER)", re.IGNORECASE)
OF_THE_SESSION = re.compile(r"django_session|usersessions_usersession|SAVEPOINT", re.IGNORECASE)
DESCRIPTIONS, DESCRIBED_TO = {"openapi-json"}, {"anonymous", "coordinator"}
"""The API's description is the same for everybody and slow to make, so two ask for it."""
KEEPS_ITS_COPY = {"account_email"}
"""The sign-in library copies one's own address into its own table when one first looks at it."""
TOLD_IN_LETTERS = {"recipient of a link", "collaboration's name", "invited organisation"}
"""A letter tells its own address, and an invitation what one is invited to."""
OF_EVERY_ROLE = {""}
"""What waits for somebody is told in every role that they hold, whichever they act in."""
ANY = ("GET", "POST", "PUT", "PATCH", "DELETE")
NO_RIGHTS = {"mail", "label", "be told of"}
TYPED = "zz typed by somebody"
Knock = tuple[str, dict[str, Any] | str | None]


@dataclass
class Findings:
    """What the matrix has seen."""

    requests: int = 0
    leaks: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    writes: list[str] = field(default_factory=list)
    statuses: Counter[tuple[str, str, str, int]] = field(default_factory=Counter)
    asked: set[tuple[str, str]] = field(default_factory=set)
    """Which kind of actor asked which address."""


class Matrix:
    """A world, everybody in it, and every address."""

    def __init__(self, world: World, everybody: list[Visitor], at: Any = None) -> None:
        self.world, self.everybody = world, everybody
        self.facts, self.at = facts_of_database(), moment(at or world.now)
        self.places, self.routes = places(), routes()
        self.mates = _colleagues()
        self.findings = Findings()
        self.fields: dict[str, set[str]] = defaultdict(set)
        """The names of the fields of each page's forms, as seen by whoever was shown one."""
        self._may: dict[tuple[str, str, Row], bool] = {}
        self._filled: dict[tuple[str, str], list[Place]] = {}
        self._sent = set(OutgoingLetter.objects.values_list("pk", flat=True))

    def may_see(self, visitor: Visitor, canary: Canary) -> bool:
        key = (visitor.kind, canary.action, canary.thing)
        if key not in self._may:
            self._may[key] = self._judge(visitor, canary.action, canary.thing)
        return self._may[key]

    def _judge(self, visitor: Visitor, action: str, thing: Row) -> bool:
        acting = oracle.standing(self.facts, visitor.row, self.at)
        if action in {"mail", "label"}:
            return self._is_known(visitor, acting, thing[1])
        if action == "be told of":
            return any(oracle.allowed(self.facts, visitor.row, "read", each, self.at) for each in self.told_in(thing))
        if oracle.allowed(self.facts, visitor.row, action, thing, self.at):
            return True
        if visitor.row[0] == "link" and thing[0] == "matter":
            return self._is_about(visitor, thing)
        return False

    def told_in(self, collaboration: Row) -> list[Row]:
        """Where a collaboration's name and areas are told: in itself, in those that lie in it, whose mandates say what they
        are taken from (ADR 13), and in what is reported by those who have taken part."""
        beneath = [row[0] for row in self.facts.collaboration if row[5] == collaboration[1]]
        return [collaboration, ("measures", collaboration[1]), *(("collaboration", each) for each in beneath)]

    def _is_about(self, visitor: Visitor, matter: Row) -> bool:
        """A link that works shows the question it asks; one that was used thanks for the answer to it."""
        link = oracle.one(self.facts.link, visitor.row[1])
        position = oracle.one(self.facts.position, link[1]) if link else None
        if link is None or position is None or position[1] != matter[1]:
            return False
        works = oracle.allowed(self.facts, visitor.row, "answer", ("position", position[0]), self.at)
        return works or link[4] is not None

    def _is_known(self, visitor: Visitor, acting: Any, person: str) -> bool:
        """Mail addresses and tokens' labels are for oneself and for one's own organisation."""
        if visitor.row[0] == "session" and visitor.row[1] == person:
            return True
        return acting is not None and acting[1] in self.mates.get(person, set())

    def knock(self, visitor: Visitor, route: Route, path: str, method: str, body: dict[str, Any] | str | None) -> int:
        """One request, judged; returns its status. Whatever it changed is undone."""
        changed: list[str] = []
        with transaction.atomic():
            with connection.execute_wrapper(_listener(changed)):
                response = _send(visitor, path, method, body)
            out = _text(response)
            if (
                any(LETTERS in sql for sql in changed) and not connection.needs_rollback
            ):  # stopped when it wrote: sent nothing
                self._look_at_mail(OutgoingLetter.objects.exclude(pk__in=self._sent), f"{method} {path} by {visitor.kind}")
            transaction.set_rollback(True)
        self.findings.requests += 1
        self.findings.asked.add((visitor.kind, route.pattern))
        status = int(response.status_code)
        if not route.pattern.startswith("api/"):
            self.fields[route.name].update(set(FIELD.findall(out)) - MARKS)
        self.findings.statuses[(route.name, method, visitor.kind, status)] += 1
        where = f"{method} {path} ({route.name}) by {visitor.kind} [{status}]"
        if status >= 500:
            self.findings.failures.append(f"{where}: {_reason(response)}")
        if method in {"GET", "HEAD", "OPTIONS"} and changed and route.name not in KEEPS_ITS_COPY:
            self.findings.writes.append(f"{where}: {changed[0]}")
        for canary in self.world.cage.found_in([out]):
            if not self.may_see(visitor, canary) and not self._waits_elsewhere(visitor, route, canary):
                self.findings.leaks.append(f"{where} shows the {canary.what}")
        return status

    def _waits_elsewhere(self, visitor: Visitor, route: Route, canary: Canary) -> bool:
        if route.pattern not in OF_EVERY_ROLE or visitor.row[0] != "session" or canary.action in NO_RIGHTS:
            return False
        others = Holding.objects.filter(person_id=visitor.row[1]).values_list("pk", flat=True)
        rows = (("session", visitor.row[1], each) for each in others)
        return any(oracle.allowed(self.facts, row, canary.action, canary.thing, self.at) for row in rows)

    def _look_at_mail(self, letters: Iterable[OutgoingLetter], where: str) -> None:
        """A letter may hold nothing that its reader could not see, whoever caused it; its own address is no secret."""
        for letter in letters:
            for canary in self.world.cage.found_in([letter.subject, letter.text, letter.html]):
                if canary.action != "mail" and canary.what not in TOLD_IN_LETTERS and not _is_title(canary):
                    self.findings.leaks.append(f"a letter after {where} shows the {canary.what}")

    def walk(self, most: int, seed: int) -> Findings:
        """Every address by everybody, each time with another placement; then, drawn with this seed, other placements,
        methods and bodies. With `most`, that many requests with those already made: half of what is left for the first
        (more where there are more addresses that nobody has asked for), in turns, so that every address is asked by as
        many as it suffices for, and the rest for the second."""
        pick = Random(seed)
        first = list(self._unasked(pick))
        pick.shuffle(first)
        never = {route.pattern for route in self.routes} - {pattern for _kind, pattern in self.findings.asked}
        half = max(most - self.findings.requests, 0) // 2
        for visitor, route, place in _in_turns(first)[: max(half, len(never)) if most else None]:
            self.knock(visitor, route, route.fill(place), "GET", None)
        for visitor, route, place, (method, body) in (
            self._drawn(pick, most - self.findings.requests) if most else self._all()
        ):
            self.knock(visitor, route, route.fill(place), method, body)
        return self.findings

    def _all(self) -> Iterator[tuple[Visitor, Route, Place, Knock]]:
        for visitor, route in self._pairs():
            yield from (
                (visitor, route, place, each)
                for place, each in product(self._fillings(visitor, route), knocks(route, self.fields[route.name]))
            )

    def _drawn(self, pick: Random, number: int) -> Iterator[tuple[Visitor, Route, Place, Knock]]:
        pairs = list(self._pairs())
        for _each in range(number):
            visitor, route = pick.choice(pairs)
            knocked = list(knocks(route, self.fields[route.name]))
            yield visitor, route, pick.choice(self._fillings(visitor, route)), pick.choice(knocked)

    def _pairs(self) -> Iterator[tuple[Visitor, Route]]:
        for visitor, route in product(self.everybody, self.routes):
            if route.name not in DESCRIPTIONS or visitor.kind in DESCRIBED_TO:
                yield visitor, route

    def _unasked(self, pick: Random) -> Iterator[tuple[Visitor, Route, Place]]:
        """Everybody and every address that they have not asked for, with a placement that is drawn."""
        for visitor, route in self._pairs():
            filled = self._fillings(visitor, route)
            if (visitor.kind, route.pattern) not in self.findings.asked:
                yield visitor, route, pick.choice(filled[:-1] or filled)

    def _fillings(self, visitor: Visitor, route: Route) -> list[Place]:
        secret = visitor.link_secret if "token" in route.parameters else ""
        key = (route.pattern, secret)
        if key not in self._filled:
            self._filled[key] = fillings(route, self.places, secret)
        return self._filled[key]


def _in_turns(asked: list[Any]) -> list[Any]:
    """Every address once, then every address once more, and so on."""
    turns: Counter[str] = Counter()
    ranked = []
    for visitor, route, *rest in asked:
        turns[route.pattern] += 1
        ranked.append((turns[route.pattern], (visitor, route, *rest)))
    return [one for _turn, one in sorted(ranked, key=lambda pair: pair[0])]


def knocks(route: Route, fields: set[str]) -> Iterator[Knock]:
    """The methods and bodies that an address is tried with."""
    yield "GET", None
    yield "POST", {}
    if route.pattern.startswith("api/"):
        yield "POST", '{"title": "zz typed by somebody", "reason": 7, "recipients": [], "costs": {"a": [1]}}'
        yield "POST", '{"broken'
        yield "PUT", "{}"
        yield "PATCH", "{}"
    else:
        yield "POST", dict.fromkeys(sorted(fields), TYPED) | {"surplus": TYPED}
        yield "POST", dict.fromkeys(sorted(fields), "-1")
    yield "DELETE", None
    yield "HEAD", None
    yield "OPTIONS", None


def _send(visitor: Visitor, path: str, method: str, body: dict[str, Any] | str | None) -> Any:
    client: Client = visitor.client
    kept = dict(client.cookies)
    json = {"content_type": "application/json"} if isinstance(body, str) or path.startswith("/api/") else {}
    data = body if body is not None else ""
    send: Callable[..., Any] = getattr(client, method.lower())
    if method in {"GET", "HEAD"}:
        response = send(path, headers=visitor.headers)
    elif method == "POST" and not json:
        response = send(path, data or {}, headers=visitor.headers)
    else:
        response = send(path, data or "{}", content_type="application/json", headers=visitor.headers)
    client.cookies.clear()
    client.cookies.update(kept)
    return response


def taken(by_options: Any) -> set[str]:
    """The methods that an address of the API takes, as it says when it is asked in a way that it does not."""
    return set(re.findall(r"\w+", by_options.headers["Allow"])) if by_options.status_code == 405 else set(ANY)


def _listener(changed: list[str]) -> Callable[..., Any]:
    def listen(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if MAY_WRITE.match(sql) and not OF_THE_SESSION.search(sql):
            changed.append(sql[:120])
        return execute(sql, params, many, context)

    return listen


def _text(response: Any) -> str:
    body = b"".join(response.streaming_content) if response.streaming else response.content
    headers = "\n".join(f"{name}: {value}" for name, value in response.items())
    return f"{headers}\n\n{body.decode(errors='replace')}"


def _reason(response: Any) -> str:
    error = getattr(response, "exc_info", None)
    return f"{error[0].__name__}: {error[1]}"[:300] if error else _text(response)[-300:]


def _is_title(canary: Canary) -> bool:
    return canary.what.startswith("title of ") and "sketch" not in canary.what


def _colleagues() -> dict[str, set[str]]:
    """Each person's organisations."""
    found: dict[str, set[str]] = {pk: set() for pk in Person.objects.values_list("pk", flat=True)}
    for person, organisation in Holding.objects.values_list("person_id", "role__organisation_id"):
        found[person].add(organisation)
    return found


def journal_size() -> int:
    """How much the journal holds: the sum of everything that was ever done."""
    return JournalHead.objects.get(pk=1).size
