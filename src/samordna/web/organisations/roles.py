"""Opening, closing, giving and ending: the organisation's administrator, and every holder for the own role."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samordna.core import clock
from samordna.core.refusals import refusal_of
from samordna.domain.introductions.queries.trained import trained_in_role
from samordna.domain.organisations.access import holding_for, organisation_for, role_for
from samordna.domain.organisations.contacts import role_choices
from samordna.domain.organisations.members import called_in
from samordna.domain.organisations.operations import (
    appoint_deputy,
    close_role,
    describe_role,
    end_holding,
    give_role,
    open_role,
    register_organisation,
)
from samordna.domain.organisations.queries import colleagues
from samordna.domain.organisations.role_pages import role_page
from samordna.domain.organisations.standing import RoleTask, tasks_of
from samordna.web.door import Request, requires
from samordna.web.forms import attempt, typed
from samordna.web.organisations.forms import (
    DeputyForm,
    EndForm,
    HoldingForm,
    OrganisationForm,
    RoleClosingForm,
    RoleForm,
    RoleWordsForm,
)
from samordna.web.organisations.views import asked_day


def form_page(
    request: Request,
    form: Form,
    organisation: tuple[str, str],
    title: str,
    submit: str,
    lead: str = "",
    tasks: Sequence[RoleTask] = (),
) -> HttpResponse:
    """A page that is one form about an organisation, given as (id, name); 422 when something has to be corrected.

    `tasks`: what rests on the role that the form is about, listed before it.
    """
    context = {
        "form": form,
        "title": title,
        "submit": submit,
        "lead": lead,
        "tasks": tasks,
        "organisation_name": organisation[1],
        "back": reverse("organisation", args=[organisation[0]]),
    }
    return render(request, "organisations/form.html", context, status=422 if form.errors else 200)


def done(request: Request, organisation_id: str, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return redirect("organisation", organisation_id)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("organisation.administer")
def new_organisation(request: Request, organisation_id: str) -> HttpResponse:
    """Register an organisation that is part of this one."""
    parent = organisation_for(request.actor, organisation_id, "organisation.administer")
    form = OrganisationForm(typed(request))
    if form.is_valid():
        given = form.cleaned_data
        made = attempt(form, lambda: register_organisation(actor=request.actor, parent_id=parent.pk, **given))
        if made is not None:
            return done(request, made.pk, _("%(name)s is registered.") % {"name": made.name})
    title = _("New organisation in %(parent)s") % {"parent": parent.name}
    return form_page(request, form, (parent.pk, parent.name), title, _("Register the organisation"))


@require_http_methods(["GET", "HEAD", "POST"])
@requires("organisation.administer")
def new_role(request: Request, organisation_id: str) -> HttpResponse:
    """Open a role."""
    organisation = organisation_for(request.actor, organisation_id, "organisation.administer")
    form = RoleForm(typed(request))
    if form.is_valid():
        given = form.cleaned_data
        role = attempt(form, lambda: open_role(actor=request.actor, organisation_id=organisation.pk, **given))
        if role is not None:
            return done(request, organisation.pk, _("The role %(name)s is open.") % {"name": role.name})
    lead = _("A role lasts when people change. It is vacant until somebody is given it.")
    about = (organisation.pk, organisation.name)
    return form_page(request, form, about, _("New role"), _("Open the role"), lead)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("organisation.administer")
def role_closing(request: Request, role_id: str) -> HttpResponse:
    """Close a role."""
    role = role_for(request.actor, role_id, "organisation.administer")
    at = clock.now()
    others = [choice for choice in role_choices(request.actor, role.organisation_id, at) if choice[0] != role_id]
    form = RoleClosingForm(typed(request), roles=others)
    if form.is_valid():
        given = form.cleaned_data
        if attempt(form, lambda: close_role(actor=request.actor, role_id=role_id, **given)) is not None:
            return done(request, role.organisation_id, _("The role %(name)s is closed.") % {"name": role.name})
    title = _("Close the role %(name)s") % {"name": role.name}
    lead = _("Whoever holds it then holds it up to that day. What the role has done stays where it is.")
    about = (role.organisation_id, role.organisation.name)
    return form_page(request, form, about, title, _("Close the role"), lead, tasks_of(request.actor, role_id, at))


@require_safe
@requires("organisation.read")
def role(request: Request, role_id: str) -> HttpResponse:
    """One role: what it is for, who holds it on the day that is asked about and now, and what rests on it."""
    at = clock.now()
    asked, unreadable = asked_day(request)
    page = role_page(request.actor, role_id, at, asked)
    context = {
        "page": page,
        "unreadable": unreadable,
        "trained": trained_in_role(request.actor, role_id, at),
        "own": page.organisation_id == request.actor.organisation_id,
        "administering": refusal_of(role_for, request.actor, role_id, "organisation.administer", at),
    }
    return render(request, "organisations/role.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("organisation.administer")
def role_describing(request: Request, role_id: str) -> HttpResponse:
    """Say anew what a role is for."""
    role = role_for(request.actor, role_id, "organisation.administer")
    words = {name: getattr(role, name) for name in ("name", "purpose", "responsibilities", "authority")}
    form = RoleWordsForm(typed(request), initial=words)
    if form.is_valid():
        given = form.cleaned_data
        if attempt(form, lambda: describe_role(actor=request.actor, role_id=role_id, **given)) is not None:
            messages.success(request, _("The role is described anew."))
            return redirect("role", role_id)
    title = _("Describe the role %(name)s") % {"name": role.name}
    lead = _("What the role has signed or decided keeps the words of its day.")
    about = (role.organisation_id, role.organisation.name)
    return form_page(request, form, about, title, _("Save the description"), lead)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("organisation.administer")
def role_giving(request: Request, role_id: str) -> HttpResponse:
    """Let somebody hold a role."""
    role = role_for(request.actor, role_id, "organisation.administer")
    people = colleagues(request.actor, role.organisation_id, clock.now())
    form = HoldingForm(typed(request), people=people)
    if form.is_valid():
        held = attempt(form, lambda: give_role(actor=request.actor, role_id=role_id, **form.cleaned_data))
        if held is not None:
            facts = {"person": called_in(role.organisation_id, held.person), "role": role.name}
            return done(request, role.organisation_id, _("%(person)s holds the role %(role)s.") % facts)
    title = _("Give the role %(name)s to somebody") % {"name": role.name}
    about = (role.organisation_id, role.organisation.name)
    return form_page(request, form, about, title, _("Give the role"))


@require_http_methods(["GET", "HEAD", "POST"])
@requires("holding.deputise")
def holding_ending(request: Request, holding_id: str) -> HttpResponse:
    """End a holding."""
    holding = holding_for(request.actor, holding_id, "holding.deputise")
    form = EndForm(typed(request))
    organisation = holding.role.organisation
    if form.is_valid():
        day = form.cleaned_data["valid_to"]
        if attempt(form, lambda: end_holding(actor=request.actor, holding_id=holding_id, valid_to=day)) is not None:
            return done(request, organisation.pk, _("The change is recorded."))
    facts = {"person": called_in(organisation.pk, holding.person), "role": holding.role.name}
    title = _("%(person)s leaves the role %(role)s") % facts
    lead = _("The role stays, with its tasks and mandates. If nobody else holds it, it shows as vacant.")
    about, waiting = (organisation.pk, organisation.name), tasks_of(request.actor, holding.role_id, clock.now())
    return form_page(request, form, about, title, _("Record it"), lead, waiting)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("holding.deputise")
def deputy(request: Request, holding_id: str) -> HttpResponse:
    """Let somebody stand in; the holder does it without waiting for anybody."""
    holding = holding_for(request.actor, holding_id, "holding.deputise")
    organisation = holding.role.organisation
    people = [
        choice for choice in colleagues(request.actor, organisation.pk, clock.now()) if choice[0] != holding.person_id
    ]
    form = DeputyForm(typed(request), people=people)
    if form.is_valid():
        made = attempt(form, lambda: appoint_deputy(actor=request.actor, holding_id=holding_id, **form.cleaned_data))
        if made is not None:
            facts = {"person": called_in(organisation.pk, made.person), "role": holding.role.name}
            return done(request, organisation.pk, _("%(person)s stands in as %(role)s.") % facts)
    title = _("A deputy for %(person)s as %(role)s") % {
        "person": called_in(organisation.pk, holding.person),
        "role": holding.role.name,
    }
    lead = _("A deputy may do everything that the role may do, during these days.")
    return form_page(request, form, (organisation.pk, organisation.name), title, _("Appoint the deputy"), lead)
