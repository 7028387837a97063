"""The specification's own schemas and examples, where somebody has them: a folder as it is in its repository (`schema/`
and `examples/`), or one compiled schema of a service. `SAMORDNA_HSDS_SCHEMA` says where; they are no part of this one."""

from __future__ import annotations

import json
import os
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from samordna.domain.knowledge.hsds import records_of

NAMED = os.environ.get("SAMORDNA_HSDS_SCHEMA", "")
WHERE = Path(NAMED)
EXAMPLES = ("service_full", "service_simple", "service_list", "organization_full")


def documents() -> dict[str, dict[str, Any]]:
    """The schemas by the names of their objects; of a compiled one only that of a service."""
    if WHERE.is_file():
        return {"service": json.loads(WHERE.read_text(encoding="utf-8"))}
    if not (WHERE / "schema" / "service.json").is_file():
        raise FileNotFoundError(f"There is no schema/service.json in {WHERE}, and it is no compiled schema.")
    files = sorted((WHERE / "schema").glob("*.json"))
    return {file.stem: json.loads(file.read_text(encoding="utf-8")) for file in files if file.stem != "openapi"}


def validator() -> Draft202012Validator:
    """What validates a service, with every format that the schemas ask for asked about."""
    schemas = documents()
    registry: Registry[Any] = Registry()
    for name, schema in schemas.items():
        Draft202012Validator.check_schema(schema)
        for place in {schema.get("$id", f"{name}.json"), f"{name}.json"}:
            registry = registry.with_resource(place, Resource(schema, DRAFT202012))
    return Draft202012Validator(schemas["service"], registry=registry, format_checker=_formats())


def _formats() -> FormatChecker:
    """Those of the library and, by plain means, the two that it leaves out without further packages."""
    formats = FormatChecker()

    @formats.checks("uri")
    def _uri(value: object) -> bool:
        return not isinstance(value, str) or bool(urlsplit(value).scheme and value.split() == [value])

    @formats.checks("date-time", raises=ValueError)
    def _moment(value: object) -> bool:
        return not isinstance(value, str) or ("T" in value and datetime.fromisoformat(value).tzinfo is not None)

    return formats


def example(name: str) -> list[dict[str, Any]]:
    """The records of services in one of the specification's own examples, read as a file from anybody is."""
    return records_of((WHERE / "examples" / f"{name}.json").read_bytes())


def said_of(field: dict[str, Any]) -> tuple[str, str, tuple[str, ...]]:
    """A field of a schema as the facts here have it: its form, the object it is or holds, the words that it may be."""
    words = tuple(field.get("enum", ()))
    if field.get("type") == "array":
        return "list", Path(field["items"].get("$ref", "")).stem, words
    if "$ref" in field or field.get("type") == "object":
        return "object", Path(field.get("$ref", "")).stem, words
    return field.get("format") or {"string": "text"}.get(field["type"], field["type"]), "", words
