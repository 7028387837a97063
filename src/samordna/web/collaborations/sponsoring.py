"""Naming, for one's own organisation, the manager's role that stands behind its taking part."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from samordna.core import clock
from samordna.core.errors import Absent, Denied
from samordna.domain.collaborations.access import sponsoring_for
from samordna.domain.collaborations.operations import end_sponsorship, name_sponsor
from samordna.domain.collaborations.queries.sponsors import sponsor_roles, sponsors_in
from samordna.web.door import Request, requires
from samordna.web.forms import attempt, back, typed


class SponsorForm(forms.Form):
    """One of the organisation's manager's roles."""

    def __init__(self, *args: Any, roles: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role_id"] = forms.ChoiceField(
            choices=roles,
            label=gettext_lazy("Which role stands behind it?"),
            help_text=gettext_lazy("The manager who gives it time and mandate, often the one nearest to the daily work."),
            widget=forms.RadioSelect,
            error_messages={"required": gettext_lazy("Choose one of the roles.")},
        )


@require_http_methods(["GET", "HEAD", "POST"])
@requires("sponsor.name")
def sponsor(request: Request, collaboration_id: str) -> HttpResponse:
    """Name one's own organisation's sponsor, or another in its place."""
    given, at, own = sponsoring_for(request.actor, collaboration_id), clock.now(), request.actor.organisation_id or ""
    present = next(iter(sponsors_in([given.pk], at, [own])), None)
    roles = sponsor_roles(own, clock.day(at))
    form = SponsorForm(typed(request), roles=roles, initial={"role_id": present.role_id if present else ""})
    if form.is_valid():
        call = {"collaboration_id": given.pk, "role_id": form.cleaned_data["role_id"]}
        if attempt(form, lambda: name_sponsor(actor=request.actor, **call)) is not None:
            messages.success(request, _("Noted. Everybody who takes part sees who stands behind you."))
            return redirect("collaboration", given.pk)
    context = {"form": form, "given": given, "present": present, "roles": roles}
    return render(request, "collaborations/sponsor.html", context, status=422 if form.errors else 200)


@require_POST
@requires("sponsor.name")
def sponsor_ending(request: Request, collaboration_id: str) -> HttpResponse:
    """Say that the role no longer stands behind it."""
    try:
        end_sponsorship(actor=request.actor, collaboration_id=collaboration_id)
    except Absent:
        raise
    except Denied as denied:
        messages.error(request, denied.reason)
    else:
        messages.success(request, _("Noted. Until you name another, the collaboration is shown as at risk."))
    return back(request, "collaboration", collaboration_id)
