"""The journal: what has been done in a collaboration, one entry, its proof, and the checkpoint to keep."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from samordna.core import clock
from samordna.core.errors import Absent
from samordna.core.policy import Thing
from samordna.core.proofs import latest_checkpoint, proof_of
from samordna.domain.adherence.queries.history import Entry, History, HistoryRow, entry_of, history
from samordna.domain.collaborations.access import permit
from samordna.web.door import Request, requires
from samordna.web.journal.phrases import label_of, sentence_of, value_of

LAST_SEQUENCE = 2**53


@require_safe
@requires("journal.read")
def journal(request: Request) -> HttpResponse:
    """One collaboration's journal, the newest first."""
    asked = {"collaboration_id": request.GET.get("samverkan", ""), "matter_id": request.GET.get("fraga", "")}
    page = request.GET.get("sida", "1")
    number = int(page) if page.isdecimal() and len(page) < 6 else 1
    shown = history(request.actor, clock.now(), **asked, page=max(number, 1))
    context = {"history": shown, "lines": _lines(shown.rows), "section": "journal", "checkpoint": latest_checkpoint()}
    return render(request, "journal/journal.html", context | _paging(shown))


def _lines(rows: tuple[HistoryRow, ...]) -> list[tuple[HistoryRow, str]]:
    return [(row, sentence_of(row.action)) for row in rows]


def _paging(shown: History) -> dict[str, str]:
    chosen = shown.chosen.id if shown.chosen else ""
    kept = f"samverkan={chosen}&fraga={shown.matter_id}"
    return {
        "newer": f"?{kept}&sida={shown.page - 1}" if shown.page > 1 else "",
        "older": f"?{kept}&sida={shown.page + 1}" if shown.more else "",
    }


@require_safe
@requires("journal.read")
def entry(request: Request, sequence: int) -> HttpResponse:
    """One entry: who, as what, when, what; and what it says, to those who may read that."""
    shown = _entry(request, sequence)
    context = {"entry": shown, "sentence": sentence_of(shown.row.action), "said": _said(shown), "section": "journal"}
    return render(request, "journal/entry.html", context)


def _entry(request: Request, sequence: int) -> Entry:
    if sequence > LAST_SEQUENCE:
        raise Absent
    return entry_of(request.actor, sequence, clock.now())


def _said(shown: Entry) -> list[tuple[str, str]]:
    content = (shown.content or {}).items()
    return [(label_of(name), value_of(name, value)) for name, value in content if value not in ("", None)]


@require_safe
@requires("journal.read")
def proof(request: Request, sequence: int) -> HttpResponse:
    """The proof that an entry is in the journal that a signed checkpoint is about."""
    shown = _entry(request, sequence)
    try:
        found = proof_of(sequence)
    except Absent:
        found = None
    context = {"entry": shown, "sentence": sentence_of(shown.row.action), "proof": found, "section": "journal"}
    return render(request, "journal/proof.html", context)


@require_safe
@requires("journal.verify")
def checkpoint(request: Request) -> HttpResponse:
    """The newest checkpoint as the text that was signed: for somebody outside to keep."""
    permit(request.actor, "journal.verify", Thing())
    latest = latest_checkpoint()
    if latest is None:
        raise Absent
    name = f"samordna-{latest.size}.txt"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(latest.note, content_type="text/plain; charset=utf-8", headers=headers)
