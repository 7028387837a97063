"""Moving a matter on, closing it, opening its next turn, and what the coordination states for all."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samordna.core import clock
from samordna.core.errors import Absent
from samordna.domain.matters import operations as do
from samordna.domain.matters.access import matter_for
from samordna.domain.matters.enums import MatterStage, Sharing
from samordna.domain.matters.queries import MatterPage, matter_page, subjects_of
from samordna.domain.matters.rules import Subject
from samordna.web.door import Request, requires
from samordna.web.forms import attempt, back
from samordna.web.matters import stating
from samordna.web.matters.forms import BecauseForm, ReasonForm
from samordna.web.matters.frames import form_page

METHODS = ["GET", "HEAD", "POST"]
WAYS = {"avvagning": MatterStage.WEIGHING, "inhamtning": MatterStage.GATHERING}


def _page(request: Request, matter_id: str) -> MatterPage:
    matter_for(request.actor, matter_id, "matter.lead")
    return matter_page(request.actor, matter_id, clock.now(), questions=True)


@require_http_methods(METHODS)
@requires("matter.lead")
def advance(request: Request, matter_id: str, to: str) -> HttpResponseBase:
    """On to weighing, or back to gathering with a reason; the later steps belong to the decision's own pages."""
    page = _page(request, matter_id)
    stage = WAYS.get(to)
    if stage is None:
        raise Absent
    form = ReasonForm(request.POST if request.method == "POST" else None)
    form.fields["reason"].required = False
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(form, lambda: do.advance(actor=request.actor, matter_id=matter_id, to=stage, reason=reason)):
            undo = reverse("advance_matter", args=(matter_id, "inhamtning")) if stage is MatterStage.WEIGHING else ""
            told = _("The matter is now in the stage “%(stage)s”.") % {"stage": stage.label}
            messages.success(request, told, extra_tags=undo)
            if page.inquiries.warning and stage is MatterStage.WEIGHING:
                messages.warning(request, page.inquiries.warning)
            return back(request, "board" if stage is MatterStage.WEIGHING else "matter", matter_id)
    title = _("Back to gathering") if stage is MatterStage.GATHERING else _("On to weighing")
    return form_page(request, page.head, form, title, submit=title)


@require_http_methods(METHODS)
@requires("matter.lead")
def close(request: Request, matter_id: str, how: str) -> HttpResponseBase:
    """Let the matter be, or withdraw it; both with a reason."""
    page = _page(request, matter_id)
    if how not in {"lat-bli", "dra-tillbaka"}:
        raise Absent
    let_be = how == "lat-bli"
    operation = do.let_be if let_be else do.withdraw_matter
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(form, lambda: operation(actor=request.actor, matter_id=matter_id, reason=reason)):
            messages.success(request, _("The matter is closed. Its history stays."))
            return redirect("matter", matter_id)
    title = _("Let it be") if let_be else _("Withdraw the matter")
    lead = _("Where coordinating costs more than it gives, not doing it is a good decision. The reason is kept.")
    return form_page(request, page.head, form, title, lead=lead if let_be else "", submit=title)


@require_http_methods(METHODS)
@requires("matter.lead")
def reopen(request: Request, matter_id: str) -> HttpResponseBase:
    """Take up again a matter that was let be, with what has changed."""
    page = _page(request, matter_id)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(form, lambda: do.reopen_matter(actor=request.actor, matter_id=matter_id, reason=reason)):
            messages.success(request, _("The matter is open again, and the answers are as they were."))
            return redirect("matter", matter_id)
    title = _("Open the matter again")
    lead = _("The answers that were given stay. What has changed is kept with the reason it was let be.")
    return form_page(request, page.head, form, title, lead=lead, submit=title)


@require_http_methods(METHODS)
@requires("matter.lead")
def follow_up(request: Request, matter_id: str) -> HttpResponseBase:
    """Open the next turn of the loop; `because` may be given in the address, by a page that shows an experience."""
    page = _page(request, matter_id)
    typed = request.POST if request.method == "POST" else None
    form = BecauseForm(typed, initial={"because": request.GET.get("darfor", "")})
    if request.method == "POST" and form.is_valid():
        because = form.cleaned_data["because"]
        turn = attempt(form, lambda: do.follow_up_turn(actor=request.actor, matter_id=matter_id, because=because))
        if turn is not None:
            messages.success(request, _("The next turn is a draft with the same aspects. Change what has to change."))
            return redirect("matter", turn.pk)
    title = _("Open the next turn")
    return form_page(request, page.head, form, title, submit=title)


@require_http_methods(METHODS)
@requires("matter.lead")
def whole(request: Request, matter_id: str, what: str) -> HttpResponseBase:
    """Needs and conditions that the coordination states for all, in the same form as everybody else's."""
    page = _page(request, matter_id)
    if what not in {"behov", "forutsattningar"}:
        raise Absent
    about = _about(request, page, need=what == "behov")
    pressed = stating.press(request.POST, about) if request.method == "POST" else stating.fresh(about)
    if pressed.leave or pressed.done:
        if pressed.done:
            messages.success(request, pressed.done)
        return redirect("whole", matter_id, what) if pressed.done else redirect("matter", matter_id)
    page = _page(request, matter_id)
    stated = page.common_needs if about.need else page.common_conditions
    context = {
        "head": page.head,
        "stated": stated,
        "need": about.need,
        "action": request.path,
        "whole": True,
        "previous": None,
    }
    return render(request, "matters/whole.html", context | pressed.context(), status=pressed.status)


def _about(request: Request, page: MatterPage, *, need: bool) -> stating.Stating:
    def save(arguments: dict[str, Any]) -> object:
        operation = do.state_common_need if need else do.state_common_condition
        return operation(actor=request.actor, matter_id=page.head.id, **arguments)

    def withdraw(stated_id: str) -> object:
        if need:
            return do.withdraw_need(actor=request.actor, need_id=stated_id)
        reason = request.POST.get("withdraw_reason", "")
        return do.withdraw_condition(actor=request.actor, condition_id=stated_id, reason=reason)

    subjects: list[Subject] = list(subjects_of(page.head.id).values())
    if need:
        subjects = [subject for subject in subjects if subject.sharing is not Sharing.LOCAL]
    return stating.Stating(need=need, subjects=subjects, unit=page.head.unit, save=save, withdraw=withdraw, whole=True)
