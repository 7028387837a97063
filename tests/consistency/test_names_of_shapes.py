"""A name in the published description stands for one shape: the last of two with one name would replace the first."""

from __future__ import annotations

import inspect
from collections import defaultdict
from collections.abc import Iterator
from enum import Enum
from importlib import import_module
from pkgutil import walk_packages
from typing import Any, get_args

from ninja import Schema
from pydantic import BaseModel

import samordna.api


def _kinds_of(kind: type) -> Iterator[type]:
    for each in kind.__subclasses__():
        yield each
        yield from _kinds_of(each)


def _named_in(annotation: Any) -> Iterator[type]:
    if get_args(annotation):
        for part in get_args(annotation):
            yield from _named_in(part)
    elif inspect.isclass(annotation) and issubclass(annotation, BaseModel | Enum):
        yield annotation


def _shared(shapes: list[type[Schema]]) -> dict[str, set[str]]:
    """The names that several classes or lists of choices have, each with where they are."""
    found: dict[str, set[str]] = defaultdict(set)
    for shape in shapes:
        fields = (kind for field in shape.model_fields.values() for kind in _named_in(field.annotation))
        for kind in (shape, *fields):
            found[kind.__name__].add(kind.__module__)
    return {name: places for name, places in found.items() if len(places) > 1}


def _shapes() -> list[type[Schema]]:
    for found in walk_packages(samordna.api.__path__, "samordna.api."):
        import_module(found.name)
    return [kind for kind in _kinds_of(Schema) if kind.__module__.startswith("samordna.api.")]


def test_no_two_shapes_have_one_name():
    shapes = _shapes()
    assert len(shapes) > 100
    assert _shared(shapes) == {}


def test_two_shapes_with_one_name_are_found():
    one, other = (type("Twice", (Schema,), {"__module__": place}) for place in ("one", "other"))
    assert _shared([one, other]) == {"Twice": {"one", "other"}}
