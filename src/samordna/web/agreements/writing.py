"""Writing a draft: its head and its sections. Whoever comes second sees what came first and loses nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samordna.core import clock
from samordna.core.errors import Absent, Denied
from samordna.domain.agreements.access import DRAFT, section_for, version_for
from samordna.domain.agreements.differences import line_differences
from samordna.domain.agreements.errors import Overtaken
from samordna.domain.agreements.operations import (
    add_section,
    move_section,
    remove_section,
    restate_head,
    start_version,
    write_section,
)
from samordna.domain.agreements.queries.pages import section_page, version_shown
from samordna.web.agreements.forms import HeadForm, NewSectionForm, SectionForm
from samordna.web.agreements.frame import form_page
from samordna.web.door import Request, requires
from samordna.web.forms import attempt, typed

R = TypeVar("R")


@require_http_methods(["GET", "HEAD", "POST"])
@requires("agreement.draft")
def section(request: Request, section_id: str) -> HttpResponse:
    """Write one section. Overtaken by somebody, the page shows both texts and keeps what was typed."""
    actor, at = request.actor, clock.now()
    page = section_page(actor, section_id, DRAFT, at)
    first = {"title": page.own_title, "text": page.section.text, "revision": page.section.revision}
    form, late = SectionForm(typed(request), initial=first), Late()
    if form.is_valid():
        data = form.cleaned_data
        if attempt(form, late.noticing(lambda: write_section(actor=actor, section_id=section_id, **data))) is not None:
            messages.success(request, _("The section is saved."))
            return redirect("agreement_version", page.agreement_id, page.version_number)
    overtaken = line_differences(late.error.current, form.cleaned_data["text"]) if late.error else None
    if late.error:
        form = SectionForm(late.going_on(form))
        form.add_error(None, late.error.reason)
        page = section_page(actor, section_id, DRAFT, clock.now())
    status = 409 if late.error else 422 if form.errors else 200
    return render(request, "agreements/section.html", {"page": page, "form": form, "overtaken": overtaken}, status=status)


class Late:
    """Notices that somebody else was first, so that the form can go on from what that one saved."""

    def __init__(self) -> None:
        self.error: Overtaken | None = None

    def noticing(self, call: Callable[[], R]) -> Callable[[], R]:
        """The same call, with its `Overtaken` remembered."""

        def noticed() -> R:
            try:
                return call()
            except Overtaken as error:
                self.error = error
                raise

        return noticed

    def going_on(self, form: Form) -> dict[str, str]:
        """What was typed, with the revision to go on from."""
        typed = {name: form.data[name] for name in form.fields if name in form.data}
        return typed | {"revision": str(self.error.revision if self.error else 0)}


@require_http_methods(["GET", "HEAD", "POST"])
@requires("agreement.draft")
def head(request: Request, draft_id: str) -> HttpResponse:
    """State a draft's head. Overtaken by somebody, the page shows what it says now and keeps what was typed."""
    actor = request.actor
    version = version_for(actor, draft_id, DRAFT)
    names = ("label", "diary_number", "approver", "valid_from", "valid_to", "trial", "binds_when", "revision")
    first = {name: getattr(version, name) for name in names}
    page = version_shown(actor, draft_id, clock.now())
    form, late = HeadForm(typed(request), initial=first, signed=page.signed_kind), Late()
    if form.is_valid():
        data = form.cleaned_data
        if attempt(form, late.noticing(lambda: restate_head(actor=actor, version_id=draft_id, **data))) is not None:
            messages.success(request, _("The head is saved."))
            return redirect("agreement_version", page.agreement_id, page.version.number)
    lead = ""
    if late.error:
        form = HeadForm(late.going_on(form), signed=page.signed_kind)
        form.add_error(None, late.error.reason)
        now = "; ".join(f"{term}: {value}" for term, value in page.document.head)
        lead = _("It says now: %(head)s. What you typed is kept below.") % {"head": now}
    return form_page(request, form, page, _("Head"), _("Save the head"), lead)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("agreement.draft")
def new_section(request: Request, draft_id: str) -> HttpResponse:
    """Add a section to a draft."""
    actor = request.actor
    version_for(actor, draft_id, DRAFT)
    page = version_shown(actor, draft_id, clock.now())
    places = [(row.id, row.title) for row in page.sections]
    form = NewSectionForm(typed(request), taken=[row.heading for row in page.sections], places=places)
    if form.is_valid():
        data = form.cleaned_data
        made = attempt(form, lambda: add_section(actor=actor, version_id=draft_id, **data))
        if made is not None:
            return redirect("write_section", made.pk)
    return form_page(request, form, page, _("New section"), _("Add the section"))


@require_POST
@requires("agreement.draft")
def section_moving(request: Request, section_id: str) -> HttpResponse:
    """Move a section one step up, or down."""
    section = section_for(request.actor, section_id, DRAFT)
    by = 1 if request.POST.get("vart") == "ner" else -1
    return _tell(request, section_id, lambda: move_section(actor=request.actor, section_id=section.pk, by=by))


@require_POST
@requires("agreement.draft")
def section_removing(request: Request, section_id: str) -> HttpResponse:
    """Take a section out of the draft."""
    section = section_for(request.actor, section_id, DRAFT)
    asked = request.POST.get("revision", "")
    revision = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 9 else 0
    return _tell(request, section_id, lambda: remove_section(actor=request.actor, section_id=section.pk, revision=revision))


def _tell(request: Request, section_id: str, call: Callable[[], object]) -> HttpResponse:
    """Do it and go back to the draft; a refusal is told there."""
    version = section_for(request.actor, section_id).version
    try:
        call()
    except Absent:
        raise
    except Denied as denied:
        messages.error(request, denied.reason)
    return redirect("agreement_version", version.agreement_id, version.number)


@require_POST
@requires("agreement.draft")
def new_version(request: Request, agreement_id: str) -> HttpResponse:
    """Begin the next version."""
    try:
        made = start_version(actor=request.actor, agreement_id=agreement_id)
    except Absent:
        raise
    except Denied as denied:
        messages.error(request, denied.reason)
        return redirect("agreement", agreement_id)
    messages.success(request, _("A new version is begun. It says what the latest one says until you change it."))
    return redirect("agreement_version", agreement_id, made.number)
