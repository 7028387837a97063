"""The answer page: everything one participant has said so far, ready to go on with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from samordna.core import clock
from samordna.core.actor import Actor, Duty
from samordna.domain.matters.access import position_for, reads_figures_of
from samordna.domain.matters.enums import PositionState
from samordna.domain.matters.models import AnswerLink, Position
from samordna.domain.matters.queries.carried import Carried, carried_of
from samordna.domain.matters.queries.heads import AspectView, MatterHead, aspect_views, head_of
from samordna.domain.matters.queries.page import PositionView, position_view
from samordna.domain.matters.queries.stated import Stated, statements_of
from samordna.domain.matters.queries.subjects import as_subjects
from samordna.domain.matters.rules import Subject
from samordna.domain.matters.states import ANSWERABLE, HEARD

Estimate = tuple[int, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionForm:
    """One position as its own organisation goes on with it, and as others read it.

    `practices`: aspect id → option id. `costs`: option id → (low, likely, high). Figures are None for those
    who may not read them. `carried`: what has changed since the turn before, where it began with an old answer.
    """

    head: MatterHead
    position: PositionView
    aspects: tuple[AspectView, ...]
    subjects: tuple[Subject, ...]
    practices: dict[str, str]
    costs: dict[str, Estimate] | None
    benefit: Estimate | None
    benefit_note: str
    common_conditions: tuple[Stated, ...]
    common_needs: tuple[Stated, ...]
    carried: Carried | None
    sent_in: bool
    open: bool
    may_answer: bool

    @property
    def cost_rows(self) -> list[tuple[str, Estimate]]:
        """Costs with the labels of aspect and option, in order."""
        costs = self.costs or {}
        return [
            (f"{subject.label}: {option.label} {subject.unit}".strip(), costs[option.id])
            for subject in self.subjects
            for option in subject.options
            if option.id in costs
        ]

    @property
    def reads_figures(self) -> bool:
        """May the reader see costs and benefit?"""
        return self.costs is not None


def position_form(actor: Actor, position_id: str, at: datetime) -> PositionForm:
    """The position, as the actor may read it; a constant number of database queries."""
    fetched = position_for(actor, position_id, "position.read", at)
    related = ("organisation", "answered_by__person", "answered_by__role", "matter__collaboration", "matter__area")
    rows = Position.objects.select_related(*related, "matter__previous", "carried_from__matter").prefetch_related(
        "practices", "costs"
    )
    position = rows.get(pk=fetched.pk)
    matter = position.matter
    aspects = list(matter.aspects.order_by("order", "pk").prefetch_related("options"))
    subjects = as_subjects(aspects)
    said = statements_of(actor, matter, subjects, at)
    figures, may_answer = reads_figures_of(actor, position, at), _may_answer(actor, position)
    return PositionForm(
        head=head_of(matter, at),
        position=position_view(actor, position, said, subjects),
        aspects=tuple(aspect_views(aspects)),
        subjects=tuple(subjects.values()),
        practices={practice.aspect_id: practice.option_id for practice in position.practices.all()},
        costs=_costs(position) if figures else None,
        benefit=_benefit(position) if figures else None,
        benefit_note=position.benefit_note if figures else "",
        common_conditions=tuple(said.conditions.get(None, ())),
        common_needs=tuple(said.needs.get(None, ())),
        carried=carried_of(position, subjects, clock.day(at)) if may_answer else None,
        sent_in=PositionState(position.state) in HEARD and position.state != PositionState.DECLINED,
        open=matter.stage in ANSWERABLE,
        may_answer=may_answer,
    )


def _may_answer(actor: Actor, position: Position) -> bool:
    if actor.link_position_id:
        return actor.link_position_id == position.pk
    return position.organisation_id == actor.organisation_id and Duty.ANSWER in actor.duties and actor.may_write


def _costs(position: Position) -> dict[str, Estimate]:
    return {cost.option_id: (cost.low, cost.likely, cost.high) for cost in position.costs.all()}


def _benefit(position: Position) -> Estimate | None:
    low, likely, high = position.benefit_low, position.benefit_likely, position.benefit_high
    if low is None or likely is None or high is None:
        return None
    return low, likely, high


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkFacts:
    """What the page of a link that no longer works may say: enough to ask the right person for a new one."""

    matter: str
    organisation: str
    coordinator: str


def link_facts(link: AnswerLink) -> LinkFacts:
    """For whoever holds the token, living or not."""
    matter = link.position.matter
    return LinkFacts(
        matter=matter.title,
        organisation=link.position.organisation.name,
        coordinator=matter.collaboration.coordinator_role.name,
    )
