"""Collaborations as lists and pages, and who decides what in them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samordna.core import clock
from samordna.core.errors import Absent, Denied
from samordna.core.refusals import refusal_of
from samordna.domain.collaborations.access import (
    check_may_give,
    check_may_start,
    collaboration_for,
    contribution_for,
    framed_for,
    sponsoring_for,
)
from samordna.domain.collaborations.operations import (
    activate_collaboration,
    open_to_participants,
    start_collaboration,
)
from samordna.domain.collaborations.phrases import result_sentences
from samordna.domain.collaborations.queries.deciding import case_tested, criteria_of, who_decides
from samordna.domain.collaborations.queries.pages import collaboration_page, collaborations_of
from samordna.domain.collaborations.queries.picture import picture_tally
from samordna.domain.collaborations.queries.reorganising import coming_here
from samordna.domain.collaborations.queries.sponsors import sponsors_in
from samordna.domain.matters.queries import matters_of
from samordna.domain.organisations.queries import organisation_choices
from samordna.domain.overview.queries.worth_it import worth_of
from samordna.web.collaborations.forms import CaseForm, StartForm
from samordna.web.door import Request, requires
from samordna.web.forms import attempt, typed


@require_safe
@requires("organisation.read")
def collaborations(request: Request) -> HttpResponse:
    """The collaborations that the actor takes part in, coordinates or is above."""
    starting = refusal_of(check_may_start, request.actor, request.actor.organisation_id or "")
    context = {"rows": collaborations_of(request.actor, clock.now()), "starting": starting}
    return render(request, "collaborations/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("collaboration.start")
def new_collaboration(request: Request) -> HttpResponse:
    """Begin to prepare a collaboration."""
    check_may_start(request.actor, request.actor.organisation_id or "")
    at = clock.now()
    parents = [(row.id, row.name) for row in collaborations_of(request.actor, at) if row.coordinated]
    form = StartForm(typed(request), organisations=organisation_choices(request.actor, at), parents=parents)
    if form.is_valid():
        made = attempt(form, lambda: start_collaboration(actor=request.actor, **form.cleaned_data))
        if made is not None:
            messages.success(request, _("%(name)s is being prepared. Only you see it so far.") % {"name": made.name})
            return redirect("collaboration", made.pk)
    return render(request, "collaborations/start.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
@requires("collaboration.read")
def collaboration(request: Request, collaboration_id: str) -> HttpResponse:
    """One collaboration."""
    at, actor = clock.now(), request.actor
    given = collaboration_for(actor, collaboration_id, at=at)
    leading = refusal_of(collaboration_for, actor, collaboration_id, "collaboration.lead", at)
    giving = refusal_of(check_may_give, actor, given, actor.organisation_id or "", at)
    above = given.superior_id == actor.organisation_id
    context = {
        "page": collaboration_page(actor, collaboration_id, at),
        "leading": leading,
        "reorganisations": () if leading else coming_here(actor, collaboration_id, at),
        "giving": giving,
        "delegating": refusal_of(framed_for, actor, collaboration_id, at=at),
        "exempts": above and not giving,
        "matters": matters_of(actor, collaboration_id, at),
        "picture": picture_tally(actor, given, at),
        "telling": refusal_of(contribution_for, actor, collaboration_id, at),
        "sponsoring": refusal_of(sponsoring_for, actor, collaboration_id, at),
        "worth": worth_of(actor, collaboration_id, at),
        **_sponsors(collaboration_id, at),
    }
    return render(request, "collaborations/collaboration.html", context)


def _sponsors(collaboration_id: str, at: datetime) -> dict[str, Any]:
    """Who stands behind it, and where nobody does. The caller has got the collaboration."""
    sponsors = sponsors_in([collaboration_id], at)
    at_risk = [row for row in sponsors if row.at_risk]
    return {"sponsors": sponsors, "at_risk": at_risk, "in_place": len(sponsors) - len(at_risk)}


@require_POST
@requires("collaboration.lead")
def opening(request: Request, collaboration_id: str) -> HttpResponse:
    """Show what is being prepared to those who take part."""
    done = _("Those who take part see it now, and can say how they see it.")
    return _stepped(request, collaboration_id, open_to_participants, done)


@require_POST
@requires("collaboration.lead")
def activation(request: Request, collaboration_id: str) -> HttpResponse:
    """Let the collaboration's work begin."""
    done = _("The collaboration is active. Its matters can be sent out.")
    return _stepped(request, collaboration_id, activate_collaboration, done)


def _stepped(request: Request, collaboration_id: str, step: Callable[..., object], done: str) -> HttpResponse:
    try:
        step(actor=request.actor, collaboration_id=collaboration_id)
    except Absent:
        raise
    except Denied as denied:
        messages.error(request, denied.reason)
    else:
        messages.success(request, done)
    return redirect("collaboration", collaboration_id)


@require_safe
@requires("collaboration.read")
def deciding(request: Request, collaboration_id: str) -> HttpResponse:
    """Who decides this, for whom, must they follow, and why."""
    now = clock.now()
    asked, unreadable = _moment(request.GET.get("dag", ""), now)
    area, organisation = request.GET.get("amne", ""), request.GET.get("organisation", "")
    answer = who_decides(request.actor, collaboration_id, area, now, asked)
    chosen = [row for row in answer.rows if row.organisation_id == organisation]
    context = {"answer": answer, "chosen": chosen[0] if chosen else None, "unreadable": unreadable}
    return render(request, "collaborations/deciding.html", context)


def _moment(text: str, now: datetime) -> tuple[datetime, str]:
    """Noon of the day asked about; now for today or no day, and the text itself when it is no day."""
    try:
        day = date.fromisoformat(text) if text else clock.day(now)
    except ValueError:
        return now, text[:40]
    if not 1900 <= day.year <= 2900:
        return now, text
    return (now if day == clock.day(now) else timezone.make_aware(datetime.combine(day, time(12)))), ""


@require_http_methods(["GET", "HEAD", "POST"])
@requires("collaboration.read")
def case(request: Request, collaboration_id: str) -> HttpResponse:
    """Does an anonymous case belong to the target group? Sent as a body, so that no address or log keeps it."""
    given = collaboration_for(request.actor, collaboration_id)
    subjects = list(dict.fromkeys(criterion.subject for criterion in criteria_of(given)))
    form = CaseForm(typed(request), subjects=subjects)
    at, fit = clock.now(), None
    if form.is_valid():
        fit = attempt(form, lambda: case_tested(request.actor, collaboration_id, form.case(), at))
    results = [(*result_sentences(result), result.speaks_for) for result in fit.results] if fit else []
    context = {"collaboration": given, "form": form, "fit": fit, "results": results}
    return render(request, "collaborations/case.html", context, status=422 if form.errors else 200)
