"""Sealing, signing, declining, concluding and withdrawing a version."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samordna.core import clock
from samordna.core.errors import Absent, Denied
from samordna.domain.agreements.access import DRAFT, SIGN, version_for
from samordna.domain.agreements.operations import (
    approve_document,
    conclude_among_signers,
    decline_to_sign,
    offer_for_signing,
    sign_version,
    withdraw_version,
)
from samordna.domain.agreements.queries.pages import version_shown
from samordna.web.agreements.forms import ReasonForm, SignForm
from samordna.web.agreements.frame import form_page
from samordna.web.door import Request, requires
from samordna.web.forms import attempt, typed


@require_http_methods(["GET", "HEAD", "POST"])
@requires("agreement.draft")
def sealing(request: Request, draft_id: str) -> HttpResponse:
    """Read once more, then seal: for signing, or approved at once where the kind is not signed."""
    actor = request.actor
    version_for(actor, draft_id, DRAFT)
    page, form = version_shown(actor, draft_id, clock.now()), Form(typed(request))
    seal = offer_for_signing if page.signed_kind else approve_document
    if form.is_valid() and attempt(form, lambda: seal(actor=actor, version_id=draft_id)) is not None:
        done = (
            _("The version is sealed. The parties can sign it now.") if page.signed_kind else _("The version is approved.")
        )
        messages.success(request, done)
        return redirect("agreement_version", page.agreement_id, page.version.number)
    return render(request, "agreements/seal.html", {"page": page, "form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("agreement.sign")
def signing(request: Request, draft_id: str) -> HttpResponse:
    """Sign for one's own organisation."""
    actor = request.actor
    version_for(actor, draft_id, SIGN)
    page = version_shown(actor, draft_id, clock.now())
    form = SignForm(typed(request), initial={"sha256": page.version.sha256})
    if form.is_valid():
        data = {name: form.cleaned_data[name] for name in ("way", "source", "signed_on", "sha256")}
        if attempt(form, lambda: sign_version(actor=actor, version_id=draft_id, **data)) is not None:
            messages.success(request, _("Signed. Who, in which role, when and how stands with the document."))
            return redirect("agreement_version", page.agreement_id, page.version.number)
    return render(request, "agreements/sign.html", {"page": page, "form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("agreement.sign")
def declining(request: Request, draft_id: str) -> HttpResponse:
    """Say why one does not sign."""
    version_for(request.actor, draft_id, SIGN)
    lead = _("Everybody in the collaboration reads the reason. You can still sign later.")

    def decline(reason: str) -> object:
        return decline_to_sign(actor=request.actor, version_id=draft_id, reason=reason)

    return _with_reason(request, draft_id, decline, _("Decline to sign"), lead, _("It is recorded that you do not sign."))


@require_http_methods(["GET", "HEAD", "POST"])
@requires("agreement.draft")
def withdrawing(request: Request, draft_id: str) -> HttpResponse:
    """Withdraw a draft, or what awaits signatures."""
    version_for(request.actor, draft_id, DRAFT)
    lead = _("What was written and signed can still be read, and the next version can begin.")

    def withdraw(reason: str) -> object:
        return withdraw_version(actor=request.actor, version_id=draft_id, reason=reason)

    return _with_reason(request, draft_id, withdraw, _("Withdraw the version"), lead, _("The version is withdrawn."))


def _with_reason(
    request: Request, draft_id: str, call: Callable[[str], object], title: str, lead: str, done: str
) -> HttpResponse:
    page, form = version_shown(request.actor, draft_id, clock.now()), ReasonForm(typed(request))
    if form.is_valid() and attempt(form, lambda: call(form.cleaned_data["reason"])) is not None:
        messages.success(request, done)
        return redirect("agreement_version", page.agreement_id, page.version.number)
    return form_page(request, form, page, title, title, lead, kind="danger")


@require_POST
@requires("agreement.draft")
def concluding(request: Request, draft_id: str) -> HttpResponse:
    """Let it hold among those who have signed."""
    version = version_for(request.actor, draft_id, DRAFT)
    try:
        conclude_among_signers(actor=request.actor, version_id=draft_id)
    except Absent:
        raise
    except Denied as denied:
        messages.error(request, denied.reason)
    else:
        messages.success(request, _("It holds among those who have signed. Others may still sign."))
    return redirect("agreement_version", version.agreement_id, version.number)
