"""Documents to be read: the list, one with its history, one version, what differs between two, PDF and Word."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from samordna.core import clock
from samordna.core.errors import Absent, Denied
from samordna.core.refusals import refusal_of
from samordna.domain.agreements.access import DRAFT, SIGN, agreement_for
from samordna.domain.agreements.enums import Standing
from samordna.domain.agreements.queries.pages import agreement_page, compared, documents_of, version_page
from samordna.domain.agreements.queries.signing import pdf_for, word_for
from samordna.domain.change.enums import TargetKind
from samordna.domain.change.queries.links import of_target
from samordna.domain.collaborations.queries.pages import collaborations_of
from samordna.web.agreements.governing import decisions_by_id, governing_of
from samordna.web.door import Request, requires

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
HIGHEST = 32_767


@require_safe
@requires("organisation.read")
def agreements(request: Request) -> HttpResponse:
    """Every document that the actor may read, by collaboration."""
    at = clock.now()
    rows = documents_of(request.actor, at)
    context = {"rows": rows, "collaborations": collaborations_of(request.actor, at)}
    return render(request, "agreements/list.html", context)


@require_safe
@requires("agreement.read")
def agreement(request: Request, agreement_id: str) -> HttpResponse:
    """One document: what holds, what is on its way, its history, annexes and grounds."""
    actor, at = request.actor, clock.now()
    page = agreement_page(actor, agreement_id, at)
    context = {
        "page": page,
        "writing": refusal_of(agreement_for, actor, agreement_id, DRAFT, at),
        "decisions": decisions_by_id(actor, page, at),
        "governing": governing_of(actor, page, at),
        "links": of_target(actor, TargetKind.AGREEMENT, agreement_id, at),
    }
    return render(request, "agreements/agreement.html", context)


@require_safe
@requires("agreement.read")
def version(request: Request, agreement_id: str, number: int) -> HttpResponse:
    """One version as a document; a draft with what one can do in it."""
    actor, at = request.actor, clock.now()
    shown = version_page(actor, agreement_id, _known(number), at)
    own = next((row for row in shown.signers if row.own), None)
    context = {
        "page": shown,
        "writing": refusal_of(agreement_for, actor, agreement_id, DRAFT, at),
        "signing": refusal_of(agreement_for, actor, agreement_id, SIGN, at),
        "own": own,
        "to_sign": own is not None and not own.signed and _open(shown.version.standing, shown.binds_when),
    }
    return render(request, "agreements/version.html", context)


def _open(standing: str, binds_when: str) -> bool:
    late = binds_when == "signers" and standing in {Standing.COMING, Standing.IN_FORCE}
    return standing == Standing.SIGNING or late


@require_safe
@requires("agreement.read")
def comparison(request: Request, agreement_id: str) -> HttpResponse:
    """What differs between two versions."""
    actor, at = request.actor, clock.now()
    page = agreement_page(actor, agreement_id, at)
    numbers = sorted(row.number for row in page.versions)
    later = _asked(request.GET.get("till", ""), numbers, numbers[-1])
    earlier = _asked(request.GET.get("fran", ""), numbers, max((n for n in numbers if n < later), default=later))
    sections = compared(actor, agreement_id, earlier, later, at)
    context = {
        "page": page,
        "numbers": numbers,
        "earlier": earlier,
        "later": later,
        "sections": [section for section in sections if section.differs],
        "same": sum(not section.differs for section in sections),
    }
    return render(request, "agreements/compare.html", context)


def _asked(text: str, numbers: list[int], otherwise: int) -> int:
    asked = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else otherwise
    return asked if asked in numbers else otherwise


def _known(number: int) -> int:
    """A number that a version can have; raises `Absent` for one that none can."""
    if number > HIGHEST:
        raise Absent
    return number


@require_safe
@requires("agreement.read")
def pdf(request: Request, agreement_id: str, number: int) -> HttpResponse:
    """The very bytes that are signed; of a draft what they would be."""
    return _file(request, agreement_id, number, "application/pdf")


@require_safe
@requires("agreement.read")
def word(request: Request, agreement_id: str, number: int) -> HttpResponse:
    """The version as a Word document."""
    return _file(request, agreement_id, number, DOCX)


def _file(request: Request, agreement_id: str, number: int, kind: str) -> HttpResponse:
    at = clock.now()
    shown = version_page(request.actor, agreement_id, _known(number), at)
    make = word_for if kind == DOCX else pdf_for
    try:
        name, content = make(request.actor, shown.version.id, at)
    except Absent:
        raise
    except Denied as denied:
        return render(request, "agreements/unprintable.html", {"page": shown, "reason": denied.reason}, status=409)
    disposition = "attachment" if kind == DOCX else "inline"
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": named_file(disposition, name)})


def named_file(disposition: str, name: str) -> str:
    """The header that names a file, for browsers old and new."""
    plain = name.encode("ascii", "ignore").decode() or "dokument"
    return f"{disposition}; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}"
