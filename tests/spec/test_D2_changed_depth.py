"""D2: the depth of a collaboration that runs is changed openly: from a day, with a reason, and nobody is caught in it."""

from datetime import timedelta

import pytest

from samordna.core import clock
from samordna.domain.collaborations.depth import Preset
from samordna.domain.collaborations.models import DepthChange
from samordna.domain.decisions.mandate import mandates_of
from tests import factories as f
from tests.domain.collaborations.setting import client_of
from tests.spec.depths import ruled_on, world_at

pytestmark = pytest.mark.django_db

CONDITIONAL = {"depth": "conditional", "notice_days": "90", "reason": "Det fungerar bara om alla följer"}


def day(days: int):
    return clock.day(clock.now()) + timedelta(days=days)


def test_a_stricter_depth_is_rehearsed_told_to_all_and_holds_from_its_day():
    """The page shows what it means for each party; then all see from when and why, and on Mitt until when to leave."""
    world = world_at(Preset.VOLUNTARY)
    client, address = client_of(world.coordinator), f"/samverkan/{world.collaboration.pk}/djup/"
    rehearsed = client.post(address, CONDITIONAL | {"starts_on": day(30).isoformat(), "rehearse": "1"}).content.decode()
    assert "Havsnäs" in rehearsed
    assert "med 90 dagars uppsägningstid" in rehearsed
    assert not DepthChange.objects.exists()
    assert client.post(address, CONDITIONAL | {"starts_on": day(30).isoformat()}).status_code == 302
    assert [ruled_on(world, days).depth.preset for days in (0, 29, 30)] == ["voluntary", "voluntary", "conditional"]
    shown = client_of(world.manager).get(f"/samverkan/{world.collaboration.pk}/").content.decode()
    assert "Det fungerar bara om alla följer" in shown
    mine = client_of(world.manager).get("/").content.decode()
    assert "säg upp er om ni vill lämna" in mine
    answer = client_of(world.manager).get(f"/api/v1/collaborations/{world.collaboration.pk}").json()
    assert answer["coming"]["starts_on"] == day(30).isoformat()


def test_whoever_does_not_want_it_can_leave_first():
    """A stricter depth before the notice has run out is refused with the first day that is possible; a looser is not."""
    world = world_at(Preset.CONDITIONAL)
    world.collaboration.superior = None
    world.collaboration.notice_days = 60
    world.collaboration.save()
    client, address = client_of(world.coordinator), f"/api/v1/collaborations/{world.collaboration.pk}/depth"
    strict = {"depth": "mandatory", "reason": "Lagen ändras", "starts_on": day(59).isoformat()}
    early = client.put(address, strict, "application/json")
    assert early.status_code == 422
    assert "måste kunna lämna först" in early.json()["detail"]
    rehearsal = {"join": "must", "contribute": "must", "follow": "must", "starts_on": day(60).isoformat()}
    rows = client.post(f"{address}/rehearse", rehearsal, "application/json").json()
    assert {(row["notice_before"], row["notice_after"], row["must_say_by"]) for row in rows} == {(60, None, str(day(0)))}
    assert client.put(address, strict | {"starts_on": day(60).isoformat()}, "application/json").status_code == 200
    assert [ruled_on(world, days).may_leave for days in (59, 60)] == [True, False]
    assert client.put(address, {"depth": "voluntary", "reason": "Vi provar"}, "application/json").status_code == 200
    assert ruled_on(world, 0).depth.preset == "voluntary"
    refused = client_of(world.manager).put(address, strict, "application/json")
    assert refused.status_code == 403


def test_what_a_superior_made_mandatory_the_coordinator_does_not_loosen():
    """The sentence names the superior, who can exempt a party."""
    world = world_at(Preset.MANDATORY)
    address = f"/samverkan/{world.collaboration.pk}/djup/"
    refused = client_of(world.coordinator).post(address, CONDITIONAL)
    assert refused.status_code == 422
    assert "Länsstyrelsen" in refused.content.decode()
    assert "Det fungerar bara om alla följer</textarea>" in refused.content.decode()


@pytest.mark.parametrize(("running", "held"), [(False, "voluntary"), (True, "conditional")])
def test_a_matter_under_way_keeps_the_depth_it_was_opened_under_unless_it_is_said(running, held):
    """The ruling for a matter that was opened before, and for one that is opened after."""
    world = world_at(Preset.VOLUNTARY)
    before = f.matter(world.collaboration, area=world.area, opened_at=clock.now() - timedelta(days=30))
    typed = CONDITIONAL | {"starts_on": day(1).isoformat()} | ({"running": "on"} if running else {})
    client_of(world.coordinator).post(f"/samverkan/{world.collaboration.pk}/djup/", typed)
    after = f.matter(world.collaboration, area=world.area, opened_at=clock.now() + timedelta(days=2))
    asked = clock.now() + timedelta(days=3)
    rulings = [mandates_of(matter, [world.own.pk], asked).rulings[world.own.pk] for matter in (before, after)]
    assert [given.depth.preset for given in rulings] == [held, "conditional"]
