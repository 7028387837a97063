"""Forums of both collaborations, one that they own together, and one that `work` is only asked to own, with canaries."""

from __future__ import annotations

from datetime import time, timedelta

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.domain.forums import operations as forums
from samordna.domain.forums.enums import AHEAD
from samordna.domain.forums.models import Forum, Meeting, Ownership
from samordna.domain.minutes import operations as minutes
from samordna.domain.proceedings.models import (
    ActionPoint,
    ActionStep,
    Attendance,
    Note,
    Outcome,
    Question,
    Reservation,
    Sitting,
    Vote,
)
from samordna.domain.scheduling import operations as scheduling
from samordna.domain.scheduling.operations.asking import Sought
from samordna.domain.scheduling.patterns import Wished
from tests.access.canary.canaries import LATER
from tests.access.canary.talking import talk
from tests.access.canary.world import World


def meet(world: World) -> None:
    """Where one meets: a board of `care`, a group of `work`, one of both, and one that awaits an answer."""
    board = _forum(world, "care", "host", "board")
    seat = forums.seat_role(
        actor=world.actor("host coordinator"),
        forum_id=board.pk,
        role_id=world.holdings["alpha manager"].role_id,
        task="chair",
        at=world.ago(40),
    )
    forums.unseat_role(actor=world.actor("host coordinator"), seat_id=seat.pk, at=world.ago(39))
    for name in ("alpha", "beta"):
        role = world.holdings[f"{name} manager"].role_id
        forums.seat_role(actor=world.actor("host coordinator"), forum_id=board.pk, role_id=role, at=world.ago(38))
    _called(world, board)
    _adjust(world, board)
    _forum(world, "work", "other", "group")
    both, asked = _forum(world, "care", "host", "both"), _forum(world, "care", "host", "asked")
    own = {"collaboration_id": world.collaborations["work"], "asked_at": world.ago(30)}
    Ownership.objects.create(forum=both, accepted_at=world.ago(29), **own)
    Ownership.objects.create(forum=asked, **own)
    forums.make_calendar_address(actor=world.actor("alpha manager"), forum_id=board.pk, at=world.ago(30))
    closed = _forum(world, "care", "host", "closed")
    for meeting in closed.meetings.filter(state__in=AHEAD):
        gone = {"meeting_id": meeting.pk, "reason": "Stängs", "at": world.ago(11)}
        forums.cancel_meeting(actor=world.actor("host coordinator"), **gone)
    why = world.cage.word("why a forum was closed", "read", ("forum", closed.pk))
    forums.close_forum(actor=world.actor("host coordinator"), forum_id=closed.pk, reason=why, at=world.ago(10))


def _forum(world: World, collaboration: str, host: str, what: str) -> Forum:
    # each a day after the one before, so that they come in the same order every time
    actor, at = world.actor(f"{host} coordinator"), world.ago(60 - Forum.objects.count())
    made = forums.start_forum(
        actor=actor,
        collaboration_id=world.collaborations[collaboration],
        kind="board",
        name=world.cage.word(f"name of the forum {what}", "read", LATER),
        purpose=world.cage.word(f"what the forum {what} is for", "read", LATER),
        rhythm_note=world.cage.word(f"when the forum {what} meets", "read", LATER),
        place=world.cage.word(f"where the forum {what} meets", "read", LATER),
        at=at,
    )
    world.cage.settle(("forum", made.pk))
    place = world.cage.word(f"where the forum {what} sits together", "read", ("forum", made.pk))
    when = {"weekday": 2, "begins": time(9), "ends": time(16)}
    forums.add_joint_day(actor=actor, forum_id=made.pk, place=place, valid_from=clock.day(at), at=at, **when)
    _meeting(world, made, actor, what)
    _sought(world, made, actor, what)
    talk(world, actor, made, what)
    return made


def _sought(world: World, forum: Forum, actor: Actor, what: str) -> None:
    """A series, and a time that is looked for, with a place, a proposed time and what was said of it."""
    at, thing = world.ago(42), ("forum", forum.pk)
    day = clock.day(at) + timedelta(days=1)
    wished = Wished(
        starts_on=day,
        begins=time(9),
        ends=time(10),
        dates=[day],
        title=world.cage.word(f"what a series of {what} is called", "read", thing),
        place=world.cage.word(f"where a series of {what} meets", "read", thing),
    )
    series = scheduling.start_series(actor=actor, forum_id=forum.pk, wished=wished, at=at)
    for row in series.occurrences.all():
        forums.hold_meeting(actor=actor, meeting_id=row.meeting_id, at=world.ago(40))
    sought = Sought(
        minutes=60,
        first_on=day,
        last_on=day,
        opens=time(9),
        closes=time(12),
        weekdays=range(7),
        wanted={actor.role_id or "": "must"},
        title=world.cage.word(f"what {what} looks for a time for", "read", thing),
    )
    question = scheduling.ask_about_time(actor=actor, forum_id=forum.pk, sought=sought, at=at)
    about = {"actor": actor, "question_id": question.pk, "at": at}
    scheduling.add_meeting_place(**about, name=world.cage.word(f"where {what} could meet", "read", thing))
    option = scheduling.propose_time(**about, on=day, begins=time(10))
    why = world.cage.word(f"why a time of {what} does not suit", "read", thing)
    asked = question.asked.get().pk
    said = {"answers": {option.pk: "no"}, "reasons": {option.pk: why}}
    scheduling.answer_times(actor=actor, asked_id=asked, at=at, **said)


def _meeting(world: World, forum: Forum, actor: Actor, what: str) -> None:
    """A meeting with an item on its agenda, and one in the backlog, each with something to read."""
    at, thing = world.ago(45), ("forum", forum.pk)
    when = {"on": clock.day(world.ago(44)), "begins": time(9), "ends": time(11)}
    place = world.cage.word(f"where {what} meets once", "read", thing)
    title = world.cage.word(f"what a meeting of {what} is called", "read", thing)
    made = forums.plan_meeting(actor=actor, forum_id=forum.pk, title=title, place=place, at=at, **when)
    for later_by, meeting_id in enumerate((made.pk, "")):
        item = forums.raise_item(
            actor=actor,
            forum_id=forum.pk,
            kind="discussion",
            title=world.cage.word(f"an item of {what}", "read", thing),
            purpose=world.cage.word(f"what is wanted of {what}", "read", thing),
            meeting_id=meeting_id,
            at=at + timedelta(hours=later_by),
        )
        text = world.cage.word(f"what one reads before {what}", "read", thing)
        forums.add_paper(actor=actor, item_id=item.pk, name="Underlag", text=text, at=at)
    why = world.cage.word(f"why a meeting of {what} was cancelled", "read", thing)
    later = forums.plan_meeting(
        actor=actor, forum_id=forum.pk, title="Senare", at=at, **when | {"ends": time(12), "begins": time(10)}
    )
    forums.cancel_meeting(actor=actor, meeting_id=later.pk, reason=why, at=at)
    forums.hold_meeting(actor=actor, meeting_id=made.pk, at=world.ago(43))
    minutes.draft_minutes(actor=actor, meeting_id=made.pk, at=world.ago(42))
    if what != "board":  # the board's go all the way
        text = world.cage.word(f"the draft of the minutes of {what}", "keep notes in", thing)
        item_id = made.items.order_by("order")[0].pk
        minutes.write_minutes(actor=actor, meeting_id=made.pk, texts={item_id: text}, at=world.ago(42))
    _kept(world, made, what)


def _adjust(world: World, forum: Forum) -> None:
    """The board's minutes go all the way: adjusted by one who asks for a change first, locked and corrected."""
    meeting = forum.meetings.get(written__isnull=False)
    host, alpha, thing = world.actor("host coordinator"), world.actor("alpha manager"), ("forum", forum.pk)
    said = [world.cage.word(what, "read", thing) for what in ("minutes", "a change asked for", "a correction note")]
    about, role_id = {"meeting_id": meeting.pk, "at": world.ago(36)}, world.holdings["alpha manager"].role_id
    minutes.write_minutes(actor=host, texts={meeting.items.order_by("order")[0].pk: said[0]}, **about)
    minutes.send_minutes_out(actor=host, role_ids=[role_id], adjust_by=clock.day(world.ago(30)), **about)
    minutes.ask_for_change(actor=alpha, words=said[1], **about)
    later = about | {"at": world.ago(35)}
    minutes.agree_to_minutes(actor=alpha, number=1, **later)
    minutes.lock_minutes(actor=host, **later)
    minutes.note_correction(actor=host, text=said[2], **later)


def _called(world: World, board: Forum) -> None:
    """A meeting that those who sit in the board are called to, and one of them has answered."""
    actor, thing = world.actor("host coordinator"), ("forum", board.pk)
    made = forums.plan_meeting(
        actor=actor,
        forum_id=board.pk,
        on=clock.day(world.now) + timedelta(days=20),
        begins=time(9),
        ends=time(11),
        title=world.cage.word("what a coming meeting is called", "read", thing),
        place=world.cage.word("where a coming meeting is", "read", thing),
        at=world.ago(3),
    )
    forums.call_meeting(actor=actor, meeting_id=made.pk, at=world.ago(2))
    forums.answer_call(actor=world.actor("alpha manager"), meeting_id=made.pk, says="comes", at=world.ago(1))


def _kept(world: World, meeting: Meeting, what: str) -> None:
    """What was written, asked, said, decided and is to be done there."""
    at, forum = world.ago(43), meeting.forum
    item = meeting.items.order_by("order", "pk")[0]

    def word(about: str) -> str:
        return world.cage.word(f"{about} of {what}", "read", ("forum", forum.pk))

    Sitting.objects.create(meeting=meeting, opened_at=at, ended_at=at)
    Attendance.objects.create(meeting=meeting, name=word("a guest"), since=at, until=at)
    Note.objects.create(item=item, number=1, text=word("what was written"), written_at=at)
    beside = word("what was written at the same time")
    Note.objects.create(item=item, number=2, text=beside, beside=True, written_at=at)
    ruled = {"method": "majority", "voice": "party", "quorum": "none", "share": "all"}
    times = {"state": "closed", "opened_at": at, "closed_at": at}
    question = Question.objects.create(item=item, text=word("what was asked"), **ruled, **times)
    seat = forum.seats.order_by("valid_from", "pk").first()
    if seat is not None:
        Vote.objects.create(question=question, seat=seat, choice="no", reason=word("why a voice said no"), cast_at=at)
        Reservation.objects.create(question=question, seat=seat, text=word("a reservation"), made_at=at)
    rests = {"seats": [], "mandate": {"verdict": "", "decides_for": [], "adopt": [], "area": ""}, "result": "carried"}
    numbered = {"year": at.year, "number": 1, "settled_at": at, "result": "carried", "rests_on": rests}
    Outcome.objects.create(question=question, forum=forum, statement=word("what was decided"), **numbered)
    ended = {"state": "dropped", "ended_at": at, "ended_note": word("why nothing was done")}
    point = ActionPoint.objects.create(
        meeting=meeting, item=item, what=word("what is to be done"), owner_role=forum.prepares, noted_at=at, **ended
    )
    ActionStep.objects.create(point=point, step="dropped", note=point.ended_note, taken_at=at)
