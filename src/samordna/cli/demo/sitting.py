"""A meeting of the demonstration from the call to locked minutes, as its note keeper goes through it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from samordna.cli.demo.world import Given, World
from samordna.core import clock
from samordna.domain.forums import operations as forums
from samordna.domain.minutes import operations as minutes
from samordna.domain.proceedings import operations as proceedings

if TYPE_CHECKING:
    from samordna.domain.forums.models import Forum, Item, Meeting


@dataclass(frozen=True, slots=True, kw_only=True)
class Voices:
    """A question that is decided: its `method` ("" for the forum's own), what each says, and what it comes to.

    `says` maps a key of the cast to a choice, or to an order of options (where one approves: those that it can accept);
    `everybody` is what all others who are there say; "" for nothing, which in consent is no objection. `decides` is what
    the coordinator says where the coordinator decides.
    """

    text: str
    method: str = ""
    options: tuple[str, ...] = ()
    everybody: str | tuple[str, ...] = "yes"
    decides: str = ""
    says: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)
    objects: tuple[str, str, str] = ("", "", "")  # who objects, why, and what cleared it
    statement: str = ""
    reserves: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """An item that was taken up."""

    kind: str
    title: str
    purpose: str
    note: str
    minutes: int = 15
    area: str = ""
    asked: Voices | None = None
    todo: tuple[str, str, int] = ("", "", 0)  # what, by whom, within how many days


def sit(
    world: World, forum: Forum, meeting: Meeting, taken: Sequence[Taken], there: Sequence[str], away: Sequence[str] = ()
) -> dict[str, str]:
    """Hold a called meeting. Returns the ids of what is to be done, by what it is."""
    own, at = world.coordinator(), meeting.starts_at
    items = [_raise(world, forum, meeting, each, at - timedelta(days=15)) for each in taken]
    for key in (*there, *away):
        says, when = "comes" if key in there else "cannot", at - timedelta(days=6)
        forums.answer_call(actor=world.actor(key), meeting_id=meeting.pk, says=says, at=when)
    proceedings.open_meeting(actor=own, meeting_id=meeting.pk, at=at)
    proceedings.note_those_who_come(actor=own, meeting_id=meeting.pk, at=at)
    points: dict[str, str] = {}
    following = [*(item.pk for item in items[1:]), ""]
    proceedings.begin_item(actor=own, item_id=items[0].pk, at=at)
    for item, then, each in zip(items, following, taken, strict=True):
        at += timedelta(minutes=each.minutes)
        proceedings.write_note(actor=own, item_id=item.pk, text=each.note, at=at)
        if each.asked is not None:
            _decide(world, item, each.asked, there, at)
        what, who, days = each.todo
        if what:
            due = clock.day(at) + timedelta(days=days)
            given: Given = {"what": what, "owner_role_id": world.roles[who], "due_on": due, "item_id": item.pk}
            made = proceedings.note_action_point(actor=own, meeting_id=meeting.pk, at=at, **given)
            points[what] = made.pk
        proceedings.finish_item(actor=own, item_id=item.pk, next_id=then, at=at)
    proceedings.end_meeting(actor=own, meeting_id=meeting.pk, at=at)
    return points


def minuted(world: World, meeting: Meeting, by: Sequence[str], *, sent: datetime, lock: datetime | None = None) -> None:
    """Draft the minutes and send them out to these; with `lock`, all of them agree and the minutes are locked then."""
    own = world.coordinator()
    about: Given = {"meeting_id": meeting.pk}
    minutes.draft_minutes(actor=own, at=sent, **about)
    asked, until = [world.roles[key] for key in by], clock.day(sent) + timedelta(days=10)
    minutes.send_minutes_out(actor=own, role_ids=asked, adjust_by=until, at=sent, **about)
    if lock is None:
        return
    for key in by:
        minutes.agree_to_minutes(actor=world.actor(key), number=1, at=lock, **about)
    minutes.lock_minutes(actor=own, at=lock, **about)


def planned(world: World, forum: Forum, on: date, hours: tuple[int, int], called: int, title: str = "") -> Meeting:
    """A meeting of whole hours that was called to so many days before it."""
    own = world.coordinator()
    at = clock.noon(on) - timedelta(days=called)
    begins, ends = (clock.noon(on).time().replace(hour=hour) for hour in hours)
    when: Given = {"on": on, "begins": begins, "ends": ends}
    made = forums.plan_meeting(actor=own, forum_id=forum.pk, title=title, at=at, **when)
    return forums.call_meeting(actor=own, meeting_id=made.pk, at=at)


def _raise(world: World, forum: Forum, meeting: Meeting, each: Taken, at: datetime) -> Item:
    about: Given = {"kind": each.kind, "title": each.title, "purpose": each.purpose, "meeting_id": meeting.pk}
    area = world.areas[each.area] if each.area else ""
    own = world.coordinator()
    return forums.raise_item(actor=own, forum_id=forum.pk, minutes=each.minutes, area_id=area, at=at, **about)


def _decide(world: World, item: Item, asked: Voices, there: Sequence[str], at: datetime) -> None:
    own = world.coordinator()
    about: Given = {"text": asked.text, "method": asked.method, "options": asked.options}
    question = proceedings.open_question(actor=own, item_id=item.pk, at=at, **about)
    objector, why, cleared = asked.objects
    if objector:
        said: Given = {"choice": "object", "reason": why}
        proceedings.cast_vote(actor=world.actor(objector), question_id=question.pk, at=at, **said)
    for key in there:
        says = asked.says.get(key, asked.everybody)
        if not says:
            continue
        said = {"choice": says} if isinstance(says, str) else {"ranks": _ranks(asked, says)}
        reason = cleared if key == objector else ""
        when = at + timedelta(minutes=2)
        proceedings.cast_vote(actor=world.actor(key), question_id=question.pk, reason=reason, at=when, **said)
    about = {"question_id": question.pk, "at": at + timedelta(minutes=3)}
    if asked.decides:
        proceedings.cast_vote(actor=own, choice=asked.decides, as_coordinator=True, **about)
    proceedings.settle_question(actor=own, statement=asked.statement, **about)
    who, why = asked.reserves
    if who:
        proceedings.reserve_oneself(actor=world.actor(who), text=why, **about)


def _ranks(asked: Voices, says: Sequence[str]) -> list[list[str]]:
    """Groups of numbers of options: one after the other, or all together where one approves."""
    numbers = [str(asked.options.index(option) + 1) for option in says]
    return [numbers] if asked.method == "approval" else [[number] for number in numbers]
