"""Users: the people whom the organisation knows."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.utils.translation import gettext as _

from samordna.api.scim.answers import USER, Wrong, answer, listed, location
from samordna.api.scim.door import Call
from samordna.api.scim.reading import Sent, asked, changes, patched_user, sent
from samordna.core import clock
from samordna.core.errors import Absent
from samordna.domain.organisations.members import MemberRow, members_of
from samordna.domain.organisations.operations import (
    describe_member,
    let_member_leave,
    let_member_return,
    take_in_person,
)

COLUMNS = {"username": "email", "externalid": "register_id", "id": "person_id"}


def list_users(call: Call) -> HttpResponse:
    """The organisation's people, or the one with a user name, external id or id."""
    part = asked(call.request, tuple(COLUMNS))
    if part.column and not part.value:
        return answer(listed((), 0, part.first))
    wanted = {COLUMNS[part.column]: part.value} if part.column else {}
    found = members_of(call.actor, call.organisation_id, clock.now(), first=part.first - 1, most=part.count, **wanted)
    return answer(listed((_user(call, row) for row in found[1]), found[0], part.first))


def make_user(call: Call) -> HttpResponse:
    """Take somebody in. One who is there already is answered 409; one whom others know looks like somebody new."""
    said = sent(call.body)
    if not said.user_name:
        raise Wrong(400, _("userName is needed: the person's e-mail address."), "invalidValue")
    made = take_in_person(
        actor=call.actor,
        organisation_id=call.organisation_id,
        name=said.name or said.user_name,
        email=said.user_name,
        register_id=said.register_id or "",
        active=said.active is not False,
    )
    return answer(_user(call, _row(call, made.person_id)), 201)


def read_user(call: Call, person_id: str) -> HttpResponse:
    """One user."""
    return answer(_user(call, _row(call, person_id)))


def replace_user(call: Call, person_id: str) -> HttpResponse:
    """Say all of a user anew."""
    said = sent(call.body)
    if not said.user_name:
        raise Wrong(400, _("userName is needed: the person's e-mail address."), "invalidValue")
    whole = Sent(said.user_name, said.name, said.register_id or "", said.active is not False)
    return _apply(call, person_id, whole)


def patch_user(call: Call, person_id: str) -> HttpResponse:
    """Change some of a user."""
    return _apply(call, person_id, patched_user(changes(call.body)))


def let_user_go(call: Call, person_id: str) -> HttpResponse:
    """The register lets go of somebody: its roles end, and what it did stays."""
    _row(call, person_id)
    let_member_leave(actor=call.actor, organisation_id=call.organisation_id, person_id=person_id, release=True)
    return HttpResponse(status=204)


def _apply(call: Call, person_id: str, said: Sent) -> HttpResponse:
    before = _row(call, person_id)
    if said.user_name is not None and said.user_name.strip().lower() != before.email.lower():
        sentence = _("userName is the person's own e-mail address; the person changes it, signed in to Samordna.")
        raise Wrong(400, sentence, "mutability")
    actor, own = call.actor, call.organisation_id
    name = before.name if said.name is None else said.name
    register_id = before.register_id if said.register_id is None else said.register_id
    with transaction.atomic():
        if (name, register_id) != (before.name, before.register_id):
            describe_member(actor=actor, organisation_id=own, person_id=person_id, name=name, register_id=register_id)
        if said.active is True and not before.active:
            let_member_return(actor=actor, organisation_id=own, person_id=person_id)
        elif said.active is False and (before.active or before.roles):
            let_member_leave(actor=actor, organisation_id=own, person_id=person_id)
    return read_user(call, person_id)


def _row(call: Call, person_id: str) -> MemberRow:
    _total, rows = members_of(call.actor, call.organisation_id, clock.now(), person_id=person_id)
    if not rows:
        raise Absent
    return rows[0]


def _user(call: Call, row: MemberRow) -> dict[str, Any]:
    said = {
        "schemas": [USER],
        "id": row.person_id,
        "userName": row.email,
        "displayName": row.name,
        "name": {"formatted": row.name},
        "active": row.active,
        "meta": {
            "resourceType": "User",
            "created": row.created_at.isoformat(),
            "lastModified": row.changed_at.isoformat(),
            "location": location(call.request, "Users", row.person_id),
        },
    }
    if row.email:
        said["emails"] = [{"value": row.email, "primary": True}]
    return said | ({"externalId": row.register_id} if row.register_id else {})
