"""S1: understand the purpose, and contribute to the shared picture of it."""

import pytest

from samordna.domain.collaborations.models import PurposeConfirmation
from tests import factories as f
from tests.domain.collaborations.setting import client_of
from tests.spec.picturing import forming, picture, tell

pytestmark = pytest.mark.django_db


def test_a_participant_confirms_the_purpose_in_its_own_words_and_the_silent_are_seen():
    """What one says of the purpose stands on the page for all, in its own words; who has not confirmed is named."""
    world, _point = forming()
    assert tell(world.manager, world, own_words="Hem utan oro").status_code == 302
    seen = picture(world.other_manager, world)
    assert "Hem utan oro" in seen
    assert "Har inte bekräftat syftet:</strong> Samordningen, Storstad" in seen


def test_another_purpose_asks_everybody_again_and_keeps_what_was_said():
    """When the purpose is stated anew, nobody has confirmed it; the old words and the old purpose stay, marked as old."""
    world, _point = forming()
    tell(world.manager, world, own_words="Hem utan oro")
    address = f"/samverkan/{world.collaboration.pk}/syfte/"
    client_of(world.coordinator).post(address, {"name": "Nära vård", "purpose": "Hem i tid", "why": "Vi menar alla"})
    seen = picture(world.manager, world)
    for kept in ("Hem utan oro", "bekräftade ett tidigare syfte", "Trygg hemgång", "Vi menar alla", "Hem i tid"):
        assert kept in seen
    assert "0 av 3" in seen
    tell(world.manager, world, own_words="Hem i rätt tid")
    assert "1 av 3" in picture(world.manager, world)
    assert PurposeConfirmation.objects.count() == 2


def test_mitt_asks_whoever_has_not_said_and_leads_there():
    """What is left to say stands on Mitt, with the address where it is said, until it is said; nobody else is asked."""
    world, _point = forming()
    address = f"/samverkan/{world.collaboration.pk}/var-syn/"
    mine = client_of(world.manager).get("/").content.decode()
    assert "Beskriv syftet med egna ord" in mine
    assert "Ni har inte heller sagt vad ni behöver den till." in mine
    assert address in mine
    tell(world.manager, world, own_words="Hem utan oro")
    assert "Säg vad ni behöver samverkan till" in client_of(world.manager).get("/").content.decode()
    f.party_need(world.collaboration, world.own)
    assert address not in client_of(world.manager).get("/").content.decode()
    assert address not in client_of(world.superior_manager).get("/").content.decode()


def test_what_everybody_needs_is_stated_before_the_work_begins():
    """The collaboration cannot be activated before every party has said what it needs and why; who lacks is named."""
    world, _point = forming()
    f.goal(world.collaboration)
    world.collaboration.criteria.create(kind="includes", subject="ålder", operator="at_least", value="18")
    unexplained = tell(world.manager, world, need_0="Besked i tid", reason_0="")
    assert unexplained.status_code == 422
    assert "skriv varför" in unexplained.content.decode()
    assert "Besked i tid</textarea>" in unexplained.content.decode()
    tell(world.manager, world, need_0="Besked i tid", reason_0="Vi bemannar veckan innan")
    coordinator, start = client_of(world.coordinator), f"/samverkan/{world.collaboration.pk}/"
    refused = coordinator.post(f"{start}aktivera/", follow=True).content.decode()
    assert "Har ännu inte sagt vad de behöver samverkan till: Storstad." in refused
    tell(world.other_manager, world, need_0="Färre nummer", reason_0="Vi letar")
    assert "Samverkan är aktiv" in coordinator.post(f"{start}aktivera/", follow=True).content.decode()
    assert "Vi bemannar veckan innan" in picture(world.other_manager, world)
