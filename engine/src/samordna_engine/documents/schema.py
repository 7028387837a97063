"""JSON Schemas of the documents, made from the types so that they cannot differ from them.

    python -m samordna_engine.documents.schema DIRECTORY

writes `problem-1.json`, `outcome-1.json` and `answer-1.json` there. They say what shape a document has; that ids lead
somewhere, that numbers rise and the like is found out by reading it.
"""

import dataclasses
import json
import sys
import types
import typing
from collections.abc import Hashable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any

from samordna_engine.answers import ANSWERS
from samordna_engine.documents import ANSWER_FORMAT, KINDS, OUTCOME_FORMAT, PROBLEM_FORMAT, VERSION
from samordna_engine.documents.plain import default_of
from samordna_engine.documents.reading import hints_of
from samordna_engine.problem import Problem, Range
from samordna_engine.rules import Literal, Rule

Schema = dict[str, Any]
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def problem_schema() -> Schema:
    """The schema of a problem document."""
    definitions: dict[str, Schema] = {}
    body = _object(Problem, definitions, {"format": {"const": PROBLEM_FORMAT}, "version": {"const": VERSION}})
    return {"$schema": DIALECT, "title": "A question to the decision engine", **body, "$defs": definitions}


def outcome_schema() -> Schema:
    """The schema of an outcome document."""
    return _of_kinds("The decision engine's answer", OUTCOME_FORMAT, KINDS)


def answer_schema() -> Schema:
    """The schema of a document with the answer to a question that is read in another way."""
    return _of_kinds("The decision engine's answer to another reading of a question", ANSWER_FORMAT, ANSWERS)


def _of_kinds(title: str, document: str, kinds: Mapping[str, type[Any]]) -> Schema:
    definitions: dict[str, Schema] = {}
    choices = []
    for name, wanted in kinds.items():
        head: dict[str, Schema] = {"format": {"const": document}, "version": {"const": VERSION}}
        head["kind"] = {"const": name}
        choices.append(_object(wanted, definitions, head))
    return {"$schema": DIALECT, "title": title, "oneOf": choices, "$defs": definitions}


def _of(wanted: Any, definitions: dict[str, Schema]) -> Schema:
    """The schema of a type."""
    origin, arguments = typing.get_origin(wanted), typing.get_args(wanted)
    if wanted in (Rule, Literal):
        return _rule(definitions, whole=wanted == Rule)
    if origin in (typing.Union, types.UnionType):
        return {"anyOf": [_of(choice, definitions) for choice in arguments]}
    if origin is tuple:
        return {"type": "array", "items": _of(arguments[0], definitions)}
    if origin is not None and issubclass(origin, Mapping):
        return {"type": "object", "additionalProperties": _of(arguments[1], definitions)}
    if issubclass(wanted, StrEnum):
        return {"enum": [str(choice) for choice in wanted]}
    if dataclasses.is_dataclass(wanted):
        return _reference(typing.cast("type[Any]", wanted), definitions)
    return {"type": {str: "string", int: "integer", bool: "boolean", type(None): "null"}[wanted]}


def _reference(wanted: type[Any], definitions: dict[str, Schema]) -> Schema:
    """A reference to the schema of a dataclass, which is put among the definitions."""
    name = wanted.__name__
    if name not in definitions:
        definitions[name] = {}
        body = _object(wanted, definitions, {})
        definitions[name] = {"anyOf": [{"type": "integer"}, body]} if wanted is Range else body
    return {"$ref": f"#/$defs/{name}"}


def _object(wanted: type[Any], definitions: dict[str, Schema], head: dict[str, Schema]) -> Schema:
    hints = hints_of(typing.cast("Hashable", wanted))
    fields = dataclasses.fields(wanted)
    needed = [field.name for field in fields if default_of(field) is dataclasses.MISSING]
    return {
        "description": " ".join((wanted.__doc__ or "").split("\n\n")[0].split()),
        "type": "object",
        "properties": {**head, **{field.name: _of(hints[field.name], definitions) for field in fields}},
        "required": [*head, *needed],
        "additionalProperties": False,
    }


def _rule(definitions: dict[str, Schema], *, whole: bool) -> Schema:
    """A rule, or a literal: the only places where a document and the types have different shapes."""
    options = {"type": "array", "items": {"type": "string"}, "minItems": 1}
    value = {"type": ["string", "integer"]}
    aspect = {"type": "string"}
    definitions["Literal"] = {
        "anyOf": [
            _exactly({"aspect": aspect, name: of})
            for name, of in {"is": options, "is_not": options, "at_least": value, "at_most": value}.items()
        ]
    }
    parts = {"type": "array", "items": {"$ref": "#/$defs/Literal"}, "minItems": 1}
    forms = [_exactly({"all_of": parts}), _exactly({"any_of": parts}), _exactly({"if": parts, "then": parts})]
    definitions["Rule"] = {"anyOf": [{"$ref": "#/$defs/Literal"}, *forms, *_listed_or_summed()]}
    return {"$ref": "#/$defs/Rule" if whole else "#/$defs/Literal"}


def _listed_or_summed() -> list[Schema]:
    aspects = {"type": "array", "items": {"type": "string"}, "minItems": 1, "uniqueItems": True}
    lists = {"type": "array", "items": {"type": "array", "items": {"type": "string"}, "minItems": 1}}
    numbers = {"type": "integer"}
    fields = {"allowed": lists, "forbidden": lists, "sum_at_least": numbers, "sum_at_most": numbers}
    return [_exactly({"aspects": aspects, name: of}) for name, of in fields.items()]


def _exactly(properties: dict[str, Any]) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def written() -> dict[str, str]:
    """The schema files by name."""
    schemas = {
        "problem-1.json": problem_schema(),
        "outcome-1.json": outcome_schema(),
        "answer-1.json": answer_schema(),
    }
    return {name: json.dumps(schema, indent=1, ensure_ascii=False) + "\n" for name, schema in schemas.items()}


if __name__ == "__main__":
    for file_name, text in written().items():
        Path(sys.argv[1], file_name).write_text(text, encoding="utf-8")
