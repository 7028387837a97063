"""Reports: who has told and who is waited for; one report as a form; sent back, locked, opened again."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samordna.core import clock
from samordna.core.errors import Absent, Denied, Forbidden
from samordna.domain.collaborations.access import collaboration_for
from samordna.domain.followup import operations as do
from samordna.domain.followup.access import report_for
from samordna.domain.followup.queries.reports import ReportPage, report_page, rounds_page
from samordna.web.door import Request, requires
from samordna.web.followup.forms import NoteForm
from samordna.web.followup.frame import METHODS, form_page
from samordna.web.followup.report_forms import ReportForm
from samordna.web.forms import attempt, typed
from samordna.web.minutes.frame import wanted_number


@require_safe
@requires("collaboration.read")
def rounds(request: Request, collaboration_id: str) -> HttpResponse:
    """The rounds of reports, and who is waited for."""
    wanted = wanted_number(request.GET.get("sida", ""), 1)
    page = rounds_page(request.actor, collaboration_id, clock.now(), wanted, there=True)
    return render(request, "followup/rounds.html", {"page": page})


@require_POST
@requires("collaboration.lead")
def opening(request: Request, collaboration_id: str) -> HttpResponse:
    """Open the rounds that are missing now, without waiting for the morning."""
    collaboration_for(request.actor, collaboration_id, "collaboration.lead")
    _act(
        request,
        lambda: do.open_rounds(actor=request.actor, collaboration_id=collaboration_id),
        lambda made: ngettext("%(n)s round is opened.", "%(n)s rounds are opened.", len(made)) % {"n": len(made)},
    )
    return redirect("rounds", collaboration_id)


@require_POST
@requires("collaboration.lead")
def locking_round(request: Request, collaboration_id: str, round_id: str) -> HttpResponse:
    """Lock every report of a round that has been sent in."""
    collaboration_for(request.actor, collaboration_id, "collaboration.lead")
    _act(
        request,
        lambda: do.lock_round(actor=request.actor, round_id=round_id),
        lambda n: ngettext("%(n)s report is locked.", "%(n)s reports are locked.", n) % {"n": n},
    )
    return redirect("rounds", collaboration_id)


def _act(request: Request, call: Any, done: Any) -> None:
    try:
        made = call()
    except Absent:
        raise
    except Denied as denied:
        messages.error(request, denied.reason)
    else:
        messages.success(request, done(made))


@require_http_methods(METHODS)
@requires("figures.read")
def report(request: Request, report_id: str) -> HttpResponse:
    """One organisation's report for a period: a form while it may be written in."""
    page = report_page(request.actor, report_id, clock.now())
    form = ReportForm(typed(request), asked=page.asked, submitted=page.submitted_at is not None, initial=_first(page))
    if request.method == "POST":
        if page.writing:
            raise Forbidden(page.writing)
        if form.is_valid():
            submit = "submit" in request.POST
            given = {"comment": form.cleaned_data["comment"], "why": form.cleaned_data.get("why", "")}
            kept = attempt(
                form,
                lambda: do.save_report(
                    actor=request.actor, report_id=report_id, answers=form.answers(), submit=submit, **given
                ),
            )
            if kept is not None:
                messages.success(
                    request, _("The report is sent in. Thank you!") if submit else _("What you wrote is saved.")
                )
                return redirect("report", report_id)
    filled = sum(any(one.told.values()) for one in page.asked)
    context = {"page": page, "form": form, "groups": form.groups(), "filled": filled}
    context["kind"] = "primary" if page.state == "submitted" else "secondary"
    return render(request, "followup/report.html", context, status=422 if form.errors else 200)


def _first(page: ReportPage) -> dict[str, str]:
    return {"comment": page.comment}


@require_http_methods(METHODS)
@requires("collaboration.lead")
def sending_back(request: Request, report_id: str) -> HttpResponse:
    """Send a report back with a note."""
    return _noted(request, report_id, do.send_back_report, _("Send the report back"), _("The report is sent back."))


@require_http_methods(METHODS)
@requires("collaboration.lead")
def opening_again(request: Request, report_id: str) -> HttpResponse:
    """Open a locked report again."""
    return _noted(request, report_id, do.open_report_again, _("Open the report again"), _("The report is open again."))


def _noted(request: Request, report_id: str, act: Any, title: str, done: str) -> HttpResponse:
    report_for(request.actor, report_id, "collaboration.lead")
    page = report_page(request.actor, report_id, clock.now())
    form = NoteForm(typed(request))
    if form.is_valid():
        data = form.cleaned_data
        if attempt(form, lambda: act(actor=request.actor, report_id=report_id, **data)) is not None:
            messages.success(request, done)
            return redirect("report", report_id)
    here = reverse("report", args=[report_id])
    lead = _("%(organisation)s reads what you write. The figures stand until they are corrected.")
    return form_page(
        request,
        form,
        (page.collaboration_id, page.collaboration),
        (title, title),
        back=here,
        kicker=f"{page.organisation}, {page.label}",
        lead=lead % {"organisation": page.organisation},
        page="followup/noting.html",
        more={"page": page},
        between=(here, f"{page.organisation}, {page.label}"),
    )


@require_POST
@requires("collaboration.lead")
def locking(request: Request, report_id: str) -> HttpResponse:
    """Lock a report."""
    report_for(request.actor, report_id, "collaboration.lead")
    _act(
        request,
        lambda: do.lock_report(actor=request.actor, report_id=report_id),
        lambda _made: _("The report is locked. Its figures stand."),
    )
    return redirect("report", report_id)
