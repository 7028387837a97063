"""D1: voluntary collaboration: join, contribute and follow if you want."""

import pytest

from samordna.domain.collaborations.depth import Preset
from samordna.domain.collaborations.queries.rulings import setting_of
from samordna.domain.matters.models import Matter
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


def test_the_coordinator_sets_a_matters_own_depth_on_its_page():
    """Left alone it is as in the collaboration; what is chosen is in the matter's mandate card, in its ruling and stays."""
    world = world_at(Preset.VOLUNTARY)
    lead = client_of(world.coordinator)
    address = f"/fragor/ny/{world.collaboration.pk}/"
    asked = {"title": "Jour", "purpose": "Alla", "for_the_individual": "Hjälp i tid", "area_id": world.area.pk}
    assert "som samverkan säger" in lead.get(f"{address}?slag=other").content.decode()
    assert lead.post(address, asked | {"kind": "other"}).status_code == 302
    matter = Matter.objects.get(title="Jour")
    assert "måste följa" not in _card(lead, matter)
    change = f"/fragor/{matter.pk}/andra/"
    assert lead.post(change, asked | {"follow": "must", "contribute": "if_in"}).status_code == 302
    assert "måste följa" in _card(lead, matter)
    matter.refresh_from_db()
    given = ruled(world, matter_depth=setting_of(matter.join, matter.contribute, matter.follow))
    assert (given.depth.join, given.depth.contribute, given.depth.follow) == ("may", "if_in", "must")
    form = lead.get(change).context["form"]
    assert [form[verb].value() for verb in ("join", "contribute", "follow")] == ["", "if_in", "must"]


def _card(client, matter) -> str:
    page = client.get(f"/fragor/{matter.pk}/").content.decode()
    return page.split('id="mandate-card"')[1].split("</section>")[0]
