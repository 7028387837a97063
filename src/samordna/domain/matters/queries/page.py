"""The matter page: where it stands, who is waited for, what it asks, and what each participant has said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor, Duty
from samordna.domain.collaborations.access import reach
from samordna.domain.matters.access import matter_for
from samordna.domain.matters.enums import PositionState
from samordna.domain.matters.models import AnswerLink, Aspect, Matter, Position
from samordna.domain.matters.queries.carried import Answering, answering_of
from samordna.domain.matters.queries.heads import AspectView, MatterHead, StageStep, aspect_views, head_of, steps_of
from samordna.domain.matters.queries.heard import unheard
from samordna.domain.matters.queries.inquiries import Inquiries, InquiryView, inquiries_of
from samordna.domain.matters.queries.stated import Stated, Statements, statements_of
from samordna.domain.matters.queries.subjects import as_subjects
from samordna.domain.matters.rules import Subject
from samordna.domain.matters.states import ANSWERABLE, HEARD, UNHEARD


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionView:
    """What one participant has said. `answered_by` is who sent it in; `practices` are (aspect, option) labels."""

    id: str
    organisation_id: str
    organisation: str
    own: bool
    state: str
    state_label: str
    heard: bool
    answered_at: datetime | None
    answered_by: str
    declined_reason: str
    note: str
    conditions: tuple[Stated, ...]
    needs: tuple[Stated, ...]
    practices: tuple[tuple[str, str], ...]
    drafted_from: str = ""
    drafted_at: datetime | None = None

    @property
    def stated_count(self) -> int:
        """How many conditions it has stated, of those that may be read."""
        return len(self.conditions)

    @property
    def says_something(self) -> bool:
        """Is there anything to open and read?"""
        return bool(self.conditions or self.needs or self.practices or self.note)


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkView:
    """One answer link as the coordinator sees it; its token is nowhere to be read."""

    id: str
    position_id: str
    recipient: str
    expires_at: datetime
    used_at: datetime | None
    living: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterPage:
    """Everything the page shows. `newcomers` take part but were never asked; `own` is the actor's own position."""

    head: MatterHead
    steps: tuple[StageStep, ...]
    aspects: tuple[AspectView, ...]
    positions: tuple[PositionView, ...]
    common_conditions: tuple[Stated, ...]
    common_needs: tuple[Stated, ...]
    answering: tuple[Answering, ...]
    waited_for: tuple[str, ...]
    newcomers: tuple[str, ...]
    links: tuple[LinkView, ...]
    inquiries: Inquiries
    leads: bool
    may_answer: bool
    answerable: bool
    own: PositionView | None

    @property
    def heard(self) -> int:
        """How many have been heard."""
        return sum(position.heard for position in self.positions)

    @property
    def questioned_aspects(self) -> list[tuple[AspectView, Sequence[InquiryView]]]:
        """Each aspect with the questions that are about it."""
        asked = self.inquiries.by_aspect
        return [(aspect, asked.get(aspect.id, ())) for aspect in self.aspects]

    @property
    def silent(self) -> tuple[PositionView, ...]:
        """Those who are waited for."""
        return tuple(position for position in self.positions if not position.heard)


def matter_page(actor: Actor, matter_id: str, at: datetime, *, questions: bool = False) -> MatterPage:
    """The page, as the actor may read it; a constant number of database queries however many take part.

    `questions`: with the questions that have been asked and their answers, where the page shows them.
    """
    matter = matter_for(actor, matter_id, "matter.read", at)
    aspects = list(matter.aspects.order_by("order", "pk").prefetch_related("options"))
    said = statements_of(actor, matter, as_subjects(aspects), at)
    positions = _positions(actor, matter, aspects, said)
    leads = actor.system or matter.collaboration_id in reach(actor, at)[1]
    waited_for = unheard(matter, clock.day(at)) if matter.stage in ANSWERABLE else []
    asked = {position.organisation for position in positions}
    return MatterPage(
        head=head_of(matter, at),
        steps=tuple(steps_of(matter, _progress(positions) if matter.stage in ANSWERABLE else "")),
        aspects=tuple(aspect_views(aspects)),
        positions=positions,
        common_conditions=tuple(said.conditions.get(None, ())),
        common_needs=tuple(said.needs.get(None, ())),
        answering=answering_of(matter),
        waited_for=tuple(waited_for),
        newcomers=tuple(name for name in waited_for if name not in asked),
        links=_links(matter, at) if leads else (),
        inquiries=inquiries_of(actor, matter, at) if questions else Inquiries(),
        leads=leads,
        may_answer=Duty.ANSWER in actor.duties and actor.may_write,
        answerable=matter.stage in ANSWERABLE,
        own=next((position for position in positions if position.own), None),
    )


def _progress(positions: Iterable[PositionView]) -> str:
    counted = list(positions)
    heard = sum(position.heard for position in counted)
    return _("%(heard)s of %(asked)s have answered") % {"heard": heard, "asked": len(counted)}


def _positions(actor: Actor, matter: Matter, aspects: Iterable[Aspect], said: Statements) -> tuple[PositionView, ...]:
    subjects = as_subjects(aspects)
    related = ("organisation", "answered_by__person", "answered_by__role")
    rows = matter.positions.select_related(*related).prefetch_related("practices").order_by("organisation__name", "pk")
    return tuple(position_view(actor, position, said, subjects) for position in rows)


def position_view(actor: Actor, position: Position, said: Statements, subjects: Mapping[str, Subject]) -> PositionView:
    """One participant's position; its organisation, practices and who answered should be loaded."""
    state = PositionState(position.state)
    return PositionView(
        id=position.pk,
        organisation_id=position.organisation_id,
        organisation=position.organisation.name,
        own=position.organisation_id == actor.organisation_id,
        state=state.value,
        state_label=str(state.label),
        heard=state in HEARD,
        answered_at=position.answered_at,
        answered_by=_who(position),
        declined_reason=position.declined_reason,
        note=position.note if said.positions else "",
        conditions=tuple(said.conditions.get(position.pk, ())),
        needs=tuple(said.needs.get(position.pk, ())),
        practices=_practices(position, subjects) if said.positions else (),
        drafted_from=position.drafted_from,
        drafted_at=position.drafted_at,
    )


def _who(position: Position) -> str:
    if position.answered_by is None:
        return position.answered_as
    return f"{position.answered_by.person.name}, {position.answered_by.role.name}"


def _practices(position: Position, subjects: Mapping[str, Subject]) -> tuple[tuple[str, str], ...]:
    today = {practice.aspect_id: practice.option_id for practice in position.practices.all()}
    return tuple(
        (subject.label, f"{subject.label_of(today[aspect])} {subject.unit}".strip())
        for aspect, subject in subjects.items()
        if aspect in today
    )


def _links(matter: Matter, at: datetime) -> tuple[LinkView, ...]:
    rows = AnswerLink.objects.filter(position__matter=matter, position__state__in=UNHEARD).order_by("-made_at", "pk")
    return tuple(
        LinkView(
            id=link.pk,
            position_id=link.position_id,
            recipient=link.recipient,
            expires_at=link.expires_at,
            used_at=link.used_at,
            living=link.used_at is None and link.revoked_at is None and link.expires_at > at,
        )
        for link in rows
    )
