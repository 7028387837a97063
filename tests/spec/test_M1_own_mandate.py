"""M1: every part contributes with its own mandate; nobody decides over anybody else."""

import pytest

from samordna.core import clock
from samordna.domain.collaborations.authority import Decider
from samordna.domain.collaborations.queries.rulings import rulings
from tests.domain.collaborations.setting import client_of, setting
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def test_no_decision_binds_an_organisation_until_its_own_body_has_adopted_it():
    """Where no mandate is lent or granted, each organisation decides itself and is bound only by its own adoption."""
    world = setting(superior=None, join="must", contribute="must", follow="must")
    ruled = rulings(world.collaboration, world.area.pk, NOW)
    assert {ruling.decides for ruling in ruled.values()} == {Decider.ORGANISATION}
    assert all(ruling.needs_adoption and ruling.following is None for ruling in ruled.values())
    assert not any(ruling.can_take_effect(adopted=False) for ruling in ruled.values())
    assert {ruling.binding(adopted=True) for ruling in ruled.values()} == {"must"}


def test_a_participants_mandate_gives_nobody_power_over_another_participant():
    """What one participant lends lets coordination decide for that participant alone."""
    world = setting()
    lent = {"form": "lent", "wording": "Vi lånar ut.", "source": "KS § 1", f"says_{world.area.pk}": "yes"}
    given = client_of(world.manager).post(f"/samverkan/{world.collaboration.pk}/mandat/nytt/", lent)
    assert given.status_code == 302
    ruled = rulings(world.collaboration, world.area.pk, clock.now())
    assert ruled[world.own.pk].decides is Decider.COORDINATION
    assert ruled[world.other.pk].decides is Decider.ORGANISATION


def test_the_page_says_that_each_one_decides_itself():
    """The page "Who decides what?" shows the organisation itself as the one who decides, and that it has to adopt."""
    world = setting()
    address = f"/samverkan/{world.collaboration.pk}/vem-beslutar/"
    page = client_of(world.manager).get(address, {"amne": world.area.pk, "organisation": world.own.pk}).content.decode()
    assert "Havsnäs beslutar själv om Utskrivning." in page
    assert "först när det egna organet har antagit det" in page
