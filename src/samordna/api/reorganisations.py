"""Reorganisations as JSON: plan, place, agree, carry out, and read what became of everything."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from ninja import Query, Schema, Status

from samordna.api.common_shapes import Made
from samordna.api.foundation import PROBLEMS, Operations, Page, Paging, actor_of, page_of
from samordna.core import clock
from samordna.domain.collaborations.queries.reorganising import ComingHere, coming_here
from samordna.domain.organisations.operations import (
    agree_to_reorganisation,
    answer_for_carried,
    call_off_reorganisation,
    carry_out_reorganisation,
    place_things,
    plan_reorganisation,
    plan_undoing,
)
from samordna.domain.organisations.reorganisations import (
    ReorganisationPage,
    reorganisation_page,
    reorganisations,
)
from samordna.domain.organisations.touched_things import KindPage, kind_page

if TYPE_CHECKING:
    from samordna.domain.organisations.models import Carried, Reorganisation

router = Operations(tags=["Organisations"])


class ReorganisationRowOut(Schema):
    """A reorganisation in a list."""

    id: str
    kind: str
    happens_on: date
    took_effect: date | None
    state: str
    before: list[str]
    after: list[str]


class ComingReorganisationOut(Schema):
    """A planned reorganisation among those who take part in a collaboration."""

    row: ReorganisationRowOut
    concerned: list[str]


class SideOut(Schema):
    """An organisation that it concerns."""

    id: str
    part: str
    organisation_id: str
    name: str
    in_law: bool
    begins: bool
    agreed: bool


class OutcomeOut(Schema):
    """How many things of a kind have this outcome."""

    outcome: str
    count: int


class TouchedKindOut(Schema):
    """Everything of one kind that it touches."""

    kind: str
    label: str
    count: int
    outcomes: list[OutcomeOut]
    unplaced: int

    @staticmethod
    def resolve_outcomes(row: object) -> list[dict[str, object]]:
        """Pairs of outcome and count, without the words."""
        return [{"outcome": code, "count": count} for code, _label, count in getattr(row, "outcomes", ())]


class SuccessionAskedOut(Schema):
    """What a successor is asked whether it takes over."""

    id: str
    label: str
    title: str
    place: str
    of: str
    to: str
    open: bool
    takes_over: bool | None


class ReorganisationOut(Schema):
    """A reorganisation with what it touches, or what became of it."""

    row: ReorganisationRowOut
    ground: str
    new_name: str
    new_parent: str
    sides: list[SideOut]
    kinds: list[TouchedKindOut]
    asked: list[SuccessionAskedOut]
    unplaced: int
    waited_for: list[str]
    undoes_id: str
    undone_by_id: str
    left_behind: int
    to_place: list[str]
    uncounted: list[str]
    seen: str


class ThingOut(Schema):
    """One thing, where it belongs, and what becomes of it."""

    id: str
    title: str
    place: str
    of: str
    to: str
    outcome: str
    choice: str


class ThingsOut(Schema):
    """The things of one kind that the caller may read; `others` touch somebody else."""

    kind: str
    label: str
    things: list[ThingOut]
    total: int
    others: int
    choices: list[tuple[str, str]]
    choice: str
    leaving: str


class PlanIn(Schema):
    """A reorganisation to plan; see the operation for what each kind asks for."""

    kind: str
    happens_on: date
    ground: str
    others: list[str] = []
    receivers: list[str] = []
    begin: list[str] = []
    begin_kind: str = ""
    begin_number: str = ""
    new_name: str = ""
    new_short_name: str = ""
    new_parent_id: str = ""


class PlacingIn(Schema):
    """Where things of a kind go: `goes:SIDE`, `asked:SIDE`, `ends`, or "" for as usual."""

    kind: str
    whole: str | None = None
    things: dict[str, str] = {}


class AgreeingIn(Schema):
    """The fingerprint of the plan that one agrees to, as it was read; "" agrees to whatever it is now."""

    seen: str = ""


class CallOffIn(Schema):
    """Why a plan is called off."""

    reason: str


class UndoIn(Schema):
    """When, and by which decision, a reorganisation is undone."""

    happens_on: date
    ground: str


class TakingOverIn(Schema):
    """Does one's own organisation take it over?"""

    takes_over: bool


class ReorganisationList(Page):
    """A page of reorganisations, those to come first."""

    items: list[ReorganisationRowOut]


@router.get("/reorganisations", response={200: ReorganisationList, **PROBLEMS})
def list_reorganisations(request: HttpRequest, paging: Query[Paging]) -> dict[str, Any]:
    """The reorganisations that concern one's own organisation."""
    return page_of(reorganisations(actor_of(request), clock.now()), paging)


@router.get("/collaborations/{collaboration_id}/reorganisations", response={200: list[ComingReorganisationOut], **PROBLEMS})
def list_coming(request: HttpRequest, collaboration_id: str) -> list[ComingHere]:
    """What is planned among those who take part, for whoever coordinates them."""
    return list(coming_here(actor_of(request), collaboration_id, clock.now()))


@router.post("/organisations/{organisation_id}/reorganisations", response={201: Made, **PROBLEMS})
def create_reorganisation(request: HttpRequest, organisation_id: str, body: PlanIn) -> Status[Reorganisation]:
    """Plan what happens to one's own organisation on a day."""
    return Status(201, plan_reorganisation(actor=actor_of(request), organisation_id=organisation_id, **body.dict()))


@router.get("/reorganisations/{reorganisation_id}", response={200: ReorganisationOut, **PROBLEMS})
def read_reorganisation(request: HttpRequest, reorganisation_id: str) -> ReorganisationPage:
    """A reorganisation: what it touches, or what became of it."""
    return reorganisation_page(actor_of(request), reorganisation_id, clock.now())


@router.get("/reorganisations/{reorganisation_id}/things/{kind}", response={200: ThingsOut, **PROBLEMS})
def read_things(request: HttpRequest, reorganisation_id: str, kind: str) -> KindPage:
    """What it touches of one kind, thing by thing."""
    return kind_page(actor_of(request), reorganisation_id, kind, clock.now())


@router.post("/reorganisations/{reorganisation_id}/places", response={200: Made, **PROBLEMS})
def create_places(request: HttpRequest, reorganisation_id: str, body: PlacingIn) -> Reorganisation:
    """Say where things of a kind go."""
    return place_things(actor=actor_of(request), reorganisation_id=reorganisation_id, **body.dict())


@router.post("/reorganisations/{reorganisation_id}/agree", response={200: Made, **PROBLEMS})
def agree(request: HttpRequest, reorganisation_id: str, body: AgreeingIn | None = None) -> Reorganisation:
    """Agree to the plan for one's own organisation."""
    seen = body.seen if body else ""
    return agree_to_reorganisation(actor=actor_of(request), reorganisation_id=reorganisation_id, seen=seen)


@router.post("/reorganisations/{reorganisation_id}/call-off", response={200: Made, **PROBLEMS})
def call_off(request: HttpRequest, reorganisation_id: str, body: CallOffIn) -> Reorganisation:
    """Call the plan off."""
    return call_off_reorganisation(actor=actor_of(request), reorganisation_id=reorganisation_id, reason=body.reason)


@router.post("/reorganisations/{reorganisation_id}/carry-out", response={200: Made, **PROBLEMS})
def carry_out(request: HttpRequest, reorganisation_id: str) -> Reorganisation:
    """Carry the plan out, when its day has come."""
    return carry_out_reorganisation(actor=actor_of(request), reorganisation_id=reorganisation_id)


@router.post("/reorganisations/{reorganisation_id}/undo", response={201: Made, **PROBLEMS})
def undo(request: HttpRequest, reorganisation_id: str, body: UndoIn) -> Status[Reorganisation]:
    """Plan the reorganisation that undoes this one."""
    return Status(201, plan_undoing(actor=actor_of(request), reorganisation_id=reorganisation_id, **body.dict()))


@router.post("/carried/{carried_id}/answer", response={200: Made, **PROBLEMS})
def answer_carried(request: HttpRequest, carried_id: str, body: TakingOverIn) -> Carried:
    """Say whether one's own organisation takes over what it is asked about."""
    return answer_for_carried(actor=actor_of(request), carried_id=carried_id, takes_over=body.takes_over)
