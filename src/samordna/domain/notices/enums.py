"""What notices are about, what kinds there are, and how often somebody wants letters about them."""

from __future__ import annotations

from enum import StrEnum

from django.db import models
from django.utils.translation import pgettext_lazy as _p


class Group(models.TextChoices):
    """Kinds of notice, as one chooses among them."""

    ASKED = "asked", _p("kind of notice", "You or your organisation are asked for something")
    REMINDED = "reminded", _p("kind of notice", "A last day is near")
    ANSWERED = "answered", _p("kind of notice", "Somebody has answered")
    MOVED = "moved", _p("kind of notice", "A matter goes on")
    DECIDED = "decided", _p("kind of notice", "Something has been decided, agreed or ended")
    ROLES = "roles", _p("kind of notice", "Your roles, and your organisation's people")
    CALLED = "called", _p("kind of notice", "You are called to a meeting, or it is moved or cancelled")
    AGENDA = "agenda", _p("kind of notice", "What is taken up at a meeting that you are called to")
    TALK = "talk", _p("kind of notice", "How much is new in the conversations of your forums and matters")


class Rhythm(models.TextChoices):
    """How often letters go out about notices of a kind. The page always has them."""

    NOW = "now", _p("rhythm of letters", "At once")
    DAILY = "daily", _p("rhythm of letters", "Once a day")
    WEEKLY = "weekly", _p("rhythm of letters", "Once a week")
    NEVER = "never", _p("rhythm of letters", "No letters")


USUAL: dict[Group, Rhythm] = {
    Group.ASKED: Rhythm.NOW,
    Group.REMINDED: Rhythm.NOW,
    Group.ANSWERED: Rhythm.DAILY,
    Group.MOVED: Rhythm.WEEKLY,
    Group.DECIDED: Rhythm.DAILY,
    Group.ROLES: Rhythm.NOW,
    Group.CALLED: Rhythm.NOW,
    Group.AGENDA: Rhythm.DAILY,
    Group.TALK: Rhythm.WEEKLY,
}
"""What holds for somebody who has chosen nothing: few letters, and at once only what waits for the reader."""


class About(StrEnum):
    """What a notice leads to. Whether its reader may see that is asked when it is shown and when a letter goes out."""

    MATTER = "matter"
    DECISION = "decision"
    FOLLOWING = "following"
    AGREEMENT = "agreement"
    COLLABORATION = "collaboration"
    ROLE = "role"
    ADDRESS = "address"
    MEETING = "meeting"
    FORUM = "forum"
    THREAD = "thread"
    FORUM_TALK = "forum_talk"
    MATTER_TALK = "matter_talk"
    EVENT = "event"
    TIME = "time"
    WAVE = "wave"
    FEEDBACK = "feedback"
    RECOGNITION = "recognition"
    REPORT = "report"
    GOAL = "goal"
    INDICATOR = "indicator"
    PROFILE = "profile"
    CHAIN = "chain"
    INTRODUCTION = "introduction"
    ANNUAL_REPORT = "annual_report"


class Whom(StrEnum):
    """Who gets a notice about an entry of the journal."""

    PARTICIPANTS = "participants"
    COORDINATOR = "coordinator"
    NAMED = "named"
    HOLDER = "holder"
    CALLED = "called"
    PREPARER = "preparer"
    LISTED = "listed"
    CHECKED = "checked"
    QUESTIONED = "questioned"
