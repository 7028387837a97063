"""Kinds of forum, who sits there as what, and how a forum decides."""

from __future__ import annotations

from fractions import Fraction

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _p


class ForumKind(models.TextChoices):
    """What sort of forum it is, after the templates that one begins from."""

    BOARD = "board", _p("kind of forum", "Board")
    STEERING = "steering", _p("kind of forum", "Steering group")
    PREPARING = "preparing", _p("kind of forum", "Preparatory group")
    LOCAL = "local", _p("kind of forum", "Local collaboration group")
    OWNERS = "owners", _p("kind of forum", "Owner consultation")
    PLANNING_DAY = "planning_day", _p("kind of forum", "Planning day")
    STUDY_VISIT = "study_visit", _p("kind of forum", "Study visit")
    OTHER = "other", _p("kind of forum", "Other forum")


class Formality(models.TextChoices):
    """Is the forum part of how one decides, or a place where people meet?"""

    FORMAL = "formal", _p("forum", "Formal")
    INFORMAL = "informal", _p("forum", "Informal")


class Power(models.TextChoices):
    """What comes out of the forum."""

    DECIDES = "decides", _("It decides, as far as coordination has been given a mandate")
    PREPARES = "prepares", _("It prepares what others decide")
    MEETS = "meets", _("It informs, discusses and plans, and decides nothing")


class Rhythm(models.TextChoices):
    """How often it meets."""

    WEEKLY = "weekly", _p("rhythm", "Every week")
    FORTNIGHTLY = "fortnightly", _p("rhythm", "Every second week")
    MONTHLY = "monthly", _p("rhythm", "Every month")
    TWO_MONTHS = "two_months", _p("rhythm", "Every second month")
    QUARTERLY = "quarterly", _p("rhythm", "Four times a year")
    TWICE_YEARLY = "twice_yearly", _p("rhythm", "Twice a year")
    YEARLY = "yearly", _p("rhythm", "Once a year")
    WHEN_NEEDED = "when_needed", _p("rhythm", "When it is needed")


class SeatTask(models.TextChoices):
    """What a role does in the forum."""

    MEMBER = "member", _p("task in a forum", "Member")
    CHAIR = "chair", _p("task in a forum", "Chair")
    DEPUTY = "deputy", _p("task in a forum", "Deputy")
    SECRETARY = "secretary", _p("task in a forum", "Secretary")
    GUEST = "guest", _p("task in a forum", "Co-opted")


VOTING = frozenset({SeatTask.MEMBER, SeatTask.CHAIR, SeatTask.DEPUTY})
"""Tasks in which one can speak for a party."""


class Method(models.TextChoices):
    """How the forum decides."""

    CONSENT = "consent", _("Consent: it is decided unless somebody objects and says why")
    CONSENSUS = "consensus", _("Consensus: everybody says yes or stands aside")
    MAJORITY = "majority", _("Majority: more than half")
    QUALIFIED = "qualified", _("Qualified majority")
    RANKED = "ranked", _("Ranked choice among several")
    APPROVAL = "approval", _("Approval: what most can accept")
    COORDINATOR = "coordinator", _("The coordinator decides within its mandate, when the others have been heard")


class Voice(models.TextChoices):
    """What counts once."""

    PARTY = "party", _p("voice", "Each party")
    MEMBER = "member", _p("voice", "Each member")


class Quorum(models.TextChoices):
    """How many have to be there."""

    NONE = "none", _p("quorum", "No demand")
    OVER_HALF = "over_half", _p("quorum", "More than half")
    TWO_THIRDS = "two_thirds", _p("quorum", "Two thirds")
    ALL = "all", _p("quorum", "All")


QUORUMS = {
    Quorum.NONE: (Fraction(0), False),
    Quorum.OVER_HALF: (Fraction(1, 2), True),
    Quorum.TWO_THIRDS: (Fraction(2, 3), False),
    Quorum.ALL: (Fraction(1), False),
}
"""Which share of the voices has to be there, and whether it has to be more than that."""


class Share(models.TextChoices):
    """What a qualified majority needs."""

    TWO_THIRDS = "two_thirds", _p("share", "Two thirds")
    THREE_QUARTERS = "three_quarters", _p("share", "Three quarters")
    FOUR_FIFTHS = "four_fifths", _p("share", "Four fifths")
    ALL = "all", _p("share", "All")


SHARES = {
    Share.TWO_THIRDS: Fraction(2, 3),
    Share.THREE_QUARTERS: Fraction(3, 4),
    Share.FOUR_FIFTHS: Fraction(4, 5),
    Share.ALL: Fraction(1),
}


class Raising(models.TextChoices):
    """Who may raise an item."""

    ANYONE = "anyone", _("Every organisation that takes part")
    SEATED = "seated", _("The organisations that sit in the forum")
    PREPARERS = "preparers", _("Only those who prepare it")


class Weekday(models.IntegerChoices):
    """Days of the week, as `date.weekday` counts them."""

    MONDAY = 0, _p("weekday", "Mondays")
    TUESDAY = 1, _p("weekday", "Tuesdays")
    WEDNESDAY = 2, _p("weekday", "Wednesdays")
    THURSDAY = 3, _p("weekday", "Thursdays")
    FRIDAY = 4, _p("weekday", "Fridays")
    SATURDAY = 5, _p("weekday", "Saturdays")
    SUNDAY = 6, _p("weekday", "Sundays")


class Every(models.IntegerChoices):
    """How often a joint day comes back, in weeks."""

    WEEK = 1, _p("joint day", "Every week")
    SECOND = 2, _p("joint day", "Every second week")
    FOURTH = 4, _p("joint day", "Every fourth week")


class MeetingState(models.TextChoices):
    """How far a meeting has come."""

    PLANNED = "planned", _p("meeting", "Planned")
    CALLED = "called", _p("meeting", "Called")
    HELD = "held", _p("meeting", "Held")
    MINUTED = "minuted", _p("meeting", "Minuted")
    CANCELLED = "cancelled", _p("meeting", "Cancelled")


AHEAD = (MeetingState.PLANNED, MeetingState.CALLED)
"""States of a meeting that is still to come."""


class Coming(models.TextChoices):
    """What a role answers when it is called to a meeting. Only calendars say perhaps."""

    COMES = "comes", _p("answer to a call", "Comes")
    DEPUTY = "deputy", _p("answer to a call", "Comes by a deputy")
    CANNOT = "cannot", _p("answer to a call", "Cannot come")
    PERHAPS = "perhaps", _p("answer to a call", "Perhaps")


class ItemKind(models.TextChoices):
    """What one does with an item."""

    INFORMATION = "information", _p("kind of item", "Information")
    DISCUSSION = "discussion", _p("kind of item", "Discussion")
    PLANNING = "planning", _p("kind of item", "Planning")
    DECISION = "decision", _p("kind of item", "Decision")


class ItemState(models.TextChoices):
    """What has become of an item."""

    OPEN = "open", _p("item", "To be taken up")
    DONE = "done", _p("item", "Taken up")
    CARRIED = "carried", _p("item", "Carried over")
    WITHDRAWN = "withdrawn", _p("item", "Withdrawn")
