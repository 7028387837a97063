"""The consultation as a conversation: replies to objections, clearing them, reminding and recording who declines."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from samordna.domain.decisions import operations
from samordna.domain.decisions.access import consultation_answer_for, version_for
from samordna.web.decisions.decisions import decision_again
from samordna.web.decisions.forms import NotAnsweringForm, ReplyForm
from samordna.web.door import Request, requires
from samordna.web.forms import attempt, back


@require_POST
@requires("decision.lead")
def reply_to_objection(request: Request, answer_id: str) -> HttpResponse:
    """Answer a named objection; what was typed comes back with the page when it cannot be used."""
    objection = consultation_answer_for(request.actor, answer_id, "decision.lead")
    form = ReplyForm(request.POST, prefix=f"reply-{answer_id}")
    if form.is_valid():
        text = form.cleaned_data["text"]
        if _done(form, lambda: operations.reply_to_objection(actor=request.actor, answer_id=answer_id, text=text)):
            messages.success(request, _("The objection is answered. Its maker is asked whether that clears it."))
            return redirect("decision", objection.version.decision_id)
    return decision_again(request, objection.version_id, (f"reply-{answer_id}", form))


@require_POST
@requires("proposal.answer")
def clear_objection(request: Request, answer_id: str) -> HttpResponse:
    """Say that the reply is enough."""
    objection = consultation_answer_for(request.actor, answer_id)
    form = _pressed()
    if _done(form, lambda: operations.clear_objection(actor=request.actor, answer_id=answer_id)):
        messages.success(request, _("Your objection is cleared. Thank you."))
    return _back(request, form, objection.version.decision_id)


@require_POST
@requires("decision.lead")
def record_not_answering(request: Request, version_id: str) -> HttpResponse:
    """Record that participants decline to answer, with the reason."""
    version = version_for(request.actor, version_id, "decision.lead")
    form = NotAnsweringForm(request.POST, prefix="declining")
    if form.is_valid():
        said = {"organisation_ids": request.POST.getlist("organisation"), "reason": form.cleaned_data["reason"]}
        if _done(form, lambda: operations.record_not_answering(actor=request.actor, version_id=version_id, **said)):
            messages.success(request, _("It is recorded that they decline. The reason stays with the decision."))
            return redirect("decision", version.decision_id)
    return decision_again(request, version_id, ("declining", form))


@require_POST
@requires("decision.lead")
def remind_of_decision(request: Request, version_id: str) -> HttpResponse:
    """Mail those who are waited for."""
    version, form = version_for(request.actor, version_id, "decision.lead"), _pressed()
    origin = request.build_absolute_uri("/")
    letters = attempt(
        form, lambda: operations.remind_of_decision(actor=request.actor, version_id=version_id, origin=origin)
    )
    if letters is not None:
        _on_their_way(request, len(letters))
    return _back(request, form, version.decision_id)


def _on_their_way(request: Request, count: int) -> None:
    if not count:
        messages.warning(request, _("There is no letter to send: nobody there has an e-mail address."))
        return
    said = ngettext("%(n)s letter is on its way.", "%(n)s letters are on their way.", count)
    messages.success(request, said % {"n": count})


def _pressed() -> forms.Form:
    """A form with nothing in it but the press, to carry a refusal."""
    form = forms.Form({})
    form.is_valid()
    return form


def _done(form: forms.Form, call: Callable[[], Any]) -> bool:
    return attempt(form, call) is not None


def _back(request: Request, form: forms.Form, decision_id: str) -> HttpResponse:
    if form.non_field_errors():
        messages.error(request, " ".join(str(error) for error in form.non_field_errors()))
    return back(request, "decision", decision_id)
