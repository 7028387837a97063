"""Everybody who may knock: a client each, and what the oracle should think of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.test import Client

from samordna.core import clock
from samordna.domain.matters.models import AnswerLink
from samordna.domain.organisations.access import token_digest
from samordna.domain.organisations.enums import HoldingKind, RoleKind
from samordna.domain.organisations.models import ApiToken, Holding
from tests import factories as f
from tests.access.canary.world import World, hold
from tests.access.oracle import Row

SOON, LATE = timedelta(days=30), timedelta(days=1)


@dataclass
class Visitor:
    """One kind of actor: who it is to the oracle, and the secret of its link if it came by one."""

    kind: str
    row: Row
    client: Client = field(default_factory=lambda: Client(raise_request_exception=False))
    link_secret: str = ""
    headers: dict[str, str] = field(default_factory=dict)


def visitors(world: World) -> list[Visitor]:
    """Every kind of actor of this version."""
    return [
        Visitor("anonymous", ("nobody",)),
        *_holders(world),
        *_on_the_edge_of_time(world),
        *_out_of_favour(world),
        *_two_roles(world),
        *_by_link(world),
        *_by_token(world),
    ]


def _signed_in(kind: str, holding: Holding | None, person: Any = None) -> Visitor:
    person = person or (holding.person if holding else None)
    row = ("session", person.pk, holding.pk) if holding else ("nobody",)
    visitor = Visitor(kind, row)
    visitor.client.force_login(person)
    if holding is not None:
        session = visitor.client.session
        session["holding"] = holding.pk
        session.save()
    return visitor


def _holders(world: World) -> Iterator[Visitor]:
    for kind in RoleKind:
        yield _signed_in(f"{kind} of a participant", world.holdings[f"alpha {kind}"])
    named = {
        "representative of another participant": "beta representative",
        "manager of another participant": "beta manager",
        "representative of an organisation outside": "outside representative",
        "administrator of an organisation outside": "outside administrator",
        "manager of an organisation that left": "left manager",
        "coordinator": "host coordinator",
        "coordinator of another collaboration": "other coordinator",
        "coordinator of nothing": "outside coordinator",
        "officer of the coordinating organisation": "host officer",
        "coordinator of what lies in another": "gamma coordinator",
        "representative of a participant of that alone": "gamma representative",
        "representative of the superior": "superior representative",
        "manager of the superior": "superior manager",
    }
    for kind, name in named.items():
        yield _signed_in(kind, world.holdings[name])
    yield _signed_in("person without a role", None, f.person())


def _on_the_edge_of_time(world: World) -> Iterator[Visitor]:
    today = clock.day(world.now)
    manager = RoleKind.MANAGER
    yield _signed_in("manager until today", hold(world, "alpha", manager, valid_to=today))
    yield _signed_in("manager from tomorrow", hold(world, "alpha", manager, valid_from=today + LATE))
    for kind, start in (("deputy on duty", today), ("deputy not yet on duty", today + LATE)):
        deputy = hold(world, "alpha", manager, valid_from=start)
        deputy.kind, deputy.deputy_of = HoldingKind.DEPUTY, world.holdings["alpha manager"]
        deputy.save()
        yield _signed_in(kind, deputy)
    closed = hold(world, "alpha", manager)
    closed.role.valid_to = today
    closed.role.save()
    yield _signed_in("manager whose role was closed", closed)


def _out_of_favour(world: World) -> Iterator[Visitor]:
    suspended = hold(world, "alpha", RoleKind.MANAGER)
    visitor = _signed_in("suspended manager", suspended)
    suspended.person.is_active = False
    suspended.person.save()
    yield visitor
    changed = hold(world, "alpha", RoleKind.MANAGER)
    visitor = _signed_in("session from before a change of password", changed)
    changed.person.set_password("another long password")
    changed.person.save()
    visitor.row = ("nobody",)
    yield visitor


def _two_roles(world: World) -> Iterator[Visitor]:
    here = hold(world, "alpha", RoleKind.MANAGER)
    start = clock.day(world.ago(900))
    role = f.role(world.organisations["gamma"], RoleKind.MANAGER, valid_from=start)
    there = Holding.objects.create(person=here.person, role=role, valid_from=start)
    yield _signed_in("two roles, acting here", here)
    yield _signed_in("two roles, acting there", there)


def _by_link(world: World) -> Iterator[Visitor]:
    ages: dict[str, tuple[str, str, dict[str, datetime]]] = {
        "link": ("gathering", "alpha", {}),
        "link of another participant": ("gathering", "beta", {}),
        "link in another collaboration": ("elsewhere", "gamma", {}),
        "link of an organisation that left": ("gathering", "left", {}),
        "link that was used": ("gathering", "alpha", {"used_at": world.ago(1)}),
        "link that was withdrawn": ("gathering", "alpha", {"revoked_at": world.ago(1)}),
        "link that is too old": ("gathering", "alpha", {"expires_at": world.ago(1)}),
    }
    for kind, (matter, organisation, ends) in ages.items():
        position = world.position(matter, organisation)
        host = "other" if matter == "elsewhere" else "host"
        secret = f"secret-{kind.replace(' ', '-')}-{position.pk}"
        link = AnswerLink.objects.create(
            position=position,
            recipient=world.cage.mail("recipient of a link", "read confidential", ("position", position.pk)),
            digest=token_digest(secret),
            made_at=world.ago(3),
            made_by=world.holdings[f"{host} coordinator"],
            **({"expires_at": world.now + SOON} | ends),
        )
        yield Visitor(kind, ("link", link.pk), link_secret=secret)


def _by_token(world: World) -> Iterator[Visitor]:
    kinds: dict[str, tuple[str, dict[str, Any]]] = {
        "token that reads": ("alpha manager", {}),
        "token that writes": ("alpha manager", {"may_write": True}),
        "coordinator's token": ("host coordinator", {"may_write": True}),
        "token that is too old": ("alpha manager", {"expires_at": world.ago(1)}),
        "token that was withdrawn": ("alpha manager", {"revoked_at": world.ago(1)}),
        "token of an organisation outside": ("outside manager", {"may_write": True}),
    }
    for kind, (name, fields) in kinds.items():
        holding, secret = world.holdings[name], f"samordna_{kind.replace(' ', '-')}"
        token = ApiToken.objects.create(
            holding=holding,
            label=world.cage.word("label of a token", "label", ("person", holding.person_id)),
            digest=token_digest(secret),
            created_at=world.ago(3),
            **({"expires_at": world.now + SOON} | fields),
        )
        yield Visitor(kind, ("token", token.pk), headers={"Authorization": f"Bearer {secret}"})
