"""Own work for a common goal: telling of it, and ending it. It is read on the page of the goals, and among one's own."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samordna.core.errors import Refused
from samordna.domain.adherence import operations
from samordna.domain.adherence.access import own_work_for
from samordna.domain.collaborations.access import contribution_for, goal_for
from samordna.web.collaborations.goal_forms import OwnWorkForm
from samordna.web.collaborations.goals import goals_again
from samordna.web.door import Request, requires
from samordna.web.forms import attempt


@require_POST
@requires("collaboration.contribute")
def state(request: Request, goal_id: str) -> HttpResponse:
    """Tell of own work that helps a goal."""
    collaboration_id = goal_for(request.actor, goal_id).collaboration_id
    contribution_for(request.actor, collaboration_id)
    form = OwnWorkForm(request.POST, prefix=goal_id)
    if form.is_valid():
        said = form.cleaned_data
        if attempt(form, lambda: operations.state_own_work(actor=request.actor, goal_id=goal_id, **said)) is not None:
            messages.success(request, _("Your own work is shown with the goal that it helps."))
            return redirect("goals", collaboration_id)
    return goals_again(request, collaboration_id, goal_id, form)


@require_POST
@requires("collaboration.contribute")
def end(request: Request, work_id: str) -> HttpResponse:
    """Say that own work is no longer done."""
    collaboration_id = own_work_for(request.actor, work_id).goal.collaboration_id
    try:
        operations.end_own_work(actor=request.actor, work_id=work_id)
    except Refused as refused:
        messages.error(request, refused.reason)
    return redirect("goals", collaboration_id)
