"""What a register asks for and sends: filters, pages, users and patches, each checked before it is used.

Of filters, those that registers use to find somebody again: `attribute eq "value"` (RFC 7644 §3.4.2.2). Attribute names and
operators count in any case (RFC 7643 §2.1).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from samordna.api.scim.answers import PATCH, USER, Wrong

MOST = 200
"""So many resources in one answer."""
MOST_CHANGES = 100
MOST_MEMBERS = 500
FILTER = re.compile(r'\s*(?:[\w:.]+:)?([A-Za-z.]+)\s+eq\s+("(?:[^"\\]|\\.)*"|true|false)\s*', re.IGNORECASE)
ONE_MEMBER = re.compile(r'members\[\s*value\s+eq\s+"([^"]*)"\s*\]', re.IGNORECASE)
READ_ONLY = {"schemas", "id", "meta", "groups"}


@dataclass(frozen=True, slots=True)
class Asked:
    """Which part of a list: `column` is one of those that may be filtered by, in small letters, or ""."""

    column: str
    value: str
    first: int
    count: int


def asked(request: HttpRequest, columns: Sequence[str]) -> Asked:
    """The filter and page that are asked for; raises `Wrong` for a filter that this does not have."""
    column, value = "", ""
    if text := request.GET.get("filter", "").replace("\x00", ""):
        found = FILTER.fullmatch(text)
        column = found.group(1).lower() if found else ""
        if found is None or column not in columns:
            words = ", ".join(columns)
            raise Wrong(400, _("Filter by %(columns)s with eq.") % {"columns": words}, "invalidFilter")
        value = re.sub(r"\\(.)", r"\1", found.group(2).strip('"'))
    return Asked(column, value, max(1, _number(request, "startIndex", 1)), min(MOST, _number(request, "count", MOST)))


def _number(request: HttpRequest, name: str, otherwise: int) -> int:
    text = request.GET.get(name, "")
    return max(0, int(text)) if re.fullmatch(r"-?[0-9]{1,6}", text) else otherwise


@dataclass(frozen=True, slots=True)
class Sent:
    """What is said of a user; None where nothing is said."""

    user_name: str | None = None
    name: str | None = None
    register_id: str | None = None
    active: bool | None = None


def sent(data: Mapping[str, Any]) -> Sent:
    """A user as a whole, or the part of one that a patch says. What is not kept here is left aside, as RFC 7644 allows."""
    given = {str(key).lower(): value for key, value in data.items()}
    return Sent(
        user_name=_text(given, "username"),
        name=_name(given),
        register_id=_text(given, "externalid"),
        active=_flag(given.get("active")),
    )


def _text(given: Mapping[str, Any], key: str) -> str | None:
    value = given.get(key)
    if value is not None and not isinstance(value, str):
        raise Wrong(400, _("%(name)s has to be text.") % {"name": key}, "invalidValue")
    return value


def _flag(value: Any) -> bool | None:
    """Some registers send truth as a word."""
    if isinstance(value, str) and value.lower() in {"true", "false"}:
        return value.lower() == "true"
    if value is not None and not isinstance(value, bool):
        raise Wrong(400, _("active has to be true or false."), "invalidValue")
    return value


def _name(given: Mapping[str, Any]) -> str | None:
    """The name as one line: as shown, as formatted, or put together of its parts."""
    if shown := _text(given, "displayname"):
        return shown
    parts = given.get("name")
    if not isinstance(parts, dict):
        return None
    known = {str(key).lower(): value for key, value in parts.items() if isinstance(value, str)}
    return known.get("formatted") or " ".join(filter(None, (known.get("givenname"), known.get("familyname")))) or None


@dataclass(frozen=True, slots=True)
class Change:
    """One operation of a patch: `op` is add, remove or replace; `path` is "" where the value says all."""

    op: str
    path: str
    value: Any


def changes(body: Mapping[str, Any]) -> tuple[Change, ...]:
    """The operations of a patch (RFC 7644 §3.5.2)."""
    rows, said = body.get("Operations"), body.get("schemas")
    if not isinstance(said, list) or PATCH not in said or not isinstance(rows, list) or not rows:
        raise Wrong(400, _("A patch has the schema PatchOp and a list of Operations."), "invalidSyntax")
    if len(rows) > MOST_CHANGES:
        raise Wrong(413, _("A patch has at most %(most)s operations.") % {"most": MOST_CHANGES}, "tooMany")
    return tuple(_change(row) for row in rows)


def _change(row: Any) -> Change:
    if not isinstance(row, dict) or str(row.get("op", "")).lower() not in {"add", "remove", "replace"}:
        raise Wrong(400, _("Each operation is add, remove or replace."), "invalidSyntax")
    path = row.get("path") or ""
    if not isinstance(path, str):
        raise Wrong(400, _("A path has to be text."), "invalidPath")
    return Change(str(row["op"]).lower(), path.removeprefix(f"{USER}:"), row.get("value"))


def patched_user(found: Sequence[Change]) -> Sent:
    """What a patch says of a user, the latest word last."""
    said: dict[str, Any] = {}
    for change in found:
        path = change.path.lower()
        if change.op == "remove":
            if path != "externalid":
                raise Wrong(400, _("Only externalId can be taken away from a user."), "mutability")
            said["externalId"] = ""
        elif path == "":
            if not isinstance(change.value, dict):
                raise Wrong(400, _("Without a path, the value has to be an object."), "invalidSyntax")
            said |= change.value
        elif path in {"name.formatted", "name.givenname", "name.familyname"}:
            before = said.get("name")
            said["name"] = (before if isinstance(before, dict) else {}) | {path.removeprefix("name."): change.value}
        elif path in READ_ONLY:
            raise Wrong(400, _("This attribute cannot be changed."), "mutability")
        else:
            said[path] = change.value
    return sent(said)


def members(value: Any) -> list[str]:
    """The ids of members, as an operation's value or a group's members say them."""
    rows = value if isinstance(value, list) else [value]
    if len(rows) > MOST_MEMBERS:
        raise Wrong(413, _("At most %(most)s members fit in one request.") % {"most": MOST_MEMBERS}, "tooMany")
    if not all(isinstance(row, dict) and isinstance(row.get("value"), str) for row in rows):
        raise Wrong(400, _("Each member has to be an object with a value."), "invalidValue")
    return [row["value"] for row in rows]
