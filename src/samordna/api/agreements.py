"""Documents, their versions and signatures, and what binds whom, as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Status

from samordna.api import agreement_shapes as shapes
from samordna.api.foundation import DOCX, PDF, PROBLEMS, Operations, Paging, actor_of, file_as, page_of
from samordna.core import clock
from samordna.core.errors import Absent
from samordna.domain.agreements import operations
from samordna.domain.agreements.queries.pages import agreement_page, compared, documents_of, version_page
from samordna.domain.agreements.queries.register import documents_that_bind
from samordna.domain.agreements.queries.rows import AgreementPage, VersionPage
from samordna.domain.agreements.queries.signing import pdf_for, word_for
from samordna.domain.decisions.access import decision_for

if TYPE_CHECKING:
    from samordna.domain.agreements.models import Agreement, AgreementVersion, GroundLink, Review, Section, Signature

router = Operations(tags=["Agreements"])
MANY = 32_767


@router.get("/agreements", response={200: shapes.DocumentList, **PROBLEMS})
def list_agreements(request: HttpRequest, paging: Query[Paging], collaboration_id: str = "") -> dict[str, Any]:
    """The documents one may read, of one collaboration or of all."""
    return page_of(documents_of(actor_of(request), clock.now(), collaboration_id), paging)


@router.get("/rules", response={200: shapes.BindingList, **PROBLEMS})
def list_rules(request: HttpRequest, paging: Query[Paging]) -> dict[str, Any]:
    """The documents that bind one's own organisation; decisions are at its `governing-conditions`."""
    actor = actor_of(request)
    return page_of(documents_that_bind(actor, actor.organisation_id or "", clock.now()), paging)


@router.post("/collaborations/{collaboration_id}/agreements", response={201: shapes.Made, **PROBLEMS})
def create_agreement(request: HttpRequest, collaboration_id: str, body: shapes.AgreementIn) -> Status[Agreement]:
    """Begin a document of the collaboration, or an annex."""
    given = {"collaboration_id": collaboration_id, **body.dict()}
    return Status(201, operations.start_agreement(actor=actor_of(request), **given))


@router.post("/collaborations/{collaboration_id}/own-routines", response={201: shapes.Made, **PROBLEMS})
def create_own_routine(request: HttpRequest, collaboration_id: str, body: shapes.OwnRoutineIn) -> Status[Agreement]:
    """Begin a routine of one's own organisation."""
    given = {"collaboration_id": collaboration_id, **body.dict()}
    return Status(201, operations.start_own_routine(actor=actor_of(request), **given))


@router.get("/agreements/{agreement_id}", response={200: shapes.AgreementOut, **PROBLEMS})
def read_agreement(request: HttpRequest, agreement_id: str) -> AgreementPage:
    """A document with its history, annexes, grounds and reviews."""
    return agreement_page(actor_of(request), agreement_id, clock.now())


@router.put("/agreements/{agreement_id}", response={200: shapes.Made, **PROBLEMS})
def put_description(request: HttpRequest, agreement_id: str, body: shapes.DescriptionIn) -> Agreement:
    """Describe a document anew."""
    return operations.describe_document(actor=actor_of(request), agreement_id=agreement_id, **body.dict())


@router.post("/agreements/{agreement_id}/versions", response={201: shapes.Made, **PROBLEMS})
def create_version(request: HttpRequest, agreement_id: str) -> Status[AgreementVersion]:
    """Begin the next version as a draft."""
    return Status(201, operations.start_version(actor=actor_of(request), agreement_id=agreement_id))


@router.get("/agreements/{agreement_id}/versions/{number}", response={200: shapes.AgreementVersionOut, **PROBLEMS})
def read_version(request: HttpRequest, agreement_id: str, number: int) -> dict[str, Any]:
    """A version, whole."""
    return _version(version_page(actor_of(request), agreement_id, _number(number), clock.now()))


@router.get("/agreements/{agreement_id}/versions/{number}/pdf", response={200: str, **PROBLEMS}, openapi_extra=file_as(PDF))
def read_pdf(request: HttpRequest, agreement_id: str, number: int) -> HttpResponse:
    """The very bytes that are signed, as PDF; of a draft what they would be."""
    at = clock.now()
    shown = version_page(actor_of(request), agreement_id, _number(number), at)
    _name, content = pdf_for(actor_of(request), shown.version.id, at)
    return HttpResponse(content, content_type=PDF)


@router.get(
    "/agreements/{agreement_id}/versions/{number}/docx", response={200: str, **PROBLEMS}, openapi_extra=file_as(DOCX)
)
def read_word(request: HttpRequest, agreement_id: str, number: int) -> HttpResponse:
    """The version as a Word document."""
    at = clock.now()
    shown = version_page(actor_of(request), agreement_id, _number(number), at)
    _name, content = word_for(actor_of(request), shown.version.id, at)
    return HttpResponse(content, content_type=DOCX)


@router.get("/agreements/{agreement_id}/differences", response={200: list[shapes.ComparedSectionOut], **PROBLEMS})
def read_differences(request: HttpRequest, agreement_id: str, earlier: int, later: int) -> list[dict[str, Any]]:
    """What differs between two versions, section by section."""
    sections = compared(actor_of(request), agreement_id, _number(earlier), _number(later), clock.now())
    return [
        {
            "title": section.title,
            "mark": section.mark,
            "lines": section.lines,
            "rows": [[mark, *cells] for mark, cells in section.rows],
        }
        for section in sections
        if section.differs
    ]


@router.put("/agreement-versions/{draft_id}/head", response={200: shapes.Made, **PROBLEMS})
def put_head(request: HttpRequest, draft_id: str, body: shapes.HeadIn) -> AgreementVersion:
    """State a draft's head; 409 when somebody else has changed it since `revision`."""
    return operations.restate_head(actor=actor_of(request), version_id=draft_id, **body.dict())


@router.post("/agreement-versions/{draft_id}/sections", response={201: shapes.Made, **PROBLEMS})
def create_section(request: HttpRequest, draft_id: str, body: shapes.SectionIn) -> Status[Section]:
    """Add a section to a draft."""
    return Status(201, operations.add_section(actor=actor_of(request), version_id=draft_id, **body.dict()))


@router.put("/agreement-sections/{section_id}", response={200: shapes.Made, **PROBLEMS})
def put_section(request: HttpRequest, section_id: str, body: shapes.SectionTextIn) -> Section:
    """Write a section; 409 when somebody else has written since `revision`."""
    return operations.write_section(actor=actor_of(request), section_id=section_id, **body.dict())


@router.post("/agreement-sections/{section_id}/move", response={200: shapes.Made, **PROBLEMS})
def move(request: HttpRequest, section_id: str, body: shapes.MoveIn) -> Section:
    """Move a section of a draft."""
    return operations.move_section(actor=actor_of(request), section_id=section_id, by=body.by)


@router.post("/agreement-sections/{section_id}/remove", response={200: shapes.Made, **PROBLEMS})
def remove(request: HttpRequest, section_id: str, body: shapes.ReadRevisionIn) -> AgreementVersion:
    """Take a section out of a draft."""
    return operations.remove_section(actor=actor_of(request), section_id=section_id, revision=body.revision)


@router.post("/agreement-versions/{draft_id}/offer", response={200: shapes.Made, **PROBLEMS})
def offer(request: HttpRequest, draft_id: str) -> AgreementVersion:
    """Seal a draft for signing; 409 with a sentence for each thing it lacks."""
    return operations.offer_for_signing(actor=actor_of(request), version_id=draft_id)


@router.post("/agreement-versions/{draft_id}/approve", response={200: shapes.Made, **PROBLEMS})
def approve(request: HttpRequest, draft_id: str) -> AgreementVersion:
    """Seal and approve a draft of a kind that is not signed."""
    return operations.approve_document(actor=actor_of(request), version_id=draft_id)


@router.post("/agreement-versions/{draft_id}/sign", response={201: shapes.Made, **PROBLEMS})
def sign(request: HttpRequest, draft_id: str, body: shapes.SignIn) -> Status[Signature]:
    """Sign for one's own organisation what has this digest."""
    return Status(201, operations.sign_version(actor=actor_of(request), version_id=draft_id, **body.dict()))


@router.post("/agreement-versions/{draft_id}/decline", response={201: shapes.Made, **PROBLEMS})
def decline(request: HttpRequest, draft_id: str, body: shapes.ReasonIn) -> Status[Signature]:
    """Say why one does not sign."""
    return Status(201, operations.decline_to_sign(actor=actor_of(request), version_id=draft_id, reason=body.reason))


@router.post("/agreement-versions/{draft_id}/conclude", response={200: shapes.Made, **PROBLEMS})
def conclude(request: HttpRequest, draft_id: str) -> AgreementVersion:
    """Let it hold among those who have signed."""
    return operations.conclude_among_signers(actor=actor_of(request), version_id=draft_id)


@router.post("/agreement-versions/{draft_id}/withdraw", response={200: shapes.Made, **PROBLEMS})
def withdraw(request: HttpRequest, draft_id: str, body: shapes.ReasonIn) -> AgreementVersion:
    """Withdraw a draft, or what awaits signatures."""
    return operations.withdraw_version(actor=actor_of(request), version_id=draft_id, reason=body.reason)


@router.post("/agreements/{agreement_id}/repeal", response={200: shapes.Made, **PROBLEMS})
def repeal(request: HttpRequest, agreement_id: str, body: shapes.RepealIn) -> AgreementVersion:
    """End what holds, from a day on."""
    return operations.repeal_document(actor=actor_of(request), agreement_id=agreement_id, **body.dict())


@router.post("/agreements/{agreement_id}/reviews", response={201: shapes.Made, **PROBLEMS})
def create_review(request: HttpRequest, agreement_id: str, body: shapes.AgreementReviewIn) -> Status[Review]:
    """Record that it was looked over."""
    return Status(201, operations.review_document(actor=actor_of(request), agreement_id=agreement_id, **body.dict()))


@router.post("/agreements/{agreement_id}/history", response={201: list[shapes.Made], **PROBLEMS})
def create_history(request: HttpRequest, agreement_id: str, body: shapes.HistoryIn) -> Status[list[AgreementVersion]]:
    """Take in versions from before, as they were."""
    given: dict[str, Any] = {"source": body.source, "versions": [version.dict() for version in body.versions]}
    return Status(201, operations.take_in_history(actor=actor_of(request), agreement_id=agreement_id, **given))


@router.post("/agreements/{agreement_id}/grounds", response={201: shapes.Made, **PROBLEMS})
def create_ground(request: HttpRequest, agreement_id: str, body: shapes.GroundIn) -> Status[GroundLink]:
    """Say what it rests on; a decision has to be one that one may read, made in the document's collaboration."""
    actor, decided_in = actor_of(request), ""
    if body.decision_id:
        decided_in = decision_for(actor, body.decision_id).matter.collaboration_id
    given = body.dict() | {"decided_in": decided_in}
    return Status(201, operations.rest_on(actor=actor, agreement_id=agreement_id, **given))


@router.post("/agreements/{agreement_id}/grounds/{ground_id}/remove", response={200: shapes.Made, **PROBLEMS})
def remove_ground(request: HttpRequest, agreement_id: str, ground_id: str) -> Agreement:
    """It no longer rests on that."""
    return operations.stop_resting_on(actor=actor_of(request), agreement_id=agreement_id, ground_id=ground_id)


def _number(number: int) -> int:
    if not 0 < number <= MANY:
        raise Absent
    return number


def _version(page: VersionPage) -> dict[str, Any]:
    plain = ("agreement_id", "version", "revision", "binds_when", "sections", "signers", "lacking")
    document = page.document
    return {name: getattr(page, name) for name in plain} | {
        "title": document.title,
        "kind": document.kind,
        "language": document.language,
        "head": [list(pair) for pair in document.head],
        "parts": document.parts,
        "changed_since": [current for _sealed, current in page.changed],
    }
