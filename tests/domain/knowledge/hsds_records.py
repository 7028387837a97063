"""Records of HSDS made from the facts in `hsds_objects`: least ones, whole ones, and ones with a single thing altered."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from samordna.domain.knowledge.hsds_objects import SHAPES, Field

RIGHT: dict[str, Any] = {
    "text": "Text",
    "number": 3,
    "uri": "https://www.example.se/a?b=c",
    "email": "info@example.se",
    "date-time": "2026-03-15T10:30:45.123+01:00",
    "day": "2026-03-01",
}
WRONG: dict[str, tuple[Any, ...]] = {
    "text": (7, ["Text"], {}, True),
    "number": ("tre", True, [3]),
    "uuid": ("inget", "ac148810d857441c9679408f346de14b", 7),
    "uri": ("www.example.se", "https://en adress", 7),
    "email": ("ingen", 7),
    "date-time": ("2026-03-15", "2026-03-15T10:30:45", "2026-13-15T10:30:45Z", "2026-03-15T10:30:45+99:99", 7),
    "day": ("i våras", "2026-02-30", 7),
    "object": ("ett", [], 7),
    "list": ("flera", {}, [7], [None]),
}


def value_of(field: Field, name: str) -> Any:
    """A right value."""
    if field.form in ("object", "list"):
        return least(field.of) if field.form == "object" else [least(field.of)]
    if field.form == "uuid":
        return str(uuid5(NAMESPACE_URL, name))
    return field.one_of[0] if field.one_of else RIGHT[field.form]


def least(of: str) -> dict[str, Any]:
    """An object with what has to be there and nothing more."""
    return {name: value_of(SHAPES[of].fields[name], f"{of} {name}") for name in SHAPES[of].required}


def whole(of: str) -> dict[str, Any]:
    """An object with every field that it may have; the objects in it hold what they have to."""
    return {name: value_of(field, f"{of} {name}") for name, field in SHAPES[of].fields.items()}


def paths() -> dict[str, tuple[tuple[str, str, Field], ...]]:
    """For each object the shortest way to it from a service: of which object, in which field."""
    found: dict[str, tuple[tuple[str, str, Field], ...]] = {"service": ()}
    level = ["service"]
    while level:
        further = []
        for of in level:
            for name, field in SHAPES[of].fields.items():
                if field.of and field.of not in found:
                    found[field.of] = (*found[of], (of, name, field))
                    further.append(field.of)
        level = further
    return found


def within(of: str, thing: dict[str, Any]) -> tuple[dict[str, Any], str]:
    """A least service with this object in it somewhere, and the place it has there as it is told."""
    place, record = "", thing
    for outer, name, field in reversed(paths()[of]):
        record = least(outer) | {name: record if field.form == "object" else [record]}
        place = f"{name}." + place if field.form == "object" else f"{name}[0]." + place
    return record, place


def altered() -> Iterator[tuple[str, dict[str, Any], str]]:
    """Every field of every object, altered once for each way to be wrong: how, the record, and the field that is told."""
    for of, shape in SHAPES.items():
        for name in shape.required:
            record, place = within(of, {key: value for key, value in least(of).items() if key != name})
            yield f"{of} without {name}", record, place + name
        for name, field in shape.fields.items():
            values: tuple[Any, ...] = WRONG[field.form]
            for value in (*values, "något annat") if field.one_of else values:
                record, place = within(of, deepcopy(least(of)) | {name: value})
                yield f"{of} with {name} {value!r}", record, place + name
