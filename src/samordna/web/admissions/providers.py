"""Which provider an organisation's people sign in by, and which affiliation gives which role."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samordna.core import clock
from samordna.core.errors import Denied
from samordna.domain.admissions import operations as do
from samordna.domain.admissions.access import rule_for
from samordna.domain.admissions.queries.signing_in import provider_rows, signing_in
from samordna.domain.organisations.access import organisation_for
from samordna.domain.organisations.queries import organisation_page
from samordna.web.admissions.forms import RuleForm
from samordna.web.admissions.roles import METHODS
from samordna.web.door import Request, requires
from samordna.web.forms import attempt, typed


@require_safe
@requires("organisation.read")
def sign_in_ways(request: Request) -> HttpResponse:
    """Every provider, and which organisations use it."""
    return render(request, "admissions/sign_in_ways.html", {"rows": provider_rows(request.actor, clock.now())})


@require_http_methods(METHODS)
@requires("organisation.administer")
def signing_in_page(request: Request, organisation_id: str) -> HttpResponseBase:
    """The organisation's providers and rules, and a form for one more rule."""
    organisation_for(request.actor, organisation_id, "organisation.administer")
    at = clock.now()
    roles = [(role.id, role.name) for role in organisation_page(request.actor, organisation_id, at).roles]
    form = RuleForm(typed(request), roles=roles)
    if form.is_valid():
        rule = attempt(form, lambda: do.add_affiliation_rule(actor=request.actor, **form.cleaned_data))
        if rule is not None:
            messages.success(request, _("The rule holds from the next sign-in."))
            return redirect("signing_in", organisation_id)
    context = {"page": signing_in(request.actor, organisation_id, at), "form": form}
    return render(request, "admissions/signing_in.html", context, status=422 if form.errors else 200)


@require_POST
@requires("organisation.administer")
def using(request: Request, organisation_id: str) -> HttpResponseBase:
    """Begin to use a provider."""
    organisation_for(request.actor, organisation_id, "organisation.administer")
    chosen = request.POST.get("provider", "")

    def call() -> object:
        return do.use_provider(actor=request.actor, organisation_id=organisation_id, provider=chosen)

    return _tell(request, organisation_id, call, _("The provider is used."))


@require_POST
@requires("organisation.administer")
def dropping(request: Request, organisation_id: str) -> HttpResponseBase:
    """Stop using a provider."""
    organisation_for(request.actor, organisation_id, "organisation.administer")
    chosen = request.POST.get("provider", "")

    def call() -> object:
        return do.stop_using_provider(actor=request.actor, organisation_id=organisation_id, provider=chosen)

    return _tell(
        request, organisation_id, call, _("The provider is no longer used, and the roles that it gave have ended.")
    )


@require_POST
@requires("organisation.administer")
def rule_ending(request: Request, rule_id: str) -> HttpResponseBase:
    """End a rule."""
    organisation_id = rule_for(request.actor, rule_id).role.organisation_id
    sentence = _("The rule has ended, and the roles that it gave.")
    return _tell(request, organisation_id, lambda: do.end_affiliation_rule(actor=request.actor, rule_id=rule_id), sentence)


def _tell(request: Request, organisation_id: str, call: Callable[[], object], sentence: str) -> HttpResponseBase:
    try:
        call()
        messages.success(request, sentence)
    except Denied as denied:
        if not denied.reason:
            raise
        messages.warning(request, denied.reason)
    return redirect("signing_in", organisation_id)
