"""Minutes of meetings, the meeting pack and the register of decisions, as JSON and files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Status

from samordna.api import minutes_shapes as shapes
from samordna.api.foundation import CSV, DOCX, PDF, PROBLEMS, Operations, Paging, actor_of, file_as, page_of
from samordna.core import clock
from samordna.core.tables import XLSX_TYPE
from samordna.domain.minutes import operations
from samordna.domain.minutes.queries.documents import minutes_pdf, minutes_word
from samordna.domain.minutes.queries.pack import PackState, pack_pdf, pack_state
from samordna.domain.minutes.queries.pages import MinutesPage, minutes_page
from samordna.domain.minutes.queries.register import Wanted, decisions_of
from samordna.domain.minutes.queries.register_files import FILES

if TYPE_CHECKING:
    from samordna.domain.minutes.models import AdjustersWord, CorrectionNote, Minutes, MinutesVersion

router = Operations(tags=["Forums"])


@router.get("/forum-decisions", response={200: shapes.ForumDecisionList, **PROBLEMS})
def list_forum_decisions(
    request: HttpRequest,
    paging: Query[Paging],
    forum_id: str = "",
    party_id: str = "",
    area_id: str = "",
    matter_id: str = "",
    year: int = 0,
    words: str = "",
) -> dict[str, Any]:
    """The register: what the forums that one reads have decided, the latest first."""
    of = {"forum_id": forum_id, "party_id": party_id, "area_id": area_id, "matter_id": matter_id, "words": words}
    wanted = Wanted(year=year, **of)
    return page_of(decisions_of(actor_of(request), wanted, clock.now()), paging)


@router.get("/forum-decisions/file", response={200: str, **PROBLEMS}, openapi_extra=file_as(XLSX_TYPE, CSV))
def read_forum_decisions_file(
    request: HttpRequest,
    form: Literal["csv", "xlsx"] = "xlsx",
    forum_id: str = "",
    party_id: str = "",
    area_id: str = "",
    matter_id: str = "",
    year: int = 0,
    words: str = "",
) -> HttpResponse:
    """The same as a file: a spreadsheet, or text with semicolons."""
    of = {"forum_id": forum_id, "party_id": party_id, "area_id": area_id, "matter_id": matter_id, "words": words}
    content = FILES[form](actor_of(request), Wanted(year=year, **of), clock.now())
    return HttpResponse(content, content_type=XLSX_TYPE if form == "xlsx" else f"{CSV}; charset=utf-8")


@router.get("/meetings/{meeting_id}/pack", response={200: str, **PROBLEMS}, openapi_extra=file_as(PDF))
def read_pack(request: HttpRequest, meeting_id: str) -> HttpResponse:
    """Everything one reads before the meeting, in one PDF. A long one is asked for first (POST), and refused until then."""
    _name, content = pack_pdf(actor_of(request), meeting_id, clock.now())
    return HttpResponse(content, content_type=PDF)


@router.get("/meetings/{meeting_id}/pack/state", response={200: shapes.MeetingPackOut, **PROBLEMS})
def read_pack_state(request: HttpRequest, meeting_id: str) -> PackState:
    """How far the pack has come that one would get now."""
    return pack_state(actor_of(request), meeting_id, clock.now())


@router.post("/meetings/{meeting_id}/pack", response={202: shapes.MeetingPackOut, **PROBLEMS})
def prepare_pack(request: HttpRequest, meeting_id: str) -> Status[PackState]:
    """Have the pack put together in the background, as one may read it now."""
    actor = actor_of(request)
    operations.prepare_pack(actor=actor, meeting_id=meeting_id)
    return Status(202, pack_state(actor, meeting_id, clock.now()))


@router.get("/meetings/{meeting_id}/minutes", response={200: shapes.MinutesOut, **PROBLEMS})
def read_minutes(request: HttpRequest, meeting_id: str) -> MinutesPage:
    """The meeting's minutes, as far as they have come."""
    return minutes_page(actor_of(request), meeting_id, clock.now())


@router.get("/meetings/{meeting_id}/minutes/pdf", response={200: str, **PROBLEMS}, openapi_extra=file_as(PDF))
def read_minutes_pdf(request: HttpRequest, meeting_id: str, as_locked: bool = False) -> HttpResponse:
    """The minutes as PDF: locked ones with their correction notes, or (`as_locked`) the very bytes that were locked."""
    _name, content = minutes_pdf(actor_of(request), meeting_id, clock.now(), as_locked=as_locked)
    return HttpResponse(content, content_type=PDF)


@router.get("/meetings/{meeting_id}/minutes/docx", response={200: str, **PROBLEMS}, openapi_extra=file_as(DOCX))
def read_minutes_word(request: HttpRequest, meeting_id: str) -> HttpResponse:
    """The minutes as a Word document."""
    _name, content = minutes_word(actor_of(request), meeting_id, clock.now())
    return HttpResponse(content, content_type=DOCX)


@router.post("/meetings/{meeting_id}/minutes", response={201: shapes.Made, **PROBLEMS})
def draft_minutes(request: HttpRequest, meeting_id: str) -> Status[Minutes]:
    """Make a draft of what was noted."""
    return Status(201, operations.draft_minutes(actor=actor_of(request), meeting_id=meeting_id))


@router.put("/meetings/{meeting_id}/minutes", response={200: shapes.Made, **PROBLEMS})
def write_minutes(request: HttpRequest, meeting_id: str, body: shapes.TextsIn) -> MinutesVersion:
    """Write what they say of items."""
    return operations.write_minutes(actor=actor_of(request), meeting_id=meeting_id, **body.dict())


@router.post("/meetings/{meeting_id}/minutes/gather", response={200: shapes.Made, **PROBLEMS})
def gather_minutes_again(request: HttpRequest, meeting_id: str) -> MinutesVersion:
    """Take in what has been noted since."""
    return operations.gather_minutes_again(actor=actor_of(request), meeting_id=meeting_id)


@router.post("/meetings/{meeting_id}/minutes/send-out", response={200: shapes.Made, **PROBLEMS})
def send_minutes_out(request: HttpRequest, meeting_id: str, body: shapes.SendingIn) -> Minutes:
    """Ask roles to adjust them by a day."""
    return operations.send_minutes_out(actor=actor_of(request), meeting_id=meeting_id, **body.dict())


@router.post("/meetings/{meeting_id}/minutes/agree", response={201: shapes.Made, **PROBLEMS})
def agree_to_minutes(request: HttpRequest, meeting_id: str, body: shapes.AgreedVersionIn) -> Status[AdjustersWord]:
    """Agree to the version that one has read."""
    return Status(201, operations.agree_to_minutes(actor=actor_of(request), meeting_id=meeting_id, number=body.number))


@router.post("/meetings/{meeting_id}/minutes/ask", response={201: shapes.Made, **PROBLEMS})
def ask_for_change(request: HttpRequest, meeting_id: str, body: shapes.AskedChangeIn) -> Status[AdjustersWord]:
    """Ask for a change."""
    return Status(201, operations.ask_for_change(actor=actor_of(request), meeting_id=meeting_id, **body.dict()))


@router.post("/meetings/{meeting_id}/minutes/reopen", response={200: shapes.Made, **PROBLEMS})
def reopen_minutes(request: HttpRequest, meeting_id: str, body: shapes.ReasonIn) -> Minutes:
    """Open adjusted minutes again, and say why."""
    return operations.reopen_minutes(actor=actor_of(request), meeting_id=meeting_id, reason=body.reason)


@router.post("/meetings/{meeting_id}/minutes/lock", response={200: shapes.Made, **PROBLEMS})
def lock_minutes(request: HttpRequest, meeting_id: str) -> Minutes:
    """Lock them for good."""
    return operations.lock_minutes(actor=actor_of(request), meeting_id=meeting_id)


@router.post("/meetings/{meeting_id}/minutes/corrections", response={201: shapes.Made, **PROBLEMS})
def note_correction(request: HttpRequest, meeting_id: str, body: shapes.CorrectionIn) -> Status[CorrectionNote]:
    """Say what turned out to be wrong in locked minutes."""
    return Status(201, operations.note_correction(actor=actor_of(request), meeting_id=meeting_id, text=body.text))
