"""What is written in each kind of thing, as the index keeps it: one function per kind.

A function is given ids and yields what it finds; an id that it does not find, because the thing was withdrawn or is gone,
leaves the index. The caller has chosen Swedish, the language that is searched: rules are indexed as their sentences.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar

from django.db.models import F, Model, QuerySet

from samordna.core import clock
from samordna.domain.adherence.models import Experience
from samordna.domain.agreements.enums import Ending
from samordna.domain.agreements.models import Agreement, AgreementVersion, Section
from samordna.domain.collaborations.models import Area, Collaboration, Goal, PicturePoint
from samordna.domain.decisions.models import Decision, DecisionVersion, Proposal
from samordna.domain.forums.enums import ForumKind, ItemState
from samordna.domain.forums.models import Forum, Item, Paper
from samordna.domain.matters.enums import ConditionForm
from samordna.domain.matters.models import Aspect, Condition, Inquiry, Matter, Need
from samordna.domain.matters.phrases import sentence_of
from samordna.domain.matters.queries.subjects import subjects_of
from samordna.domain.matters.rules import Subject
from samordna.domain.organisations.models import ContactPath, Holding, Organisation, Role
from samordna.domain.search.enums import Kind

M = TypeVar("M", bound=Model)
Ids = Sequence[str]
LONGEST_TITLE = 200
LONGEST_BODY = 40_000
"""Characters of one thing that are indexed; a decision with all its grounds is some thousand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """What is indexed of one thing."""

    kind: str
    object_id: str
    place_id: str
    title: str
    body: str
    on: date


def _text(kind: Kind, thing_id: str, title: str, parts: Iterable[str], on: date, place_id: str = "") -> Text:
    body = "\n".join(part.strip() for part in parts if part and part.strip())
    return Text(
        kind=kind,
        object_id=thing_id,
        place_id=place_id or thing_id,
        title=" ".join(title.replace("\x00", "").split())[:LONGEST_TITLE],
        body=body.replace("\x00", "")[:LONGEST_BODY],
        on=on,
    )


def _some(found: QuerySet[M], ids: Ids) -> Iterator[M]:
    return found.filter(pk__in=ids).order_by("pk").iterator(chunk_size=2_000)


def _parts(found: QuerySet[Any], owner: str, ids: Ids, *fields: str) -> dict[str, list[str]]:
    gathered: dict[str, list[str]] = {}
    for of, *texts in found.filter(**{f"{owner}__in": ids}).order_by("pk").values_list(owner, *fields):
        gathered.setdefault(of, []).extend(texts)
    return gathered


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


def goals(ids: Ids) -> Iterator[Text]:
    for row in _some(Goal.objects.filter(ended_at__isnull=True), ids):
        parts = [row.indicator, row.source]
        yield _text(Kind.GOAL, row.pk, row.what, parts, clock.day(row.set_at), row.collaboration_id)


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


TEXTS: Mapping[Kind, Callable[[Ids], Iterator[Text]]] = {
    Kind.COLLABORATION: collaborations,
    Kind.MATTER: matters,
    Kind.DECISION: decisions,
    Kind.PROPOSAL: proposals,
    Kind.AGREEMENT: agreements,
    Kind.FORUM: forums,
    Kind.ITEM: items,
    Kind.GOAL: goals,
    Kind.CONDITION: conditions,
    Kind.NEED: needs,
    Kind.INQUIRY: inquiries,
    Kind.EXPERIENCE: experiences,
    Kind.ORGANISATION: organisations,
    Kind.ROLE: roles,
    Kind.CONTACT_PATH: contact_paths,
}

MODELS: Mapping[Kind, type[Model]] = {
    Kind.COLLABORATION: Collaboration,
    Kind.MATTER: Matter,
    Kind.DECISION: Decision,
    Kind.PROPOSAL: Proposal,
    Kind.AGREEMENT: Agreement,
    Kind.FORUM: Forum,
    Kind.ITEM: Item,
    Kind.GOAL: Goal,
    Kind.CONDITION: Condition,
    Kind.NEED: Need,
    Kind.INQUIRY: Inquiry,
    Kind.EXPERIENCE: Experience,
    Kind.ORGANISATION: Organisation,
    Kind.ROLE: Role,
    Kind.CONTACT_PATH: ContactPath,
}
