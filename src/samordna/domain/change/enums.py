"""Where a chain begins, what causes what a result says, who takes on what has to change, and what came of it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import pgettext_lazy as _p


class StartKind(models.TextChoices):
    """What a turn of a chain begins from."""

    RESULT = "result", _p("start", "A result")
    INDICATOR = "indicator", _p("start", "An indicator")
    WAVE = "wave", _p("start", "What a questionnaire showed")
    GAP = "gap", _p("start", "A gap in an assessment")
    FEEDBACK = "feedback", _p("start", "Feedback")
    FOLLOWING = "following", _p("start", "How a decision is followed")
    EXPERIENCE = "experience", _p("start", "An experience of a decision")
    OBSERVED = "observed", _p("start", "Something somebody has seen")


class CauseKind(models.TextChoices):
    """Of what kind a cause is."""

    RULES = "rules", _p("cause", "Laws, rules and routines")
    ORGANISATION = "organisation", _p("cause", "How the work is organised")
    OUTLOOK = "outlook", _p("cause", "How the work is seen: knowledge, attitudes")
    RESOURCES = "resources", _p("cause", "Time, money, people, systems")
    OTHER = "other", _p("cause", "Something else")


class PlacingAnswer(models.TextChoices):
    """What whoever was given a change need answered."""

    TAKEN = "taken", _p("change need", "Taken on")
    SENT_BACK = "sent_back", _p("change need", "Sent back")
    REFUSED = "refused", _p("change need", "No")
    TAKEN_BACK = "taken_back", _p("change need", "Taken back before it was answered")


class TargetKind(models.TextChoices):
    """What a change is made in."""

    DECISION = "decision", _p("target", "Decision")
    AGREEMENT = "agreement", _p("target", "Agreement or routine")
    GOAL = "goal", _p("target", "Goal")
    MATTER = "matter", _p("target", "Matter")
    SERVICE = "service", _p("target", "Entry in the toolbox")


class MeasureKind(models.TextChoices):
    """By what it is seen whether a change helped."""

    INDICATOR = "indicator", _p("measured by", "An indicator")
    QUESTIONNAIRE = "questionnaire", _p("measured by", "A questionnaire, asked again")
    WORDS = "words", _p("measured by", "Something else")


class EffectKind(models.TextChoices):
    """What came of a change."""

    BETTER = "better", _p("effect", "Better")
    UNCHANGED = "unchanged", _p("effect", "Unchanged")
    WORSE = "worse", _p("effect", "Worse")
    TOO_EARLY = "too_early", _p("effect", "Too early to say")


class Step(models.TextChoices):
    """What an open chain waits for, in the order of the chain."""

    ANALYSE = "analyse", _p("chain", "Analyse")
    PLACE = "place", _p("chain", "Say whose the change need is")
    ANSWER = "answer", _p("chain", "Answer a change need")
    PLAN = "plan", _p("chain", "Say what is changed, and when")
    CHANGE = "change", _p("chain", "Make the change")
    MEASURE = "measure", _p("chain", "Measure again and judge the effect")
    SETTLE = "settle", _p("chain", "Close the chain, or go another turn")


class NeedState(models.TextChoices):
    """Where a change need stands."""

    UNPLACED = "unplaced", _p("change need", "Nobody's yet")
    ASKED = "asked", _p("change need", "Handed over, not answered")
    RETURNED = "returned", _p("change need", "Back with whoever handed it over")
    TAKEN = "taken", _p("change need", "Taken on, no change yet")
    CHANGING = "changing", _p("change need", "A change is under way")
    MEASURING = "measuring", _p("change need", "Changed, to be measured again")
    JUDGED = "judged", _p("change need", "Changed and measured again")
    ENDED = "ended", _p("change need", "Let go")
