"""D1: voluntary collaboration: join, contribute and follow if you want."""

import pytest

from samordna.domain.collaborations.depth import Preset
from samordna.domain.collaborations.queries.rulings import setting_of
from tests.domain.collaborations.setting import client_of
from tests.spec.depths import leave, ruled, world_at

pytestmark = pytest.mark.django_db


def test_voluntary_lets_each_one_follow_contribute_and_leave_as_it_wants():
    """Join if you want, contribute if you want, follow if you want, also after having adopted."""
    world = world_at(Preset.VOLUNTARY)
    given = ruled(world)
    assert (given.binding(adopted=True), given.depth.must_contribute, given.may_leave) == ("may", False, True)
    assert leave(world).left_on is not None


def test_depth_is_set_for_the_collaboration_and_otherwise_for_a_party_or_a_matter():
    """A party's own depth goes before the collaboration's, and a matter's before both, verb by verb."""
    world = world_at(Preset.VOLUNTARY)
    party = client_of(world.coordinator).post(f"/samverkan/parter/{world.own_part.party_id}/djup/", {"follow": "if_in"})
    assert party.status_code == 302
    assert ruled(world).depth.follow == "if_in"
    assert ruled(world, matter_depth=setting_of("", "", "must")).depth.follow == "must"
    assert ruled(world).depth.contribute == "may"
