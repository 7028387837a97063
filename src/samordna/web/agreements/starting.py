"""Beginning a document: of the collaboration, or of one's own organisation."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.domain.agreements.access import check_may_write
from samordna.domain.agreements.operations import start_agreement, start_own_routine
from samordna.domain.agreements.queries.choices import roles_for
from samordna.domain.agreements.queries.pages import documents_of
from samordna.domain.collaborations.access import collaboration_for, thing_of
from samordna.domain.collaborations.queries.pages import area_tree
from samordna.web.agreements.forms import OwnRoutineForm, StartForm
from samordna.web.door import Request, requires
from samordna.web.forms import attempt, typed


@require_http_methods(["GET", "HEAD", "POST"])
@requires("agreement.draft")
def new_agreement(request: Request, collaboration_id: str) -> HttpResponse:
    """Begin a document of the collaboration, or an annex (`?bilaga=` names what to)."""
    actor, at = request.actor, clock.now()
    given = collaboration_for(actor, collaboration_id, at=at)
    check_may_write(actor, replace(thing_of(given), organisation_id=None), at)
    whole = [
        (row.id, row.name) for row in documents_of(actor, at, given.pk) if not row.annex_of_id and not row.organisation
    ]
    form = StartForm(
        typed(request),
        roles=roles_for(actor, given.pk, at),
        areas=areas_of(actor, given.pk, at),
        documents=whole,
        initial={"annex_of_id": request.GET.get("bilaga", "")[:12]},
    )
    if form.is_valid():
        data = form.cleaned_data
        made = attempt(form, lambda: start_agreement(actor=actor, collaboration_id=given.pk, **data))
        if made is not None:
            messages.success(
                request, _("%(name)s is begun. Everybody in the collaboration can read the draft.") % {"name": made.name}
            )
            return redirect("agreement_version", made.pk, 1)
    lead = _("It begins under the headings that such documents usually have. Take away and add as you like.")
    return _page(request, form, (given.pk, given.name), _("New document"), _("Begin the document"), lead)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("routine.keep")
def new_own_routine(request: Request, collaboration_id: str) -> HttpResponse:
    """Begin a routine of one's own organisation, under what is coordinated."""
    actor, at = request.actor, clock.now()
    given = collaboration_for(actor, collaboration_id, at=at)
    check_may_write(actor, replace(thing_of(given), organisation_id=actor.organisation_id), at)
    roles = roles_for(actor, given.pk, at, organisation_id=actor.organisation_id or "")
    form = OwnRoutineForm(typed(request), roles=roles, areas=areas_of(actor, given.pk, at))
    if form.is_valid():
        data = form.cleaned_data
        made = attempt(form, lambda: start_own_routine(actor=actor, collaboration_id=given.pk, **data))
        if made is not None:
            messages.success(request, _("%(name)s is begun. Only your organisation writes in it.") % {"name": made.name})
            return redirect("agreement", made.pk)
    lead = _("Your own work is yours to decide on. The page shows which coordinated conditions govern it.")
    return _page(request, form, (given.pk, given.name), _("Own routine"), _("Begin the routine"), lead)


def areas_of(actor: Actor, collaboration_id: str, at: datetime) -> list[tuple[str, str]]:
    """The collaboration's areas as choices, those beneath others indented."""
    tree = area_tree(collaboration_for(actor, collaboration_id, at=at))
    return [(area.id, f"{'– ' * area.level}{area.name}") for area in tree]


def _page(request: Request, form: Form, collaboration: tuple[str, str], title: str, submit: str, lead: str) -> HttpResponse:
    context = {
        "form": form,
        "title": title,
        "submit": submit,
        "lead": lead,
        "collaboration_name": collaboration[1],
        "back": reverse("collaboration", args=[collaboration[0]]),
    }
    return render(request, "collaborations/form.html", context, status=422 if form.errors else 200)
