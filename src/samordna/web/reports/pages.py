"""Annual reports: begun, read, written, arranged, adopted, and as files."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext as _p
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samordna.core import clock
from samordna.core.errors import Absent, Denied
from samordna.domain.collaborations.access import collaboration_for
from samordna.domain.reports import operations as do
from samordna.domain.reports.access import LEAD, annual_report_for, chapter_for
from samordna.domain.reports.queries.pages import (
    annual_report_page,
    chapter_page,
    fingerprint_of,
    report_file,
    reports_page,
)
from samordna.domain.reports.queries.withdrawn import takeable_for
from samordna.web.agreements.pages import DOCX, named_file
from samordna.web.door import Request, requires
from samordna.web.forms import attempt, typed
from samordna.web.reports.forms import AdoptionForm, ChapterForm, WithdrawalForm, YearForm

METHODS = ["GET", "HEAD", "POST"]
KINDS = {"pdf": "application/pdf", "docx": DOCX}


@require_safe
@requires("collaboration.read")
def reports(request: Request, collaboration_id: str) -> HttpResponse:
    """The collaboration's annual reports."""
    return render(request, "reports/reports.html", {"page": reports_page(request.actor, collaboration_id, clock.now())})


@require_http_methods(METHODS)
@requires("collaboration.lead")
def beginning(request: Request, collaboration_id: str) -> HttpResponse:
    """Begin the report of a year."""
    given = collaboration_for(request.actor, collaboration_id, LEAD)
    page = reports_page(request.actor, collaboration_id, clock.now())
    form = YearForm(typed(request), initial={"year": page.years[0] if page.years else clock.day(clock.now()).year})
    if form.is_valid():
        data = form.cleaned_data
        made = attempt(form, lambda: do.begin_annual_report(actor=request.actor, collaboration_id=given.pk, **data))
        if made is not None:
            messages.success(request, _("Here is what is known of the year. Write what it means, and what you want to do."))
            return redirect("annual_report", made.pk)
    where = {"collaboration_id": given.pk, "collaboration": given.name, "back": reverse("annual_reports", args=[given.pk])}
    lead = _("Goals, results, decisions and meetings are filled in by themselves. You write beside them.")
    return _form(request, form, where, _("Begin an annual report"), _p("button", "Begin"), lead)


@require_safe
@requires("collaboration.read")
def report(request: Request, annual_report_id: str) -> HttpResponse:
    """One report, chapter by chapter."""
    page = annual_report_page(request.actor, annual_report_id, clock.now())
    return render(request, "reports/report.html", {"page": page})


@require_safe
@requires("collaboration.read")
def as_file(request: Request, annual_report_id: str, ending: str) -> HttpResponse:
    """The report as PDF or as Word."""
    if ending not in KINDS:
        raise Http404
    try:
        name, content = report_file(request.actor, annual_report_id, ending, clock.now())
    except Absent:
        raise
    except Denied as denied:
        messages.error(request, denied.reason)
        return redirect("annual_report", annual_report_id)
    disposition = named_file("inline" if ending == "pdf" else "attachment", name)
    return HttpResponse(content, content_type=KINDS[ending], headers={"Content-Disposition": disposition})


@require_POST
@requires("collaboration.lead")
def drawing(request: Request, annual_report_id: str) -> HttpResponse:
    """Draw what is known anew."""
    annual_report_for(request.actor, annual_report_id, LEAD)
    told = _("What is known is drawn anew. Your own words stand as they were.")
    return _pressed(
        request,
        annual_report_id,
        lambda: do.draw_report_again(actor=request.actor, annual_report_id=annual_report_id),
        told,
    )


@require_http_methods(METHODS)
@requires("collaboration.lead")
def writing(request: Request, chapter_id: str) -> HttpResponse:
    """Write a chapter's own words."""
    page = chapter_page(request.actor, chapter_id, clock.now())
    form = ChapterForm(typed(request), initial={"text": page.text, "seen": page.fingerprint})
    if form.is_valid():
        data = form.cleaned_data
        if attempt(form, lambda: do.write_chapter(actor=request.actor, chapter_id=chapter_id, **data)) is not None:
            messages.success(request, _("The chapter is saved."))
            return redirect("annual_report", page.annual_report_id)
    where = {
        "collaboration_id": page.collaboration_id,
        "collaboration": page.collaboration,
        "annual_report_id": page.annual_report_id,
        "year": page.year,
        "versions": page.versions,
        "back": reverse("annual_report", args=[page.annual_report_id]),
    }
    lead = _("What is known stands beneath your words in the report, and is drawn anew without touching them.")
    return _form(request, form, where, page.title, _p("button", "Save"), lead)


@require_POST
@requires("collaboration.lead")
def moving(request: Request, chapter_id: str) -> HttpResponse:
    """Move a chapter one place (`earlier`), leave it out or take it in (`out`)."""
    chapter = chapter_for(request.actor, chapter_id, LEAD)
    word, actor = request.POST.get("word"), request.actor
    acts: dict[str | None, Callable[[], object]] = {
        "earlier": lambda: do.move_chapter(actor=actor, chapter_id=chapter_id, earlier=True),
        "later": lambda: do.move_chapter(actor=actor, chapter_id=chapter_id, earlier=False),
        "out": lambda: do.leave_chapter_out(actor=actor, chapter_id=chapter_id, left_out=True),
        "in": lambda: do.leave_chapter_out(actor=actor, chapter_id=chapter_id, left_out=False),
    }
    if word not in acts:
        messages.error(request, _("Say where the chapter is to go."))
        return redirect("annual_report", chapter.report_id)
    return _pressed(request, chapter.report_id, acts[word], _("The report is arranged."))


@require_http_methods(METHODS)
@requires("collaboration.lead")
def adopting(request: Request, annual_report_id: str) -> HttpResponse:
    """Adopt the report."""
    given = annual_report_for(request.actor, annual_report_id, LEAD)
    form = AdoptionForm(typed(request), initial={"seen": request.GET.get("sett") or fingerprint_of(given)})
    if form.is_valid():
        data = form.cleaned_data
        adopted = attempt(form, lambda: do.adopt_report(actor=request.actor, annual_report_id=given.pk, **data))
        if adopted is not None:
            messages.success(request, _("The report is adopted. Everybody who takes part reads it from now on."))
            return redirect("annual_report", given.pk)
    where = {
        "collaboration_id": given.collaboration_id,
        "collaboration": given.collaboration.name,
        "annual_report_id": given.pk,
        "year": given.year,
        "back": reverse("annual_report", args=[given.pk]),
    }
    lead = _("From then on nothing in it changes, and everybody who takes part reads it. Its files are kept as they are.")
    return _form(request, form, where, _("Adopt the report"), _p("button", "Adopt"), lead)


@require_http_methods(METHODS)
@requires("collaboration.lead")
def withdrawing(request: Request, annual_report_id: str) -> HttpResponse:
    """Take a whole away from an adopted report; `?del=` chooses it."""
    given = annual_report_for(request.actor, annual_report_id, LEAD)
    rows = takeable_for(request.actor, annual_report_id, clock.now())
    unsafe = _("%(what)s (would not be told today)")
    choices = [(row.key, unsafe % {"what": row.title} if row.unsafe else row.title) for row in rows]
    form = WithdrawalForm(typed(request), choices=choices, initial={"piece": request.GET.get("del", "")[:20]})
    if form.is_valid():
        kind, _colon, place = form.cleaned_data["piece"].partition(":")
        said: dict[str, Any] = {"kind": kind, "place": int(place), "reason": form.cleaned_data["reason"]}
        made = attempt(
            form, lambda: do.withdraw_from_report(actor=request.actor, annual_report_id=annual_report_id, **said)
        )
        if made is not None:
            messages.success(request, _("Taken away. The page and the files have a dated note in its place."))
            return redirect("annual_report", given.pk)
    where = {
        "collaboration_id": given.collaboration_id,
        "collaboration": given.collaboration.name,
        "annual_report_id": given.pk,
        "year": given.year,
        "back": reverse("annual_report", args=[given.pk]),
    }
    lead = _(
        "When organisations have come together, one of them may know so much that another's figure can be worked out of a "
        "whole. A dated note takes its place. What was adopted keeps its digest, and is given out no more. What somebody "
        "wrote in its own words stands as it is."
    )
    return _form(request, form, where, _("Take a whole away"), _p("button", "Take away"), lead)


def _pressed(request: Request, annual_report_id: str, act: Callable[[], object], done: str) -> HttpResponse:
    try:
        act()
    except Absent:
        raise
    except Denied as denied:
        messages.error(request, denied.reason)
    else:
        messages.success(request, done)
    return redirect("annual_report", annual_report_id)


def _form(request: Request, form: Form, where: dict[str, Any], title: str, submit: str, lead: str) -> HttpResponse:
    context = where | {"form": form, "title": title, "submit": submit, "lead": lead}
    return render(request, "reports/form.html", context, status=422 if form.errors else 200)
