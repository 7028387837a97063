"""The page that an invitation's link leads to. A GET never uses the link up; accepting does."""

from __future__ import annotations

from datetime import datetime

from allauth.account.utils import perform_login
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samordna.core import clock
from samordna.domain.admissions.access import bearer, invitation_of
from samordna.domain.admissions.operations import accept_invitation
from samordna.domain.admissions.queries.invitations import Invited, invited
from samordna.web.admissions.forms import AcceptForm
from samordna.web.admissions.roles import METHODS
from samordna.web.door import Request, public
from samordna.web.forms import attempt, typed


@require_http_methods(METHODS)
@public("the invitation's secret token is the key to one role, once")
def invitation(request: Request, token: str) -> HttpResponseBase:
    """What one is invited to, and how to accept it: as the one who is signed in, or as somebody new."""
    at = clock.now()
    found = invitation_of(token)
    seen = invited(found, at)
    if seen.refusal:
        return render(request, "admissions/invitation_ended.html", {"seen": seen}, status=410)
    signed_in = request.user.is_authenticated
    form = AcceptForm(
        typed(request),
        founding=seen.founding,
        new_person=not signed_in and not seen.known,
        named=bool(seen.registered),
        initial=_initial(seen),
    )
    if form.is_valid() and (signed_in or not seen.known):
        actor = bearer(found, request.actor)
        given = form.cleaned_data
        held = attempt(form, lambda: accept_invitation(actor=actor, invitation_id=found.pk, **given))
        if held is not None:
            facts = {"role": held.role.name, "organisation": held.role.organisation.name}
            messages.success(request, _("Welcome. You hold the role %(role)s at %(organisation)s.") % facts)
            answer = redirect("home") if signed_in else perform_login(request, held.person)
            request.session["holding"] = held.pk
            return answer
    return _page(request, seen, form, at)


def _initial(seen: Invited) -> dict[str, str]:
    return {
        "name": seen.name,
        "organisation_name": seen.organisation,
        "organisation_number": seen.organisation_number,
        "organisation_kind": seen.organisation_kind,
    }


def _page(request: Request, seen: Invited, form: AcceptForm, at: datetime) -> HttpResponse:
    address = str(getattr(request.user, "email", "") or "")
    context = {"seen": seen, "form": form, "signed_in_as": address if request.user.is_authenticated else ""}
    context["other_address"] = bool(address) and address.lower() != seen.email
    return render(request, "admissions/invitation.html", context, status=422 if form.errors else 200)
