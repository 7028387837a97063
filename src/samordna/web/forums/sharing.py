"""Owning a forum together with another collaboration."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samordna.core import clock
from samordna.core.errors import Absent, Denied
from samordna.domain.collaborations.queries.pages import collaborations_of
from samordna.domain.forums.access import LEAD
from samordna.domain.forums.operations import accept_sharing, end_sharing, share_forum
from samordna.web.door import Request, requires
from samordna.web.forms import attempt, typed
from samordna.web.forums.forms import ShareForm
from samordna.web.forums.frame import done, fetched, form_page


@require_http_methods(["GET", "HEAD", "POST"])
@requires("forum.lead")
def sharing(request: Request, forum_id: str) -> HttpResponse:
    """Ask another collaboration to own the forum, too."""
    page = fetched(request, forum_id, LEAD)
    taken = {owner.id for owner in page.row.owners}
    rows = [(one.id, one.name) for one in collaborations_of(request.actor, clock.now()) if one.id not in taken]
    form = ShareForm(typed(request), collaborations=rows)
    if form.is_valid():
        data = form.cleaned_data
        made = attempt(form, lambda: share_forum(actor=request.actor, forum_id=forum_id, **data))
        if made is not None:
            told = _("It owns the forum now.") if made.accepted_at else _("Its coordinator is asked.")
            return done(request, forum_id, told)
    lead = _("Everybody who takes part there can then read the forum, and its coordinator leads it together with you.")
    return form_page(request, form, page, _("Own it together"), _("Ask the collaboration"), lead)


@require_POST
@requires("forum.lead")
def accepting(request: Request, forum_id: str, collaboration_id: str) -> HttpResponse:
    """Agree to own the forum together with the others."""
    try:
        accept_sharing(actor=request.actor, forum_id=forum_id, collaboration_id=collaboration_id)
        messages.success(request, _("The collaboration owns the forum together with the others."))
    except Absent:
        raise
    except Denied as denied:
        messages.error(request, denied.reason)
    return redirect("forum", forum_id)


@require_POST
@requires("forum.lead")
def ending(request: Request, forum_id: str, collaboration_id: str) -> HttpResponse:
    """Say no, or step back."""
    try:
        end_sharing(actor=request.actor, forum_id=forum_id, collaboration_id=collaboration_id)
        messages.success(request, _("The collaboration does not own the forum."))
    except Absent:
        raise
    except Denied as denied:
        messages.error(request, denied.reason)
        return redirect("forum", forum_id)
    return redirect("forums")
