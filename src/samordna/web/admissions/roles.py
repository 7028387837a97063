"""Inviting people to the organisation's roles."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samordna.core import clock
from samordna.core.errors import Denied
from samordna.domain.admissions import operations as do
from samordna.domain.admissions.access import invitation_for, parent_for
from samordna.domain.admissions.queries.invitations import role_invitations
from samordna.domain.organisations.access import organisation_for
from samordna.domain.organisations.queries import organisation_page
from samordna.web.admissions.forms import AdministratorForm, RoleInvitationForm
from samordna.web.door import Request, requires
from samordna.web.forms import attempt, typed
from samordna.web.organisations.roles import form_page

METHODS = ["GET", "HEAD", "POST"]


def origin_of(request: Request) -> str:
    """Where the site answers, for letters when no setting says so."""
    return request.build_absolute_uri("/")


@require_http_methods(METHODS)
@requires("organisation.administer")
def invitations(request: Request, organisation_id: str) -> HttpResponseBase:
    """Whom the organisation has invited, and a form to invite one more."""
    organisation_for(request.actor, organisation_id, "organisation.administer")
    at = clock.now()
    page = organisation_page(request.actor, organisation_id, at)
    roles = [(role.id, role.name) for role in page.roles]
    asked = request.GET.get("roll", "")
    form = RoleInvitationForm(typed(request), roles=roles, initial={"role_id": asked} if asked in dict(roles) else None)
    if form.is_valid():
        given = form.cleaned_data
        issued = attempt(form, lambda: do.invite_to_role(actor=request.actor, origin=origin_of(request), **given))
        if issued is not None:
            messages.success(request, _("An invitation is on its way to %(email)s.") % {"email": given["email"]})
            return redirect("invitations", organisation_id)
    return _listed(request, organisation_id, page.name, form)


def _listed(request: Request, organisation_id: str, name: str, form: Form) -> HttpResponse:
    context: dict[str, Any] = {
        "rows": role_invitations(request.actor, organisation_id, clock.now()),
        "organisation_id": organisation_id,
        "organisation_name": name,
        "form": form,
    }
    return render(request, "admissions/invitations.html", context, status=422 if form.errors else 200)


@require_http_methods(METHODS)
@requires("organisation.administer")
def first_administrator(request: Request, organisation_id: str) -> HttpResponseBase:
    """Invite the first administrator of a part of the organisation."""
    organisation = parent_for(request.actor, organisation_id)
    form = AdministratorForm(typed(request))
    if form.is_valid():
        given = form.cleaned_data
        issued = attempt(
            form,
            lambda: do.invite_administrator(
                actor=request.actor, organisation_id=organisation_id, origin=origin_of(request), **given
            ),
        )
        if issued is not None:
            messages.success(request, _("An invitation is on its way to %(email)s.") % {"email": given["email"]})
            return redirect("invitations", organisation.parent_id or "")
    title = _("Invite the first administrator of %(name)s") % {"name": organisation.name}
    lead = _("Nobody has a role there yet. Whoever accepts looks after the organisation and lets its other people in.")
    return form_page(request, form, (organisation.pk, organisation.name), title, _("Send the invitation"), lead)


@require_POST
@requires("organisation.administer")
def sending_again(request: Request, invitation_id: str) -> HttpResponseBase:
    """Send an invitation once more, with a new link."""
    return _do(request, invitation_id, again=True)


@require_POST
@requires("organisation.administer")
def withdrawing(request: Request, invitation_id: str) -> HttpResponseBase:
    """Make an invitation's link stop working."""
    return _do(request, invitation_id, again=False)


def _do(request: Request, invitation_id: str, *, again: bool) -> HttpResponseBase:
    invitation = invitation_for(request.actor, invitation_id)
    try:
        if again:
            do.send_again(actor=request.actor, invitation_id=invitation_id, origin=origin_of(request))
            sentence = _("A new letter is on its way to %(email)s. The earlier link no longer works.")
            messages.success(request, sentence % {"email": invitation.email})
        else:
            do.withdraw_invitation(actor=request.actor, invitation_id=invitation_id)
            messages.success(request, _("The invitation to %(email)s is withdrawn.") % {"email": invitation.email})
    except Denied as denied:
        if not denied.reason:
            raise
        messages.warning(request, denied.reason)
    if invitation.collaboration_id:
        return redirect("organisation_invitations", invitation.collaboration_id)
    if invitation.role is not None:
        return redirect("invitations", invitation.role.organisation_id)
    return redirect("invitations", invitation.organisation.parent_id if invitation.organisation else "")
