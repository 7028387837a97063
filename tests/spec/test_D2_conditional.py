"""D2: conditional collaboration: whoever wants to be in must follow, in full, and contribute."""

import pytest

from samordna.domain.collaborations.depth import Preset
from tests.spec.depths import leave, ruled, world_at

pytestmark = pytest.mark.django_db


def test_conditional_obliges_those_who_are_in_and_lets_them_leave():
    """Whoever is in must follow what it has adopted and must contribute; leaving is allowed, and then nothing binds."""
    world = world_at(Preset.CONDITIONAL)
    given = ruled(world)
    assert (given.binding(adopted=True), given.depth.must_contribute, given.may_leave) == ("must", True, True)
    leave(world)
    assert ruled(world).binding(adopted=True) is None
