"""Groups: the organisation's roles, and who holds them ordinarily today."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.utils.translation import gettext as _

from samordna.api.scim.answers import GROUP, Wrong, answer, listed, location
from samordna.api.scim.door import Call
from samordna.api.scim.reading import ONE_MEMBER, Change, asked, changes, members
from samordna.core import clock
from samordna.core.errors import Absent
from samordna.domain.organisations.members import member_for
from samordna.domain.organisations.operations import end_holding, give_role
from samordna.domain.organisations.queries import RoleRow, organisation_page

HELD = ("ordinary", "acting")


def list_groups(call: Call) -> HttpResponse:
    """The organisation's roles, or those of a name."""
    part = asked(call.request, ("displayname", "id"))
    rows = [row for row in _roles(call) if not part.column or part.value in _value(row, part.column)]
    page = rows[part.first - 1 : part.first - 1 + part.count]
    return answer(listed((_group(call, row) for row in page), len(rows), part.first))


def _value(row: RoleRow, column: str) -> tuple[str]:
    return (row.name,) if column == "displayname" else (row.id,)


def read_group(call: Call, role_id: str) -> HttpResponse:
    """One role."""
    return answer(_group(call, _role(call, role_id)))


def patch_group(call: Call, role_id: str) -> HttpResponse:
    """Give the role to members, or let them leave it: what the operations come to together, or nothing."""
    role, wanted = _role(call, role_id), changes(call.body)
    people = list(_holders(role))
    for change in wanted:
        people = _changed(people, change)
    _set(call, role, people)
    return read_group(call, role_id)


def replace_group(call: Call, role_id: str) -> HttpResponse:
    """Say anew who holds the role."""
    role = _role(call, role_id)
    if call.body.get("displayName", role.name) != role.name:
        raise Wrong(400, _("A role is named in Samordna."), "mutability")
    if (said := call.body.get("members")) is not None:
        _set(call, role, members(said))
    return read_group(call, role_id)


def no_such_thing(call: Call, **keys: str) -> HttpResponse:
    """Opening and closing roles."""
    raise Wrong(501, _("Roles are opened and closed in Samordna, where one sees what rests on them."))


def _changed(people: list[str], change: Change) -> list[str]:
    """Who would hold the role after one more operation."""
    one, value = ONE_MEMBER.fullmatch(change.path), change.value
    path = change.path.lower()
    if not path and isinstance(value, dict) and "members" in value and change.op != "remove":
        path, value = "members", value["members"]
    if change.op == "remove" and one:
        return [each for each in people if each != one.group(1)]
    if path != "members":
        raise Wrong(400, _("Only the members of a group can be changed from here."), "mutability")
    if change.op == "remove" and value is None:
        return []
    said = members(value)
    match change.op:
        case "add":
            return [*people, *said]
        case "replace":
            return said
        case _:
            return [each for each in people if each not in said]


def _set(call: Call, role: RoleRow, wanted: list[str]) -> None:
    """Let these hold the role and nobody else; whoever comes gets it before those who go leave it."""
    with transaction.atomic():
        _give(call, role, wanted)
        _leave(call, role, [each for each in _holders(role) if each not in wanted])


def _give(call: Call, role: RoleRow, people: list[str]) -> None:
    for person_id in dict.fromkeys(people):
        if person_id in _holders(role):
            continue
        try:
            member_for(call.actor, call.organisation_id, person_id)
        except Absent as absent:
            sentence = _("There is no user %(id)s in this organisation.") % {"id": person_id[:40]}
            raise Wrong(400, sentence, "invalidValue") from absent
        give_role(actor=call.actor, role_id=role.id, person_id=person_id)


def _leave(call: Call, role: RoleRow, people: list[str]) -> None:
    held = _holders(role)
    for person_id in people:
        if person_id in held:
            end_holding(actor=call.actor, holding_id=held[person_id])


def _holders(role: RoleRow) -> dict[str, str]:
    """The holding of each person who holds the role, not as a deputy."""
    return {row.person_id: row.holding_id for row in role.holders if row.kind in HELD}


def _roles(call: Call) -> tuple[RoleRow, ...]:
    return organisation_page(call.actor, call.organisation_id, clock.now()).roles


def _role(call: Call, role_id: str) -> RoleRow:
    found = next((row for row in _roles(call) if row.id == role_id), None)
    if found is None:
        raise Absent
    return found


def _group(call: Call, row: RoleRow) -> dict[str, Any]:
    people = [
        {
            "value": each.person_id,
            "display": each.name,
            "type": "User",
            "$ref": location(call.request, "Users", each.person_id),
        }
        for each in row.holders
        if each.kind in HELD
    ]
    meta = {"resourceType": "Group", "location": location(call.request, "Groups", row.id)}
    return {"schemas": [GROUP], "id": row.id, "displayName": row.name, "members": people, "meta": meta}
