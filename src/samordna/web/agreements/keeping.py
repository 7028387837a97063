"""Looking after a document: describe, look over, repeal, take in its history, say what it rests on."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Absent, Denied
from samordna.domain.agreements.access import DRAFT, agreement_for
from samordna.domain.agreements.operations import (
    describe_document,
    repeal_document,
    rest_on,
    review_document,
    stop_resting_on,
    take_in_history,
)
from samordna.domain.agreements.queries.choices import roles_for
from samordna.domain.agreements.queries.pages import agreement_page, documents_of
from samordna.domain.agreements.queries.rows import AgreementPage
from samordna.web.agreements.forms import DescriptionForm, GroundForm, HistoryForm, RepealForm, ReviewForm
from samordna.web.agreements.frame import form_page
from samordna.web.agreements.governing import decisions_in_force
from samordna.web.agreements.starting import areas_of
from samordna.web.door import Request, requires
from samordna.web.forms import attempt, typed


def _fetched(request: Request, agreement_id: str) -> AgreementPage:
    agreement_for(request.actor, agreement_id, DRAFT)
    return agreement_page(request.actor, agreement_id, clock.now())


def _done(request: Request, agreement_id: str, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return redirect("agreement", agreement_id)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("agreement.draft")
def description(request: Request, agreement_id: str) -> HttpResponse:
    """Say anew what it is called, who is responsible, when it is looked over."""
    actor, at, page = request.actor, clock.now(), _fetched(request, agreement_id)
    first = {name: getattr(page, name) for name in ("name", "responsible_role_id", "area_id", "review_on")}
    form = DescriptionForm(
        typed(request),
        roles=roles_for(actor, page.collaboration_id, at, page.organisation_id),
        areas=areas_of(actor, page.collaboration_id, at),
        initial=first,
    )
    if form.is_valid():
        data = form.cleaned_data
        if attempt(form, lambda: describe_document(actor=actor, agreement_id=page.id, **data)) is not None:
            return _done(request, page.id, _("The description is saved."))
    lead = _("Versions that are sealed keep the name they had.")
    return form_page(request, form, page, _("Describe the document"), _("Save the description"), lead)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("agreement.draft")
def review(request: Request, agreement_id: str) -> HttpResponse:
    """Record that it was looked over."""
    page, form = _fetched(request, agreement_id), ReviewForm(typed(request))
    if form.is_valid():
        data = form.cleaned_data
        if attempt(form, lambda: review_document(actor=request.actor, agreement_id=page.id, **data)) is not None:
            return _done(request, page.id, _("The review is recorded."))
    return form_page(request, form, page, _("Look it over"), _("Record the review"))


@require_http_methods(["GET", "HEAD", "POST"])
@requires("agreement.draft")
def repeal(request: Request, agreement_id: str) -> HttpResponse:
    """End what holds."""
    page, form = _fetched(request, agreement_id), RepealForm(typed(request))
    if form.is_valid():
        data = form.cleaned_data
        if attempt(form, lambda: repeal_document(actor=request.actor, agreement_id=page.id, **data)) is not None:
            return _done(request, page.id, _("The document is repealed from that day."))
    lead = _("It no longer binds anybody from that day. What has held stays in the history.")
    return form_page(request, form, page, _("Repeal the document"), _("Repeal it"), lead, kind="danger")


@require_http_methods(["GET", "HEAD", "POST"])
@requires("agreement.draft")
def history(request: Request, agreement_id: str) -> HttpResponse:
    """Take in versions from before. "More rows" shows the page again with what was typed."""
    page = _fetched(request, agreement_id)
    if request.method == "POST" and "more" in request.POST:
        more = HistoryForm(request.POST).count + 5
        return _history_page(request, page, HistoryForm(initial=request.POST.dict(), rows=more))
    form = HistoryForm(typed(request))
    if form.is_valid():
        source, versions = form.cleaned_data["source"], form.versions()
        keywords: dict[str, Any] = {"agreement_id": page.id, "source": source, "versions": versions}
        if attempt(form, lambda: take_in_history(actor=request.actor, **keywords)) is not None:
            return _done(request, page.id, _("The history is taken in as it is."))
    return _history_page(request, page, form)


def _history_page(request: Request, page: AgreementPage, form: HistoryForm) -> HttpResponse:
    context = {"page": page, "form": form, "count": form.count}
    return render(request, "agreements/history.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("agreement.draft")
def grounds(request: Request, agreement_id: str) -> HttpResponse:
    """Say what it rests on."""
    actor, page = request.actor, _fetched(request, agreement_id)
    form = GroundForm(typed(request), grounds=_grounds(actor, page, clock.now()))
    if form.is_valid():
        kind, key = form.cleaned_data["ground"].split(" ")
        given = {"rests_on_id": key} if kind == "document" else {"decision_id": key, "decided_in": page.collaboration_id}
        if attempt(form, lambda: rest_on(actor=actor, agreement_id=page.id, **given)) is not None:
            return _done(request, page.id, _("The ground is added."))
    lead = _("A routine rests on an agreement or on a decision, so that everybody sees why it holds.")
    return form_page(request, form, page, _("What it rests on"), _("Add the ground"), lead)


def _grounds(actor: Actor, page: AgreementPage, at: datetime) -> list[tuple[str, Any]]:
    """Documents and decisions in force that it could rest on and does not yet."""
    taken = {ground.document_id or ground.decision_id for ground in page.grounds} | {page.id}
    documents = [row for row in documents_of(actor, at, page.collaboration_id) if row.id not in taken]
    decisions = [
        (f"decision {key}", title)
        for key, title in decisions_in_force(actor, page.collaboration_id, at)
        if key not in taken
    ]
    written = [(f"document {row.id}", f"{row.name} ({row.kind_label})") for row in documents]
    groups: list[tuple[str, Any]] = [(_("Documents"), written), (_("Decisions in force"), decisions)]
    return [(label, rows) for label, rows in groups if rows]


@require_POST
@requires("agreement.draft")
def ground_removing(request: Request, agreement_id: str, ground_id: str) -> HttpResponse:
    """It no longer rests on that."""
    try:
        stop_resting_on(actor=request.actor, agreement_id=agreement_id, ground_id=ground_id)
    except Absent:
        raise
    except Denied as denied:
        messages.error(request, denied.reason)
    return redirect("agreement", agreement_id)
