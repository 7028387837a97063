"""D3: mandatory collaboration: you must follow and you must contribute."""

import pytest

from samordna.core.errors import Refused
from samordna.domain.collaborations.depth import Preset
from samordna.domain.collaborations.models import Participation
from tests.domain.collaborations.setting import client_of
from tests.spec.depths import leave, ruled, world_at

pytestmark = pytest.mark.django_db


def test_mandatory_refuses_leaving_on_the_page_and_says_who_can_exempt():
    """You must follow and contribute; leaving is refused in a sentence that names the superior; what was typed stays."""
    world = world_at(Preset.MANDATORY)
    given = ruled(world)
    assert (given.binding(adopted=True), given.depth.must_contribute, given.may_leave) == ("must", True, False)
    with pytest.raises(Refused):
        leave(world)
    address = f"/samverkan/deltagande/{world.own_part.pk}/avsluta/"
    page = client_of(world.manager).post(address, {"reason": "Vi hinner inte"})
    assert page.status_code == 422
    assert "Länsstyrelsen kan ge parten undantag." in page.content.decode()
    assert "Vi hinner inte" in page.content.decode()
    assert Participation.objects.get(pk=world.own_part.pk).left_on is None


def test_only_the_superior_exempts_from_what_is_mandatory():
    """The coordinator cannot loosen what is mandatory for all; the superior can, for one party."""
    world = world_at(Preset.MANDATORY)
    address = f"/samverkan/parter/{world.own_part.party_id}/djup/"
    assert client_of(world.coordinator).post(address, {"follow": "may"}).status_code == 422
    assert client_of(world.superior_manager).post(address, {"follow": "may"}).status_code == 302
    assert ruled(world).binding(adopted=True) == "may"
