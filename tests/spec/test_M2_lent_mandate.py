"""M2: participants hand over some of their mandate; following is agreed; it can be taken back at any time."""

from datetime import timedelta

import pytest

from samordna.core import clock
from samordna.domain.collaborations.authority import Decider
from samordna.domain.collaborations.operations import revoke_mandate
from samordna.domain.collaborations.queries.rulings import rulings
from tests.domain.collaborations.setting import client_of, setting
from tests.domain.collaborations.test_operations_mandates import give
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def test_what_is_lent_binds_while_it_is_lent():
    """Coordination decides what a participant has lent, and the decision binds without the participant's own adoption."""
    world = setting()
    give(world)
    ruled = rulings(world.collaboration, world.area.pk, NOW)[world.own.pk]
    assert (ruled.decides, ruled.following, ruled.needs_adoption) == (Decider.COORDINATION, "must", False)


def test_a_lent_mandate_can_be_taken_back_at_any_time_with_effect_at_once():
    """Whatever notice was agreed, a decision made after the revocation does not bind; one made before it stands."""
    world = setting()
    mandate = give(world, notice_days=365)
    earlier, later = NOW + timedelta(hours=1), NOW + timedelta(hours=2)
    revoke_mandate(actor=world.manager, mandate_id=mandate.pk, reason="Nytt fullmäktige", at=later)
    assert rulings(world.collaboration, world.area.pk, earlier)[world.own.pk].following == "must"
    assert rulings(world.collaboration, world.area.pk, later)[world.own.pk].following is None


def test_a_revocation_is_rehearsed_before_it_is_made():
    """The page for taking a mandate back shows what changes, for whom and where; reading it changes nothing."""
    world = setting()
    mandate = give(world)
    page = client_of(world.manager).get(f"/samverkan/mandat/{mandate.pk}/aterta/").content.decode()
    assert page.count("Havsnäs</td>") == 2
    assert "Organisationen själv" in page
    assert rulings(world.collaboration, world.area.pk, clock.now())[world.own.pk].decides is Decider.COORDINATION


def test_taking_back_on_the_page_bites_at_once():
    """When the giver takes the mandate back on the page, the very next ruling is that the organisation decides itself."""
    world = setting()
    mandate = give(world)
    taken = client_of(world.manager).post(f"/samverkan/mandat/{mandate.pk}/aterta/", {"reason": "Nytt fullmäktige"})
    assert taken.status_code == 302
    assert rulings(world.collaboration, world.area.pk, clock.now())[world.own.pk].decides is Decider.ORGANISATION
