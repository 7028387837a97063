"""Where the county's collaboration meets: a managers' forum, those who prepare it, a local group, and days together."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING, Any

from samordna.cli.demo.between import days_together, talk, time_to_find
from samordna.cli.demo.cast import CARE_PLACES
from samordna.cli.demo.preparing import local_meetings, prepared
from samordna.cli.demo.steering import ahead, held_before, held_lately
from samordna.cli.demo.world import Given, World
from samordna.core import clock
from samordna.domain.forums import operations as forums

if TYPE_CHECKING:
    from samordna.domain.forums.models import Forum

LOCAL = ("strandsala-rep", "region-rep", "kvarnforsa-rep")
STEERED = ("Utskrivning", "Samordnad individuell plan")


def load_forums(world: World, care: str) -> str:
    """Four forums with those who sit there, and what they have done, do and are to do. Returns the managers' forum's id."""
    managers = _forum(
        world,
        care,
        "steering",
        "Chefsforum",
        "Region Fjärdslands kontor och på länk",
        rhythm="two_months",
        rhythm_note="Eftermiddagar",
        area_ids=[world.areas[area] for area in STEERED],
    )
    days: Given = {"items_days": 14, "call_days": 14, "papers_days": 7}
    how: Given = {"method": "consent", "voice": "party", "quorum": "two_thirds"}
    forums.set_routine(actor=world.coordinator(), forum_id=managers.pk, at=world.ago(400), **how, **days)
    chairs = _managers_sit(world, managers)
    preparing = _forum(world, care, "preparing", "Beredningsgrupp utskrivning", "På länk", rhythm="fortnightly")
    _seat(world, preparing, [f"{place}-rep" for place in CARE_PLACES if f"{place}-rep" in world.holdings])
    local = _forum(world, care, "local", "Lokal grupp Strandsala", "Familjecentralen i Strandsala")
    _seat(world, local, list(LOCAL))
    forums.add_joint_day(
        actor=world.coordinator(),
        forum_id=local.pk,
        weekday=1,
        begins=time(8, 30),
        ends=time(12),
        place="Familjecentralen i Strandsala, rum 2",
        every=2,
        valid_from=clock.day(world.ago(150)),
        at=world.ago(150),
    )
    local_meetings(world, local)
    together = _forum(world, care, "planning_day", "Planeringsdagar och studiebesök", "Folkets hus i Kvarnforsa")
    held_before(world, managers)
    _pass_the_chair(world, managers, chairs)
    held_lately(world, managers)
    ahead(world, managers)
    prepared(world, preparing)
    talk(world, local, preparing)
    time_to_find(world, preparing)
    days_together(world, together, preparing)
    return managers.pk


def _forum(world: World, care: str, kind: str, name: str, place: str, **more: Any) -> Forum:
    given: Given = {"kind": kind, "name": name, "place": place, **more}
    at = world.ago(400)
    return forums.start_forum(actor=world.coordinator(), collaboration_id=care, at=at, **given)


def _seat(world: World, forum: Forum, keys: list[str]) -> None:
    for key in keys:
        _sit(world, forum, key)
    _sit(world, forum, "samordnare", "secretary")


def _sit(world: World, forum: Forum, key: str, task: str = "member", days: float = 390) -> str:
    """The id of the seat that this role gets."""
    role, actor = world.roles[key], world.coordinator()
    return forums.seat_role(actor=actor, forum_id=forum.pk, role_id=role, task=task, at=world.ago(days)).pk


def _managers_sit(world: World, forum: Forum) -> list[str]:
    """The seats of the region's and Strandsala's managers, of whom the first is in the chair."""
    first = [_sit(world, forum, "region-chef", "chair"), _sit(world, forum, "strandsala-chef")]
    _seat(world, forum, [f"{place}-chef" for place in CARE_PLACES if place not in ("region", "strandsala")])
    return first


def _pass_the_chair(world: World, forum: Forum, seats: list[str]) -> None:
    """The chair has gone to Strandsala: the same day as the role of chair of the collaboration did."""
    for seat in seats:
        forums.unseat_role(actor=world.coordinator(), seat_id=seat, at=world.ago(45))
    _sit(world, forum, "strandsala-chef", "chair", 45)
    _sit(world, forum, "region-chef", days=45)
