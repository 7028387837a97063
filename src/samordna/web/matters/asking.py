"""The coordinator's page for gathering: whom to ask, remind, send a link, and who has said that it declines."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samordna.core import clock
from samordna.core.errors import Absent, Denied
from samordna.domain.matters import operations as do
from samordna.domain.matters.access import matter_for, position_for
from samordna.domain.matters.queries import MatterPage, matter_page
from samordna.web.door import Request, requires
from samordna.web.forms import attempt, back
from samordna.web.matters.forms import AnswerDayForm, GatheringForm, LinkForm, ReasonForm
from samordna.web.matters.frames import form_page

METHODS = ["GET", "HEAD", "POST"]


def _origin(request: Request) -> str:
    return request.build_absolute_uri("/")


def _page(request: Request, matter_id: str) -> MatterPage:
    matter_for(request.actor, matter_id, "matter.lead")
    return matter_page(request.actor, matter_id, clock.now())


@require_http_methods(METHODS)
@requires("matter.lead")
def start_gathering(request: Request, matter_id: str) -> HttpResponseBase:
    """Send the matter out to everybody who takes part."""
    page = _page(request, matter_id)
    form = GatheringForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        answer_by = form.cleaned_data["answer_by"]
        if attempt(form, lambda: do.start_gathering(actor=request.actor, matter_id=matter_id, answer_by=answer_by)):
            messages.success(request, _("The matter has been sent out. Ask for the answers here."))
            return redirect("asking", matter_id)
    context = {"form": form, "page": page, "head": page.head}
    return render(request, "matters/start_gathering.html", context, status=422 if form.errors else 200)


@require_safe
@requires("matter.lead")
def asking(request: Request, matter_id: str) -> HttpResponse:
    """Who has answered, who is waited for, and what can be done about it."""
    return _asking(request, _page(request, matter_id))


def _asking(request: Request, page: MatterPage, status: int = 200, **forms: Any) -> HttpResponse:
    silent = [(position.id, position.organisation) for position in page.silent]
    context = {
        "page": page,
        "head": page.head,
        "link_form": forms.get("link_form") or LinkForm(positions=silent),
        "day_form": forms.get("day_form") or AnswerDayForm(initial={"answer_by": page.head.answer_by}),
        "fresh_links": forms.get("fresh_links", ()),
        "remind_refusal": "" if page.silent else _("Everybody has answered, so there is nobody to remind."),
    }
    return render(request, "matters/asking.html", context, status=status)


@require_POST
@requires("matter.lead")
def remind(request: Request, matter_id: str) -> HttpResponse:
    """Mail those who may answer for the silent, or for the one that the button names."""
    chosen = request.POST.getlist("position_id") or None
    try:
        letters = do.remind(actor=request.actor, matter_id=matter_id, position_ids=chosen, origin=_origin(request))
        _on_their_way(request, len(letters))
        if not letters:
            messages.warning(request, _("Nobody there has an account with an e-mail address. Send a link instead."))
    except Absent:
        raise
    except Denied as denied:
        messages.error(request, denied.reason)
    return back(request, "asking", matter_id)


def _on_their_way(request: Request, count: int) -> None:
    if count:
        said = ngettext("%(n)s letter is on its way.", "%(n)s letters are on their way.", count)
        messages.success(request, said % {"n": count})


@require_POST
@requires("matter.lead")
def ask_newcomers(request: Request, matter_id: str) -> HttpResponse:
    """Ask those who have joined since."""
    try:
        do.ask_newcomers(actor=request.actor, matter_id=matter_id)
        messages.success(request, _("Those who have joined since are now asked too."))
    except Absent:
        raise
    except Denied as denied:
        messages.error(request, denied.reason)
    return redirect("asking", matter_id)


@require_POST
@requires("matter.lead")
def set_answer_day(request: Request, matter_id: str) -> HttpResponse:
    """Move the day to answer by."""
    page = _page(request, matter_id)
    form = AnswerDayForm(request.POST)
    if form.is_valid():
        day = form.cleaned_data["answer_by"]
        if attempt(form, lambda: do.set_answer_day(actor=request.actor, matter_id=matter_id, answer_by=day)):
            messages.success(request, _("Saved."))
            return redirect("asking", matter_id)
    return _asking(request, page, 422, day_form=form)


@require_POST
@requires("matter.lead")
def send_link(request: Request, matter_id: str) -> HttpResponse:
    """Mail a link that answers one position once, without an account."""
    page = _page(request, matter_id)
    form = LinkForm(request.POST, positions=[(position.id, position.organisation) for position in page.silent])
    if form.is_valid():
        typed = form.cleaned_data
        letters = attempt(
            form,
            lambda: do.send_answer_links(
                actor=request.actor,
                matter_id=matter_id,
                recipients={typed["position_id"]: typed["recipient"]},
                days=typed["days"],
                origin=_origin(request),
            ),
        )
        if letters is not None:
            _on_their_way(request, len(letters))
            return redirect("asking", matter_id)
    return _asking(request, page, 422, link_form=form)


@require_POST
@requires("matter.lead")
def revoke_link(request: Request, matter_id: str, link_id: str) -> HttpResponse:
    """Make a link stop working."""
    try:
        do.revoke_answer_link(actor=request.actor, matter_id=matter_id, link_id=link_id)
        messages.success(request, _("The link no longer works."))
    except Absent:
        raise
    except Denied as denied:
        messages.error(request, denied.reason)
    return redirect("asking", matter_id)


@require_http_methods(METHODS)
@requires("matter.lead")
def decline(request: Request, matter_id: str, position_id: str) -> HttpResponseBase:
    """Record that a participant has said that it declines to answer."""
    page = _page(request, matter_id)
    position = position_for(request.actor, position_id)
    if position.matter_id != matter_id:
        raise Absent
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(form, lambda: do.record_declining(actor=request.actor, position_id=position_id, reason=reason)):
            messages.success(request, _("Recorded. The participant may still answer."))
            return redirect("asking", matter_id)
    title = _("%(organisation)s declines to answer") % {"organisation": position.organisation.name}
    lead = _("Record this only when the participant has said so. Silence is not declining, and not consent.")
    return form_page(request, page.head, form, title, lead=lead, submit=_("Record"))
