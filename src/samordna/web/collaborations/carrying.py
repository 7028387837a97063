"""The collaboration's own roles: the page of them on a day, opening one, letting a role carry it, closing it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.utils.translation import pgettext_lazy as _p
from django.views.decorators.http import require_http_methods, require_safe

from samordna.core import clock
from samordna.core.refusals import refusal_of
from samordna.domain.collaborations.access import carried_for, collaboration_for
from samordna.domain.collaborations.operations import (
    close_collaboration_role,
    let_role_carry,
    open_collaboration_role,
)
from samordna.domain.collaborations.queries.carried import carried_roles, carrier_choices
from samordna.web.door import Request, requires
from samordna.web.forms import attempt, typed
from samordna.web.organisations.forms import Choices, EndForm, RoleForm, day_field
from samordna.web.organisations.views import asked_day

METHODS = ["GET", "HEAD", "POST"]


class OwnRoleForm(RoleForm):
    """A role of the collaboration; it has no kind."""

    kind = None  # type: ignore[assignment]  # Django's way to leave out a field of the form it builds on


class CarryingForm(forms.Form):
    """Which role carries it, and when."""

    role_id = forms.ChoiceField(label=gettext_lazy("The role that carries it"))
    valid_from = day_field(gettext_lazy("From and including"), gettext_lazy("Empty means today."))
    valid_to = day_field(gettext_lazy("Up to, but not including"), gettext_lazy("Empty means until further notice."))

    def __init__(self, *args: Any, roles: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role_id"].choices = [("", _p("choice", "Choose a role")), *roles]  # type: ignore[attr-defined]


@require_safe
@requires("collaboration.read")
def roles(request: Request, collaboration_id: str) -> HttpResponse:
    """The roles, and who it is or was on the day that is asked about."""
    at = clock.now()
    asked, unreadable = asked_day(request)
    context = {
        "page": carried_roles(request.actor, collaboration_id, at, asked),
        "leading": refusal_of(collaboration_for, request.actor, collaboration_id, "collaboration.lead", at),
        "unreadable": unreadable,
    }
    return render(request, "collaborations/roles.html", context)


@require_http_methods(METHODS)
@requires("collaboration.lead")
def opening(request: Request, collaboration_id: str) -> HttpResponse:
    """Open a role of the collaboration."""
    given = collaboration_for(request.actor, collaboration_id, "collaboration.lead")
    form = OwnRoleForm(typed(request))
    if form.is_valid():
        said = form.cleaned_data
        made = attempt(form, lambda: open_collaboration_role(actor=request.actor, collaboration_id=given.pk, **said))
        if made is not None:
            messages.success(
                request, _("The role %(name)s is open. Now choose the role that carries it.") % {"name": made.name}
            )
            return redirect("let_role_carry", made.pk)
    lead = _("It lasts when organisations and people change. One organisation's role carries it at a time.")
    return _form(request, form, given.pk, given.name, _("New role in the collaboration"), _("Open the role"), lead)


@require_http_methods(METHODS)
@requires("collaboration.lead")
def letting_carry(request: Request, collaboration_role_id: str) -> HttpResponse:
    """Let an organisation's role carry it."""
    carried = carried_for(request.actor, collaboration_role_id, "collaboration.lead")
    given = carried.collaboration
    form = CarryingForm(typed(request), roles=carrier_choices(request.actor, given.pk, clock.now()))
    if form.is_valid():
        said = form.cleaned_data
        made = attempt(form, lambda: let_role_carry(actor=request.actor, collaboration_role_id=carried.pk, **said))
        if made is not None:
            messages.success(request, _("The change is recorded."))
            return redirect("collaboration_roles", given.pk)
    title = _("Who is %(role)s?") % {"role": carried.name}
    lead = _("Whoever holds the role you choose does it. The one that carries it until then no longer does.")
    return _form(request, form, given.pk, given.name, title, _("Let it carry"), lead)


@require_http_methods(METHODS)
@requires("collaboration.lead")
def closing(request: Request, collaboration_role_id: str) -> HttpResponse:
    """Close a role of the collaboration."""
    carried = carried_for(request.actor, collaboration_role_id, "collaboration.lead")
    given, form = carried.collaboration, EndForm(typed(request))
    if form.is_valid():
        day = form.cleaned_data["valid_to"]
        closed = attempt(
            form,
            lambda: close_collaboration_role(actor=request.actor, collaboration_role_id=carried.pk, valid_to=day),
        )
        if closed is not None:
            messages.success(request, _("The role %(name)s is closed.") % {"name": carried.name})
            return redirect("collaboration_roles", given.pk)
    title = _("Close the role %(name)s") % {"name": carried.name}
    return _form(request, form, given.pk, given.name, title, _("Close the role"), "")


def _form(request: Request, form: forms.Form, pk: str, name: str, title: str, submit: str, lead: str) -> HttpResponse:
    context = {
        "form": form,
        "title": title,
        "submit": submit,
        "lead": lead,
        "collaboration_name": name,
        "back": reverse("collaboration_roles", args=[pk]),
    }
    return render(request, "collaborations/form.html", context, status=422 if form.errors else 200)
