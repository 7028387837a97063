"""One's own improvements, and help offered, asked for and answered."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samordna.domain.adherence import operations
from samordna.domain.adherence.access import following_for, help_offer_for, help_request_for, improvement_for
from samordna.web.adherence.forms import ImprovementForm, WordsForm
from samordna.web.adherence.views import following_again
from samordna.web.door import Request, requires
from samordna.web.forms import attempt, back


@require_POST
@requires("following.answer")
def add_improvement(request: Request, version_id: str) -> HttpResponse:
    """Note an improvement of one's own."""
    decision_id = following_for(request.actor, version_id, "following.answer").decision_id
    form = ImprovementForm(request.POST, prefix="improvement")
    if form.is_valid():
        said = form.cleaned_data
        if _done(form, lambda: operations.add_improvement(actor=request.actor, version_id=version_id, **said)):
            messages.success(request, _("The improvement is noted. You are reminded when its day has passed."))
            return redirect("following", decision_id)
    return following_again(request, decision_id, {"improvement_form": form})


@require_POST
@requires("following.answer")
def close_improvement(request: Request, improvement_id: str) -> HttpResponse:
    """Say that an improvement is done, or (with a reason) that it is dropped."""
    decision_id = improvement_for(request.actor, improvement_id, "following.answer").version.decision_id
    reason, actor = request.POST.get("reason"), request.actor
    if reason is None:
        return _pressed(
            request, decision_id, lambda: operations.finish_improvement(actor=actor, improvement_id=improvement_id)
        )
    return _pressed(
        request,
        decision_id,
        lambda: operations.drop_improvement(actor=actor, improvement_id=improvement_id, reason=reason),
    )


@require_POST
@requires("following.answer")
def offer_help(request: Request, version_id: str) -> HttpResponse:
    """Offer the others help with following."""
    decision_id = following_for(request.actor, version_id, "following.answer").decision_id
    form = WordsForm(request.POST, prefix="offer")
    if form.is_valid():
        text = form.cleaned_data["text"]
        if _done(form, lambda: operations.offer_help(actor=request.actor, version_id=version_id, text=text)):
            messages.success(request, _("Your offer is shown to everybody who follows the decision. Thank you."))
            return redirect("following", decision_id)
    return following_again(request, decision_id, {"offer_form": form})


@require_POST
@requires("following.answer")
def end_help_offer(request: Request, offer_id: str) -> HttpResponse:
    """Take one's offer back."""
    decision_id = help_offer_for(request.actor, offer_id, "following.answer").version.decision_id
    return _pressed(request, decision_id, lambda: operations.end_help_offer(actor=request.actor, offer_id=offer_id))


@require_POST
@requires("following.answer")
def ask_for_help(request: Request, offer_id: str) -> HttpResponse:
    """Ask for what another organisation offers."""
    decision_id = help_offer_for(request.actor, offer_id, "following.answer").version.decision_id
    text = request.POST.get("text", "")
    return _pressed(
        request, decision_id, lambda: operations.ask_for_help(actor=request.actor, offer_id=offer_id, text=text)
    )


@require_POST
@requires("following.answer")
def answer_help_request(request: Request, request_id: str) -> HttpResponse:
    """Answer somebody who has asked."""
    decision_id = help_request_for(request.actor, request_id, "following.answer").offer.version.decision_id
    actor, text = request.actor, request.POST.get("text", "")
    return _pressed(
        request,
        decision_id,
        lambda: operations.answer_help_request(actor=actor, request_id=request_id, answer=text),
    )


def _pressed(request: Request, decision_id: str, call: Callable[[], object]) -> HttpResponse:
    """A form of one field or none: a refusal is said on the page, with the field's own text still in it."""
    form = WordsForm({"text": request.POST.get("text", "-") or "-"})
    form.is_valid()
    if _done(form, call):
        messages.success(request, _("It is noted."))
        return back(request, "following", decision_id)
    typed = {"typed": request.POST.get("text") or request.POST.get("reason") or "", "typed_at": request.path}
    faults = [str(error) for errors in form.errors.values() for error in errors]
    return following_again(request, decision_id, {**typed, "faults": faults})


def _done(form: forms.Form, call: Callable[[], object]) -> bool:
    return attempt(form, call) is not None
