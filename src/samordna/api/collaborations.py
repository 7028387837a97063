"""Collaborations, mandates, and who decides what, as JSON."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Status

from samordna.api import collaboration_shapes as shapes
from samordna.api import mandate_shapes
from samordna.api.foundation import PROBLEMS, Operations, Paging, actor_of, page_of
from samordna.api.mandates import ruling_out
from samordna.core import clock
from samordna.core.errors import Invalid
from samordna.domain.collaborations import operations
from samordna.domain.collaborations.access import party_for
from samordna.domain.collaborations.depth import DepthSetting
from samordna.domain.collaborations.phrases import result_sentences
from samordna.domain.collaborations.queries.deciding import (
    case_tested,
    ruling_for,
    who_decides,
)
from samordna.domain.collaborations.queries.depths import PartyChange, depth_rehearsed
from samordna.domain.collaborations.queries.mandates import MandateRow, mandate_page
from samordna.domain.collaborations.queries.pages import CollaborationPage, collaboration_page, collaborations_of
from samordna.domain.matters.queries.depths import matter_depths

if TYPE_CHECKING:
    from samordna.domain.collaborations.models import (
        Area,
        Collaboration,
        DepthChange,
        Exemption,
        Mandate,
        Participation,
        Party,
    )

router = Operations(tags=["Collaborations"])


@router.get("/collaborations", response={200: shapes.CollaborationList, **PROBLEMS})
def list_collaborations(request: HttpRequest, paging: Query[Paging]) -> dict[str, Any]:
    """Those one takes part in, coordinates or is above."""
    return page_of(collaborations_of(actor_of(request), clock.now()), paging)


@router.post("/collaborations", response={201: shapes.Made, **PROBLEMS})
def create_collaboration(request: HttpRequest, body: shapes.CollaborationIn) -> Status[Collaboration]:
    """Begin to prepare a collaboration."""
    return Status(201, operations.start_collaboration(actor=actor_of(request), **body.dict()))


@router.get("/collaborations/{collaboration_id}", response={200: shapes.CollaborationOut, **PROBLEMS}, by_alias=False)
def read_collaboration(request: HttpRequest, collaboration_id: str) -> CollaborationPage:
    """A collaboration, whole."""
    return collaboration_page(actor_of(request), collaboration_id, clock.now())


@router.put("/collaborations/{collaboration_id}/purpose", response={200: shapes.Made, **PROBLEMS})
def put_purpose(request: HttpRequest, collaboration_id: str, body: shapes.PurposeIn) -> Collaboration:
    """Say name and purpose anew."""
    return operations.restate_purpose(actor=actor_of(request), collaboration_id=collaboration_id, **body.dict())


@router.put("/collaborations/{collaboration_id}/steps", response={200: shapes.Made, **PROBLEMS})
def put_steps(request: HttpRequest, collaboration_id: str, body: shapes.StepsIn) -> Collaboration:
    """Say which steps decisions go through."""
    return operations.settle_steps(actor=actor_of(request), collaboration_id=collaboration_id, **body.dict())


@router.put("/collaborations/{collaboration_id}/target-group", response={200: shapes.Made, **PROBLEMS})
def put_target_group(request: HttpRequest, collaboration_id: str, body: shapes.TargetGroupIn) -> Collaboration:
    """Say whom it is for."""
    return operations.set_target_group(actor=actor_of(request), collaboration_id=collaboration_id, **body.dict())


@router.post("/collaborations/{collaboration_id}/target-group/test", response={200: shapes.FitOut, **PROBLEMS})
def check_case(request: HttpRequest, collaboration_id: str, body: shapes.CaseIn) -> dict[str, Any]:
    """Does an anonymous case belong? Writes nothing."""
    fit = case_tested(actor_of(request), collaboration_id, body.case, clock.now())
    told = [(*result_sentences(result), result.speaks_for) for result in fit.results]
    because = [{"criterion": bound, "said": said, "speaks_for": speaks_for} for bound, said, speaks_for in told]
    return {"fits": fit.fits, "because": because}


@router.post("/collaborations/{collaboration_id}/areas", response={201: shapes.Made, **PROBLEMS})
def create_area(request: HttpRequest, collaboration_id: str, body: shapes.AreaIn) -> Status[Area]:
    """Add a subject area."""
    return Status(201, operations.add_area(actor=actor_of(request), collaboration_id=collaboration_id, **body.dict()))


@router.post("/collaborations/{collaboration_id}/open", response={200: shapes.Made, **PROBLEMS})
def open_up(request: HttpRequest, collaboration_id: str) -> Collaboration:
    """Show what is being prepared to those who take part; 409 with a sentence for each thing it lacks."""
    return operations.open_to_participants(actor=actor_of(request), collaboration_id=collaboration_id)


@router.post("/collaborations/{collaboration_id}/activate", response={200: shapes.Made, **PROBLEMS})
def activate(request: HttpRequest, collaboration_id: str) -> Collaboration:
    """Let its work begin; 409 with a sentence for each thing it lacks."""
    return operations.activate_collaboration(actor=actor_of(request), collaboration_id=collaboration_id)


@router.post("/collaborations/{collaboration_id}/close", response={200: shapes.Made, **PROBLEMS})
def close(request: HttpRequest, collaboration_id: str, body: shapes.ReasonIn) -> Collaboration:
    """End its work."""
    return operations.close_collaboration(actor=actor_of(request), collaboration_id=collaboration_id, reason=body.reason)


@router.post("/collaborations/{collaboration_id}/parties", response={201: shapes.Made, **PROBLEMS})
def create_party(request: HttpRequest, collaboration_id: str, body: shapes.LetInIn) -> Status[Party]:
    """Let organisations take part."""
    return Status(201, operations.let_in(actor=actor_of(request), collaboration_id=collaboration_id, **body.dict()))


@router.put("/collaborations/{collaboration_id}/depth", response={200: shapes.Made, **PROBLEMS})
def put_collaboration_depth(request: HttpRequest, collaboration_id: str, body: shapes.ChangeDepthIn) -> DepthChange:
    """Change the depth for all, from a day on and with a reason."""
    return operations.change_depth(actor=actor_of(request), collaboration_id=collaboration_id, **body.dict())


@router.post("/collaborations/{collaboration_id}/depth/read", response={200: list[shapes.Made], **PROBLEMS})
def read_depth_changes(request: HttpRequest, collaboration_id: str) -> list[DepthChange]:
    """Say that one's own organisation has read of the changes of depth to come."""
    return operations.read_depth_changes(actor=actor_of(request), collaboration_id=collaboration_id)


@router.post("/collaborations/{collaboration_id}/depth/rehearse", response={200: list[shapes.PartyChangeOut], **PROBLEMS})
def rehearse_depth(request: HttpRequest, collaboration_id: str, body: shapes.RehearsedDepthIn) -> list[PartyChange]:
    """What a change of depth would mean for each party: who may leave, with what notice. Nothing is changed by asking."""
    setting = DepthSetting(join=body.join, contribute=body.contribute, follow=body.follow)
    actor, now = actor_of(request), clock.now()
    return list(depth_rehearsed(actor, collaboration_id, setting, body.notice_days, body.starts_on, now))


@router.put("/parties/{party_id}/depth", response={200: shapes.Made, **PROBLEMS})
def put_depth(request: HttpRequest, party_id: str, body: shapes.DepthIn) -> Party:
    """Set a party's own depth."""
    return operations.set_party_depth(actor=actor_of(request), party_id=party_id, **body.dict())


@router.put("/parties/{party_id}/exemption", response={200: shapes.Made, **PROBLEMS})
def put_exemption(request: HttpRequest, party_id: str, body: shapes.ExemptionIn) -> Exemption:
    """The superior frees a party from some of what is mandatory, with a reason and an end or a day to look it over."""
    actor = actor_of(request)
    depths = matter_depths(party_for(actor, party_id, "mandate.give").collaboration_id)
    return operations.exempt_party(actor=actor, party_id=party_id, matter_depths=depths, **body.dict())


@router.post("/exemptions/{exemption_id}/end", response={200: shapes.Made, **PROBLEMS})
def end_exemption(request: HttpRequest, exemption_id: str, body: shapes.ReasonIn) -> Exemption:
    """The superior ends an exemption before its day."""
    return operations.end_exemption(actor=actor_of(request), exemption_id=exemption_id, reason=body.reason)


@router.post("/participations/{participation_id}/leave", response={200: shapes.Made, **PROBLEMS})
def leave(request: HttpRequest, participation_id: str, body: shapes.LeavingIn) -> Participation:
    """One's own organisation leaves."""
    return operations.leave_collaboration(actor=actor_of(request), participation_id=participation_id, **body.dict())


@router.post("/participations/{participation_id}/end", response={200: shapes.Made, **PROBLEMS})
def end(request: HttpRequest, participation_id: str, body: shapes.LeavingIn) -> Participation:
    """The coordinator ends an organisation's taking part."""
    return operations.end_participation(actor=actor_of(request), participation_id=participation_id, **body.dict())


@router.post("/collaborations/{collaboration_id}/mandates", response={201: shapes.Made, **PROBLEMS})
def create_mandate(request: HttpRequest, collaboration_id: str, body: mandate_shapes.MandateIn) -> Status[Mandate]:
    """Give a mandate in one's own organisation's name."""
    given = body.dict() | {"clauses": [clause.dict(exclude_none=True) for clause in body.clauses]}
    return Status(201, operations.give_mandate(actor=actor_of(request), collaboration_id=collaboration_id, **given))


@router.get("/mandates/{mandate_id}", response={200: mandate_shapes.MandateOut, **PROBLEMS}, by_alias=False)
def read_mandate(request: HttpRequest, mandate_id: str) -> MandateRow:
    """A mandate with its clauses."""
    return mandate_page(actor_of(request), mandate_id, clock.now()).mandate


@router.post("/mandates/{mandate_id}/revoke", response={200: shapes.Made, **PROBLEMS})
def revoke(request: HttpRequest, mandate_id: str, body: shapes.OptionalReasonIn) -> Mandate:
    """Take a mandate back; it carries no new decision from now on."""
    return operations.revoke_mandate(actor=actor_of(request), mandate_id=mandate_id, reason=body.reason)


@router.get(
    "/collaborations/{collaboration_id}/areas/{area_id}/rulings", response={200: mandate_shapes.WhoDecidesOut, **PROBLEMS}
)
def read_rulings(request: HttpRequest, collaboration_id: str, area_id: str, on: date | None = None) -> dict[str, Any]:
    """Who decides in the area, for all who take part on the day."""
    now = clock.now()
    answer = who_decides(actor_of(request), collaboration_id, area_id, now, _moment(on, now))
    rows = [ruling_out(row) for row in answer.rows]
    return {"area_id": answer.area_id, "area": answer.area, "on": answer.on, "rows": rows}


@router.get(
    "/collaborations/{collaboration_id}/areas/{area_id}/rulings/{organisation_id}",
    response={200: mandate_shapes.RulingOut, **PROBLEMS},
)
def read_ruling(
    request: HttpRequest, collaboration_id: str, area_id: str, organisation_id: str, on: date | None = None
) -> dict[str, Any]:
    """Who decides in the area for one organisation, must it follow, and why."""
    now = clock.now()
    asked = _moment(on, now)
    return ruling_out(ruling_for(actor_of(request), collaboration_id, area_id, organisation_id, now, asked))


def _moment(on: date | None, now: datetime) -> datetime:
    """Noon of the day asked about, or now."""
    if on is None or on == clock.day(now):
        return now
    if not 1900 <= on.year <= 2900:
        raise Invalid({"on": _("Choose a day between the years 1900 and 2900.")})
    return timezone.make_aware(datetime.combine(on, time(12)))
