"""Toolboxes as files in HSDS: taken in with what is wrong told record by record, and given out whole."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samordna.core import clock
from samordna.domain.knowledge.access import KEEP
from samordna.domain.knowledge.hsds import records_of
from samordna.domain.knowledge.operations import import_services
from samordna.domain.knowledge.queries.exported import hsds_list
from samordna.domain.organisations.access import organisation_for
from samordna.domain.organisations.contacts import role_choices
from samordna.web.door import Request, requires
from samordna.web.forms import attempt
from samordna.web.knowledge.exchange_forms import ImportForm


@require_http_methods(["GET", "HEAD", "POST"])
@requires("knowledge.keep")
def importing(request: Request, organisation_id: str) -> HttpResponse:
    """Take in services from a file; one that is wrong is told with its place and what to do."""
    own = organisation_for(request.actor, organisation_id, KEEP)
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form, done = ImportForm(*sent, roles=role_choices(request.actor, own.pk, clock.now())), None
    if form.is_valid():
        data = form.cleaned_data
        records = attempt(form, lambda: records_of(data["file"].read()))
        if records is not None:
            given = {"role_id": data["role_id"], "records": records, "keep_right": data["keep_right"]}
            done = attempt(form, lambda: import_services(actor=request.actor, **given))
    if done is not None and not any(row.said for row in done.rows):
        figures = {"opened": done.count("opened"), "reworded": done.count("reworded")}
        messages.success(request, _("%(opened)s services are new and %(reworded)s are said anew.") % figures)
        return redirect("toolbox")
    counts = {name: done.count(name) for name in ("opened", "reworded", "wrong")} if done else {}
    context = {"form": form, "organisation_name": own.name, "done": done, "counts": counts}
    return render(request, "knowledge/import.html", context, status=422 if form.is_bound and form.errors else 200)


@require_safe
@requires("organisation.read")
def exporting(request: Request, organisation_id: str) -> HttpResponse:
    """An organisation's toolbox as HSDS 3."""
    answer = JsonResponse(hsds_list(request.actor, organisation_id, clock.now()), json_dumps_params={"ensure_ascii": False})
    answer["Content-Disposition"] = 'attachment; filename="hsds.json"'
    return answer
