"""D2: the depth of a collaboration that runs is changed openly: from a day, with a reason, and nobody is caught in it."""

from datetime import timedelta

import pytest

from samordna.core import clock
from samordna.domain.collaborations.depth import PRESETS, Preset
from samordna.domain.collaborations.models import DepthChange, Exemption
from samordna.domain.decisions.mandate import mandates_of
from samordna.domain.organisations.enums import RoleKind
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


def test_nobody_is_locked_in_by_a_longer_notice():
    """A longer notice holds when today's, or a longer one already decided, has run out; a past day is refused."""
    world = world_at(Preset.CONDITIONAL)
    world.collaboration.notice_days = 60
    world.collaboration.save()
    client, address = client_of(world.coordinator), f"/api/v1/collaborations/{world.collaboration.pk}/depth"
    longer = {"depth": "conditional", "notice_days": 3650, "reason": "Det ska hålla"}
    early = client.put(address, longer | {"starts_on": day(59).isoformat()}, "application/json")
    assert (early.status_code, "måste kunna lämna först" in early.json()["detail"]) == (422, True)
    assert client.put(address, longer | {"notice_days": 90}, "application/json").status_code == 200
    assert DepthChange.objects.get().starts_on == day(60)
    assert client.put(address, longer, "application/json").status_code == 200
    assert DepthChange.objects.get(notice_days=3650).starts_on == day(90)
    shorter = {"depth": "conditional", "notice_days": 30, "reason": "Det räcker"}
    past = client.put(address, shorter | {"starts_on": day(-1).isoformat()}, "application/json")
    assert (past.status_code, "Dagen har passerat" in past.json()["detail"]) == (422, True)
    assert client.put(address, shorter, "application/json").status_code == 200
    assert DepthChange.objects.get(notice_days=30).starts_on == day(0)


def test_a_day_gone_by_is_not_rehearsed():
    """A day before today is refused with a sentence at its field, on the page and in the API."""
    world = world_at(Preset.VOLUNTARY)
    client, verbs = client_of(world.coordinator), dict.fromkeys(("join", "contribute", "follow"), "must")
    for early in ("0001-01-01", day(-1).isoformat()):
        page = client.post(
            f"/samverkan/{world.collaboration.pk}/djup/", CONDITIONAL | {"starts_on": early, "rehearse": "1"}
        )
        assert (page.status_code, "Dagen har passerat" in page.content.decode()) == (422, True)
        address = f"/api/v1/collaborations/{world.collaboration.pk}/depth/rehearse"
        answer = client.post(address, verbs | {"starts_on": early}, "application/json")
        assert (answer.status_code, "Dagen har passerat" in answer.json()["detail"]) == (422, True)


def test_mitt_says_give_notice_only_to_those_who_can_leave_what_becomes_stricter():
    """A looser depth, or one that nobody can leave before, is only to be read of; the row stands until the day."""
    asked, read = "säg upp er om ni vill lämna", "Läs om djupet som ändras"

    def mine(held, coming, days, notice=60):
        world = world_at(held)
        world.collaboration.notice_days = notice
        world.collaboration.save()
        join, contribute, follow = PRESETS[coming]
        given = {"join": join, "contribute": contribute, "follow": follow, "reason": "Lag", "changed_at": clock.now()}
        DepthChange.objects.create(collaboration=world.collaboration, starts_on=day(days), notice_days=notice, **given)
        shown = client_of(world.manager).get("/").content.decode()
        return read in shown, asked in shown

    assert mine(Preset.CONDITIONAL, Preset.MANDATORY, 61) == (True, True)
    assert mine(Preset.CONDITIONAL, Preset.MANDATORY, 59) == (True, False)
    assert mine(Preset.CONDITIONAL, Preset.VOLUNTARY, 61) == (True, False)
    assert mine(Preset.MANDATORY, Preset.MANDATORY, 61) == (True, False)
    assert mine(Preset.CONDITIONAL, Preset.MANDATORY, 0) == (False, False)


@pytest.mark.parametrize("way", ["own", "exempted"])
def test_a_party_whose_own_terms_are_others_is_not_caught_by_a_longer_notice(way):
    """Where a party has a stricter depth of its own, or is exempted from staying, a longer notice set together with a depth
    that is looser for the others waits until that party has been able to leave under the old terms."""
    world = world_at(Preset.CONDITIONAL if way == "own" else Preset.MANDATORY)
    given, today = world.collaboration, day(0)
    given.superior, given.notice_days = None, 30
    given.save()
    if way == "own":
        type(world.own_part.party).objects.filter(pk=world.own_part.party_id).update(contribute="if_in", follow="must")
        looser = {"depth": "voluntary"}
    else:
        Exemption.objects.create(
            party=world.own_part.party,
            join="may",
            reason="Nytt hus",
            starts_on=today,
            review_on=day(400),
            given_at=clock.now(),
        )
        looser = {"depth": "mandatory"}
    client, address = client_of(world.coordinator), f"/api/v1/collaborations/{given.pk}/depth"
    longer = looser | {"notice_days": 200, "reason": "Det ska hålla"}
    early = client.put(address, longer | {"starts_on": today.isoformat()}, "application/json")
    assert (early.status_code, "måste kunna lämna först" in early.json()["detail"]) == (422, True)
    assert client.put(address, longer, "application/json").status_code == 200
    assert DepthChange.objects.get().starts_on == day(30)
    leaving = {"reason": "För lång tid", "left_on": day(30).isoformat()}
    left = client_of(world.manager).post(f"/api/v1/participations/{world.own_part.pk}/leave", leaving, "application/json")
    assert left.status_code == 200
    same = looser | {"notice_days": 30, "reason": "Som förut"}
    assert client.put(address, same, "application/json").status_code == 200
    assert DepthChange.objects.get(notice_days=30).starts_on == today


def test_a_coming_change_is_read_with_one_press_on_mitt_and_agreed_to_by_nobody():
    """The press takes the row from all managers of the organisation, from nobody else, and is in the journal; once."""
    world, asked = world_at(Preset.CONDITIONAL), "Läs om djupet som ändras"
    verbs = dict(zip(("join", "contribute", "follow"), PRESETS[Preset.MANDATORY], strict=True))
    DepthChange.objects.create(
        collaboration=world.collaboration, starts_on=day(61), reason="Lag", changed_at=clock.now(), **verbs
    )
    client, address = client_of(world.manager), f"/samverkan/{world.collaboration.pk}/djup/last/"
    assert (page := client.get("/").content.decode()).count(asked) == 1
    assert f'action="{address}"' in page
    assert client.get(address).status_code == 405
    api = f"/api/v1/collaborations/{world.collaboration.pk}/depth/read"
    speaks = client_of(f.actor(world.own, RoleKind.REPRESENTATIVE))
    assert "binda din organisation" in speaks.post(api, {}, "application/json").json()["detail"]
    said = client.post(address, {"next": "/"}, follow=True).content.decode()
    assert (asked in said, "Noterat" in said) == (False, True)
    assert "har läst om alla ändringar" in client.post(address, {"next": "/"}, follow=True).content.decode()
    assert client.post(api, {}, "application/json").status_code == 409
    other = client_of(world.other_manager)
    assert asked in other.get("/").content.decode()
    assert len(other.post(api, {}, "application/json").json()) == 1
    assert "Du samordnar här" in client_of(world.coordinator).post(api, {}, "application/json").json()["detail"]
    assert client_of(f.actor(f.organisation())).post(address, {}).status_code == 404
    DepthChange.objects.create(
        collaboration=world.collaboration, starts_on=day(90), reason="Ny lag", changed_at=clock.now(), **verbs
    )
    assert asked in client.get("/").content.decode()
