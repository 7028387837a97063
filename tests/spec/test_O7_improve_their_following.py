"""O7: the coordination contributes to the participants' following: it sees where help is needed, and who can give it."""

from __future__ import annotations

import pytest
from django.urls import reverse

from samordna.domain.adherence.models import HelpRequest
from samordna.domain.adherence.operations import answer_following, offer_help
from tests.domain.adherence.followed import followed
from tests.spec.following import browser_of, page_for

pytestmark = pytest.mark.django_db


def test_the_board_shows_where_help_is_needed_and_those_who_already_do_so_give_it():
    """The board is narrowed to those who cannot; who already does so offers help, and who cannot asks for it."""
    world = followed()
    struggling, able = world.actor(0), world.actor(1)
    answer_following(actor=struggling, version_id=world.version.pk, kind="cannot", reason="Vakanser i hemtjänsten")
    answer_following(actor=able, version_id=world.version.pk, kind="already_so")
    board = browser_of(world.lead).get(reverse("following_board") + "?visa=cannot").content.decode()
    assert f"{world.organisations[0].name}</th>" in board
    assert f"{world.organisations[1].name}</th>" not in board
    offer = offer_help(actor=able, version_id=world.version.pk, text="Vi visar hur vi lade om schemat")
    assert "Vi visar hur vi lade om schemat" in page_for(world.lead, world)
    asked = browser_of(struggling).post(reverse("ask_for_help", args=[offer.pk]), {"text": "Hur bemannar ni helger?"})
    assert asked.status_code == 302
    answered = reverse("answer_help_request", args=[HelpRequest.objects.get().pk])
    assert browser_of(able).post(answered, {"text": "Vi kommer på torsdag"}).status_code == 302
    assert "Vi kommer på torsdag" in page_for(struggling, world)
