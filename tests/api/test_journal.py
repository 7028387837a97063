from __future__ import annotations

import pytest
from django.db import transaction
from django.test import Client

from samordna.core import checkpoints, journal, merkle
from samordna.core.actor import Actor
from samordna.domain.organisations.models import Person
from tests import factories as f
from tests.domain.adherence.followed import Followed, followed

pytestmark = pytest.mark.django_db
API = "/api/v1"


@pytest.fixture
def world() -> Followed:
    made = followed(2)
    about = {"collaboration_id": made.collaboration.pk, "matter_id": made.matter.pk}
    with transaction.atomic():
        for _number in range(3):
            journal.record(
                actor=made.actor(0), action="note_written", subject_kind="position", subject_id="1", text="vår", **about
            )
    return made


def get(actor: Actor, path: str):
    client = Client()
    client.force_login(Person.objects.get(pk=actor.person_id))
    return client.get(API + path)


def test_the_journal_is_read_by_those_who_take_part(world):
    read = get(world.actor(1), f"/collaborations/{world.collaboration.pk}/journal").json()
    assert [(row["sequence"], row["action"], row["open"]) for row in read["rows"]] == [
        (sequence, "note_written", False) for sequence in (2, 1, 0)
    ]
    assert get(world.actor(1), f"/collaborations/{world.collaboration.pk}/journal?page=2").json()["rows"] == []
    assert get(f.actor(f.organisation()), f"/collaborations/{world.collaboration.pk}/journal").status_code == 404


def test_what_an_entry_says_is_for_its_organisation_and_the_coordinator(world):
    contents = [
        get(actor, "/journal/entries/1").json()["content"] for actor in (world.actor(0), world.actor(1), world.lead)
    ]
    assert contents == [{"text": "vår"}, None, {"text": "vår"}]
    for sequence in ("-1", "99", str(10**30)):
        assert get(world.lead, f"/journal/entries/{sequence}").status_code == 404


def test_the_proof_and_the_checkpoint_hold(world):
    assert get(world.lead, "/journal/checkpoint").status_code == 404
    assert get(world.lead, "/journal/entries/1/proof").status_code == 404
    made = checkpoints.make_checkpoint()
    proof = get(world.lead, "/journal/entries/1/proof").json()
    path = [bytes.fromhex(part) for part in proof["path"]]
    leaf, root = bytes.fromhex(proof["leaf"]), bytes.fromhex(proof["root"])
    assert merkle.verify_inclusion(leaf, proof["sequence"], proof["size"], path, root)
    assert get(f.actor(f.organisation()), "/journal/checkpoint").json()["note"] == made.note
