"""Positions as files: fetching the template, showing what a filled-in one would give, and taking it in as drafts.

Nothing is kept before the preview has been seen. Between the two, what was read travels with the page, signed for the one
who uploaded it, so that the file need not be chosen again.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from samordna.core import clock
from samordna.core.errors import Absent
from samordna.core.tables import MAX_BYTES, XLSX_TYPE
from samordna.domain.matters import operations as do
from samordna.domain.matters.exchange.documents import document_of
from samordna.domain.matters.exchange.drafts import plain
from samordna.domain.matters.exchange.files import spreadsheet, table
from samordna.domain.matters.queries import matter_page
from samordna.domain.matters.queries.answering import position_form
from samordna.domain.matters.queries.exchange import Exchange, Preview, exchange_of, own_exchange, preview_of
from samordna.domain.matters.queries.heads import MatterHead
from samordna.web.door import Request, requires
from samordna.web.forms import attempt

METHODS = ["GET", "HEAD", "POST"]
FORMS = {"kalkylblad.xlsx": "xlsx", "tabell.csv": "csv", "svar.json": "json"}
TYPES = {"xlsx": XLSX_TYPE, "csv": "text/csv; charset=utf-8", "json": "application/json"}
DAY_SECONDS = 86_400
SHOWN = 400
"""So many rows of a preview are shown; the rest are counted."""


class UploadForm(forms.Form):
    """One file."""

    file = forms.FileField(
        label=gettext_lazy("Filled-in file"),
        help_text=gettext_lazy("A .xlsx, .csv or .json file. You see what it holds before anything is kept."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv,.json"}),
        max_length=160,
    )

    def clean_file(self) -> UploadedFile[Any]:
        """Too large is said before anything is read."""
        upload: UploadedFile[Any] = self.cleaned_data["file"]
        if (upload.size or 0) > MAX_BYTES:
            limit = {"limit": MAX_BYTES >> 20}
            raise forms.ValidationError(_("The file may be at most %(limit)s MB. Divide it into several.") % limit)
        return upload


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Whose positions it is about, where one comes from, and what takes them in."""

    head: MatterHead
    exchange: Exchange
    url: str
    back: str
    salt: str
    keep: Callable[[list[dict[str, Any]], str], do.Imported]
    organisation: str = ""


@require_http_methods(METHODS)
@requires("matter.lead")
def exchange(request: Request, matter_id: str) -> HttpResponseBase:
    """Everybody's positions, for the coordinator: what is taken in are drafts for the participants to send in."""
    at = clock.now()
    return _page(
        request,
        _Place(
            exchange=exchange_of(request.actor, matter_id, at),
            head=matter_page(request.actor, matter_id, at).head,
            url=reverse("exchange", args=[matter_id]),
            back=reverse("asking", args=[matter_id]),
            salt=f"exchange-{matter_id}-{request.actor.holding_id}",
            keep=lambda drafts, document: do.draft_positions(
                actor=request.actor, matter_id=matter_id, drafts=drafts, document=document
            ),
        ),
    )


@require_http_methods(METHODS)
@requires("position.answer")
def own(request: Request, matter_id: str, position_id: str) -> HttpResponseBase:
    """The own position: filled in from a file, and then sent in on the answer page."""
    at = clock.now()
    held = _own(request, matter_id, position_id)
    form = position_form(request.actor, position_id, at)
    return _page(
        request,
        _Place(
            exchange=held,
            head=form.head,
            url=reverse("own_exchange", args=[matter_id, position_id]),
            back=reverse("position", args=[matter_id, position_id]),
            salt=f"exchange-{position_id}-{request.actor.holding_id}",
            keep=lambda drafts, document: do.fill_in_position(
                actor=request.actor, position_id=position_id, drafts=drafts, document=document
            ),
            organisation=form.position.organisation,
        ),
    )


@require_safe
@requires("matter.lead")
def fetch(request: Request, matter_id: str, form: str) -> HttpResponse:
    """Everybody's positions as a file."""
    return _file(exchange_of(request.actor, matter_id, clock.now()), form)


@require_safe
@requires("position.answer")
def fetch_own(request: Request, matter_id: str, position_id: str, form: str) -> HttpResponse:
    """The own position as a file."""
    return _file(_own(request, matter_id, position_id), form)


def _own(request: Request, matter_id: str, position_id: str) -> Exchange:
    held = own_exchange(request.actor, position_id, clock.now())
    if held.asked.matter_id != matter_id:
        raise Absent
    return held


def _file(held: Exchange, name: str) -> HttpResponse:
    if name not in FORMS:
        raise Absent
    form = FORMS[name]
    if form == "json":
        content = json.dumps(document_of(held.drafts, held.asked), ensure_ascii=False, indent=1).encode()
    else:
        content = (spreadsheet if form == "xlsx" else table)(held.drafts, held.asked)
    title = slugify(held.asked.title) or "samordna"
    return HttpResponse(
        content,
        content_type=TYPES[form],
        headers={"Content-Disposition": f'attachment; filename="{title}.{form}"', "Cache-Control": "private, no-store"},
    )


def _page(request: Request, place: _Place) -> HttpResponseBase:
    if request.method != "POST":
        return _shown(request, place, UploadForm())
    if "kept" in request.POST:
        return _take_in(request, place)
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _shown(request, place, form, status=422)
    upload: UploadedFile[Any] = form.cleaned_data["file"]
    preview = attempt(form, lambda: preview_of(place.exchange, upload.read(), clock.now()))
    if preview is None:
        return _shown(request, place, form, status=422)
    return _shown(request, place, UploadForm(), preview=preview, document=str(upload.name)[:160])


def _take_in(request: Request, place: _Place) -> HttpResponseBase:
    form = bare_form()
    try:
        given = signing.loads(request.POST["kept"], salt=place.salt, max_age=DAY_SECONDS)
    except signing.BadSignature:
        form.add_error(None, _("The preview is too old, or was made in another role. Choose the file again."))
        return _shown(request, place, form, status=422)
    result = attempt(form, lambda: place.keep(given["drafts"], given["document"]))
    if result is None:
        return _shown(request, place, form, status=422)
    done = ngettext(
        "%(n)s draft has been taken in. It becomes an answer when the participant sends it in.",
        "%(n)s drafts have been taken in. They become answers when the participants send them in.",
        result.drafted,
    )
    messages.success(request, done % {"n": result.drafted})
    if result.sent_in:
        left = ngettext(
            "%(n)s participant had sent in its answer and was left alone.",
            "%(n)s participants had sent in their answers and were left alone.",
            result.sent_in,
        )
        messages.warning(request, left % {"n": result.sent_in})
    return redirect(place.back)


def bare_form() -> UploadForm:
    """A form on which a refusal can be put, though no file came with it."""
    form = UploadForm({}, MultiValueDict())
    form.full_clean()
    form.errors.clear()
    return form


def _shown(
    request: Request,
    place: _Place,
    form: UploadForm,
    *,
    preview: Preview | None = None,
    document: str = "",
    status: int = 200,
) -> HttpResponse:
    kept = ""
    if preview is not None and preview.drafts:
        given = {"drafts": [plain(draft) for draft in preview.drafts], "document": document}
        kept = signing.dumps(given, salt=place.salt, compress=True)
    context = {
        "head": place.head,
        "place": place,
        "files": [(f"{place.url}{name}/", form) for name, form in FORMS.items()],
        "form": form,
        "preview": preview,
        "document": document,
        "kept": kept,
        "shown": SHOWN,
    }
    return render(request, "matters/exchange.html", context, status=status)
