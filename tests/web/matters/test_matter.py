"""The matter page, as the coordinator and a participant meet it."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from samordna.domain.matters import operations as do
from samordna.domain.matters.models import Practice
from samordna.domain.organisations.enums import RoleKind
from tests import factories as f
from tests.web.matters.world import client_of, world

pytestmark = pytest.mark.django_db


def page(client, matter, status=200):
    answer = client.get(reverse("matter", args=[matter.pk]))
    assert answer.status_code == status
    return answer.content.decode()


def test_a_participant_sees_the_question_and_is_led_to_the_answer():
    w = world()
    html = page(w.client(), w.matter)
    assert reverse("position", args=[w.matter.pk, w.positions[0].pk]) in html
    assert "What does Municipality 000 need, and under what conditions?" in html
    assert "0 to 4 days" in html
    assert "Go on to weighing" not in html


def test_the_coordinator_sees_on_the_button_why_the_matter_cannot_go_on():
    w = world()
    do.declare_no_conditions(actor=w.actor(0), position_id=w.positions[0].pk)
    html = page(w.lead(), w.matter)
    assert "Waited for: Municipality 001. Silence is not consent" in html
    assert 'aria-disabled="true"' in html
    do.declare_no_conditions(actor=w.actor(1), position_id=w.positions[1].pk)
    assert 'aria-disabled="true"' not in page(w.lead(), w.matter)


def test_going_on_to_weighing_leads_to_the_board():
    w = world()
    for place in (0, 1):
        do.declare_no_conditions(actor=w.actor(place), position_id=w.positions[place].pk)
    answer = w.lead().post(reverse("advance_matter", args=[w.matter.pk, "avvagning"]))
    assert (answer.status_code, answer["Location"]) == (302, reverse("board", args=[w.matter.pk]))
    w.matter.refresh_from_db()
    assert w.matter.stage == "weighing"


def test_going_on_while_somebody_is_silent_says_who():
    w = world()
    answer = w.lead().post(reverse("advance_matter", args=[w.matter.pk, "avvagning"]))
    assert answer.status_code == 422
    assert "Waited for: Municipality 000, Municipality 001." in answer.content.decode()


def test_what_is_stated_in_confidence_is_neither_counted_nor_read_by_others():
    w = world()
    do.state_condition(
        actor=w.actor(0),
        position_id=w.positions[0].pk,
        prose="Never on a Friday",
        reason="Secret staffing",
        confidence="coordinator",
    )
    other = page(w.client(1), w.matter)
    assert "in confidence" not in other.split("What each has said")[1]
    assert "Never on a Friday" not in other
    assert "Secret staffing" not in other
    for reader in (w.lead(), w.client(0)):
        html = page(reader, w.matter)
        assert "Never on a Friday" in html
        assert "has stated 1 condition in confidence" not in html


def test_conditions_are_read_as_sentences_with_their_reason():
    w = world()
    rule = {"then": [{"aspect": w.aspects["days"].pk, "is": "at_least", "options": [w.option("days", "3")]}]}
    do.state_condition(
        actor=w.actor(0), position_id=w.positions[0].pk, rule=rule, reason="The ferry", legal_ground="2017:612"
    )
    html = page(w.client(1), w.matter)
    for words in ("Free days is at least 3 days.", "The ferry", "2017:612"):
        assert words in html


def test_a_draft_is_seen_by_nobody_but_the_coordinator():
    w = world(stage="draft")
    page(w.client(), w.matter, 404)
    html = page(w.lead(), w.matter)
    assert reverse("new_aspect", args=[w.matter.pk]) in html
    assert reverse("start_gathering", args=[w.matter.pk]) in html


def test_an_outsider_and_an_unknown_id_look_the_same():
    w = world()
    outsider = client_of(f.holding(f.organisation(), RoleKind.MANAGER))
    nothing = type("Matter", (), {"pk": "nosuchmatter"})
    own = rf'value="\w{{64}}"|{w.matter.pk}|{nothing.pk}'
    hidden, unknown = (re.sub(own, "", page(outsider, it, 404)) for it in (w.matter, nothing))
    assert hidden == unknown


def fill(w, places):
    """Let these participants say something of every kind."""
    basis, days = w.aspects["basis"], w.aspects["days"]
    rule = {"then": [{"aspect": days.pk, "is": "at_most", "options": [w.option("days", "3")]}]}
    for place in places:
        actor, position = w.actor(place), w.positions[place].pk
        do.state_condition(actor=actor, position_id=position, rule=rule, reason="Because")
        do.state_need(actor=actor, position_id=position, rule=rule, reason="Because")
        Practice.objects.create(position=w.positions[place], aspect=basis, option_id=w.option("basis", "individual"))
        do.submit_position(actor=actor, position_id=position)


@pytest.mark.parametrize("reader", ["participant", "coordinator"])
def test_queries_do_not_grow_with_the_participants(django_assert_max_num_queries, reader):
    counts = set()
    for participants in (3, 10, 300):
        w = world(participants)
        fill(w, range(min(participants, 12) - 1))
        client = w.lead() if reader == "coordinator" else w.client()
        page(client, w.matter)
        with django_assert_max_num_queries(37) as captured:
            page(client, w.matter)
        counts.add(len(captured))
    assert len(counts) == 1, counts
