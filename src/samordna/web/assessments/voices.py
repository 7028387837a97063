"""Feedback, what was done about it, and thanks."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samordna.core import clock
from samordna.core.errors import Forbidden
from samordna.core.refusals import refusal_of
from samordna.domain.assessments.access import LEAD, feedback_for
from samordna.domain.assessments.operations import answer_feedback, give_feedback, thank_organisation
from samordna.domain.assessments.queries.voices import VoicesPage, voices_page
from samordna.domain.change.enums import StartKind
from samordna.domain.change.queries import links
from samordna.domain.collaborations.access import contribution_for
from samordna.web.assessments.forms import FeedbackAnswerForm, FeedbackForm, ThanksForm
from samordna.web.door import Request, requires
from samordna.web.forms import attempt, typed
from samordna.web.minutes.frame import wanted_number

METHODS = ["GET", "HEAD", "POST"]


@require_safe
@requires("collaboration.read")
def voices(request: Request, collaboration_id: str) -> HttpResponse:
    """What was said, what was done, and who is thanked."""
    at = clock.now()
    numbers = (wanted_number(request.GET.get(key, ""), 1) for key in ("sida", "tack"))
    page = voices_page(request.actor, collaboration_id, at, *numbers)
    rows = [row.id for row in (*page.waiting, *page.answered)]
    led = links.of_feedback(request.actor, rows, at)
    context: dict[str, Any] = {"page": page}
    context["waiting_hint"] = _of_all(len(page.waiting), page.waiting_total)
    context |= {"feedback_kept": f"sida={page.page}&", "thanks_kept": f"tack={page.thanks_page}&"}
    context["waiting"] = led.beside(StartKind.FEEDBACK, page.waiting)
    context["answered"] = led.beside(StartKind.FEEDBACK, page.answered)
    context["analysing"] = refusal_of(contribution_for, request.actor, collaboration_id, at)
    return render(request, "assessments/voices.html", context)


def _of_all(shown: int, total: int) -> str:
    """How many of all are on the page, where that is not all of them."""
    return _("%(shown)s of %(all)s are on this page.") % {"shown": shown, "all": total} if shown < total else ""


@require_http_methods(METHODS)
@requires("assessment.answer")
def giving(request: Request, collaboration_id: str) -> HttpResponse:
    """Give feedback."""
    page = voices_page(request.actor, collaboration_id, clock.now())
    if page.refused:
        raise Forbidden(page.refused)
    form = FeedbackForm(typed(request), decisions=page.decisions)
    if form.is_valid():
        data = form.cleaned_data
        made = attempt(form, lambda: give_feedback(actor=request.actor, collaboration_id=collaboration_id, **data))
        if made is not None:
            messages.success(request, _("Thank you. The coordinator answers with what was done about it."))
            return redirect("voices", collaboration_id)
    return _form(request, page, form, _("Give feedback"), _("Send"))


@require_http_methods(METHODS)
@requires("collaboration.lead")
def answering(request: Request, feedback_id: str) -> HttpResponse:
    """Say what was done."""
    feedback = feedback_for(request.actor, feedback_id, LEAD)
    page = voices_page(request.actor, feedback.collaboration_id, clock.now())
    first = {"outcome": feedback.outcome, "answer": feedback.answer}
    form = FeedbackAnswerForm(typed(request), initial=first)
    if form.is_valid():
        data = form.cleaned_data
        if attempt(form, lambda: answer_feedback(actor=request.actor, feedback_id=feedback_id, **data)) is not None:
            messages.success(request, _("Answered. Whoever gave it is told."))
            return redirect("voices", feedback.collaboration_id)
    return _form(request, page, form, _("Answer feedback"), _("Answer"), quoted=feedback.text)


@require_http_methods(METHODS)
@requires("collaboration.contribute")
def thanking(request: Request, collaboration_id: str) -> HttpResponse:
    """Thank another organisation."""
    page = voices_page(request.actor, collaboration_id, clock.now())
    if page.thanking:
        raise Forbidden(page.thanking)
    choices = {"organisations": page.organisations, "decisions": page.decisions, "matters": page.matters}
    form = ThanksForm(typed(request), **choices)
    if form.is_valid():
        data = form.cleaned_data
        made = attempt(form, lambda: thank_organisation(actor=request.actor, collaboration_id=collaboration_id, **data))
        if made is not None:
            messages.success(request, _("Thanked. Everybody who takes part can read it."))
            return redirect("voices", collaboration_id)
    return _form(request, page, form, _("Thank an organisation"), _("Thank"))


def _form(request: Request, page: VoicesPage, form: Form, title: str, submit: str, quoted: str = "") -> HttpResponse:
    back = reverse("voices", args=[page.collaboration_id])
    context: dict[str, Any] = {"page": page, "form": form, "title": title, "submit": submit, "back": back}
    context |= {"quoted": quoted, "over": _("Feedback and thanks"), "over_url": back, "lead": ""}
    return render(request, "assessments/form.html", context, status=422 if form.errors else 200)
