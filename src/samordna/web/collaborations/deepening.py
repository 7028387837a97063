"""Changing the depth of a collaboration that runs, after seeing what that means for each party."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samordna.core import clock
from samordna.domain.collaborations.access import collaboration_for
from samordna.domain.collaborations.depth import PRESETS, DepthSetting, Preset
from samordna.domain.collaborations.operations import change_depth, read_depth_changes
from samordna.domain.collaborations.queries.depths import HeldDepth, depth_rehearsed, earliest_change, held_depth
from samordna.domain.collaborations.queries.pages import area_tree
from samordna.domain.decisions.queries.touched import touched_in
from samordna.web.collaborations.forms import ChangeDepthForm
from samordna.web.door import Request, requires
from samordna.web.forms import attempt, back, typed


@require_http_methods(["GET", "HEAD", "POST"])
@requires("collaboration.lead")
def depth(request: Request, collaboration_id: str) -> HttpResponse:
    """The collaboration's depth from a day on; first one sees who may leave and with what notice."""
    actor, at = request.actor, clock.now()
    given = collaboration_for(actor, collaboration_id, "collaboration.lead", at)
    held = held_depth(given, clock.day(at))
    initial = {"depth": held.depth.preset, "notice_days": held.notice_days}
    form = ChangeDepthForm(typed(request), initial=initial)
    context: dict[str, object] = {"form": form, "collaboration": given, "rehearsed": False}
    if form.is_valid() and "rehearse" in request.POST:
        data = form.cleaned_data
        join, contribute, follow = PRESETS[Preset(data["depth"])]
        setting = DepthSetting(join=join, contribute=contribute, follow=follow)
        new = HeldDepth(setting=setting, notice_days=data["notice_days"])
        day = data["starts_on"] or earliest_change(given, new, clock.day(at))
        changes = attempt(form, lambda: depth_rehearsed(actor, given.pk, setting, new.notice_days, day, at))
        touched = touched_in(actor, [area.id for area in area_tree(given)], at)
        told = {"changes": changes, "touched": touched, "day": day, "running": data["running"]}
        context |= told | {"rehearsed": changes is not None}
    elif form.is_valid():
        data = form.cleaned_data
        if attempt(form, lambda: change_depth(actor=actor, collaboration_id=given.pk, **data)) is not None:
            messages.success(request, _("The depth is changed. All who take part see from when, and why."))
            return redirect("collaboration", given.pk)
    return render(request, "collaborations/depth.html", context, status=422 if form.errors else 200)


@require_POST
@requires("collaboration.contribute")
def depth_reading(request: Request, collaboration_id: str) -> HttpResponse:
    """Say that one has read of a depth that changes."""
    form = forms.Form({})
    form.is_valid()
    if attempt(form, lambda: read_depth_changes(actor=request.actor, collaboration_id=collaboration_id)) is not None:
        messages.success(request, _("Noted: your organisation has read of it. You are not asked again."))
    else:
        messages.error(request, " ".join(str(error) for error in form.non_field_errors()))
    return back(request, "collaboration", collaboration_id)
