"""Answering a wave: signed in, by a one-time link, and from paper."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samordna.core import clock
from samordna.core.errors import Forbidden, Refused
from samordna.domain.assessments.access import bearer_of, link_of
from samordna.domain.assessments.operations import enter_paper, keep_draft, reply_by_link, reply_to_wave
from samordna.domain.assessments.queries.answering import AnswerPage, answer_page, link_page, paper_page
from samordna.web.assessments.forms import ReplyForm
from samordna.web.door import Request, public, requires
from samordna.web.forms import attempt, typed

METHODS = ["GET", "HEAD", "POST"]


def _given(form: ReplyForm) -> dict[str, Any]:
    return {"typed": form.typed(), "level": form.data.get("level", "")}


def _shown(request: Request, page: AnswerPage, form: ReplyForm, **more: Any) -> HttpResponse:
    context: dict[str, Any] = {"page": page, "form": form, "by_link": False, "paper": False} | more
    return render(request, "assessments/answer.html", context, status=422 if form.errors else 200)


@require_http_methods(METHODS)
@requires("assessment.answer")
def answer(request: Request, wave_id: str) -> HttpResponse:
    """Answer, or keep what one has so far."""
    page = answer_page(request.actor, wave_id, clock.now())
    if page.refused:
        raise Forbidden(page.refused)
    form = ReplyForm(typed(request), page=page)
    if request.method == "POST" and "keep" in request.POST:
        keep_draft(actor=request.actor, wave_id=wave_id, **_given(form))
        messages.success(request, _("What you have typed is kept. Nobody else can read it; go on when you like."))
        return redirect("answer_wave", wave_id)
    if form.is_valid():
        sent = attempt(form, lambda: reply_to_wave(actor=request.actor, wave_id=wave_id, **_given(form)))
        if sent is not None:
            messages.success(request, _("Thank you. The result is shown when the wave has closed."))
            return redirect("wave", wave_id)
    return _shown(request, page, form)


@require_http_methods(METHODS)
@public("the one-time link's secret token is the key to one answer of one wave")
def by_link(request: Request, token: str) -> HttpResponse:
    """Answer by a link, without an account. Looking does not use the link up; sending the answer in does."""
    at = clock.now()
    page = link_page(token, at)
    if page.refused:
        return _ended(request, page.refused)
    form = ReplyForm(typed(request), page=page)
    if form.is_valid():
        actor = bearer_of(link_of(token))
        sent = attempt(form, lambda: reply_by_link(actor=actor, token=token, **_given(form)))
        if sent is not None:
            return _ended(request, "")
    return _shown(request, page, form, by_link=True)


def _ended(request: Request, reason: str) -> HttpResponse:
    return render(request, "assessments/link_ended.html", {"reason": reason}, status=410 if reason else 200)


@require_http_methods(METHODS)
@requires("collaboration.lead")
def paper(request: Request, wave_id: str) -> HttpResponse:
    """Enter what somebody has answered on paper."""
    page, whose = paper_page(request.actor, wave_id, clock.now())
    if page.refused:
        raise Refused(page.refused)
    form = ReplyForm(typed(request), page=page, whose=whose)
    if form.is_valid():
        given = _given(form) | {"whose": form.cleaned_data["whose"]}
        sent = attempt(form, lambda: enter_paper(actor=request.actor, wave_id=wave_id, **given))
        if sent is not None:
            messages.success(request, _("The answer is entered, marked as given on paper. Enter the next one, or go back."))
            return redirect("enter_paper", wave_id)
    return _shown(request, page, form, paper=True)
