"""Services as records of HSDS 3 (Open Referral's Human Services Data Specification), and back.

What is known of the format is in `hsds_objects` as facts. A record that comes in is kept whole (`Service.kept`); when it
goes out again it is that record with what has changed here since. So nothing that has no field here is lost, and what
nobody touched goes out as it came, but for empty values that the specification has no room for. What HSDS has no field
for goes in one property of ours, `samordna`, with facts by their labels, since ids differ between installations.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.utils.translation import gettext as _

from samordna.core.errors import Invalid, TooLarge
from samordna.core.strict_json import Unreadable, parse
from samordna.domain.knowledge.hsds_objects import Record, what_is_said, wrong_in
from samordna.domain.knowledge.limits import DEEPEST_RECORD, MOST_RECORDS

EXTENSION = "samordna"
CLOSED = "temporarily closed"
OFFERED = ("active", CLOSED)
NUMBERS = ("minimum_age", "maximum_age")
OWN_TEXTS = ("fact", "says", "ground", "ground_from", "ground_to")
PLAIN = {
    "name": "name",
    "also": "alternate_name",
    "description": "description",
    "for_whom": "eligibility_description",
    "how_to_apply": "application_process",
    "cost": "fees_description",
    "waiting": "wait_time",
}
"""Our fields of text and theirs."""


def records_of(content: bytes) -> list[Any]:
    """The records of services in a file: a list, one page of an API's list, an organisation with its services, or one.

    Raises `Invalid` for what is no JSON or holds no services, `TooLarge` past the limit.
    """
    try:
        data = parse(content)
    except Unreadable as unreadable:
        raise Invalid({"file": str(unreadable)}) from unreadable
    except (ValueError, RecursionError) as unreadable:
        raise Invalid({"file": _("The file is not JSON. Choose a file of services in HSDS.")}) from unreadable
    if isinstance(data, dict):
        found = next((data[name] for name in ("contents", "services") if isinstance(data.get(name), list)), None)
        data = found if found is not None else [data]
    if not isinstance(data, list) or not data:
        raise Invalid({"file": _("There are no services in the file.")})
    if len(data) > MOST_RECORDS:
        limit = {"most": MOST_RECORDS, "given": len(data)}
        raise TooLarge(_("At most %(most)s services are read at a time; the file has %(given)s.") % limit)
    return data


def wrong_with(record: Any) -> list[str]:
    """Everything that is wrong with a record by the specification, as sentences that name the field; empty for none."""
    if not isinstance(record, dict):
        return [_("This is no record: a service is an object with fields.")]
    if _deeper_than(record, DEEPEST_RECORD):
        return [_("The record has more than %(most)s levels within each other.") % {"most": DEEPEST_RECORD}]
    said = [_("%(field)s is missing.") % {"field": "name"}] if record.get("name") == "" else []
    said += wrong_in(record)
    own = record.get(EXTENSION)
    if own is not None and not isinstance(own, dict):
        said.append(_("%(field)s is to be an object.") % {"field": EXTENSION})
    return said + (_wrong_with_own(own) if isinstance(own, dict) else [])


def _deeper_than(data: Any, levels: int) -> bool:
    """Are there more lists and objects within each other than this? Goes level by level, so that it has no depth itself."""
    level = [data]
    for _level in range(levels):
        inner = [one.values() if isinstance(one, dict) else one for one in level if isinstance(one, (dict, list))]
        level = [each for one in inner for each in one]
        if not level:
            return False
    return any(isinstance(one, (dict, list)) for one in level)


def _wrong_with_own(own: Record) -> list[str]:
    """What is wrong with the types in our own property."""
    said = [_("%(field)s is to be text.") % {"field": name} for name in ("unit", "waiting_on") if _is_not(own, name, str)]
    if not _is_list(own, "eligibility"):
        return [*said, _("%(field)s is to be a list of objects.") % {"field": "eligibility"}]
    for group in own.get("eligibility") or ():
        said += [_("%(field)s is to be text.") % {"field": "together"}] if _is_not(group, "together", str) else []
        if not _is_list(group, "criteria"):
            said.append(_("%(field)s is to be a list of objects.") % {"field": "criteria"})
            continue
        for row in group.get("criteria") or ():
            said += [_("%(field)s is to be text.") % {"field": name} for name in OWN_TEXTS if _is_not(row, name, str)]
            bounds = [name for name in ("least", "most") if _is_not(row, name, (str, int, float))]
            said += [_("%(field)s is to be a number.") % {"field": name} for name in bounds]
            one_of = row.get("one_of") or []
            if not isinstance(one_of, list) or not all(isinstance(one, str) for one in one_of):
                said.append(_("%(field)s is to be a list of texts.") % {"field": "one_of"})
    return list(dict.fromkeys(said))


def _is_not(record: Record, name: str, kind: type | tuple[type, ...]) -> bool:
    value = record.get(name)
    return value is not None and (not isinstance(value, kind) or isinstance(value, bool))


def _is_list(record: Record, name: str) -> bool:
    value = record.get(name)
    return value is None or (isinstance(value, list) and all(isinstance(one, dict) for one in value))


def key_of(record: Record) -> UUID | None:
    """The record's id; None when it is none."""
    try:
        return UUID(str(record.get("id")))
    except ValueError:
        return None


def wording_of(record: Record) -> dict[str, Any]:
    """A record that nothing is wrong with, as our fields of text. Lines are joined where ours has one line."""
    own = record.get(EXTENSION) or {}
    said = {ours: str(record.get(theirs) or "") for ours, theirs in PLAIN.items()}
    said["closed"] = closed_why(record)
    for name in ("name", "also", "cost", "waiting"):
        said[name] = " ".join(said[name].split())
    said["description"] = said["description"].strip() or said["name"]
    said["cost"] = said["cost"] or " ".join(str(record.get("fees") or "").split())
    said["languages"] = ", ".join(_named(record.get("languages"), "name"))
    said["schedule"] = "; ".join(_named(record.get("schedules"), "description"))
    said["unit"] = str(own.get("unit") or ", ".join(_places(record.get("service_at_locations"))))
    return said


def closed_why(record: Record) -> str:
    """Why it is closed for a while: its alert, or that the file says no more; "" for what is open."""
    if record.get("status") != CLOSED:
        return ""
    return " ".join(str(record.get("alert") or "").split())[:300] or _("The file gives no reason.")


def _named(rows: Sequence[Record] | None, field: str) -> list[str]:
    return [" ".join(str(row[field]).split()) for row in rows or () if row.get(field)]


def _places(rows: Sequence[Record] | None) -> list[str]:
    return _named([row["location"] for row in rows or () if isinstance(row.get("location"), dict)], "name")


def says_conditions(record: Record) -> bool:
    """Is everything about whom it is for in the record, in our own property?"""
    return isinstance((record.get(EXTENSION) or {}).get("eligibility"), list)


def conditions_of(record: Record, ids: Mapping[str, str]) -> tuple[list[dict[str, Any]], list[str]]:
    """The record's conditions as groups, and the labels of facts that are not known here. `ids`: facts by folded label.

    Of a record from elsewhere it is the ages; of one of ours everything.
    """
    if says_conditions(record):
        return _named_facts(record[EXTENSION]["eligibility"], ids)
    bounds = {ours: record.get(theirs) for ours, theirs in (("least", "minimum_age"), ("most", "maximum_age"))}
    given = {name: f"{value:g}" for name, value in bounds.items() if value is not None}
    return ([{"together": "all", "criteria": [{"fact": "age", **given}]}] if given else []), []


def _named_facts(groups: Sequence[Any], ids: Mapping[str, str]) -> tuple[list[dict[str, Any]], list[str]]:
    found, unknown = [], []
    for group in (group for group in groups if isinstance(group, dict)):
        rows = [dict(row) for row in group.get("criteria") or () if isinstance(row, dict)]
        for row in rows:
            label = str(row.get("fact", ""))
            row["fact"] = ids.get(label.casefold(), "")
            unknown += [] if row["fact"] else [label]
        found.append({"together": group.get("together", ""), "criteria": rows})
    return found, unknown


def made_id(of: str) -> str:
    """A UUID that is the same each time, for something of ours that has none."""
    return str(uuid5(NAMESPACE_URL, f"samordna:{of}"))


def record_from(kept: Record, said: Mapping[str, Any]) -> dict[str, Any]:
    """A service as a record: what came in (`kept`), with what is said now where that is something else.

    `said`: our fields of text, and `key`, `status`, `assured_date`, `organization` (id, name, description), `ages` as a
    pair, and `own`, what goes into our own property.
    """
    record, before = what_is_said(deepcopy(dict(kept))), wording_of(kept) if kept else {}
    record |= {"id": said["key"], "status": said["status"], "assured_date": said["assured_date"]}
    for ours, theirs in PLAIN.items():
        if said[ours] != before.get(ours, ""):
            record[theirs] = said[ours]
    if said["languages"] != before.get("languages", ""):
        names = [name.strip() for name in said["languages"].split(",") if name.strip()]
        record["languages"] = [{"id": made_id(f"{said['key']} {name}"), "name": name} for name in names]
    if said["schedule"] != before.get("schedule", ""):
        record["schedules"] = [{"id": made_id(f"{said['key']} schedule"), "description": said["schedule"]}]
    if said["closed"] and said["closed"] != before.get("closed"):
        record["alert"] = said["closed"]
    elif not said["closed"] and before.get("closed"):
        record.pop("alert", None)  # it said why it was closed
    for name, age in zip(NUMBERS, said["ages"], strict=True):
        if age is not None:
            record[name] = age
        else:
            record.pop(name, None)
    if not isinstance(record.get("organization"), dict):
        record["organization"] = dict(said["organization"])
    record[EXTENSION] = dict(said["own"])
    return record
