"""R1: those who collaborate decide on their own work, under coordinated governing conditions."""

from datetime import date

import pytest

from samordna.domain.agreements.models import Agreement
from tests.domain.agreements.world import in_force, world
from tests.domain.collaborations.setting import client_of
from tests.domain.decisions import chain
from tests.domain.decisions.world import build

pytestmark = pytest.mark.django_db
HOME = "/overenskommelser/"


def test_an_organisation_writes_its_own_routine_and_nobody_else_does():
    """The own routine is the organisation's: its people write it, the coordinator and others only read it."""
    agreed = world()
    client = client_of(agreed.given.manager)
    client.post(f"{HOME}egen-rutin/{agreed.given.collaboration.pk}/", {"kind": "routine", "name": "Hos oss"})
    own = Agreement.objects.get(name="Hos oss")
    section = own.versions.get().sections.get(heading="steps")
    address = f"{HOME}avsnitt/{section.pk}/"
    for other in (agreed.coordinator, agreed.given.other_manager):
        assert client_of(other).get(f"{HOME}{own.pk}/").status_code == 200
        assert client_of(other).post(address, {"text": "Så ska ni göra", "revision": "1"}).status_code == 403
    assert client.post(address, {"text": "Så gör vi", "revision": "1"}).status_code == 302


def test_the_own_routine_shows_which_governing_conditions_apply_to_it():
    """Decisions in force that bind the organisation in the same collaboration stand on the routine's own page."""
    decided = build()
    chain.in_force(decided)
    client = client_of(decided.manager(decided.town))
    start = f"{HOME}egen-rutin/{decided.matter.collaboration_id}/"
    page = client.post(start, {"kind": "routine", "name": "Hos oss"}, follow=True).content.decode()
    governing = page.split('id="styr"')[1]
    assert decided.matter.title in governing
    assert "Det här styr arbetet" in page


def test_agreements_in_force_govern_own_work_too():
    """A signed agreement stands among what governs the own routine."""
    agreed = world()
    in_force(agreed, valid_from=date(2026, 2, 1))
    client = client_of(agreed.given.manager)
    start = f"{HOME}egen-rutin/{agreed.given.collaboration.pk}/"
    page = client.post(start, {"kind": "routine", "name": "Hos oss"}, follow=True).content.decode()
    assert agreed.agreement.name in page.split('id="styr"')[1]
