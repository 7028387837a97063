"""The people whom an organisation knows: ids that others issue, leaving and returning, and a file of roles and people.

Nothing of a file is kept before the preview has been seen. Between the two, what was read travels with the page, signed for
the one who chose the file.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django import forms
from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samordna.core import clock
from samordna.core.errors import Absent, Denied
from samordna.core.tables import XLSX_TYPE
from samordna.domain.organisations.access import organisation_for
from samordna.domain.organisations.members import called_in, member_for, members_page
from samordna.domain.organisations.operations import (
    end_external_id,
    let_member_leave,
    let_member_return,
    record_external_id,
    take_in_roster,
)
from samordna.domain.organisations.operations.external import external_id_for
from samordna.domain.organisations.roster import Line, Plan
from samordna.domain.organisations.rosters import plan_roster, read_roster, roster_file
from samordna.web.door import Request, requires
from samordna.web.forms import attempt, typed
from samordna.web.organisations.forms import ExternalIdForm, RosterForm
from samordna.web.organisations.roles import form_page

METHODS = ["GET", "HEAD", "POST"]
FORMS = {"roller.xlsx": "xlsx", "roller.csv": "csv"}
TYPES = {"xlsx": XLSX_TYPE, "csv": "text/csv; charset=utf-8"}
DAY_SECONDS = 86_400
SHOWN = 300


@require_http_methods(METHODS)
@requires("organisation.administer")
def people(request: Request, organisation_id: str) -> HttpResponse:
    """Everybody whom the organisation knows; a file is looked at, and then taken in."""
    organisation_for(request.actor, organisation_id, "organisation.administer")
    if "kept" in request.POST:
        return _take_in(request, organisation_id)
    form = RosterForm(typed(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        lines = attempt(form, lambda: read_roster(upload.read()))
        if lines is not None:
            return _shown(request, organisation_id, RosterForm(), lines, str(upload.name)[:160])
    return _shown(request, organisation_id, form)


def _take_in(request: Request, organisation_id: str) -> HttpResponse:
    form = RosterForm({}, MultiValueDict())
    form.full_clean()
    form.errors.clear()
    try:
        given = signing.loads(request.POST["kept"], salt=_salt(request, organisation_id), max_age=DAY_SECONDS)
    except signing.BadSignature:
        form.add_error(None, _("The preview is too old, or was made in another role. Choose the file again."))
        return _shown(request, organisation_id, form)
    lines = tuple(Line(**line) for line in given["lines"])
    document = given["document"]
    done = attempt(
        form,
        lambda: take_in_roster(actor=request.actor, organisation_id=organisation_id, lines=lines, document=document),
    )
    if done is None:
        return _shown(request, organisation_id, form)
    count = len(done.steps)
    messages.success(request, ngettext("%(n)s thing was done.", "%(n)s things were done.", count) % {"n": count})
    return redirect("people", organisation_id)


def _salt(request: Request, organisation_id: str) -> str:
    return f"roster-{organisation_id}-{request.actor.holding_id}"


def _shown(
    request: Request, organisation_id: str, form: forms.Form, lines: tuple[Line, ...] | None = None, document: str = ""
) -> HttpResponse:
    at = clock.now()
    organisation = organisation_for(request.actor, organisation_id, "organisation.administer", at)
    words, page = request.GET.get("sok", "")[:120], request.GET.get("sida", "")
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1
    listed = members_page(request.actor, organisation_id, at, words, number)
    plan: Plan | None = None if lines is None else plan_roster(request.actor, organisation_id, lines, at)
    kept = ""
    if plan is not None and plan.steps and lines is not None:
        given: dict[str, Any] = {"lines": [asdict(line) for line in lines], "document": document}
        kept = signing.dumps(given, salt=_salt(request, organisation_id), compress=True)
    context = {
        "organisation": organisation,
        "listed": listed,
        "words": words,
        "form": form,
        "plan": plan,
        "document": document,
        "kept": kept,
        "shown": SHOWN,
        "files": [(reverse("roster_file", args=[organisation_id, name]), kind) for name, kind in FORMS.items()],
    }
    return render(request, "organisations/people.html", context, status=422 if form.errors else 200)


@require_safe
@requires("organisation.administer")
def fetch(request: Request, organisation_id: str, form: str) -> HttpResponse:
    """The roles and people as a file; for a new organisation, the template."""
    if form not in FORMS:
        raise Absent
    organisation = organisation_for(request.actor, organisation_id, "organisation.administer")
    kind = FORMS[form]
    response = HttpResponse(roster_file(request.actor, organisation_id, clock.now(), kind), content_type=TYPES[kind])
    name = f"{slugify(organisation.short_name or organisation.name) or 'roller'}-{form}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_http_methods(METHODS)
@requires("organisation.administer")
def id_recording(request: Request, organisation_id: str, person_id: str) -> HttpResponse:
    """Record an id that somebody else has issued."""
    organisation = organisation_for(request.actor, organisation_id, "organisation.administer")
    person = member_for(request.actor, organisation_id, person_id)
    form = ExternalIdForm(typed(request))
    if form.is_valid():
        given = form.cleaned_data
        made = attempt(
            form,
            lambda: record_external_id(actor=request.actor, organisation_id=organisation_id, person_id=person_id, **given),
        )
        if made is not None:
            messages.success(request, _("The id is recorded."))
            return redirect("people", organisation_id)
    title = _("An id of %(name)s") % {"name": called_in(organisation_id, person)}
    lead = _("By it a sign-in or a register elsewhere knows who it is. Each id names one person only.")
    return form_page(request, form, (organisation.pk, organisation.name), title, _("Record the id"), lead)


@require_POST
@requires("organisation.administer")
def id_ending(request: Request, external_id: str) -> HttpResponse:
    """End an id."""
    own = external_id_for(request.actor, external_id)
    try:
        end_external_id(actor=request.actor, external_id=external_id)
    except Absent:
        raise
    except Denied as denied:
        messages.error(request, denied.reason)
    else:
        messages.success(request, _("The id is ended."))
    return redirect("people", own.organisation_id)


@require_http_methods(METHODS)
@requires("organisation.administer")
def leaving(request: Request, organisation_id: str, person_id: str) -> HttpResponse:
    """Record that somebody has left."""
    organisation = organisation_for(request.actor, organisation_id, "organisation.administer")
    person = member_for(request.actor, organisation_id, person_id)
    form = forms.Form(typed(request))
    if form.is_valid():
        left = attempt(
            form,
            lambda: let_member_leave(actor=request.actor, organisation_id=organisation_id, person_id=person_id),
        )
        if left is not None:
            messages.success(request, _("%(name)s has left.") % {"name": called_in(organisation_id, person)})
            return redirect("people", organisation_id)
    title = _("%(name)s leaves the organisation") % {"name": called_in(organisation_id, person)}
    lead = _("Every role that the person holds here ends today. What was done stays, and so do the roles.")
    return form_page(request, form, (organisation.pk, organisation.name), title, _("Record it"), lead)


@require_POST
@requires("organisation.administer")
def returning(request: Request, organisation_id: str, person_id: str) -> HttpResponse:
    """Record that somebody is back."""
    try:
        let_member_return(actor=request.actor, organisation_id=organisation_id, person_id=person_id)
    except Absent:
        raise
    except Denied as denied:
        messages.error(request, denied.reason)
    else:
        messages.success(request, _("The person is back. Give the roles that are to be held again."))
    return redirect("people", organisation_id)
