"""A collaboration's questionnaires and waves, and what one of each is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from django.db.models import Count, OuterRef, QuerySet, Subquery

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.refusals import refusal_of
from samordna.domain.assessments.access import LEAD, READ, questionnaire_for, wave_for
from samordna.domain.assessments.asking import standing, why_not_answered
from samordna.domain.assessments.content import STEPPED, Content, as_data, said
from samordna.domain.assessments.enums import QuestionnaireKind, Standing
from samordna.domain.assessments.models import Questionnaire, Wave, WaveDraft, WaveLink
from samordna.domain.assessments.reading import content_of
from samordna.domain.collaborations.access import collaboration_for
from samordna.domain.organisations.enums import RoleKind

M = TypeVar("M", Questionnaire, Wave)
SHOWN = 50  # of waves, and of questionnaires, on a page


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionnaireRow:
    """One questionnaire in a list."""

    id: str
    title: str
    kind: str
    kind_label: str
    waves: int
    weeks_between: int | None
    next_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WaveRow:
    """One wave in a list. `answers`: how many in all; None while few could be told from the number."""

    id: str
    title: str
    questionnaire: str
    kind: str
    opens_on: date
    closes_on: date
    standing: str
    standing_label: str
    anonymous: bool
    answers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentsPage:
    """What a collaboration asks about itself: a page of questionnaires, and a page of waves. `leading`: why the actor may
    not lead it, or ""."""

    collaboration_id: str
    collaboration: str
    questionnaires: tuple[QuestionnaireRow, ...]
    questionnaires_page: int
    questionnaires_pages: int
    waves: tuple[WaveRow, ...]
    page: int
    pages: int
    leading: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionRow:
    """One question as a questionnaire's page shows it."""

    key: str
    section: str
    text: str
    kind_label: str
    options: tuple[str, ...]
    needed: bool
    required: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionnairePage:
    """One questionnaire. `rewording`: why its questions cannot be changed by the actor, or ""."""

    row: QuestionnaireRow
    id: str
    collaboration_id: str
    collaboration: str
    number: int
    lead: str
    languages: tuple[str, ...]
    holder: str
    conditions: str
    questions: tuple[QuestionRow, ...]
    waves: tuple[WaveRow, ...]
    page: int
    pages: int
    leading: str
    licensed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupRow:
    """A group outside, with how many links it has and how many of them were used."""

    id: str
    name: str
    organisation: str
    links: int
    used: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WavePage:
    """One wave. `refused`: why the actor cannot answer it now, or ""; `drafted`: has it typed something that is kept?"""

    row: WaveRow
    id: str
    collaboration_id: str
    collaboration: str
    questionnaire_id: str
    why: str
    together: int
    roles: tuple[str, ...]
    on_paper: int
    groups: tuple[GroupRow, ...]
    reminded_on: date | None
    refused: str
    drafted: bool
    leading: str


def questionnaires_in(actor: Actor, collaboration_id: str, at: datetime) -> QuerySet[Questionnaire]:
    """What the collaboration may ask about itself, the first first."""
    found = Questionnaire.objects.filter(collaboration=collaboration_for(actor, collaboration_id, READ, at))
    return found.annotate(asked=Count("versions__waves")).order_by("made_at", "pk")


def waves_in(actor: Actor, collaboration_id: str, at: datetime) -> QuerySet[Wave]:
    """When the collaboration has asked, and is to ask, the latest first."""
    found = Wave.objects.filter(collaboration=collaboration_for(actor, collaboration_id, READ, at))
    return found.order_by("-opens_on", "pk")


def _part(rows: QuerySet[M], page: int) -> tuple[QuerySet[M], int, int]:
    """The rows of a page, which page it is, and how many there are."""
    pages = max(1, -(-rows.count() // SHOWN))
    page = min(max(page, 1), pages)
    return rows[(page - 1) * SHOWN : page * SHOWN], page, pages


def assessments_page(
    actor: Actor, collaboration_id: str, at: datetime, page: int = 1, questionnaires_page: int = 1
) -> AssessmentsPage:
    """The collaboration's questionnaires and waves, the latest first."""
    collaboration = collaboration_for(actor, collaboration_id, READ, at)
    waves, page, pages = _part(waves_in(actor, collaboration_id, at), page)
    asked, questionnaires_page, questionnaires_pages = _part(
        questionnaires_in(actor, collaboration_id, at), questionnaires_page
    )
    return AssessmentsPage(
        collaboration_id=collaboration.pk,
        collaboration=collaboration.name,
        questionnaires=tuple(questionnaire_rows(asked)),
        questionnaires_page=questionnaires_page,
        questionnaires_pages=questionnaires_pages,
        waves=tuple(wave_rows(waves, at)),
        page=page,
        pages=pages,
        leading=refusal_of(collaboration_for, actor, collaboration_id, LEAD, at),
    )


def questionnaire_rows(questionnaires: Iterable[Questionnaire]) -> list[QuestionnaireRow]:
    """Some of `questionnaires_in` as a list shows them."""
    return [_questionnaire_row(one, getattr(one, "asked", 0)) for one in questionnaires]


def wave_rows(waves: Iterable[Wave], at: datetime) -> list[WaveRow]:
    """Waves as a list shows them, in their order; one query more."""
    order = {wave.pk: n for n, wave in enumerate(waves)}
    counted = Wave.objects.filter(pk__in=order).select_related("version__questionnaire").annotate(given=Count("replies"))
    return [wave_row(wave, wave.given, at) for wave in sorted(counted, key=lambda wave: order[wave.pk])]


def wave_row(wave: Wave, given: int, at: datetime) -> WaveRow:
    """One wave as a list shows it."""
    stands = standing(wave, clock.day(at))
    return WaveRow(
        id=wave.pk,
        title=wave.title,
        questionnaire=wave.version.questionnaire.title,
        kind=wave.version.questionnaire.kind,
        opens_on=wave.opens_on,
        closes_on=wave.closes_on,
        standing=stands,
        standing_label=str(Standing(stands).label),
        anonymous=wave.anonymous,
        answers=given,
    )


def _questionnaire_row(questionnaire: Questionnaire, waves: int) -> QuestionnaireRow:
    return QuestionnaireRow(
        id=questionnaire.pk,
        title=questionnaire.title,
        kind=questionnaire.kind,
        kind_label=str(QuestionnaireKind(questionnaire.kind).label),
        waves=waves,
        weeks_between=questionnaire.weeks_between,
        next_on=questionnaire.next_on,
    )


def questionnaire_page(actor: Actor, questionnaire_id: str, at: datetime, page: int = 1) -> QuestionnairePage:
    """What one questionnaire asks, and the waves in which it was asked."""
    questionnaire = questionnaire_for(actor, questionnaire_id, READ, at)
    version = questionnaire.versions.latest("number")
    content = content_of(version)
    asked = Wave.objects.filter(version__questionnaire=questionnaire).order_by("-opens_on", "pk")
    waves, page, pages = _part(asked, page)
    return QuestionnairePage(
        row=_questionnaire_row(questionnaire, asked.count()),
        id=questionnaire.pk,
        collaboration_id=questionnaire.collaboration_id,
        collaboration=questionnaire.collaboration.name,
        number=version.number,
        lead=said(content.lead),
        languages=content.languages,
        holder=content.holder,
        conditions=content.conditions,
        questions=tuple(_question_rows(content)),
        waves=tuple(wave_rows(waves, at)),
        page=page,
        pages=pages,
        leading=refusal_of(questionnaire_for, actor, questionnaire_id, LEAD, at),
        licensed=questionnaire.kind == QuestionnaireKind.LICENSED,
    )


def _question_rows(content: Content) -> list[QuestionRow]:
    return [
        QuestionRow(
            key=question.key,
            section=said(section.title),
            text=said(question.text),
            kind_label=str(question.kind.label),
            options=tuple(
                f"{option.key} {said(option.text)}" if question.kind in STEPPED else said(option.text)
                for option in question.options
            ),
            needed=question.needed,
            required=question.required,
        )
        for section in content.sections
        for question in section.questions
    ]


def questionnaire_file(actor: Actor, questionnaire_id: str, at: datetime) -> dict[str, Any]:
    """The latest version as a file has it, to translate, change and take in again."""
    questionnaire = questionnaire_for(actor, questionnaire_id, READ, at)
    return as_data(content_of(questionnaire.versions.latest("number")))


def wave_page(actor: Actor, wave_id: str, at: datetime) -> WavePage:
    """One wave: when, who is asked, and what the actor can do. Who has answered is told to nobody."""
    wave = wave_for(actor, wave_id, READ, at)
    leading = refusal_of(wave_for, actor, wave_id, LEAD, at)
    given = wave.replies.count()
    return WavePage(
        row=wave_row(wave, given, at),
        id=wave.pk,
        collaboration_id=wave.collaboration_id,
        collaboration=wave.collaboration.name,
        questionnaire_id=wave.version.questionnaire_id,
        why=wave.why,
        together=wave.together,
        roles=tuple(str(RoleKind(one).label) for one in wave.role_kinds),
        on_paper=wave.replies.filter(on_paper=True).count(),
        groups=() if leading else tuple(_groups(wave)),
        reminded_on=wave.reminded_on,
        refused=refusal_of(wave_for, actor, wave_id, "assessment.answer", at) or why_not_answered(actor, wave, at),
        drafted=WaveDraft.objects.filter(wave=wave, holding__person_id=actor.person_id).exists(),
        leading=leading,
    )


def _groups(wave: Wave) -> list[GroupRow]:
    links = WaveLink.objects.filter(group=OuterRef("pk")).order_by().values("group")
    total = Subquery(links.annotate(n=Count("pk")).values("n"))
    used = Subquery(links.filter(used=True).annotate(n=Count("pk")).values("n"))
    rows = wave.groups.select_related("organisation").annotate(made=total, gone=used)
    return [
        GroupRow(
            id=row.pk,
            name=row.name,
            organisation=row.organisation.name if row.organisation else "",
            links=row.made or 0,
            used=row.gone or 0,
        )
        for row in rows
    ]
