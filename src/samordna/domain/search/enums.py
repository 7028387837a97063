"""What can be found."""

from __future__ import annotations

from django.db import models
from django.utils.translation import pgettext_lazy as _p


class Kind(models.TextChoices):
    """The kinds of things that can be found, in the order in which they are offered."""

    COLLABORATION = "collaboration", _p("kind of thing", "Collaborations")
    MATTER = "matter", _p("kind of thing", "Matters")
    DECISION = "decision", _p("kind of thing", "Decisions")
    PROPOSAL = "proposal", _p("kind of thing", "Proposals")
    AGREEMENT = "agreement", _p("kind of thing", "Agreements and routines")
    FORUM = "forum", _p("kind of thing", "Forums")
    ITEM = "item", _p("kind of thing", "Items of forums")
    MEETING = "meeting", _p("kind of thing", "Meetings")
    EVENT = "event", _p("kind of thing", "Events")
    OUTCOME = "outcome", _p("kind of thing", "Decisions of meetings")
    MINUTES = "minutes", _p("kind of thing", "Minutes")
    THREAD = "thread", _p("kind of thing", "Threads between meetings")
    GOAL = "goal", _p("kind of thing", "Goals")
    QUESTIONNAIRE = "questionnaire", _p("kind of thing", "Questionnaires")
    CHAIN = "chain", _p("kind of thing", "Chains of change")
    ANNUAL_REPORT = "annual_report", _p("kind of thing", "Annual reports")
    INTRODUCTION = "introduction", _p("kind of thing", "Introduction programmes")
    CONDITION = "condition", _p("kind of thing", "Conditions")
    NEED = "need", _p("kind of thing", "Needs")
    INQUIRY = "inquiry", _p("kind of thing", "Questions and answers")
    EXPERIENCE = "experience", _p("kind of thing", "Experiences")
    ORGANISATION = "organisation", _p("kind of thing", "Organisations")
    ROLE = "role", _p("kind of thing", "Roles")
    CONTACT_PATH = "contact_path", _p("kind of thing", "Contact paths")
    SERVICE = "service", _p("kind of thing", "Services")
    PROFILE = "profile", _p("kind of thing", "Profiles and legal frames")


ONE = {
    Kind.COLLABORATION: _p("one thing", "Collaboration"),
    Kind.MATTER: _p("one thing", "Matter"),
    Kind.DECISION: _p("one thing", "Decision"),
    Kind.PROPOSAL: _p("one thing", "Proposal"),
    Kind.AGREEMENT: _p("one thing", "Agreement or routine"),
    Kind.FORUM: _p("one thing", "Forum"),
    Kind.ITEM: _p("one thing", "Item"),
    Kind.MEETING: _p("one thing", "Meeting"),
    Kind.EVENT: _p("one thing", "Event"),
    Kind.OUTCOME: _p("one thing", "Decision of a meeting"),
    Kind.MINUTES: _p("one thing", "Minutes"),
    Kind.THREAD: _p("one thing", "Thread"),
    Kind.GOAL: _p("one thing", "Goal"),
    Kind.QUESTIONNAIRE: _p("one thing", "Questionnaire"),
    Kind.CHAIN: _p("one thing", "Chain of change"),
    Kind.ANNUAL_REPORT: _p("one thing", "Annual report"),
    Kind.INTRODUCTION: _p("one thing", "Introduction programme"),
    Kind.CONDITION: _p("one thing", "Condition"),
    Kind.NEED: _p("one thing", "Need"),
    Kind.INQUIRY: _p("one thing", "Question"),
    Kind.EXPERIENCE: _p("one thing", "Experience"),
    Kind.ORGANISATION: _p("one thing", "Organisation"),
    Kind.ROLE: _p("one thing", "Role"),
    Kind.CONTACT_PATH: _p("one thing", "Contact path"),
    Kind.SERVICE: _p("one thing", "Service"),
    Kind.PROFILE: _p("one thing", "Profile"),
}
"""What one of each kind is called."""
