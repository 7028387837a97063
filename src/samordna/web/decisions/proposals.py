"""Proposals: made by hand, changed, amended, shared, withdrawn, checked, answered and chosen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samordna.core.errors import Absent, Denied, Overtaken
from samordna.domain.decisions import operations
from samordna.domain.decisions.access import proposal_for
from samordna.domain.decisions.enums import ComesIntoForce, ProposalState
from samordna.domain.decisions.queries.facts import facts_of
from samordna.domain.decisions.queries.pages import ProposalPage, ProseSeen, proposal_page
from samordna.domain.decisions.queries.shape import shape_of_proposal, sketch_fingerprint
from samordna.domain.matters.access import matter_for
from samordna.web.decisions.asked import asked_about
from samordna.web.decisions.detail import levels
from samordna.web.decisions.forms import PrepareForm, ProseForm, ReplaceForm
from samordna.web.decisions.proposal_form import TypedProposal
from samordna.web.decisions.refusals import refusals_on_proposal
from samordna.web.door import Request, requires
from samordna.web.forms import attempt

if TYPE_CHECKING:
    from samordna.domain.decisions.models import Proposal


@require_safe
@requires("proposal.read")
def proposal(request: Request, proposal_id: str) -> HttpResponse:
    """A proposal's own page."""
    return _page(request, proposal_page(actor=request.actor, proposal_id=proposal_id))


def _page(
    request: Request, page: ProposalPage, prose: tuple[str, ProseForm] | None = None, status: int = 200
) -> HttpResponse:
    """The page; `prose` is a form in which something was wrong, and the condition it is about."""
    return render(request, "decisions/proposal.html", proposal_context(request, page, prose), status=status)


def proposal_context(request: Request, page: ProposalPage, prose: tuple[str, ProseForm] | None = None) -> dict[str, Any]:
    """What the page is drawn from."""
    refusals = refusals_on_proposal(request.actor, page)
    asked = [(one, _prose_form(one.because.condition_id, prose), _prose_refusal(one, refusals)) for one in page.prose]
    start = {"comes_into_force": ComesIntoForce.ALL}
    forms = {"prepare": PrepareForm(initial=start), "replace": ReplaceForm(initial=start)}
    context = {"page": page, "asked": asked} | forms | refusals | asked_about(request, page.facts.matter)
    chosen = page.proposal.state == ProposalState.CHOSEN and not page.is_prepared
    return context | levels(request, page.facts, page.proposal.id) if chosen and not refusals["lead_refusal"] else context


def _prose_refusal(one: ProseSeen, refusals: dict[str, str]) -> str:
    if one.common:
        return refusals["common_prose_refusal"]
    return refusals["own_prose_refusal"] if one.own else _("Only the owner of the condition answers.")


def _prose_form(condition_id: str, wrong: tuple[str, ProseForm] | None) -> ProseForm:
    return wrong[1] if wrong and wrong[0] == condition_id else ProseForm(prefix=condition_id)


@require_http_methods(["GET", "POST"])
@requires("proposal.make")
def new_proposal(request: Request, matter_id: str) -> HttpResponse:
    """Write a proposal by hand. It is a sketch of one's own until it is shared."""
    matter = matter_for(request.actor, matter_id, "proposal.make")
    facts = facts_of(request.actor, matter)
    typed = TypedProposal(facts, request.POST if request.method == "POST" else None)

    def save() -> str:
        made = operations.propose_by_hand(actor=request.actor, matter_id=matter_id, **typed.values())
        return made.pk

    return _typed(request, typed, save, {"matter": matter, "heading": _("Write a proposal"), "back": matter_id})


@require_http_methods(["GET", "POST"])
@requires("proposal.change")
def change_proposal(request: Request, proposal_id: str) -> HttpResponse:
    """Change one's own proposal while it is a sketch."""
    found = proposal_for(request.actor, proposal_id, "proposal.change")
    typed, heading = _typed_from(request, found), _("Change the sketch")
    seen = request.POST.get("seen") or sketch_fingerprint(found)
    context = {"matter": found.matter, "heading": heading, "back": found.matter_id, "seen": seen}

    def save() -> str:
        try:
            return operations.change_sketch(actor=request.actor, proposal_id=proposal_id, seen=seen, **typed.values()).pk
        except Overtaken:
            context["seen"] = sketch_fingerprint(found)
            raise

    return _typed(request, typed, save, context)


@require_http_methods(["GET", "POST"])
@requires("proposal.make")
def amend(request: Request, proposal_id: str) -> HttpResponse:
    """Write an amendment to a shared proposal."""
    found = proposal_for(request.actor, proposal_id)
    matter_for(request.actor, found.matter_id, "proposal.make")
    typed = _typed_from(request, found)

    def save() -> str:
        return operations.amend_proposal(actor=request.actor, proposal_id=proposal_id, **typed.values()).pk

    heading = _("Amend proposal %(number)s") % {"number": found.number}
    return _typed(request, typed, save, {"matter": found.matter, "heading": heading, "back": found.matter_id})


def _typed_from(request: Request, found: Proposal) -> TypedProposal:
    data = request.POST if request.method == "POST" else None
    facts = facts_of(request.actor, found.matter)
    return TypedProposal(facts, data, shape_of_proposal(found), found.title, found.text)


def _typed(request: Request, typed: TypedProposal, save: Callable[[], str], context: dict[str, Any]) -> HttpResponse:
    """Show the form, add lines to it, or save it and go to the proposal, checked."""
    status = 200
    if request.method == "POST" and "more" not in request.POST:
        status = 422
        if typed.is_valid():
            try:
                made = save()
            except Absent:
                raise
            except Denied as denied:
                typed.take(denied)
            else:
                return _checked(request, made)
    return render(request, "decisions/proposal_form.html", {**context, "typed": typed}, status=status)


def _checked(request: Request, proposal_id: str) -> HttpResponse:
    """Check it at once, so that the page says what it breaks. A check that is refused leaves the proposal as it is."""
    try:
        operations.check_proposal(actor=request.actor, proposal_id=proposal_id)
    except Denied as denied:
        messages.warning(request, denied.reason)
    return redirect("proposal", proposal_id)


def _do(request: Request, proposal_id: str, call: Callable[[], object], done: str) -> HttpResponse:
    """One button: do it and say so, or say why not."""
    try:
        call()
    except Absent:
        raise
    except Denied as denied:
        messages.error(request, denied.reason)
    else:
        messages.success(request, done)
    return redirect("proposal", proposal_id)


@require_POST
@requires("proposal.make")
def check(request: Request, proposal_id: str) -> HttpResponse:
    """Check it against everybody's conditions as they are now."""
    actor = request.actor
    done = _("The proposal has been checked against everybody's conditions as they are now.")
    return _do(request, proposal_id, lambda: operations.check_proposal(actor=actor, proposal_id=proposal_id), done)


@require_POST
@requires("proposal.change")
def share(request: Request, proposal_id: str) -> HttpResponse:
    """Show a sketch to everyone who takes part."""
    actor, done = request.actor, _("The proposal is shared with everyone who takes part.")
    return _do(request, proposal_id, lambda: operations.share_proposal(actor=actor, proposal_id=proposal_id), done)


@require_POST
@requires("proposal.change")
def withdraw(request: Request, proposal_id: str) -> HttpResponse:
    """Take the proposal back."""
    actor, reason = request.actor, request.POST.get("reason", "")
    done = _("The proposal is withdrawn.")
    call = operations.withdraw_proposal
    return _do(request, proposal_id, lambda: call(actor=actor, proposal_id=proposal_id, reason=reason), done)


@require_POST
@requires("decision.lead")
def choose(request: Request, proposal_id: str) -> HttpResponse:
    """Choose the proposal for the decision."""
    actor, done = request.actor, _("The proposal is chosen. Now the decision can be prepared from it.")
    return _do(request, proposal_id, lambda: operations.choose_proposal(actor=actor, proposal_id=proposal_id), done)


@require_POST
@requires("proposal.answer")
def answer_prose(request: Request, proposal_id: str, condition_id: str) -> HttpResponse:
    """The owner's word on whether the proposal respects its condition in prose."""
    proposal_for(request.actor, proposal_id)
    form = ProseForm(request.POST, prefix=condition_id)
    if form.is_valid():
        said = form.cleaned_data
        answer = attempt(
            form,
            lambda: operations.answer_prose(
                actor=request.actor,
                proposal_id=proposal_id,
                condition_id=condition_id,
                respected=said["respected"] == "yes",
                reason=said["reason"],
            ),
        )
        if answer is not None:
            messages.success(request, _("Your answer is kept with the proposal."))
            return redirect("proposal", proposal_id)
    return _page(request, proposal_page(actor=request.actor, proposal_id=proposal_id), (condition_id, form), 422)
