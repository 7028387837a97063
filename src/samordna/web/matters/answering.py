"""The answer page: five short steps for one participant, reached by signing in or by an answer link without an account.

Each step is one form and saves a draft. A GET never uses a link up; sending the answer in does.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Absent, Refused
from samordna.domain.decisions.queries.remarks import FEWEST, remarks_of
from samordna.domain.matters import operations as do
from samordna.domain.matters.access import actor_of_link, check_link, link_of, position_for
from samordna.domain.matters.queries import PositionForm, inquiries_of, link_facts, position_form
from samordna.web.door import Request, public, requires
from samordna.web.forms import attempt
from samordna.web.matters import stating
from samordna.web.matters.forms import ReasonForm, SendForm, figures_form, today_form
from samordna.web.matters.reconsidering import offers_at
from samordna.web.matters.steps import StepView, neighbour, step_of, steps_for

if TYPE_CHECKING:
    from samordna.domain.matters.models import Matter

METHODS = ["GET", "HEAD", "POST"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Who answers what, where, and in which step."""

    actor: Actor
    form: PositionForm
    url: str
    step: str
    by_link: bool
    at: datetime

    def to(self, step: str) -> str:
        """The address of a step."""
        return f"{self.url}?steg={step}"

    @property
    def position_id(self) -> str:
        """The position."""
        return self.form.position.id


@require_http_methods(METHODS)
@requires("position.read")
def position(request: Request, matter_id: str, position_id: str) -> HttpResponseBase:
    """One participant's position: its own people answer in steps, others read it."""
    at = clock.now()
    form = position_form(request.actor, position_id, at)
    if form.head.id != matter_id:
        raise Absent
    url = reverse("position", args=[matter_id, position_id])
    if request.method == "POST":
        position_for(request.actor, position_id, "position.answer", at)
    elif not form.may_answer or form.sent_in or not form.open:
        return _read(request, form)
    step = step_of(request.GET.get("steg", ""), form)
    return _go(request, Place(actor=request.actor, form=form, url=url, step=step, by_link=False, at=at))


@require_http_methods(METHODS)
@public("the answer link's secret token is the key to one position, once")
def answer(request: Request, token: str) -> HttpResponseBase:
    """The same steps for whoever holds an answer link; what no longer works says why."""
    at = clock.now()
    actor = actor_of_link(token, at)
    if actor is None or actor.link_position_id is None:
        return _ended(request, token, at)
    form = position_form(actor, actor.link_position_id, at)
    if not form.open:
        return _closed(request, token)
    step = step_of(request.GET.get("steg", ""), form)
    url = reverse("answer", args=[token])
    return _go(request, Place(actor=actor, form=form, url=url, step=step, by_link=True, at=at))


def _ended(request: Request, token: str, at: datetime) -> HttpResponse:
    link = link_of(token)
    reason = _("The organisation no longer takes part, so the link no longer works.")
    try:
        check_link(link, at)
    except Refused as refused:
        reason = refused.reason
    context = {"facts": link_facts(link), "reason": reason, "thanks": link.used_at is not None}
    return render(request, "matters/link_ended.html", context, status=410)


def _closed(request: Request, token: str) -> HttpResponse:
    reason = _("The matter no longer takes answers: it has been settled, closed or called back.")
    context = {"facts": link_facts(link_of(token)), "reason": reason, "thanks": False}
    return render(request, "matters/link_ended.html", context, status=410)


def _read(request: Request, form: PositionForm, reopening: ReasonForm | None = None, status: int = 200) -> HttpResponse:
    may_reopen = form.may_answer and form.sent_in and form.open
    context = {"form": form, "head": form.head, "may_reopen": may_reopen, "reopening": reopening or ReasonForm()}
    context["may_offer"] = offers_at(form.head.id) if may_reopen else ""
    return render(request, "matters/position.html", context, status=status)


@require_http_methods(METHODS)
@requires("position.answer")
def reopen(request: Request, matter_id: str, position_id: str) -> HttpResponseBase:
    """Take the answer back to change it."""
    position_for(request.actor, position_id, "position.answer")
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(form, lambda: do.reopen_position(actor=request.actor, position_id=position_id, reason=reason)):
            messages.success(request, _("The answer is open again. Send it in when you are done."))
            return redirect("position", matter_id, position_id)
    status = 422 if form.errors else 200
    return _read(request, position_form(request.actor, position_id, clock.now()), form, status)


def _go(request: Request, place: Place) -> HttpResponse:
    match place.step:
        case "idag":
            return _today(request, place)
        case "behov":
            return _state(request, place, need=True)
        case "forutsattningar":
            return _state(request, place, need=False)
        case "kostnad":
            return _figures(request, place)
        case _:
            return _send(request, place)


def _page(request: Request, place: Place, context: dict[str, Any], status: int = 200) -> HttpResponse:
    steps: list[StepView] = steps_for(place.form, place.step, place.url)
    shown = context | {
        "position": place.form,
        "head": place.form.head,
        "steps": steps,
        "number": 1 + [step.key for step in steps].index(place.step),
        "previous": neighbour(steps, place.step, -1),
        "action": place.to(place.step),
        "by_link": place.by_link,
        "own_exchange": "" if place.by_link else reverse("own_exchange", args=[place.form.head.id, place.position_id]),
        "inquiries": inquiries_of(place.actor, _matter(place), place.at),
        "questions_url": _questions_url(request, place),
        "offers": f"{request.path}omprova/" if place.by_link else offers_at(place.form.head.id),
        "frame": "matters/bare.html" if place.by_link else "base.html",
    }
    return render(request, f"matters/step_{place.step}.html", shown, status=status)


def _matter(place: Place) -> Matter:
    return position_for(place.actor, place.position_id, at=place.at).matter


def _questions_url(request: Request, place: Place) -> str:
    if place.by_link:
        return f"{request.path}fragor/"
    return reverse("inquiries", args=[place.form.head.id])


def _onwards(request: Request, place: Place) -> HttpResponse:
    following = neighbour(steps_for(place.form, place.step, place.url), place.step, 1)
    stays = request.POST.get("do") == "stay"
    if stays:
        messages.success(request, _("Saved. You can close the page and go on later."))
    return redirect(place.to(place.step) if stays or following is None else following.address)


def _today(request: Request, place: Place) -> HttpResponse:
    form = today_form(place.form, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        arguments = {"practices": form.practices(), "note": form.cleaned_data["note"], "seen": form.cleaned_data["seen"]}
        _keep(form, lambda: do.record_practice(actor=place.actor, position_id=place.position_id, **arguments))
        if not form.errors:
            return _onwards(request, place)
    return _page(request, place, {"form": form}, 422 if form.errors else 200)


def _figures(request: Request, place: Place) -> HttpResponse:
    form = figures_form(place.form, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        figures = {name: form.cleaned_data[name] for name in ("low", "likely", "high", "note", "seen")}
        costs = form.costs()
        _keep(form, lambda: do.record_figures(actor=place.actor, position_id=place.position_id, costs=costs, **figures))
        if not form.errors:
            return _onwards(request, place)
    return _page(request, place, {"form": form, "tables": form.tables()}, 422 if form.errors else 200)


def _keep(form: forms.Form, call: Any) -> None:
    attempt(form, call)


def _state(request: Request, place: Place, *, need: bool) -> HttpResponse:
    def save(arguments: dict[str, Any]) -> object:
        operation = do.state_need if need else do.state_condition
        return operation(actor=place.actor, position_id=place.position_id, **arguments)

    def withdraw(stated_id: str) -> object:
        if need:
            return do.withdraw_need(actor=place.actor, need_id=stated_id)
        return do.withdraw_condition(actor=place.actor, condition_id=stated_id)

    about = stating.Stating(
        need=need, subjects=place.form.subjects, unit=place.form.head.unit, save=save, withdraw=withdraw
    )
    pressed = stating.press(request.POST, about) if request.method == "POST" else stating.fresh(about)
    if pressed.leave:
        return _onwards(request, place)
    if pressed.done:
        messages.success(request, pressed.done)
        return redirect(place.to(place.step))
    form = position_form(place.actor, place.position_id, place.at) if request.method == "POST" else place.form
    stated = form.position.needs if need else form.position.conditions
    context = {**pressed.context(), "stated": stated, "need": need, "whole": False}
    return _page(request, place, context | ({} if need else _remarks(place)), pressed.status)


def _remarks(place: Place) -> dict[str, Any]:
    """What does not add up among one's own conditions, told before anybody else is drawn into it."""
    rules = [stated for stated in place.form.position.conditions if not stated.prose]
    if len(rules) < FEWEST:
        return {}
    return {"remarks": remarks_of(place.actor, _matter(place), place.at, own=True), "own_remarks": True}


def _send(request: Request, place: Place) -> HttpResponse:
    form = SendForm(request.POST if request.method == "POST" else None, by_link=place.by_link)
    if request.method == "POST" and form.is_valid():
        nothing = request.POST.get("do") == "no-conditions"
        operation = do.declare_no_conditions if nothing else do.submit_position
        answered_as = form.cleaned_data.get("answered_as", "")
        _keep(form, lambda: operation(actor=place.actor, position_id=place.position_id, answered_as=answered_as))
        if not form.errors:
            messages.success(request, _("Thank you. The answer has been sent in."))
            return redirect(place.url)
    context = {"form": form, "now": place.form.position} | _remarks(place)
    return _page(request, place, context, 422 if form.errors else 200)
