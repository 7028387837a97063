"""Whoever answers how a decision is followed needs three presses: the line on the first page, the answer, the button."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from samordna.domain.adherence.models import FollowingAnswer
from tests.domain.adherence.followed import followed
from tests.spec.following import browser_of

pytestmark = pytest.mark.django_db


def test_from_the_first_page_to_a_given_answer_in_three_presses():
    world = followed(1)
    client = browser_of(world.actor())
    address = reverse("following", args=[world.decision.pk])
    presses = 0
    assert f'href="{address}"' in client.get(reverse("home")).content.decode()
    presses += 1  # the line among what waits
    page = client.get(address).content.decode()
    card = page[page.index('id="svar"') :]
    form = card[card.index("<form") : card.index("</form>")]
    assert set(re.findall(r'type="radio" name="(\w+)"', form)) == {"kind"}
    presses += 1  # the answer
    assert client.post(address, {"kind": "already_so", "by": "", "actions": "", "reason": ""}).status_code == 302
    presses += 1  # the button
    assert FollowingAnswer.objects.get().kind == "already_so"
    assert presses == 3
