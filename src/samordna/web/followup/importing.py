"""Results by file: an empty one to fill in, what a filled-in one holds, and what is kept of it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samordna.core import clock
from samordna.core.errors import Absent, Denied
from samordna.core.tables import XLSX_TYPE
from samordna.domain.collaborations.access import contribution_for
from samordna.domain.followup import operations as do
from samordna.domain.followup.access import file_for, sees_in
from samordna.domain.followup.limits import SHOWN_ROWS
from samordna.domain.followup.queries.files import file_page, to_fill_in
from samordna.domain.followup.reading import COLUMNS, spreadsheet, table
from samordna.web.door import Request, requires
from samordna.web.followup.frame import METHODS
from samordna.web.followup.report_forms import FileForm, KeepForm
from samordna.web.forms import attempt, typed


@require_http_methods(METHODS)
@requires("collaboration.contribute")
def reading(request: Request, collaboration_id: str) -> HttpResponse:
    """Choose a file with results, or fetch one to fill in."""
    given, own = contribution_for(request.actor, collaboration_id)
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if form.is_valid():
        upload = form.cleaned_data["file"]
        made = attempt(
            form,
            lambda: do.read_result_file(
                actor=request.actor, collaboration_id=given.pk, content=upload.read(), name=str(upload.name)
            ),
        )
        if made is not None:
            return redirect("result_file", made.pk)
    context = {"form": form, "collaboration_id": given.pk, "collaboration": given.name, "everybody": own is None}
    context |= {"columns": [str(word) for word in COLUMNS.values()]}
    return render(request, "followup/importing.html", context, status=422 if form.errors else 200)


@require_safe
@requires("collaboration.contribute")
def empty(request: Request, collaboration_id: str, form: str) -> HttpResponse:
    """A file with a row for everything that is to be told for the latest period."""
    given, own = contribution_for(request.actor, collaboration_id)
    rows = to_fill_in(given, own, clock.day(clock.now()))
    if form not in ("xlsx", "csv"):
        raise Absent
    content = spreadsheet(rows) if form == "xlsx" else table(rows)
    name = slugify(given.name) or "samordna"
    kind = XLSX_TYPE if form == "xlsx" else "text/csv; charset=utf-8"
    headers = {"Content-Disposition": f'attachment; filename="{name}.{form}"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type=kind, headers=headers)


@require_http_methods(METHODS)
@requires("collaboration.contribute")
def keeping(request: Request, file_id: str) -> HttpResponse:
    """What a file holds: what would be kept, what is wrong, row by row; and taking it in."""
    given = file_for(request.actor, file_id)
    now = clock.now()
    page = file_page(given, sees_in(request.actor, given.collaboration, now).own, clock.day(now))
    form = KeepForm(typed(request))
    if form.is_valid():
        data: dict[str, Any] = form.cleaned_data
        kept = attempt(form, lambda: do.keep_result_file(actor=request.actor, file_id=file_id, **data))
        if kept is not None:
            done = ngettext("%(n)s figure is kept.", "%(n)s figures are kept.", kept.kept) % {"n": kept.kept}
            messages.success(request, done)
            return redirect("followup", given.collaboration_id)
    context = {"form": form, "page": page, "shown": SHOWN_ROWS}
    context |= {"collaboration_id": given.collaboration_id, "collaboration": given.collaboration.name}
    return render(request, "followup/file.html", context, status=422 if form.errors else 200)


@require_POST
@requires("collaboration.contribute")
def dropping(request: Request, file_id: str) -> HttpResponse:
    """Drop what was read."""
    given = file_for(request.actor, file_id)
    try:
        do.drop_result_file(actor=request.actor, file_id=file_id)
    except Absent:
        raise
    except Denied as denied:
        messages.error(request, denied.reason)
    else:
        messages.success(request, _("The file is dropped. Nothing of it is kept."))
    return redirect("results_in", given.collaboration_id)
