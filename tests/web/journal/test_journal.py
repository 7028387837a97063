"""The journal's pages: who reads what, the proof, the checkpoint; and a sentence for every action there is."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samordna.core import checkpoints, journal, merkle
from samordna.core.actor import Actor, Via
from samordna.core.models import JournalEntry
from samordna.domain.adherence.queries.history import ROWS
from samordna.domain.decisions.enums import ProposalState
from samordna.domain.decisions.models import Proposal
from samordna.domain.matters import states
from samordna.domain.matters.enums import MatterStage
from samordna.domain.organisations.models import Person
from samordna.web.journal.phrases import SENTENCES, label_of, sentence_of
from tests import factories as f
from tests.domain.adherence.followed import Followed, followed
from tests.web.journal.actions import actions_in_code

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> Followed:
    return followed(2)


def client_of(actor: Actor) -> Client:
    client = Client()
    client.force_login(Person.objects.get(pk=actor.person_id))
    return client


def write(world: Followed, actor: Actor, action: str = "costs_recorded", **given: Any) -> JournalEntry:
    about = {"subject_kind": "position", "subject_id": "1", "matter_id": world.matter.pk} | given.pop("about", {})
    content = {"reason": "det hemliga skälet"} | given
    with transaction.atomic():
        return journal.record(actor=actor, action=action, collaboration_id=world.collaboration.pk, **about, **content)


def page(actor: Actor, query: str = "") -> str:
    response = client_of(actor).get(reverse("journal") + query)
    assert response.status_code == 200
    return response.content.decode()


def entry_page(actor: Actor, entry: JournalEntry, name: str = "journal_entry") -> Any:
    return client_of(actor).get(reverse(name, args=[entry.sequence]))


def test_everyone_reads_that_it_was_done_and_only_some_what_was_said(world):
    owner, other = world.actor(0), world.actor(1)
    entry = write(world, owner)
    sentence = str(SENTENCES["costs_recorded"])
    assert [sentence in page(actor) for actor in (owner, other, world.lead)] == [True, True, True]
    secret = [b"det hemliga" in entry_page(actor, entry).content for actor in (owner, other, world.lead)]
    assert secret == [True, False, True]


def test_what_a_coordinator_writes_is_not_open_to_its_own_organisations_others(world):
    f.participation(world.collaboration, world.collaboration.host)
    entry = write(world, world.lead, "answer_link_made", recipient="hemlig@example.se")
    colleague = f.actor(world.collaboration.host)
    assert b"hemlig@" not in entry_page(colleague, entry).content
    assert b"hemlig@" in entry_page(world.lead, entry).content


def test_a_draft_matter_and_anothers_sketch_leave_no_trace(world):
    draft = f.matter(world.collaboration, stage=MatterStage.DRAFT)
    hidden = write(world, world.lead, "matter_opened", about={"matter_id": draft.pk})
    sketch = Proposal.objects.get(matter=world.matter)
    sketch.state, sketch.organisation = ProposalState.SKETCH, world.organisations[0]
    sketch.save()
    about = {"subject_kind": "proposal", "subject_id": sketch.pk}
    drawn = write(world, world.actor(0), "proposal_sketched", about=about)
    other = world.actor(1)
    assert [entry_page(other, entry).status_code for entry in (hidden, drawn)] == [404, 404]
    assert str(SENTENCES["proposal_sketched"]) not in page(other)
    assert entry_page(world.actor(0), drawn).status_code == 200
    assert entry_page(world.lead, hidden).status_code == 200


def test_another_collaborations_journal_is_nothing(world):
    entry = write(world, world.actor(0))
    stranger = f.actor(f.organisation())
    answers = [entry_page(stranger, entry, name).status_code for name in ("journal_entry", "journal_proof")]
    assert answers == [404, 404]
    assert client_of(stranger).get(reverse("journal_entry", args=[10**30])).status_code == 404
    assert client_of(stranger).get(reverse("journal_entry", args=[999])).status_code == 404
    assert world.collaboration.name not in page(stranger)
    with transaction.atomic():
        apart = journal.record(actor=stranger, action="role_opened", subject_kind="role", subject_id="1")
    assert entry_page(world.lead, apart).status_code == 404


def test_the_journal_is_filtered_by_matter_and_paged(world):
    other = followed(given=world.collaboration, of=world.organisations)
    for _number in range(ROWS + 1):
        write(world, world.actor(0))
    write(other, world.lead, "decision_prepared")
    changed, stated = str(SENTENCES["decision_prepared"]), str(SENTENCES["costs_recorded"])
    asked = f"?samverkan={world.collaboration.pk}&fraga={other.matter.pk}"
    assert (changed in page(world.lead, asked), stated in page(world.lead, asked)) == (True, False)
    assert 'rel="next"' in page(world.lead)
    assert (changed in page(world.lead, "?sida=2"), 'rel="prev"' in page(world.lead, "?sida=2")) == (False, True)
    assert changed in page(world.lead, "?sida=tre")


def test_whoever_acts_without_a_role_is_named_by_the_way_in(world):
    write(world, Actor(via=Via.LINK, link_position_id="1"), "position_submitted")
    write(world, Actor.command("städning"), "matter_changed")
    shown = page(world.lead)
    assert shown.count("<strong>") >= 2
    assert entry_page(world.lead, JournalEntry.objects.latest("sequence")).status_code == 200


def test_an_erased_entry_says_so(world):
    entry = write(world, world.actor(0))
    with transaction.atomic():
        journal.erase(actor=Actor.command("gallring"), sequence=entry.sequence, decision="Beslut 7")
    shown = entry_page(world.lead, entry)
    assert (shown.status_code, b"det hemliga" in shown.content) == (200, False)


def test_the_proof_on_the_page_holds(world):
    entry = write(world, world.actor(0))
    assert entry_page(world.lead, entry, "journal_proof").context["proof"] is None
    write(world, world.actor(1))
    checkpoints.make_checkpoint()
    proof = entry_page(world.lead, entry, "journal_proof").context["proof"]
    path = [bytes.fromhex(part) for part in proof.path]
    leaf, root = bytes.fromhex(proof.leaf), bytes.fromhex(proof.root)
    assert merkle.verify_inclusion(leaf, entry.sequence, proof.size, path, root)
    assert checkpoints.read(proof.note).root == root


def test_a_checkpoint_can_be_saved(world):
    client = client_of(world.actor(0))
    assert client.get(reverse("checkpoint")).status_code == 404
    write(world, world.actor(0))
    note = checkpoints.make_checkpoint().note
    answer = client.get(reverse("checkpoint"))
    assert (answer.content.decode(), answer.headers["Content-Type"]) == (note, "text/plain; charset=utf-8")


def test_no_query_is_added_by_more_entries(world):
    owner = world.actor(0)

    def cost(count: int) -> int:
        for _number in range(count):
            write(world, owner)
        client = client_of(owner)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse("journal")).status_code == 200
        return len(asked)

    assert cost(1) == cost(2) == cost(ROWS)


def test_every_action_that_is_written_has_a_sentence():
    steps = {step.action for table in vars(states).values() if isinstance(table, dict) for step in _steps(table)}
    written = actions_in_code() | steps
    assert len(written) > 60
    assert written - SENTENCES.keys() == set()


def _steps(table: dict[Any, Any]) -> list[Any]:
    return [step for step in table.values() if hasattr(step, "action")]


def test_an_unknown_action_is_named_as_it_stands():
    assert "from_the_future" in sentence_of("from_the_future")
    assert label_of("from_the_future") == "from_the_future"


def test_what_was_said_is_shown_as_it_is(world):
    entry = write(world, world.actor(0), must=True, by=None, frame={"å": 1})
    shown = entry_page(world.actor(0), entry).content.decode()
    assert json.dumps({"å": 1}, ensure_ascii=False).replace('"', "&quot;") in shown
