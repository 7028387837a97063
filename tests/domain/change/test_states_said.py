"""What a chain's pages say: whose a need is, whether its start says something else now, and where one is."""

from __future__ import annotations

import pytest
from django.utils import translation

from samordna.core import clock
from samordna.domain.change import operations as do
from samordna.domain.change.models import Turn
from samordna.domain.change.queries.page import chain_page
from tests.domain.change.going import analysed, begun, taken
from tests.domain.change.test_sources import measured, told
from tests.domain.collaborations.setting import client_of, setting

pytestmark = pytest.mark.django_db


def started(given):
    """A chain of the coordination that begins from a whole."""
    indicator, year = measured(given), clock.day(clock.now()).year - 1
    chain = begun(given, given.coordinator, kind="indicator", thing_id=indicator.pk, key=f"{year}-02", said="")
    return indicator, chain


def start(actor, chain):
    return chain_page(actor, chain.pk, clock.now()).turns[0].start


@pytest.mark.parametrize("begins_in", ["sv", "en"])
def test_another_language_is_no_correction_and_each_reads_in_their_own(begins_in):
    given = setting()
    with translation.override(begins_in):
        _indicator, chain = started(given)
    said = {}
    for language in ("sv", "en"):
        with translation.override(language):
            found = start(given.coordinator, chain)
            assert found.corrected is False, (language, found)
            said[language] = found.said
    assert said["sv"].startswith("93")
    assert said["sv"] != said["en"]


def test_a_moved_target_is_no_correction_and_a_corrected_figure_is():
    given = setting()
    indicator, chain = started(given)
    figure = start(given.coordinator, chain).said.split(".")[0]
    Turn.objects.filter(chain=chain).update(said=f"{figure}. Det går åt rätt håll.")
    found = start(given.coordinator, chain)
    assert (found.corrected, found.said.split(".")[0]) == (False, figure)
    told(given, indicator, 2, 20, 10, why="Räknat om")
    assert start(given.coordinator, chain).corrected


def test_a_need_is_said_to_be_where_it_is_and_nowhere_else():
    given = setting()
    lead = given.coordinator
    chain, (need,) = analysed(given, lead)
    client = client_of(lead)

    def shown():
        row = chain_page(lead, chain.pk, clock.now()).now.needs[0]
        return (row.holder, row.asked, row.coordinated), client.get(f"/forandring/{chain.pk}/").content.decode()

    row, page = shown()
    assert (row, "Samordnat ansvar" in page) == (("", "", False), False)
    taken(lead, need)
    row, page = shown()
    assert (row, "Samordnat ansvar" in page) == (("Samordningen", "", True), True)
    do.place_need(actor=lead, need_id=need.pk, to=given.own.pk)
    row, page = shown()
    assert (row, "Havsnäs har inte svarat" in page) == (("Samordningen", "Havsnäs", False), True)
    do.answer_need(actor=given.manager, need_id=need.pk, answer="refused", reason="Vi har ingen helgvård")
    row, page = shown()
    assert row == ("Samordningen", "", False)
    assert ["tillbaka hos Samordningen" in page, "Ingen har det" in page, "Samordnat ansvar" in page] == [
        True,
        False,
        False,
    ]


def test_the_pages_of_chains_lie_under_follow_up_and_are_found_from_there():
    given = setting()
    chain = begun(given, given.coordinator)
    client = client_of(given.coordinator)
    for address in ("/forandring/", f"/forandring/{chain.pk}/", f"/forandring/{chain.pk}/vad/"):
        page = client.get(address).content.decode()
        trail = page.split('class="trail"')[1].split("</nav>")[0]
        assert trail.split("<li>")[1].startswith('<a href="/uppfoljning/">Uppföljning</a>'), address
        menu = [part for part in page.split("<a ") if 'href="/uppfoljning/"' in part and 'aria-current="true"' in part]
        assert menu, address
    for empty in (client, client_of(setting().coordinator)):
        assert 'href="/forandring/"' in empty.get("/uppfoljning/").content.decode()
