"""Forums of both collaborations, one that they own together, and one that `work` is only asked to own, with canaries."""

from __future__ import annotations

from datetime import time, timedelta

from samordna.core.actor import Actor
from samordna.domain.forums import operations as forums
from samordna.domain.forums.models import Forum, Ownership
from tests.access.canary.canaries import LATER
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
    _forum(world, "work", "other", "group")
    both, asked = _forum(world, "care", "host", "both"), _forum(world, "care", "host", "asked")
    own = {"collaboration_id": world.collaborations["work"], "asked_at": world.ago(30)}
    Ownership.objects.create(forum=both, accepted_at=world.ago(29), **own)
    Ownership.objects.create(forum=asked, **own)
    closed = _forum(world, "care", "host", "closed")
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
    forums.add_joint_day(actor=actor, forum_id=made.pk, place=place, valid_from=at.date(), at=at, **when)
    _meeting(world, made, actor, what)
    return made


def _meeting(world: World, forum: Forum, actor: Actor, what: str) -> None:
    """A meeting with an item on its agenda, and one in the backlog, each with something to read."""
    at, thing = world.ago(45), ("forum", forum.pk)
    when = {"on": world.ago(44).date(), "begins": time(9), "ends": time(11)}
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
