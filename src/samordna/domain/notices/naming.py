"""Which organisations an entry of the journal names, for the notices that go to those."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import QuerySet

from samordna.core import clock
from samordna.core.models import JournalEntry
from samordna.domain.adherence.models import HelpRequest
from samordna.domain.assessments.models import Feedback, Recognition
from samordna.domain.collaborations.models import Participation
from samordna.domain.decisions.models import ConsultationAnswer
from samordna.domain.followup.models import Report
from samordna.domain.matters.models import Condition, Inquiry
from samordna.domain.organisations.models import Holding

Content = Mapping[str, Any]
Naming = Callable[[JournalEntry, Content], QuerySet[Any]]


def _owner_of_condition(entry: JournalEntry, content: Content) -> QuerySet[Any]:
    return Condition.objects.filter(pk=entry.subject_id).values_list("position__organisation_id", flat=True)


def _asker(entry: JournalEntry, content: Content) -> QuerySet[Any]:
    return Inquiry.objects.filter(pk=entry.subject_id).values_list("organisation_id", flat=True)


def _objector(entry: JournalEntry, content: Content) -> QuerySet[Any]:
    found = ConsultationAnswer.objects.filter(pk=content.get("objection", ""))
    return found.values_list("organisation_id", flat=True)


def _helper(entry: JournalEntry, content: Content) -> QuerySet[Any]:
    return HelpRequest.objects.filter(pk=entry.subject_id).values_list("offer__organisation_id", flat=True)


def _helped(entry: JournalEntry, content: Content) -> QuerySet[Any]:
    return HelpRequest.objects.filter(pk=entry.subject_id).values_list("organisation_id", flat=True)


def _reporting(entry: JournalEntry, content: Content) -> QuerySet[Any]:
    return Report.objects.filter(pk=entry.subject_id).values_list("organisation_id", flat=True)


def _listed(entry: JournalEntry, content: Content) -> QuerySet[Any]:
    own = Participation.objects.filter(collaboration_id=entry.collaboration_id)
    listed = content.get("organisations", [])
    return (own.filter(organisation_id__in=listed) | own.filter(organisation__name__in=listed)).values_list(
        "organisation_id", flat=True
    )


def _organisations_of_person(entry: JournalEntry, content: Content) -> QuerySet[Any]:
    held = Holding.objects.on(clock.day(entry.at)).filter(person_id=entry.subject_id)
    return held.values_list("role__organisation_id", flat=True)


def _giver_of_feedback(entry: JournalEntry, content: Content) -> QuerySet[Any]:
    return Feedback.objects.filter(pk=entry.subject_id).values_list("organisation_id", flat=True)


def _thanked(entry: JournalEntry, content: Content) -> QuerySet[Any]:
    return Recognition.objects.filter(pk=entry.subject_id).values_list("receiver_id", flat=True)


NAMING: Mapping[str, Naming] = {
    "feedback_answered": _giver_of_feedback,
    "organisation_thanked": _thanked,
    "reconsideration_asked": _owner_of_condition,
    "question_answered": _asker,
    "objection_answered": _objector,
    "help_asked_for": _helper,
    "help_answered": _helped,
    "participants_reminded": _listed,
    "waited_for_reminded": _listed,
    "need_handed": _listed,
    "need_taken": _listed,
    "need_returned": _listed,
    "course_changed": _listed,
    "course_begun_anew": _listed,
    "frame_begun_anew": _listed,
    "frame_withdrawn": _listed,
    "report_asked_for": _reporting,
    "report_sent_back": _reporting,
    "report_opened_again": _reporting,
    "address_bounced": _organisations_of_person,
}


def named_in(entry: JournalEntry, content: Content) -> set[str]:
    """The ids of the organisations that the entry names."""
    return {pk for pk in NAMING[entry.action](entry, content) if pk}
