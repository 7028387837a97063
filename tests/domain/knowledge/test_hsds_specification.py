"""HSDS against the specification itself: its schemas say what we say, ours is right by them, and its examples come and go.

The specification (Open Referral, openreferral/specification) is licensed CC BY-SA 4.0 and is not part of this repository,
and no package that runs here carries it. Whoever has it: `make test-hsds SPECIFICATION=folder`.
"""

from __future__ import annotations

from copy import deepcopy
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from samordna.cli.demo.toolboxes import _facts, _profiles, _services
from samordna.domain.knowledge.hsds import EXTENSION, wrong_with
from samordna.domain.knowledge.hsds_objects import SHAPES
from samordna.domain.knowledge.operations import Wording, import_services, open_service
from samordna.domain.knowledge.queries.exported import hsds_list
from samordna.domain.organisations.enums import RoleKind
from tests import factories as f
from tests.domain.knowledge.hsds_records import altered, whole, within
from tests.domain.knowledge.specification import EXAMPLES, NAMED, WHERE, documents, example, said_of, validator
from tests.factories import NOW

pytestmark = pytest.mark.skipif(not NAMED, reason="the specification's own schemas are not here to ask")
whole_specification = pytest.mark.skipif(bool(NAMED) and WHERE.is_file(), reason="one compiled schema is not all of it")
STRICTER = {"service with assured_date 'i våras'", "service with assured_date '2026-02-30'"}  # see hsds_objects


@pytest.fixture(scope="module")
def own():
    return validator()


def faults(own: Any, record: Any) -> list[str]:
    return [f"{'/'.join(map(str, one.absolute_path))}: {one.message[:120]}" for one in own.iter_errors(record)]


def test_the_specification_says_of_every_object_what_we_say():
    schemas = documents()
    if WHERE.is_dir():
        left = set(schemas) - set(SHAPES)
        referred = {said_of(field)[1] for schema in schemas.values() for field in schema["properties"].values()} - {""}
        assert set(SHAPES) == referred | {"service"}, f"of no service: {left}"
    for name in sorted(set(schemas) & set(SHAPES)):
        shape, schema = SHAPES[name], schemas[name]
        assert set(shape.required) == set(schema["required"]), name
        theirs = {field: said_of(said) for field, said in schema["properties"].items()}
        ours = {
            field: ("text" if said.form == "day" else said.form, said.of if WHERE.is_dir() else "", said.one_of)
            for field, said in shape.fields.items()
        }
        assert ours == theirs, name
        assert schema.get("additionalProperties", True) is True, name


@whole_specification
def test_every_field_of_every_object_is_right_or_wrong_to_the_specification_as_to_us(own):
    for of in SHAPES:
        record = within(of, whole(of))[0]
        assert (faults(own, record), wrong_with(record)) == ([], [])
    differ = {how for how, record, _field in altered() if own.is_valid(record) and wrong_with(record)}
    assert differ == STRICTER
    assert all(wrong_with(record) for _how, record, _field in altered() if not own.is_valid(record))


@whole_specification
@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.django_db
def test_the_specification_s_own_examples_come_in_go_out_and_come_in_again(own, name):
    records, actor = example(name), f.actor(f.organisation())
    for record in records:
        assert (faults(own, record), wrong_with(record)) == ([], [])
    taken = import_services(actor=actor, role_id=actor.role_id, records=deepcopy(records), at=NOW)
    assert [row.outcome for row in taken.rows] == ["opened"] * len(records), taken
    given = hsds_list(actor, actor.organisation_id, NOW)["contents"]
    for record, out in zip(records, deepcopy(given), strict=True):
        assert faults(own, out) == []
        del out[EXTENSION]
        if "organization" not in record:  # a service within its organisation does not say whose it is
            del out["organization"]
        assert out == record
    again = import_services(actor=actor, role_id=actor.role_id, records=deepcopy(given), at=NOW)
    assert [row.outcome for row in again.rows] == ["reworded"] * len(records)
    assert hsds_list(actor, actor.organisation_id, NOW)["contents"] == given


@pytest.mark.django_db
def test_what_we_give_out_is_right_by_the_specification(own):
    """The demonstration's toolboxes, a service with nothing but a name, one with everything, and one that is closed."""
    actors = {name: f.actor(f.organisation(name), RoleKind.MANAGER) for name in ("region", "strandsala")}
    world = SimpleNamespace(
        places={name: actor.organisation_id for name, actor in actors.items()},
        answerer=actors.__getitem__,
        ago=lambda days: NOW - timedelta(days=days),
    )
    for place, _age, wording in _services(_facts(world)):
        actor = actors[place]
        open_service(actor=actor, role_id=actor.role_id, wording=Wording(**wording), at=NOW)
    _profiles(world)
    region = actors["region"]
    everything = {"also": "Mer", "for_whom": "Alla", "how_to_apply": "Ring", "cost": "0 kr", "waiting": "ingen"}
    everything |= {"languages": "svenska, teckenspråk", "schedule": "Tisdagar 9–12", "unit": "Gävle", "closed": "Semester"}
    ages = [{"together": "all", "criteria": [{"fact": "age", "least": "16.5"}]}]
    for wording in (
        Wording(name="Bara namn", description="Text"),
        Wording(name="Allt", description="Text\nmed rader", eligibility=ages, **everything),
    ):
        open_service(actor=region, role_id=region.role_id, wording=wording, at=NOW)
    seen = 0
    for actor in actors.values():
        for record in hsds_list(actor, actor.organisation_id, NOW)["contents"]:
            assert (faults(own, record), wrong_with(record)) == ([], []), record["name"]
            seen += 1
    assert seen == 5


def test_it_is_the_schema_of_a_service(own):
    assert not own.is_valid({"id": "ac148810-d857-441c-9679-408f346de14b", "name": "Samtal", "status": "open"})
