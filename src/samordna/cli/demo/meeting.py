"""Where the county's collaboration meets: a managers' forum, those who prepare it, a local group, and a planning day."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING, Any

from samordna.cli.demo.cast import CARE_PLACES
from samordna.cli.demo.world import World
from samordna.domain.forums import operations as forums

if TYPE_CHECKING:
    from samordna.domain.forums.models import Forum

LOCAL = ("strandsala-rep", "region-rep")


def load_forums(world: World, care: str) -> None:
    """Four forums with those who sit there."""
    managers = _forum(
        world, care, "steering", "Chefsforum", "Region Fjärdslands kontor och på länk", note="Onsdagar på eftermiddagen"
    )
    _seat(world, managers, [f"{place}-chef" for place in CARE_PLACES])
    preparing = _forum(
        world, care, "preparing", "Beredningsgrupp utskrivning", "På länk", note="Första torsdagen i månaden"
    )
    _seat(world, preparing, [f"{place}-rep" for place in CARE_PLACES])
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
        valid_from=world.ago(150).date(),
        at=world.ago(150),
    )
    _forum(world, care, "planning_day", "Gemensam planeringsdag", "Folkets hus i Kvarnforsa")
    _agenda(world, managers)


def _agenda(world: World, forum: Forum) -> None:
    """The next meeting of the managers: what they are to take up, and who has asked for it."""
    at, own = world.ago(12), world.coordinator()
    when: dict[str, Any] = {"on": world.ago(-24).date(), "begins": time(13), "ends": time(15)}
    meeting = forums.plan_meeting(actor=own, forum_id=forum.pk, at=at, **when)
    rows = (
        ("samordnare", "information", "Läget i frågorna", "Alla vet vad som väntar på vem.", 10, ""),
        ("strandsala-rep", "discussion", "Hemgång på helger", "Vi behöver höra hur ni andra bemannar.", 30, ""),
        ("region-rep", "decision", "Gemensam rutin för samordnad individuell plan", "Anta rutinen.", 20, "plan"),
        ("samordnare", "planning", "Vårens planeringsdag", "Välj tema och dag.", 15, ""),
    )
    for key, kind, title, purpose, minutes, area in rows:
        area_id = world.areas["Samordnad individuell plan"] if area else ""
        actor = own if key == "samordnare" else world.actor(key)
        given: dict[str, Any] = {"title": title, "purpose": purpose, "minutes": minutes, "area_id": area_id}
        given["meeting_id"] = meeting.pk
        forums.raise_item(actor=actor, forum_id=forum.pk, kind=kind, at=at, **given)
    waiting: dict[str, Any] = {"kind": "discussion", "title": "Gemensam introduktion för nya medarbetare"}
    forums.raise_item(actor=world.actor("strandsala-rep"), forum_id=forum.pk, at=at, **waiting)
    forums.call_meeting(actor=own, meeting_id=meeting.pk, at=world.ago(8))


def _forum(world: World, care: str, kind: str, name: str, place: str, note: str = "") -> Forum:
    given = {"kind": kind, "name": name, "place": place, "rhythm_note": note}
    at = world.ago(200)
    return forums.start_forum(actor=world.coordinator(), collaboration_id=care, at=at, **given)


def _seat(world: World, forum: Forum, keys: list[str]) -> None:
    at, about = world.ago(190), {"forum_id": forum.pk}
    for key in keys:
        if key in world.holdings:
            forums.seat_role(actor=world.coordinator(), role_id=world.actor(key).role_id or "", at=at, **about)
    own = world.coordinator().role_id or ""
    forums.seat_role(actor=world.coordinator(), role_id=own, task="secretary", at=at, **about)
