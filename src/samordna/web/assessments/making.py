"""Questionnaires and waves, made and led by the coordinator."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samordna.core import clock
from samordna.core.errors import Absent, Denied, Forbidden
from samordna.domain.assessments import operations as do
from samordna.domain.assessments.access import LEAD, asked_about, questionnaire_for, wave_for
from samordna.domain.assessments.enums import QuestionnaireKind
from samordna.domain.assessments.limits import LEAST_TOGETHER
from samordna.domain.assessments.queries.lists import assessments_page, questionnaire_page, wave_page
from samordna.domain.collaborations.access import collaboration_for
from samordna.web.assessments.forms import FileForm, GroupForm, LinksForm, QuestionForm, RhythmForm, TitleForm, WaveForm
from samordna.web.door import Request, requires
from samordna.web.forms import attempt, typed

METHODS = ["GET", "HEAD", "POST"]


def _form(request: Request, page: Any, form: Form, title: str, submit: str, **more: Any) -> HttpResponse:
    back = more.get("back") or reverse("assessments", args=[page.collaboration_id])
    context: dict[str, Any] = {"page": page, "form": form, "title": title, "submit": submit, "back": back, "lead": ""}
    return render(request, "assessments/form.html", context | more, status=422 if form.errors else 200)


def _over(title: str, url: str) -> dict[str, str]:
    return {"over": title, "over_url": url, "back": url}


@require_POST
@requires("collaboration.lead")
def taking(request: Request, collaboration_id: str) -> HttpResponse:
    """Take one of those that come with the installation."""
    try:
        key = request.POST.get("key", "")[:40]
        made = do.take_questionnaire(actor=request.actor, collaboration_id=collaboration_id, key=key)
    except (Absent, Forbidden):
        raise
    except Denied as denied:
        messages.error(request, denied.reason)
        return redirect("assessments", collaboration_id)
    messages.success(request, _("The questionnaire is the collaboration's own copy. Look it through, and ask it."))
    return redirect("questionnaire", made.pk)


@require_http_methods(METHODS)
@requires("collaboration.lead")
def starting(request: Request, collaboration_id: str) -> HttpResponse:
    """Begin one's own."""
    collaboration_for(request.actor, collaboration_id, LEAD)
    form = TitleForm(typed(request))
    if form.is_valid():
        data = form.cleaned_data
        made = attempt(form, lambda: do.start_questionnaire(actor=request.actor, collaboration_id=collaboration_id, **data))
        if made is not None:
            return redirect("add_question", made.pk)
    page = assessments_page(request.actor, collaboration_id, clock.now())
    return _form(request, page, form, _("A questionnaire of our own"), _("Begin"))


@require_http_methods(METHODS)
@requires("collaboration.lead")
def importing(request: Request, collaboration_id: str) -> HttpResponse:
    """Take one in from a file."""
    collaboration_for(request.actor, collaboration_id, LEAD)
    form = FileForm(typed(request), request.FILES if request.method == "POST" else None)
    if form.is_valid():
        content = form.cleaned_data["file"].read()
        given = {"actor": request.actor, "collaboration_id": collaboration_id, "content": content}
        made = attempt(form, lambda: do.import_questionnaire(**given))
        if made is not None:
            messages.success(request, _("The questionnaire is taken in. Look it through before it is asked."))
            return redirect("questionnaire", made.pk)
    page = assessments_page(request.actor, collaboration_id, clock.now())
    return _form(request, page, form, _("A questionnaire from a file"), _("Take it in"))


@require_http_methods(METHODS)
@requires("collaboration.lead")
def adding(request: Request, questionnaire_id: str) -> HttpResponse:
    """Add a question."""
    questionnaire_for(request.actor, questionnaire_id, LEAD)
    page, form = questionnaire_page(request.actor, questionnaire_id, clock.now()), QuestionForm(typed(request))
    if form.is_valid():
        data = form.cleaned_data | {"options": form.cleaned_data["options"].splitlines()}
        made = attempt(form, lambda: do.add_question(actor=request.actor, questionnaire_id=questionnaire_id, **data))
        if made is not None:
            messages.success(request, _("The question is added, last. Add another, or go back."))
            return redirect("questionnaire", questionnaire_id)
    over = _over(page.row.title, reverse("questionnaire", args=[page.id]))
    return _form(request, page, form, _("Add a question"), _("Add"), **over)


@require_POST
@requires("collaboration.lead")
def removing(request: Request, questionnaire_id: str) -> HttpResponse:
    """Take a question away."""
    key = request.POST.get("key", "")[:40]
    return _done(
        request,
        lambda: do.remove_question(actor=request.actor, questionnaire_id=questionnaire_id, key=key),
        _("The question is taken away. Waves that have asked it keep it."),
        redirect("questionnaire", questionnaire_id),
    )


def _done(request: Request, call: Any, told: str, there: HttpResponse) -> HttpResponse:
    try:
        call()
    except (Absent, Forbidden):
        raise
    except Denied as denied:
        messages.error(request, denied.reason)
    else:
        messages.success(request, told)
    return there


@require_http_methods(METHODS)
@requires("collaboration.lead")
def planning(request: Request, questionnaire_id: str) -> HttpResponse:
    """Say when it is asked, and of whom."""
    questionnaire, at = questionnaire_for(request.actor, questionnaire_id, LEAD), clock.now()
    today = clock.day(at)
    first: dict[str, Any] = {"title": questionnaire.title, "opens_on": today, "closes_on": today + timedelta(days=14)}
    named = questionnaire.kind == QuestionnaireKind.INTEGRATION
    first |= {"anonymous": not named, "together": LEAST_TOGETHER}
    first["ask_level"] = questionnaire.kind == QuestionnaireKind.SELF
    form = WaveForm(typed(request), initial=first)
    if form.is_valid():
        data = form.cleaned_data
        made = attempt(form, lambda: do.plan_wave(actor=request.actor, questionnaire_id=questionnaire_id, **data))
        if made is not None:
            messages.success(request, _("It is asked from that day. Those who are asked see it on their page Mitt."))
            return redirect("wave", made.pk)
    page = questionnaire_page(request.actor, questionnaire_id, at)
    over = _over(page.row.title, reverse("questionnaire", args=[page.id]))
    return _form(request, page, form, _("Ask it"), _("Ask"), **over)


@require_http_methods(METHODS)
@requires("collaboration.lead")
def pacing(request: Request, questionnaire_id: str) -> HttpResponse:
    """Say how often it is asked."""
    questionnaire, at = questionnaire_for(request.actor, questionnaire_id, LEAD), clock.now()
    first = {"weeks": questionnaire.weeks_between, "first_on": questionnaire.next_on}
    form = RhythmForm(typed(request), initial=first)
    if form.is_valid():
        data = form.cleaned_data
        if attempt(form, lambda: do.set_rhythm(actor=request.actor, questionnaire_id=questionnaire_id, **data)) is not None:
            messages.success(request, _("How often it is asked is saved."))
            return redirect("questionnaire", questionnaire_id)
    page = questionnaire_page(request.actor, questionnaire_id, at)
    over = _over(page.row.title, reverse("questionnaire", args=[page.id]))
    lead = _("It opens by itself, anonymously and for all roles, and is open for ten days.")
    return _form(request, page, form, _("Ask it regularly"), _("Save"), **over | {"lead": lead})


@require_http_methods(METHODS)
@requires("collaboration.lead")
def grouping(request: Request, wave_id: str) -> HttpResponse:
    """Name a group that does not sign in."""
    wave = wave_for(request.actor, wave_id, LEAD)
    form = GroupForm(typed(request), organisations=[(one.pk, one.name) for one in asked_about(wave)])
    if form.is_valid():
        data = form.cleaned_data
        if attempt(form, lambda: do.add_group(actor=request.actor, wave_id=wave_id, **data)) is not None:
            return redirect("make_links", wave_id)
    return _of_wave(request, wave_id, form, _("A group outside"), _("Add"))


@require_http_methods(METHODS)
@requires("collaboration.lead")
def linking(request: Request, wave_id: str) -> HttpResponse:
    """Make one-time links; they are shown once, or go out as letters."""
    wave_for(request.actor, wave_id, LEAD)
    page = wave_page(request.actor, wave_id, clock.now())
    if not page.groups:
        return redirect("add_group", wave_id)
    form = LinksForm(typed(request), groups=[(row.id, row.name) for row in page.groups])
    if form.is_valid():
        data = form.cleaned_data
        given = {"group_id": data["group_id"], "number": data["number"] or 0, "origin": request.build_absolute_uri("/")}
        lines = data["recipients"].splitlines()
        made = attempt(form, lambda: do.make_links(actor=request.actor, recipients=lines, **given))
        if made is not None:
            links = [request.build_absolute_uri(reverse("answer_wave_by_link", args=[token])) for token in made]
            sent = len([line for line in lines if line.strip()])
            return render(request, "assessments/links.html", {"page": page, "links": links, "sent": sent})
    return _of_wave(request, wave_id, form, _("One-time links"), _("Make the links"))


def _of_wave(request: Request, wave_id: str, form: Form, title: str, submit: str) -> HttpResponse:
    page = wave_page(request.actor, wave_id, clock.now())
    return _form(request, page, form, title, submit, **_over(page.row.title, reverse("wave", args=[wave_id])))


@require_POST
@requires("collaboration.lead")
def reminding(request: Request, wave_id: str) -> HttpResponse:
    """Remind all who are asked."""
    told = _("All who are asked have been reminded, so that nobody can tell who has answered.")
    return _done(request, lambda: do.remind_of_wave(actor=request.actor, wave_id=wave_id), told, redirect("wave", wave_id))


@require_POST
@requires("collaboration.lead")
def closing(request: Request, wave_id: str) -> HttpResponse:
    """Close it before its last day."""
    told = _("The wave is closed.")
    return _done(request, lambda: do.close_wave(actor=request.actor, wave_id=wave_id), told, redirect("wave", wave_id))
