"""Every kind of notice: which act in the journal it comes from, who gets it, and its sentence.

Notices are not written by the operations they tell of. The journal is their outbox: its entry is written in the
transaction of the change, in an order that is that of the commits, and is never lost. What stands here is what somebody
is told of. A new act gets its notice by a line in `KINDS`; where `whom` is `NAMED`, `naming.py` says whom an entry names.

A sentence says what has happened, without titles or names: those are looked up when the notice is shown, by somebody who
may see them then.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samordna.core.actor import Duty
from samordna.domain.notices.enums import About, Group, Whom

ANSWERING = frozenset({Duty.ANSWER})
ADOPTING = frozenset({Duty.ADOPT})
EVERYBODY = frozenset(Duty)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of notice. `duties`: whose roles have one of these, among `whom`. `mailed`: may there be a letter?"""

    group: Group
    about: About
    whom: Whom
    duties: frozenset[Duty]
    sentence: Promise
    mailed: bool = True


def _to_participants(group: Group, about: About, duties: frozenset[Duty], sentence: Promise) -> Kind:
    return Kind(group=group, about=about, whom=Whom.PARTICIPANTS, duties=duties, sentence=sentence)


def _to_coordinator(about: About, sentence: Promise, group: Group = Group.ANSWERED) -> Kind:
    return Kind(group=group, about=about, whom=Whom.COORDINATOR, duties=EVERYBODY, sentence=sentence)


def _to_named(
    group: Group, about: About, sentence: Promise, duties: frozenset[Duty] = ANSWERING, *, mailed: bool = True
) -> Kind:
    return Kind(group=group, about=about, whom=Whom.NAMED, duties=duties, sentence=sentence, mailed=mailed)


def _to_holder(sentence: Promise) -> Kind:
    return Kind(group=Group.ROLES, about=About.ROLE, whom=Whom.HOLDER, duties=EVERYBODY, sentence=sentence)


def _to_called(sentence: Promise, group: Group = Group.AGENDA) -> Kind:
    return Kind(group=group, about=About.MEETING, whom=Whom.CALLED, duties=EVERYBODY, sentence=sentence)


def _to_questioned(group: Group, sentence: Promise) -> Kind:
    return Kind(group=group, about=About.WAVE, whom=Whom.QUESTIONED, duties=EVERYBODY, sentence=sentence)


ASKED: Mapping[str, Kind] = {
    "collaboration_opened": _to_participants(
        Group.ASKED, About.COLLABORATION, EVERYBODY, _("A collaboration is being formed: say how you see it")
    ),
    "gathering_started": _to_participants(
        Group.ASKED, About.MATTER, ANSWERING, _("You are asked what you need, and under what conditions")
    ),
    "newcomers_asked": _to_participants(
        Group.ASKED, About.MATTER, ANSWERING, _("Those who have joined since are asked what they need")
    ),
    "consultation_opened": _to_participants(
        Group.ASKED, About.DECISION, ANSWERING, _("A decision is out for consultation: answer it")
    ),
    "decision_recommended": _to_participants(
        Group.ASKED, About.DECISION, ADOPTING, _("A decision is recommended: your own body decides on it")
    ),
    "agreement_offered": _to_participants(Group.ASKED, About.AGREEMENT, ADOPTING, _("A document is ready for signing")),
    "reconsideration_asked": _to_named(Group.ASKED, About.MATTER, _("You are asked to think one of your conditions over")),
    "help_asked_for": _to_named(Group.ASKED, About.FOLLOWING, _("Somebody asks for the help that you offer")),
    "question_asked": _to_coordinator(About.MATTER, _("Somebody asks a question about the matter"), Group.ASKED),
    "participants_reminded": _to_named(
        Group.REMINDED, About.MATTER, _("The coordinator reminds you: your answer is waited for"), mailed=False
    ),
    "waited_for_reminded": _to_named(
        Group.REMINDED,
        About.DECISION,
        _("The coordinator reminds you: your answer is waited for"),
        ANSWERING | ADOPTING,
        mailed=False,
    ),
}

ANSWERED: Mapping[str, Kind] = {
    "question_answered": _to_named(Group.ANSWERED, About.MATTER, _("Your question has been answered")),
    "objection_answered": _to_named(Group.ANSWERED, About.DECISION, _("Your objection has been answered")),
    "help_answered": _to_named(Group.ANSWERED, About.FOLLOWING, _("Your request for help has been answered")),
    "position_submitted": _to_coordinator(About.MATTER, _("A participant has sent in its answer")),
    "reconsideration_answered": _to_coordinator(About.MATTER, _("A participant has thought its condition over")),
    "consultation_answered": _to_coordinator(About.DECISION, _("A participant has answered the consultation")),
    "objection_cleared": _to_coordinator(About.DECISION, _("An objection has been cleared")),
    "adoption_recorded": _to_coordinator(About.DECISION, _("A participant's own body has decided")),
    "following_answered": _to_coordinator(About.FOLLOWING, _("A participant tells how it follows a decision")),
    "experience_shared": _to_coordinator(About.FOLLOWING, _("A participant shares an experience of a decision")),
    "agreement_signed": _to_coordinator(About.AGREEMENT, _("A participant has signed")),
    "agreement_declined": _to_coordinator(About.AGREEMENT, _("A participant declines to sign")),
}

MOVED: Mapping[str, Kind] = {
    "weighing_started": _to_participants(
        Group.MOVED, About.MATTER, ANSWERING, _("The answers are in: what works for all is being looked for")
    ),
    "gathering_resumed": _to_participants(
        Group.MOVED, About.MATTER, ANSWERING, _("The matter went back: answers may be changed again")
    ),
    "matter_reopened": _to_participants(Group.MOVED, About.MATTER, ANSWERING, _("The matter has been opened again")),
    "matter_let_be": _to_participants(Group.MOVED, About.MATTER, ANSWERING, _("The matter is let be")),
    "matter_withdrawn": _to_participants(Group.MOVED, About.MATTER, ANSWERING, _("The matter has been withdrawn")),
    "proposal_chosen": _to_participants(Group.MOVED, About.MATTER, ANSWERING, _("A proposal has been chosen to decide on")),
}

DECIDED: Mapping[str, Kind] = {
    "decision_established": _to_participants(
        Group.DECIDED, About.DECISION, ANSWERING, _("A decision has been established")
    ),
    "decision_replaced": _to_participants(
        Group.DECIDED, About.DECISION, ANSWERING, _("A decision has been replaced by a new version")
    ),
    "decision_withdrawn": _to_participants(Group.DECIDED, About.DECISION, ANSWERING, _("A decision has been withdrawn")),
    "agreement_concluded": _to_participants(
        Group.DECIDED, About.AGREEMENT, ANSWERING, _("An agreement has been concluded")
    ),
    "agreement_repealed": _to_participants(Group.DECIDED, About.AGREEMENT, ANSWERING, _("A document has been repealed")),
    "depth_changed": _to_participants(
        Group.DECIDED, About.COLLABORATION, ADOPTING, _("The depth of a collaboration changes")
    ),
    "collaboration_closed": _to_participants(
        Group.DECIDED, About.COLLABORATION, EVERYBODY, _("A collaboration has been closed")
    ),
    "annual_report_adopted": _to_participants(
        Group.DECIDED, About.ANNUAL_REPORT, ANSWERING | ADOPTING, _("The annual report and plan have been adopted")
    ),
    "annual_report_withdrawn": _to_participants(
        Group.DECIDED,
        About.ANNUAL_REPORT,
        ANSWERING | ADOPTING,
        _("Something was taken away from an annual report"),
    ),
    "let_in": _to_participants(Group.DECIDED, About.COLLABORATION, ADOPTING, _("Somebody new takes part")),
    "participation_ended": _to_coordinator(About.COLLABORATION, _("A participant's taking part ends"), Group.DECIDED),
    "mandate_given": _to_coordinator(About.COLLABORATION, _("A participant has given a mandate"), Group.DECIDED),
    "mandate_notice_given": _to_coordinator(
        About.COLLABORATION, _("A participant has given notice of its mandate"), Group.DECIDED
    ),
    "mandate_revoked": _to_coordinator(About.COLLABORATION, _("A participant has revoked its mandate"), Group.DECIDED),
}

ROLES: Mapping[str, Kind] = {
    "role_given": _to_holder(_("You have been given a role")),
    "deputy_appointed": _to_holder(_("You have been appointed a deputy")),
    "address_bounced": _to_named(
        Group.ROLES, About.ADDRESS, _("Letters to somebody in your organisation come back"), frozenset({Duty.ADMINISTER})
    ),
}

CALLED: Mapping[str, Kind] = {
    "meeting_called": _to_called(_("You are called to a meeting"), Group.CALLED),
    "meeting_changed": _to_called(_("A meeting that you are called to has been changed"), Group.CALLED),
    "meeting_cancelled": _to_called(_("A meeting that you were called to is cancelled"), Group.CALLED),
    "paper_added": _to_called(_("There is something new to read before a meeting")),
    "item_placed": _to_called(_("The agenda of a meeting has a new item")),
    "item_raised": _to_called(_("The agenda of a meeting has a new item")),
    "item_carried": _to_called(_("The agenda of a meeting has a new item")),
    "item_withdrawn": _to_called(_("An item is no longer on a meeting's agenda")),
    "preparing_given": Kind(
        group=Group.ROLES,
        about=About.FORUM,
        whom=Whom.PREPARER,
        duties=EVERYBODY,
        sentence=_("Your role is to prepare a forum and call to its meetings"),
    ),
}


def _to_listed(group: Group, about: About, sentence: Promise) -> Kind:
    return Kind(group=group, about=about, whom=Whom.LISTED, duties=EVERYBODY, sentence=sentence)


BETWEEN: Mapping[str, Kind] = {
    "thread_started": _to_listed(Group.ASKED, About.THREAD, _("Your role is mentioned between meetings")),
    "event_invited": _to_listed(Group.CALLED, About.EVENT, _("You are invited to an event: say whether you are coming")),
    "event_place_given": _to_listed(Group.CALLED, About.EVENT, _("You have got a place at an event")),
    "meetings_improved": Kind(
        group=Group.ANSWERED,
        about=About.FORUM,
        whom=Whom.CHECKED,
        duties=EVERYBODY,
        sentence=_("You said what a meeting was worth: this was changed"),
    ),
    "event_place_lost": _to_listed(
        Group.CALLED, About.EVENT, _("You have no place at an event any more, and wait for one")
    ),
    "time_proposed": _to_listed(Group.ASKED, About.TIME, _("Your role is asked which of some times to meet suit")),
    "message_said": _to_listed(Group.ASKED, About.THREAD, _("Your role is mentioned between meetings")),
    "minutes_sent_out": _to_listed(Group.ASKED, About.MEETING, _("You are asked to adjust the minutes of a meeting")),
    "minutes_written": _to_listed(Group.ASKED, About.MEETING, _("The minutes that you adjust have a new version")),
    "minutes_gathered": _to_listed(Group.ASKED, About.MEETING, _("The minutes that you adjust have a new version")),
    "minutes_reopened": _to_listed(Group.ASKED, About.MEETING, _("The minutes that you adjusted have been opened again")),
}

ASSESSED: Mapping[str, Kind] = {
    "wave_opened": _to_questioned(Group.ASKED, _("You are asked to answer a questionnaire")),
    "wave_reminded": _to_questioned(Group.REMINDED, _("A questionnaire closes soon. If you have answered it: thank you")),
    "wave_ended": _to_questioned(Group.MOVED, _("The result of a questionnaire is here")),
    "wave_closed": _to_questioned(Group.MOVED, _("The result of a questionnaire is here")),
    "feedback_given": _to_coordinator(About.FEEDBACK, _("Somebody has given feedback: answer what was done"), Group.ASKED),
    "feedback_answered": _to_named(
        Group.ANSWERED, About.FEEDBACK, _("Your feedback has been answered with what was done"), EVERYBODY
    ),
    "organisation_thanked": _to_named(Group.ANSWERED, About.RECOGNITION, _("Somebody thanks your organisation"), EVERYBODY),
}

FOLLOWED_UP: Mapping[str, Kind] = {
    "report_asked_for": _to_named(Group.ASKED, About.REPORT, _("You are asked to report how it went")),
    "report_sent_back": _to_named(Group.ASKED, About.REPORT, _("Your report is sent back: look at it again")),
    "report_opened_again": _to_named(Group.ASKED, About.REPORT, _("Your report is open again: correct it and send it in")),
    "course_changed": _to_named(
        Group.ANSWERED, About.INDICATOR, _("How often something is measured, or which way it should go, is changed")
    ),
    "course_begun_anew": _to_named(
        Group.ANSWERED,
        About.INDICATOR,
        _("How often something is measured, or which way it should go, is changed. Own targets end then and are set anew"),
    ),
    "frame_begun_anew": _to_named(
        Group.ANSWERED, About.INDICATOR, _("What is measured is changed. Own targets end then and are set anew")
    ),
    "frame_withdrawn": _to_named(
        Group.ANSWERED, About.INDICATOR, _("A change of what is measured is taken back: it goes on as before")
    ),
    "report_submitted": _to_coordinator(About.REPORT, _("A participant has sent in its report")),
}

CHANGED: Mapping[str, Kind] = {
    "need_handed": _to_named(Group.ASKED, About.CHAIN, _("You are given a change need: take it on, or say why not")),
    "need_sent_up": _to_coordinator(About.CHAIN, _("A participant gives the coordination a change need"), Group.ASKED),
    "need_taken": _to_named(Group.ANSWERED, About.CHAIN, _("The change need that you gave away is taken on")),
    "need_returned": _to_named(Group.ASKED, About.CHAIN, _("The change need that you gave away has come back: see why")),
    "handed_need_taken": _to_coordinator(About.CHAIN, _("The change need that you handed over is taken on")),
    "handed_need_returned": _to_coordinator(
        About.CHAIN, _("The change need that you handed over has come back: see why"), Group.ASKED
    ),
}

KINDS: Mapping[str, Kind] = {
    **CHANGED,
    **ASSESSED,
    **FOLLOWED_UP,
    **ASKED,
    **ANSWERED,
    **MOVED,
    **DECIDED,
    **ROLES,
    **CALLED,
    **BETWEEN,
}

ALSO: Mapping[str, Kind] = {
    "decision_item_placed": _to_called(_("Something is to be decided at a meeting that you are called to")),
}
"""What an entry becomes instead of the kind of its action; see `meetings.kind_told`."""

TALKED: Mapping[About, str] = {About.FORUM_TALK: "talked_in_forum", About.MATTER_TALK: "talked_about_matter"}
"""What was said in a forum, or about a matter: told by how much, in letters alone. See `talking.py`."""

REMINDERS: Mapping[str, Kind] = {
    "answer_due": _to_named(Group.REMINDED, About.MATTER, _("The last day to answer is near")),
    "consultation_due": _to_named(Group.REMINDED, About.DECISION, _("The last day to answer the consultation is near")),
    "report_due": _to_named(Group.REMINDED, About.REPORT, _("The last day to report is near")),
    "report_late": _to_named(
        Group.REMINDED, About.REPORT, _("The last day to report has passed: your report is waited for")
    ),
    "chain_due": _to_named(Group.REMINDED, About.CHAIN, _("The last day for the next step of a chain of change is near")),
    "chain_late": _to_named(
        Group.REMINDED, About.CHAIN, _("The last day for the next step of a chain of change has passed: it waits for you")
    ),
    "profile_due": _to_named(
        Group.REMINDED, About.PROFILE, _("What your organisation says of itself should be looked over")
    ),
    "goal_review_due": _to_coordinator(About.GOAL, _("A goal should be looked at again"), Group.REMINDED),
    "introduction_begins": Kind(
        group=Group.ROLES,
        about=About.INTRODUCTION,
        whom=Whom.HOLDER,
        duties=EVERYBODY,
        sentence=_("An introduction is there for your role"),
    ),
    "introduction_late": Kind(
        group=Group.REMINDED,
        about=About.INTRODUCTION,
        whom=Whom.HOLDER,
        duties=EVERYBODY,
        sentence=_("A day in your introduction has passed: something is left to do"),
    ),
    "items_due": Kind(
        group=Group.REMINDED,
        about=About.MEETING,
        whom=Whom.CALLED,
        duties=EVERYBODY,
        sentence=_("The last day to raise items for a meeting is near"),
    ),
    "call_due": Kind(
        group=Group.REMINDED,
        about=About.MEETING,
        whom=Whom.PREPARER,
        duties=EVERYBODY,
        sentence=_("You are to call to a meeting that you prepare"),
    ),
    **{
        name: Kind(group=Group.TALK, about=about, whom=Whom.LISTED, duties=EVERYBODY, sentence=_("New between meetings"))
        for about, name in TALKED.items()
    },
}
"""Notices that come from the calendar and not from an act."""


def kind_of(name: str) -> Kind | None:
    """The kind; None for one that this version does not know any longer."""
    return KINDS.get(name) or REMINDERS.get(name) or ALSO.get(name)
