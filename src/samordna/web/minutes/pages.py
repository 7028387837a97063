"""A meeting's minutes: read, compared, and adjusted by those who are asked to."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samordna.core import clock
from samordna.domain.minutes.access import adjuster_for, minutes_for
from samordna.domain.minutes.operations import agree_to_minutes, ask_for_change
from samordna.domain.minutes.queries.pages import compared_versions, minutes_page
from samordna.web.door import Request, requires
from samordna.web.forms import attempt, typed
from samordna.web.minutes.forms import ChangeForm
from samordna.web.minutes.frame import about, form_page, pressed, wanted_number


@require_safe
@requires("forum.read")
def minutes(request: Request, meeting_id: str) -> HttpResponse:
    """What they say, how far they have come, who is waited for."""
    page = minutes_page(request.actor, meeting_id, clock.now())
    return render(request, "minutes/minutes.html", about(page.meeting) | {"page": page})


@require_safe
@requires("forum.read")
def comparing(request: Request, meeting_id: str) -> HttpResponse:
    """What differs between two versions (`?fran=1&till=2`)."""
    at = clock.now()
    page = minutes_page(request.actor, meeting_id, at)
    earlier, later = wanted_number(request.GET.get("fran", "")), wanted_number(request.GET.get("till", ""))
    compared = compared_versions(request.actor, meeting_id, at, earlier, later)
    return render(request, "minutes/compare.html", about(page.meeting) | {"compared": compared})


@require_POST
@requires("forum.vote")
def agreeing(request: Request, meeting_id: str) -> HttpResponse:
    """Agree to the version that one has read."""
    number = wanted_number(request.POST.get("number", ""))
    told = _("You have agreed to the minutes.")
    return pressed(
        request, meeting_id, lambda: agree_to_minutes(actor=request.actor, meeting_id=meeting_id, number=number), told
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires("forum.vote")
def asking(request: Request, meeting_id: str) -> HttpResponse:
    """Ask for a change."""
    actor, at = request.actor, clock.now()
    adjuster_for(actor, minutes_for(actor, meeting_id, at=at), at)
    page = minutes_page(actor, meeting_id, at)
    form = ChangeForm(typed(request), items=page.items)
    if form.is_valid():
        data = form.cleaned_data
        if attempt(form, lambda: ask_for_change(actor=actor, meeting_id=meeting_id, **data)) is not None:
            return redirect("minutes", meeting_id)
    lead = _("Those who keep the notes change the text, and ask you to read the new version.")
    return form_page(request, form, page.meeting, _("Ask for a change in the minutes"), _("Ask for it"), lead)
