"""A chain begins, and is found again, where people are: how a decision is followed, what a wave showed, an organisation."""

from __future__ import annotations

import pytest
from django.urls import reverse

from samordna.core import clock
from samordna.domain.change.models import Chain, Turn
from samordna.domain.change.queries.page import chain_page
from samordna.domain.decisions.access import decision_for
from tests.domain.adherence.followed import followed
from tests.domain.assessments.asking import closed, opened
from tests.domain.change.going import begun
from tests.domain.collaborations.setting import client_of, setting

pytestmark = pytest.mark.django_db


def begun_at(client, page, start):
    """Press Analysera on the page, send the form as it stands, and come to the new chain."""
    assert start in client.get(page).content.decode().replace("&amp;", "&")
    form = client.get(start).context["form"]
    sent = {name: form[name].value() or "" for name in form.fields}
    return client.post(start, sent).headers["Location"]


def test_how_a_decision_is_followed_leads_to_a_chain_and_back():
    world = followed()
    lead = client_of(world.lead)
    address = f"/forandring/ny/{world.collaboration.pk}/?slag=following&id={world.decision.pk}"
    following = reverse("following", args=[world.decision.pk])
    chain = begun_at(lead, following, address)
    turn = Turn.objects.get()
    assert (turn.kind, turn.thing_id, turn.said) == ("following", world.decision.pk, "3 tysta")
    assert following in lead.get(chain).content.decode()
    assert chain in lead.get(following).content.decode()
    member = world.actor()
    assert decision_for(member, world.decision.pk)
    assert chain_page(member, Chain.objects.get().pk, clock.now()).now.start.said == "3 tysta"


def test_what_a_wave_showed_leads_to_a_chain_and_back_also_where_nobody_is_far_from_what_is_needed():
    given = setting()
    wave = opened(given, "pulse")
    address = f"/forandring/ny/{given.collaboration.pk}/?slag=wave&id={wave.pk}"
    lead = client_of(given.coordinator)
    assert lead.get(address).status_code == 404, "nothing is known before it has closed"
    closed(given, wave)
    result = reverse("wave_result", args=[wave.pk])
    chain = begun_at(lead, result, address)
    assert result in lead.get(chain).content.decode()
    assert chain in lead.get(result).content.decode()


def test_a_wave_says_as_many_chains_as_the_board_that_it_leads_to():
    given = setting()
    wave = opened(given, "pulse")
    closed(given, wave)
    for number in range(3):
        chain = begun(given, given.coordinator, title=f"Kedja {number}")
        told = {"kind": "gap", "key": f"fraga{number}"} if number else {"kind": "wave"}
        Turn.objects.filter(chain=chain).update(thing_id=wave.pk, **told)
    lead = client_of(given.coordinator)
    page = lead.get(reverse("wave_result", args=[wave.pk])).content.decode()
    assert "1 av 3 visas." in page
    about = f"{reverse('chains')}?om=wave:{wave.pk}"
    assert about in page
    board = lead.get(about).content.decode()
    assert all(f"Kedja {number}" in board for number in range(3))


def test_an_organisations_page_leads_to_its_open_chains_as_far_as_the_reader_sees_them():
    given = setting()
    begun(given, given.manager)
    page = reverse("organisation", args=[given.own.pk])
    link = f"/forandring/?organisation={given.own.pk}"
    assert link in client_of(given.manager).get(page).content.decode()
    assert link not in client_of(given.other_manager).get(page).content.decode(), "it is not shared"
    assert "Väntan på hemgång" in client_of(given.manager).get(link).content.decode()
