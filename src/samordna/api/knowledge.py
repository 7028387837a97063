"""Toolboxes, matching, profiles and words, as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from ninja import Query, Status

from samordna.api import knowledge_shapes as shapes
from samordna.api.foundation import PROBLEMS, Operations, Paging, actor_of
from samordna.core import clock
from samordna.domain.knowledge import operations
from samordna.domain.knowledge.access import check_may_look
from samordna.domain.knowledge.queries.exported import hsds_list
from samordna.domain.knowledge.queries.facts import known_facts
from samordna.domain.knowledge.queries.matched import MatchPage, matched
from samordna.domain.knowledge.queries.profiles import ProfilePage, WordRow, profile_page, side_by_side, words_of
from samordna.domain.knowledge.queries.toolboxes import Filters, ServicePage, service_page, toolbox

if TYPE_CHECKING:
    from samordna.domain.knowledge.models import Fact, Meaning, ProfileVersion, Service

router = Operations(tags=["Toolboxes"])


@router.get("/services", response={200: shapes.ServiceList, **PROBLEMS})
def list_services(
    request: HttpRequest,
    paging: Query[Paging],
    words: str = "",
    organisation_id: str = "",
    collaboration_id: str = "",
    stale: bool = False,
) -> dict[str, Any]:
    """What everybody offers today, with these words, of an organisation or of a collaboration's participants."""
    filters = Filters(words=words[:120], organisation_id=organisation_id, collaboration_id=collaboration_id, stale=stale)
    found = toolbox(actor_of(request), clock.now(), filters, paging.page, paging.size)
    return {"items": found.rows, "total": found.total, "page": paging.page, "size": paging.size}


@router.get("/facts", response={200: list[shapes.FactOut], **PROBLEMS})
def list_facts(request: HttpRequest) -> list[dict[str, Any]]:
    """What situations may state and conditions ask about."""
    check_may_look(actor_of(request))
    return [
        {
            "id": fact.id,
            "label": fact.label,
            "kind": fact.kind,
            "unit": fact.unit,
            "options": [{"value": value, "label": label} for value, label in fact.options],
        }
        for fact in known_facts().values()
    ]


@router.post("/organisations/{organisation_id}/facts", response={201: shapes.Made, **PROBLEMS})
def create_fact(request: HttpRequest, organisation_id: str, body: shapes.FactIn) -> Status[Fact]:
    """Name something that conditions may ask about."""
    return Status(201, operations.name_fact(actor=actor_of(request), organisation_id=organisation_id, **body.dict()))


@router.post("/services/match", response={200: shapes.MatchOut, **PROBLEMS})
def match_services(request: HttpRequest, body: shapes.SituationIn) -> MatchPage:
    """Hold a situation against everybody's services. Nothing of it is kept."""
    return matched(actor_of(request), body.facts, clock.now(), body.shown, body.page)


@router.get("/services/{service_id}", response={200: shapes.ServiceOut, **PROBLEMS})
def read_service(request: HttpRequest, service_id: str) -> ServicePage:
    """One service with everything it says and has said."""
    return service_page(actor_of(request), service_id, clock.now())


@router.post("/roles/{role_id}/services", response={201: shapes.Made, **PROBLEMS})
def create_service(request: HttpRequest, role_id: str, body: shapes.ServiceIn) -> Status[Service]:
    """Put a service in the toolbox, answered for by this role."""
    days: dict[str, Any] = {"valid_from": body.valid_from, "valid_to": body.valid_to}
    wording = _wording(body.wording)
    return Status(201, operations.open_service(actor=actor_of(request), role_id=role_id, wording=wording, **days))


@router.put("/services/{service_id}", response={200: shapes.Made, **PROBLEMS})
def change_service(request: HttpRequest, service_id: str, body: shapes.RewordingIn) -> Service:
    """Say anew what a service is and for whom."""
    wording, given = _wording(body.wording), body.dict(include={"role_id", "seen"})
    return operations.reword_service(actor=actor_of(request), service_id=service_id, wording=wording, **given)


@router.post("/services/{service_id}/assurance", response={200: shapes.Made, **PROBLEMS})
def confirm_service(request: HttpRequest, service_id: str, body: shapes.AssuredIn) -> Service:
    """Confirm that what a service says is right today."""
    return operations.assure_service(actor=actor_of(request), service_id=service_id, waiting=body.waiting)


@router.post("/services/{service_id}/end", response={200: shapes.Made, **PROBLEMS})
def finish_service(request: HttpRequest, service_id: str, body: shapes.ServiceEndIn) -> Service:
    """End a service."""
    return operations.end_service(actor=actor_of(request), service_id=service_id, valid_to=body.valid_to)


@router.get("/organisations/{organisation_id}/profile", response={200: shapes.ProfileOut, **PROBLEMS})
def read_profile(request: HttpRequest, organisation_id: str, version: int = 0) -> ProfilePage:
    """What an organisation says of itself, now or in an earlier version."""
    return profile_page(actor_of(request), organisation_id, clock.now(), version)


@router.put("/organisations/{organisation_id}/profile", response={200: shapes.Made, **PROBLEMS})
def write_profile(request: HttpRequest, organisation_id: str, body: shapes.ProfileIn) -> ProfileVersion:
    """Say what the organisation is, can do and cannot do: a new version of its profile."""
    return operations.write_profile(actor=actor_of(request), organisation_id=organisation_id, **body.dict())


@router.get("/profiles", response={200: list[shapes.ProfileOut], **PROBLEMS})
def compare_profiles(request: HttpRequest, organisation_ids: str = "") -> list[ProfilePage]:
    """What several organisations say of themselves; ids with commas between."""
    check_may_look(actor_of(request))
    return list(side_by_side(actor_of(request), [key for key in organisation_ids.split(",") if key], clock.now()))


@router.get("/collaborations/{collaboration_id}/words", response={200: list[shapes.WordOut], **PROBLEMS})
def list_words(request: HttpRequest, collaboration_id: str) -> list[WordRow]:
    """What words mean in a collaboration, and to whom."""
    return list(words_of(actor_of(request), collaboration_id, clock.now()))


@router.post("/collaborations/{collaboration_id}/words", response={201: shapes.Made, **PROBLEMS})
def explain_word(request: HttpRequest, collaboration_id: str, body: shapes.WordIn) -> Status[Meaning]:
    """Say what a word means to one's organisation, or to the coordination."""
    given = {"collaboration_id": collaboration_id, **body.dict()}
    return Status(201, operations.explain_word(actor=actor_of(request), **given))


@router.delete("/meanings/{meaning_id}", response={200: shapes.Made, **PROBLEMS})
def take_word_away(request: HttpRequest, meaning_id: str) -> Meaning:
    """Take away what one has said that a word means."""
    return operations.take_word_away(actor=actor_of(request), meaning_id=meaning_id)


@router.get("/organisations/{organisation_id}/services/hsds", response={200: dict[str, Any], **PROBLEMS})
def export_services(request: HttpRequest, organisation_id: str) -> dict[str, Any]:
    """An organisation's toolbox as HSDS 3."""
    return hsds_list(actor_of(request), organisation_id, clock.now())


@router.post("/roles/{role_id}/services/import", response={200: shapes.ServicesImportedOut, **PROBLEMS})
def import_services(request: HttpRequest, role_id: str, body: shapes.ImportIn) -> operations.Imported:
    """Take in services from records of HSDS 3; those that are wrong are told one by one."""
    return operations.import_services(actor=actor_of(request), role_id=role_id, **body.dict())


def _wording(body: shapes.WordingIn) -> operations.Wording:
    return operations.Wording(**body.dict())
