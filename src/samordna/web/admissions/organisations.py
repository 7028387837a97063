"""Letting many organisations in: from a list, with a look at what will happen first; or those that are registered."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext as _n
from django.views.decorators.http import require_http_methods

from samordna.core import clock
from samordna.domain.admissions import operations as do
from samordna.domain.admissions.lists import Line, LineOutcome, judged, lines_in
from samordna.domain.admissions.queries.invitations import organisation_invitations as invited
from samordna.domain.collaborations.access import collaboration_for
from samordna.domain.collaborations.queries.pages import collaboration_page
from samordna.domain.organisations.queries import organisation_choices
from samordna.web.admissions.forms import ListForm, RegisteredForm
from samordna.web.admissions.roles import METHODS, origin_of
from samordna.web.door import Request, requires
from samordna.web.forms import attempt, typed


@require_http_methods(METHODS)
@requires("collaboration.lead")
def organisation_invitations(request: Request, collaboration_id: str) -> HttpResponseBase:
    """Who is invited to take part, and a list to invite from. The list is judged first and sent on the second press."""
    given = collaboration_for(request.actor, collaboration_id, "collaboration.lead")
    form, lines = ListForm(typed(request)), list[Line]()
    if form.is_valid():
        data = form.cleaned_data
        written = lines_in(data["lines"], data["kind"])
        lines = judged(given, written, clock.now())
        faulty = any(line.outcome is LineOutcome.FAULT for line in lines)
        if "send" in request.POST and not faulty:
            rows = [{"name": line.name, "number": line.number, "kind": line.kind, "email": line.email} for line in written]
            issued = attempt(
                form,
                lambda: do.invite_organisations(
                    actor=request.actor,
                    collaboration_id=given.pk,
                    organisations=rows,
                    days=data["days"],
                    origin=origin_of(request),
                ),
            )
            if issued is not None:
                messages.success(request, _told(lines))
                return redirect("organisation_invitations", given.pk)
        if faulty:
            form.add_error("lines", _("Correct the lines that are marked below. Nothing has been sent."))
    return _page(request, given.pk, given.name, form, lines)


def _told(lines: list[Line]) -> str:
    invited_now = sum(line.outcome is LineOutcome.INVITE for line in lines)
    let_in = sum(line.outcome is LineOutcome.LET_IN for line in lines)
    letters = _n("%(count)s invitation is on its way.", "%(count)s invitations are on their way.", invited_now)
    joined = _n("%(count)s organisation takes part.", "%(count)s organisations take part.", let_in)
    said = [letters % {"count": invited_now}] if invited_now else []
    return " ".join([*said, *([joined % {"count": let_in}] if let_in else [])])


def _page(request: Request, collaboration_id: str, name: str, form: Form, lines: list[Line]) -> HttpResponse:
    context: dict[str, Any] = {
        "rows": invited(request.actor, collaboration_id, clock.now()),
        "collaboration_id": collaboration_id,
        "collaboration_name": name,
        "form": form,
        "lines": lines,
        "ready": bool(lines) and not form.errors,
    }
    return render(request, "admissions/organisations.html", context, status=422 if form.errors else 200)


@require_http_methods(METHODS)
@requires("collaboration.lead")
def letting_in_each(request: Request, collaboration_id: str) -> HttpResponseBase:
    """Let many registered organisations in with one press."""
    given, at = collaboration_for(request.actor, collaboration_id, "collaboration.lead"), clock.now()
    page = collaboration_page(request.actor, collaboration_id, at)
    inside = {member.organisation_id for party in page.parties for member in party.members}
    outside = [choice for choice in organisation_choices(request.actor, at) if choice[0] not in inside]
    form = RegisteredForm(typed(request), organisations=outside)
    if form.is_valid():
        data = form.cleaned_data
        parties = attempt(form, lambda: do.let_in_each(actor=request.actor, collaboration_id=given.pk, **data))
        if parties is not None:
            count = len(parties)
            told = _n("%(count)s organisation takes part.", "%(count)s organisations take part.", count)
            messages.success(request, told % {"count": count})
            return redirect("collaboration", given.pk)
    context = {"form": form, "collaboration_id": given.pk, "collaboration_name": given.name, "outside": outside}
    return render(request, "admissions/registered.html", context, status=422 if form.errors else 200)
