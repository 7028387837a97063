"""What is written in each kind of thing, as the index keeps it: one function per kind.

A function is given ids and yields what it finds; an id that it does not find, because the thing was withdrawn or is gone,
leaves the index. The caller has chosen Swedish, the language that is searched: rules are indexed as their sentences.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache

from django.db.models import F, Model
from django.utils.formats import date_format

from samordna.core import clock
from samordna.domain.adherence.models import Experience
from samordna.domain.agreements.enums import Ending
from samordna.domain.agreements.models import Agreement, AgreementVersion, Section
from samordna.domain.assessments.content import said
from samordna.domain.assessments.models import Questionnaire, QuestionnaireVersion
from samordna.domain.assessments.reading import content_of
from samordna.domain.change.models import Chain
from samordna.domain.collaborations.models import Area, Collaboration, Goal, PicturePoint
from samordna.domain.conversations.models import Message, Thread
from samordna.domain.decisions.models import Decision, DecisionVersion, Proposal
from samordna.domain.events.enums import EventKind
from samordna.domain.events.models import Event
from samordna.domain.followup.models import Indicator
from samordna.domain.followup.queries.frames import heirs_among
from samordna.domain.forums.enums import ForumKind, ItemState
from samordna.domain.forums.models import Forum, Item, Meeting, Paper
from samordna.domain.introductions.models import Programme
from samordna.domain.knowledge.models import ProfileVersion, Service
from samordna.domain.matters.enums import ConditionForm
from samordna.domain.matters.models import Aspect, Condition, Inquiry, Matter, Need
from samordna.domain.matters.phrases import sentence_of
from samordna.domain.matters.queries.subjects import subjects_of
from samordna.domain.matters.rules import Subject
from samordna.domain.minutes.enums import MinutesState
from samordna.domain.minutes.models import Minutes, MinutesVersion
from samordna.domain.minutes.record import Record
from samordna.domain.organisations.models import ContactPath, Holding, Organisation, Role
from samordna.domain.proceedings.enums import Settled
from samordna.domain.proceedings.models import Outcome
from samordna.domain.reports.models import AnnualReport
from samordna.domain.search import learning
from samordna.domain.search.enums import Kind
from samordna.domain.search.writing import Ids, Text
from samordna.domain.search.writing import parts as _parts
from samordna.domain.search.writing import some as _some
from samordna.domain.search.writing import text as _text


def collaborations(ids: Ids) -> Iterator[Text]:
    areas = _parts(Area.objects.all(), "collaboration_id", ids, "name")
    points = _parts(PicturePoint.objects.filter(removed_at__isnull=True), "collaboration_id", ids, "text")
    for row in _some(Collaboration.objects.all(), ids):
        parts = [row.purpose, row.target_group, *areas.get(row.pk, ()), *points.get(row.pk, ())]
        yield _text(Kind.COLLABORATION, row.pk, row.name, parts, row.valid_from)


def matters(ids: Ids) -> Iterator[Text]:
    aspects = _parts(Aspect.objects.all(), "matter_id", ids, "label", "explanation")
    for row in _some(Matter.objects.select_related("area"), ids):
        parts = [row.purpose, row.for_the_individual, row.convenience, row.area.name, *aspects.get(row.pk, ())]
        yield _text(Kind.MATTER, row.pk, row.title, [*parts, row.closed_reason], clock.day(row.opened_at))


def decisions(ids: Ids) -> Iterator[Text]:
    versions = DecisionVersion.objects.select_related("decision__matter", "proposal").defer("certificate", "ruling")
    found = versions.filter(decision_id__in=ids).order_by("number", "pk")
    latest = {row.decision_id: row for row in found.iterator(chunk_size=500)}
    for row in latest.values():
        matter = row.decision.matter
        parts = [row.proposal.title, row.proposal.text, matter.purpose, row.ended_reason]
        yield _text(Kind.DECISION, row.decision_id, matter.title, parts, clock.day(row.prepared_at))


def proposals(ids: Ids) -> Iterator[Text]:
    for row in _some(Proposal.objects.defer("check_result", "balance"), ids):
        yield _text(Kind.PROPOSAL, row.pk, row.title, [row.text], clock.day(row.made_at))


def agreements(ids: Ids) -> Iterator[Text]:
    kept = AgreementVersion.objects.exclude(ended_how=Ending.WITHDRAWN)
    heads = _parts(kept, "agreement_id", ids, "diary_number", "approver", "note")
    sections = _parts(
        Section.objects.exclude(version__ended_how=Ending.WITHDRAWN), "version__agreement_id", ids, "title", "text"
    )
    for row in _some(Agreement.objects.select_related("area"), ids):
        parts = [row.area.name if row.area else "", *heads.get(row.pk, ()), *sections.get(row.pk, ())]
        yield _text(Kind.AGREEMENT, row.pk, row.name, parts, clock.day(row.started_at))


def forums(ids: Ids) -> Iterator[Text]:
    for row in _some(Forum.objects.all(), ids):
        parts = [str(ForumKind(row.kind).label), row.purpose, row.place, row.rhythm_note]
        yield _text(Kind.FORUM, row.pk, row.name, parts, clock.day(row.started_at))


def items(ids: Ids) -> Iterator[Text]:
    papers = _parts(Paper.objects.filter(removed_at__isnull=True), "item_id", ids, "name", "text")
    for row in _some(Item.objects.exclude(state=ItemState.WITHDRAWN), ids):
        yield _text(Kind.ITEM, row.pk, row.title, [row.purpose, *papers.get(row.pk, ())], clock.day(row.raised_at))


def _named(meeting: Meeting) -> str:
    day = date_format(clock.day(meeting.starts_at), "j F Y")
    return f"{meeting.title or meeting.forum.name}, {day}"


def meetings(ids: Ids) -> Iterator[Text]:
    """Those that are no event: an event is found as that."""
    for row in _some(Meeting.objects.filter(event__isnull=True).select_related("forum"), ids):
        parts = [row.place, row.cancelled_reason]
        yield _text(Kind.MEETING, row.pk, _named(row), parts, clock.day(row.starts_at))


def events(ids: Ids) -> Iterator[Text]:
    for row in _some(Event.objects.select_related("meeting__forum"), ids):
        kind, meeting = str(EventKind(row.kind).label), row.meeting
        parts = [kind, row.why, row.for_whom, row.programme, row.notes, meeting.place, meeting.cancelled_reason]
        yield _text(Kind.EVENT, row.pk, meeting.title or kind, parts, clock.day(meeting.starts_at))


def outcomes(ids: Ids) -> Iterator[Text]:
    """The decisions that have a number; what was only left or fell is told by the minutes."""
    for row in _some(Outcome.objects.filter(number__isnull=False).select_related("question__item"), ids):
        item = row.question.item
        parts = [row.statement, row.question.text, str(Settled(row.result).label)]
        title = f"{row.reference} {item.title}"
        yield _text(Kind.OUTCOME, row.pk, title, parts, clock.day(row.settled_at), item.pk)


def minutes(ids: Ids) -> Iterator[Text]:
    """The version that stands. Who was there is read in the minutes and not looked for here."""
    sent = Minutes.objects.exclude(state=MinutesState.DRAFT).filter(pk__in=ids)
    versions = MinutesVersion.objects.filter(minutes__in=sent).order_by("number", "pk")
    latest = {row.minutes_id: row.content for row in versions.iterator(chunk_size=200)}
    for row in _some(sent.select_related("meeting__forum"), ids):
        parts = [text for item in Record.from_json(latest[row.pk]).items for text in item.said]
        yield _text(Kind.MINUTES, row.pk, _named(row.meeting), parts, clock.day(row.meeting.starts_at), row.meeting_id)


def threads(ids: Ids) -> Iterator[Text]:
    said = _parts(Message.objects.filter(withdrawn_at__isnull=True), "thread_id", ids, "text")
    for row in _some(Thread.objects.all(), ids):
        yield _text(Kind.THREAD, row.pk, row.subject, said.get(row.pk, ()), clock.day(row.started_at))


def goals(ids: Ids) -> Iterator[Text]:
    """With what it is measured by: an indicator that was begun for what the goal was before is the goal's."""
    there = list(_some(Goal.objects.filter(ended_at__isnull=True), ids))
    now = heirs_among({row.collaboration_id for row in there})
    measured: dict[str, list[str]] = {}
    running = Indicator.objects.running().filter(goal_id__in=now).order_by("pk")
    for goal_id, *words in running.values_list("goal_id", "name"):
        measured.setdefault(now[goal_id].pk, []).extend(words)
    for row in there:
        parts = [row.indicator, row.source, *measured.get(row.pk, ())]
        yield _text(Kind.GOAL, row.pk, row.what, parts, clock.day(row.set_at), row.collaboration_id)


def questionnaires(ids: Ids) -> Iterator[Text]:
    """What its latest version asks."""
    versions = QuestionnaireVersion.objects.filter(questionnaire_id__in=ids).order_by("number", "pk")
    latest = {row.questionnaire_id: row for row in versions.iterator(chunk_size=200)}
    for row in _some(Questionnaire.objects.all(), ids):
        content = content_of(latest[row.pk])
        texts = [section.title for section in content.sections] + [question.text for question in content.questions]
        parts = [said(content.lead), *(said(text) for text in texts)]
        yield _text(Kind.QUESTIONNAIRE, row.pk, row.title, parts, clock.day(row.made_at))


@lru_cache(maxsize=2)
def _subjects(matter_id: str, moment: object) -> Mapping[str, Subject]:
    return subjects_of(matter_id)


def conditions(ids: Ids) -> Iterator[Text]:
    moment = object()
    found = Condition.objects.filter(withdrawn_at__isnull=True)
    for row in found.filter(pk__in=ids).order_by("matter_id", "pk").iterator(chunk_size=2_000):
        prose = row.form == ConditionForm.PROSE
        said = row.prose if prose else sentence_of(row.rule, _subjects(row.matter_id, moment))
        parts = [said if prose else "", row.reason, row.legal_ground]
        yield _text(Kind.CONDITION, row.pk, said, parts, clock.day(row.stated_at), row.matter_id)


def needs(ids: Ids) -> Iterator[Text]:
    moment = object()
    found = Need.objects.filter(withdrawn_at__isnull=True)
    for row in found.filter(pk__in=ids).order_by("matter_id", "pk").iterator(chunk_size=2_000):
        said = sentence_of(row.rule, _subjects(row.matter_id, moment))
        yield _text(Kind.NEED, row.pk, said, [row.reason], clock.day(row.stated_at), row.matter_id)


def inquiries(ids: Ids) -> Iterator[Text]:
    for row in _some(Inquiry.objects.living(), ids):
        yield _text(Kind.INQUIRY, row.pk, row.text, [row.text, row.answer], clock.day(row.asked_at), row.matter_id)


def experiences(ids: Ids) -> Iterator[Text]:
    for row in _some(Experience.objects.select_related("version"), ids):
        parts = [row.text, row.effect]
        yield _text(Kind.EXPERIENCE, row.pk, row.text, parts, clock.day(row.shared_at), row.version.decision_id)


def organisations(ids: Ids) -> Iterator[Text]:
    for row in _some(Organisation.objects.all(), ids):
        yield _text(Kind.ORGANISATION, row.pk, row.name, [row.short_name, row.number, row.area_code], row.valid_from)


def roles(ids: Ids) -> Iterator[Text]:
    held = Holding.objects.named().exclude(valid_to=F("valid_from"))  # one that was taken back never ran
    held = held.exclude(deputy_of__isnull=False, deputy_of__valid_to__lte=F("valid_from"))
    holders = _parts(held, "role_id", ids, "known_as")
    for row in _some(Role.objects.select_related("organisation"), ids):
        title = f"{row.name}, {row.organisation.name}"
        parts = [", ".join(dict.fromkeys(holders.get(row.pk, ()))), row.purpose, row.responsibilities, row.authority]
        yield _text(Kind.ROLE, row.pk, title, parts, row.valid_from, row.organisation_id)


def contact_paths(ids: Ids) -> Iterator[Text]:
    for row in _some(ContactPath.objects.select_related("to_role__organisation"), ids):
        role = row.to_role
        parts = [row.also, row.from_whom, row.how, row.when_not, role.name, role.organisation.name]
        yield _text(Kind.CONTACT_PATH, row.pk, row.topic, parts, row.valid_from, role.organisation_id)


def services(ids: Ids) -> Iterator[Text]:
    for row in _some(Service.objects.select_related("role__organisation"), ids):
        said = [one.get("says", "") for group in row.eligibility for one in group["criteria"]]
        grounds = [one.get("ground", "") for group in row.eligibility for one in group["criteria"]]
        words = [row.also, row.description, row.for_whom, row.how_to_apply, row.unit, row.languages, row.schedule]
        parts = [*words, *said, *grounds, row.role.organisation.name]
        yield _text(Kind.SERVICE, row.pk, row.name, parts, row.assured_on)


def profiles(ids: Ids) -> Iterator[Text]:
    """What an organisation says of itself now, with its legal frame; the thing is the organisation."""
    latest: dict[str, ProfileVersion] = {}
    rows = ProfileVersion.objects.filter(organisation_id__in=ids).select_related("organisation")
    for row in rows.order_by("number").iterator(chunk_size=2_000):
        latest[row.organisation_id] = row
    for key, row in sorted(latest.items()):
        legal = [" ".join((one["law"], one["chapter"], one["paragraph"], one["says"])) for one in row.legal]
        parts = [row.mission, row.can, row.cannot, row.professions, row.misunderstandings, *legal]
        yield _text(Kind.PROFILE, key, row.organisation.name, parts, clock.day(row.told_at))


TEXTS: Mapping[Kind, Callable[[Ids], Iterator[Text]]] = {
    Kind.COLLABORATION: collaborations,
    Kind.MATTER: matters,
    Kind.DECISION: decisions,
    Kind.PROPOSAL: proposals,
    Kind.AGREEMENT: agreements,
    Kind.FORUM: forums,
    Kind.ITEM: items,
    Kind.MEETING: meetings,
    Kind.EVENT: events,
    Kind.OUTCOME: outcomes,
    Kind.MINUTES: minutes,
    Kind.THREAD: threads,
    Kind.GOAL: goals,
    Kind.QUESTIONNAIRE: questionnaires,
    Kind.CHAIN: learning.chains,
    Kind.ANNUAL_REPORT: learning.annual_reports,
    Kind.INTRODUCTION: learning.introductions,
    Kind.CONDITION: conditions,
    Kind.NEED: needs,
    Kind.INQUIRY: inquiries,
    Kind.EXPERIENCE: experiences,
    Kind.ORGANISATION: organisations,
    Kind.ROLE: roles,
    Kind.CONTACT_PATH: contact_paths,
    Kind.SERVICE: services,
    Kind.PROFILE: profiles,
}

MODELS: Mapping[Kind, type[Model]] = {
    Kind.COLLABORATION: Collaboration,
    Kind.MATTER: Matter,
    Kind.DECISION: Decision,
    Kind.PROPOSAL: Proposal,
    Kind.AGREEMENT: Agreement,
    Kind.FORUM: Forum,
    Kind.ITEM: Item,
    Kind.MEETING: Meeting,
    Kind.EVENT: Event,
    Kind.OUTCOME: Outcome,
    Kind.MINUTES: Minutes,
    Kind.THREAD: Thread,
    Kind.GOAL: Goal,
    Kind.QUESTIONNAIRE: Questionnaire,
    Kind.CHAIN: Chain,
    Kind.ANNUAL_REPORT: AnnualReport,
    Kind.INTRODUCTION: Programme,
    Kind.CONDITION: Condition,
    Kind.NEED: Need,
    Kind.INQUIRY: Inquiry,
    Kind.EXPERIENCE: Experience,
    Kind.ORGANISATION: Organisation,
    Kind.ROLE: Role,
    Kind.CONTACT_PATH: ContactPath,
    Kind.SERVICE: Service,
    Kind.PROFILE: Organisation,
}
