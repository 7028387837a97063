"""Decisions: the register, the document, and the steps from a prepared version to one in force."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.domain.adherence.queries import own_work_by
from samordna.domain.change.queries import links
from samordna.domain.decisions import operations
from samordna.domain.decisions.access import proposal_for, version_for
from samordna.domain.decisions.enums import DecisionState
from samordna.domain.decisions.queries.board import board
from samordna.domain.decisions.queries.decided import decision_page
from samordna.domain.decisions.queries.pages import proposal_page
from samordna.domain.decisions.queries.register import register
from samordna.domain.matters.access import matter_for
from samordna.domain.minutes.queries.register import decided_about
from samordna.web.decisions.asked import asked_about
from samordna.web.decisions.detail import levels
from samordna.web.decisions.forms import (
    AdoptionForm,
    ConsultationAnswerForm,
    ConsultationForm,
    EstablishForm,
    NotAnsweringForm,
    PrepareForm,
    ReasonForm,
    ReplaceForm,
    ReplyForm,
    SkipForm,
    cleaned,
)
from samordna.web.decisions.proposals import proposal_context
from samordna.web.decisions.refusals import refusals_on_decision
from samordna.web.door import Request, requires
from samordna.web.forms import attempt

NAMED = 12
"""So many of those who lose are named in the reason to let a matter be."""

FORMS: dict[str, type[forms.Form]] = {
    "consultation": ConsultationForm,
    "answer": ConsultationAnswerForm,
    "skip": SkipForm,
    "adoption": AdoptionForm,
    "establish": EstablishForm,
    "withdraw": ReasonForm,
    "declining": NotAnsweringForm,
}
"""The forms of a decision's page, by the name of their prefix."""


def _number(request: Request, name: str) -> int:
    """A small whole number in the address; 0 for anything else."""
    asked = request.GET.get(name, "")
    return int(asked) if asked.isdecimal() and len(asked) < 6 else 0


@require_safe
@requires("decision.read")
def binds_us(request: Request) -> HttpResponse:
    """What governs our own work, and every decision we may read."""
    seen = register(actor=request.actor, page=_number(request, "sida"))
    helping = own_work_by(request.actor, clock.now())
    return render(request, "decisions/binds_us.html", {"register": seen, "helping": helping})


@require_safe
@requires("decision.read")
def decision(request: Request, decision_id: str) -> HttpResponse:
    """A decision: its document, its mandate and certificate, and what each organisation has said of it."""
    return _page(request, decision_id, _number(request, "version"))


def _page(request: Request, decision_id: str, number: int = 0, wrong: tuple[str, forms.Form] | None = None) -> HttpResponse:
    page = decision_page(actor=request.actor, decision_id=decision_id, number=number)
    shown = {name: _form(name, wrong) for name in FORMS}
    replies = [(bound, _reply_form(bound.answer_id, wrong)) for bound in page.objecting]
    context = {
        "page": page,
        "forms": shown,
        "replies": replies,
        "chosen": request.POST.getlist("organisation"),
    } | refusals_on_decision(request.actor, page)
    context |= asked_about(request, page.facts.matter)
    context["at_meetings"] = decided_about(request.actor, page.facts.matter.pk, clock.now())
    context["links"] = links.of_decision(request.actor, decision_id, clock.now())
    if not context["lead_refusal"] and page.version.state in (DecisionState.PREPARED, DecisionState.RECOMMENDED):
        context |= levels(request, page.facts, page.version.proposal_id)
    return render(request, "decisions/decision.html", context, status=422 if wrong else 200)


def _form(name: str, wrong: tuple[str, forms.Form] | None) -> forms.Form:
    return wrong[1] if wrong and wrong[0] == name else FORMS[name](prefix=name)


def _reply_form(answer_id: str, wrong: tuple[str, forms.Form] | None) -> forms.Form:
    name = f"reply-{answer_id}"
    return wrong[1] if wrong and wrong[0] == name else ReplyForm(prefix=name)


def decision_again(request: Request, version_id: str, wrong: tuple[str, forms.Form]) -> HttpResponse:
    """The page of a version once more, with one form as it was typed."""
    version = version_for(request.actor, version_id)
    return _page(request, version.decision_id, version.number, wrong)


def _step(request: Request, version_id: str, name: str, call: Callable[..., Any], done: str) -> HttpResponse:
    """One form of the page: run its operation and say so, or show the page again with what was typed."""
    version = version_for(request.actor, version_id)
    form = FORMS[name](request.POST, prefix=name)
    if form.is_valid():
        said = cleaned(form, actor=request.actor, version_id=version_id)
        if attempt(form, lambda: call(**said)) is not None:
            messages.success(request, done)
            return redirect("decision", version.decision_id)
    return decision_again(request, version_id, (name, form))


@require_POST
@requires("decision.lead")
def open_consultation(request: Request, version_id: str) -> HttpResponse:
    """Send a prepared version out for answers."""
    done = _("The consultation is open. Everyone who takes part can answer.")
    return _step(request, version_id, "consultation", operations.open_consultation, done)


@require_POST
@requires("proposal.answer")
def answer_consultation(request: Request, version_id: str) -> HttpResponse:
    """One organisation's answer."""
    return _step(request, version_id, "answer", operations.answer_consultation, _("Your answer is kept. Thank you."))


@require_POST
@requires("decision.lead")
def skip_step(request: Request, version_id: str) -> HttpResponse:
    """Leave out a step, with a reason."""
    done = _("The step is left out. The reason stays with the decision.")
    return _step(request, version_id, "skip", operations.skip_step, done)


@require_POST
@requires("decision.adopt")
def record_adoption(request: Request, version_id: str) -> HttpResponse:
    """What the organisation's own body decided."""
    done = _("Your organisation's decision is recorded.")
    return _step(request, version_id, "adoption", operations.record_adoption, done)


@require_POST
@requires("decision.lead")
def establish(request: Request, version_id: str) -> HttpResponse:
    """Put the version in force."""
    done = _("The decision is established. Everyone it binds now says how it is followed.")
    return _step(request, version_id, "establish", operations.establish, done)


@require_POST
@requires("decision.lead")
def withdraw_decision(request: Request, version_id: str) -> HttpResponse:
    """End the version, with a reason."""
    return _step(request, version_id, "withdraw", operations.withdraw_decision, _("The version is withdrawn."))


@require_POST
@requires("decision.lead")
def recommend(request: Request, version_id: str) -> HttpResponse:
    """Recommend the version to the participants' own bodies; a refusal is said on the page."""
    version = version_for(request.actor, version_id)
    form = forms.Form({})
    form.is_valid()
    if attempt(form, lambda: operations.recommend(actor=request.actor, version_id=version_id)) is None:
        messages.error(request, " ".join(str(error) for error in form.non_field_errors()))
    else:
        messages.success(request, _("The decision is recommended. Now each organisation's own body decides."))
    return redirect("decision", version.decision_id)


@require_POST
@requires("decision.lead")
def prepare(request: Request, proposal_id: str) -> HttpResponse:
    """Write down the chosen proposal as a version of the decision."""
    found = proposal_for(request.actor, proposal_id)
    form = PrepareForm(request.POST)
    if form.is_valid():
        said = cleaned(form, actor=request.actor, matter_id=found.matter_id)
        version = attempt(form, lambda: operations.prepare_decision(**said))
        if version is not None:
            messages.success(request, _("The decision is prepared."))
            return redirect("decision", version.decision_id)
    return _proposal_again(request, proposal_id, {"prepare": form})


@require_POST
@requires("decision.lead")
def replace(request: Request, proposal_id: str) -> HttpResponse:
    """Prepare the next version of a decision in force from this proposal."""
    page = proposal_page(actor=request.actor, proposal_id=proposal_id)
    form = ReplaceForm(request.POST)
    if form.is_valid():
        said = cleaned(form, actor=request.actor, decision_id=page.head.decision_id, proposal_id=proposal_id)
        version = attempt(form, lambda: operations.replace_decision(**said))
        if version is not None:
            messages.success(request, _("The next version of the decision is prepared."))
            return redirect("decision", version.decision_id)
    return _proposal_again(request, proposal_id, {"replace": form})


def _proposal_again(request: Request, proposal_id: str, wrong: dict[str, forms.Form]) -> HttpResponse:
    page = proposal_page(actor=request.actor, proposal_id=proposal_id)
    return render(request, "decisions/proposal.html", proposal_context(request, page) | wrong, status=422)


@require_http_methods(["GET", "POST"])
@requires("decision.lead")
def let_be(request: Request, matter_id: str) -> HttpResponse:
    """Leave the matter, and say why."""
    matter = matter_for(request.actor, matter_id, "decision.lead")
    form = ReasonForm(request.POST or None, initial={"reason": _figures(request.actor, matter_id)})
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(form, lambda: operations.let_be(actor=request.actor, matter_id=matter_id, reason=reason)) is not None:
            messages.success(request, _("The matter is let be. The reason stays with it."))
            return redirect("matter", matter_id)
    status = 422 if request.method == "POST" else 200
    return render(request, "decisions/let_be.html", {"form": form, "matter": matter}, status=status)


def _figures(actor: Actor, matter_id: str) -> str:
    """The figures that speak for it, as a reason to begin from; "" where nothing has been weighed or it is worth it."""
    seen = board(actor=actor, matter_id=matter_id)
    if seen.weights is None or seen.weights.whole is None or seen.weights.whole.verdict != "not_worth_it":
        return ""
    net, unit = seen.weights.whole.net, seen.head.unit
    words = {"title": seen.current.title if seen.current else "", "likely": net.likely, "low": net.low, "high": net.high}
    told = [
        _("“%(title)s” gives %(likely)s %(unit)s for the whole (between %(low)s and %(high)s).") % {**words, "unit": unit}
    ]
    losing = seen.weights.losing
    if losing:
        names = ", ".join(f"{part.name} ({part.net.likely} {unit})" for part in losing[:NAMED])
        told.append(_("Worse off than alone: %(names)s.") % {"names": names})
    if len(losing) > NAMED:
        told.append(_("And %(count)s more.") % {"count": len(losing) - NAMED})
    return "\n".join(told)
