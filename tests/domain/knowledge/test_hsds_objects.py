"""Every object of HSDS that a service refers to is asked about: fields, kinds, words, forms and what has to be there.

Facts of version 3.2 (Open Referral, openreferral/specification, `schema/`); that they are those of the specification's own
schemas is asked by `test_hsds_specification.py`, where those are at hand.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from samordna.domain.knowledge.hsds import wrong_with
from samordna.domain.knowledge.hsds_objects import SHAPES, what_is_said
from samordna.domain.knowledge.limits import MOST_SAID
from samordna.domain.knowledge.models import Service
from samordna.domain.knowledge.operations import import_services
from samordna.domain.knowledge.queries.exported import hsds_list
from tests import factories as f
from tests.domain.knowledge.hsds_records import altered, least, paths, whole, within
from tests.factories import NOW

ID = "5b0b4f0e-6a0e-4a3e-9d2a-0c6f4f7c1a11"
SERVICE: dict[str, Any] = {"id": ID, "name": "Samtalsstöd", "status": "active"}
PLACE = {"id": ID, "location_type": "physical"}
FOUND_WANTING: tuple[tuple[dict[str, Any], str], ...] = (
    ({"phones": [{"id": ID}]}, "phones[0].number"),
    ({"phones": [{"number": "010-123 45 67"}]}, "phones[0].id"),
    ({"phones": [{"id": ID, "number": 101234567}]}, "phones[0].number"),
    ({"phones": [{"id": ID, "number": "010", "extension": "12"}]}, "phones[0].extension"),
    ({"languages": [{"id": "sv", "name": "Svenska"}]}, "languages[0].id"),
    ({"schedules": [{"id": ID, "wkst": "TUE"}]}, "schedules[0].wkst"),
    ({"schedules": [{"id": ID, "freq": "DAILY"}]}, "schedules[0].freq"),
    ({"schedules": [{"id": ID, "bymonthday": 2}]}, "schedules[0].bymonthday"),
    ({"organization": {"id": ID, "name": "Ungas hus"}}, "organization.description"),
    ({"organization": {"id": ID, "name": "U", "description": "", "website": "ungas.se"}}, "organization.website"),
    ({"program": {"id": ID, "name": "Unga"}}, "program.description"),
    ({"service_at_locations": [{"id": ID, "location": {"id": ID}}]}, "service_at_locations[0].location.location_type"),
    (
        {"service_at_locations": [{"id": ID, "location": PLACE | {"addresses": [{"id": ID, "city": "Gävle"}]}}]},
        "service_at_locations[0].location.addresses[0].address_1",
    ),
    ({"service_at_locations": [{"id": ID, "location": PLACE | {"latitude": "60,6"}}]}, "service_at_locations[0].location."),
    ({"capacities": [{"id": ID, "available": 3, "updated": "2026-03-01T08:00:00Z"}]}, "capacities[0].unit"),
    ({"cost_options": [{"id": ID, "amount": "35 kr"}]}, "cost_options[0].amount"),
    ({"additional_urls": [{"id": ID, "label": "Webb"}]}, "additional_urls[0].url"),
    ({"attributes": [{"id": ID, "taxonomy_term": {"id": ID, "name": "Stöd"}}]}, "attributes[0].taxonomy_term.description"),
    ({"metadata": [{"id": ID}]}, "metadata[0].last_action_date"),
    ({"organization_id": "ungas-hus"}, "organization_id"),
    ({"last_modified": "2026-03-01"}, "last_modified"),
    ({"last_modified": "2026-03-01T08:00:00+24:00"}, "last_modified"),
    ({"last_modified": "2026-03-01T08:00:00-01:60"}, "last_modified"),
    ({"assurer_email": "kansliet"}, "assurer_email"),
)


def test_the_objects_that_a_service_refers_to_are_the_twenty_three_of_the_specification():
    assert len(SHAPES) == 23
    assert set(paths()) == set(SHAPES)
    assert wrong_with(SERVICE) == []
    assert wrong_with(whole("service")) == []


@pytest.mark.parametrize(
    ("said", "field"), FOUND_WANTING, ids=[f"{number}-{field}" for number, (_said, field) in enumerate(FOUND_WANTING)]
)
def test_what_is_wrong_anywhere_within_a_record_is_told_with_its_place(said, field):
    assert wrong_with(SERVICE | said)[0].startswith(field)


def test_every_field_of_every_object_is_asked_about():
    for of in SHAPES:
        for thing in (least(of), whole(of)):
            assert wrong_with(within(of, thing)[0]) == []
    ways = list(altered())
    assert len(ways) > 600
    for how, record, field in ways:
        said = wrong_with(record)
        assert len(said) == 1, (how, said)
        assert said[0].startswith(f"{field} "), (how, said)


def test_a_record_with_more_wrong_than_can_be_read_says_so():
    said = wrong_with(SERVICE | {"phones": [{"number": 7}] * 5_000})
    assert len(said) == MOST_SAID + 1
    assert said[-1] == "Det finns mer som är fel."


@pytest.mark.django_db
def test_empty_values_are_read_as_not_said_and_do_not_go_out():
    actor = f.actor(f.organisation("Ungas hus"))
    empty = {
        "minimum_age": None,
        "email": "",
        "url": None,
        "assured_date": "",
        "languages": None,
        "phones": [{"id": ID, "number": "010-123 45 67", "extension": None, "description": "", "theirs": None}],
        "organization": {"id": ID, "name": "Ungas hus", "description": "Förening", "website": "", "uri": None},
        "theirs": None,
    }
    taken = import_services(actor=actor, role_id=actor.role_id, records=[SERVICE | empty], at=NOW)
    assert [row.outcome for row in taken.rows] == ["opened"]
    assert Service.objects.get().kept == SERVICE | empty
    out = hsds_list(actor, actor.organisation_id, NOW)["contents"][0]
    assert out["phones"] == [{"id": ID, "number": "010-123 45 67", "description": "", "theirs": None}]
    assert out["organization"] == {"id": ID, "name": "Ungas hus", "description": "Förening"}
    assert out["theirs"] is None
    assert not {"minimum_age", "email", "url", "languages"} & set(out)
    for required in ({"id": None}, {"status": ""}, {"phones": [{"id": ID, "number": None}]}):
        assert len(wrong_with(SERVICE | required)) == 1


def test_what_somebody_has_of_their_own_is_left_as_it_is():
    theirs = {"local": {"deep": [None, ""]}, "phones": [{"id": ID, "number": "010", "colour": None}]}
    record = json.loads(json.dumps(SERVICE | theirs))
    assert wrong_with(record) == []
    assert what_is_said(record) == record
