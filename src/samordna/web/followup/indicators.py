"""Indicators: started, given another frame, ended, and targets."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext as _pg
from django.views.decorators.http import require_http_methods

from samordna.core import clock
from samordna.domain.collaborations.access import goal_for
from samordna.domain.followup import operations as do
from samordna.domain.followup.access import indicator_for, reporting_for
from samordna.domain.followup.enums import Frequency
from samordna.domain.followup.periods import Start, period_at
from samordna.domain.followup.phrases import start_told
from samordna.domain.followup.queries.pages import goal_page, indicator_page, taking_part_in
from samordna.domain.followup.queries.starting import start_of
from samordna.web.collaborations.forms import ReasonForm
from samordna.web.door import Request, requires
from samordna.web.followup.forms import CourseForm, FrameForm, IndicatorForm, ReportingForm, StartForm, StepForm
from samordna.web.followup.frame import METHODS, form_page, goal_trail
from samordna.web.forms import attempt, typed


@require_http_methods(METHODS)
@requires("collaboration.lead")
def starting(request: Request, goal_id: str) -> HttpResponse:
    """Begin to measure a goal. The form says how many rounds of reports the start opens; when they are several, whoever has
    not seen the number is asked once more."""
    asked = goal_for(request.actor, goal_id, "collaboration.lead")
    page = goal_page(request.actor, goal_id, clock.now())
    goal = goal_for(request.actor, page.goal.id)
    started = request.GET.copy()
    started.setdefault("frequency", Frequency.values[0])
    chosen = started.getlist("respondents")
    first: dict[str, Any] = {"unit": goal.unit, "source": goal.source}
    first |= {name: started[name] for name in STARTS if name in started} | ({"respondents": chosen} if chosen else {})
    if not page.goal.indicators:
        first["name"] = goal.indicator
    names = taking_part_in(asked.collaboration, clock.now())
    said = request.POST if request.method == "POST" else started
    start, sentences = _start(StartForm(said, organisations=names.items()), asked.collaboration)
    form = IndicatorForm(typed(request), organisations=names.items(), initial=first)
    if form.is_valid() and start and len(start.opens) > 1 and said.get("counted") != str(len(start.opens)):
        many = _("It opens %(n)s rounds of reports at once. Begin once more if that is what you want.")
        form.add_error("past_rounds", many % {"n": len(start.opens)})
    if form.is_valid():
        data = form.cleaned_data
        made = attempt(form, lambda: do.start_indicator(actor=request.actor, goal_id=goal.pk, **data))
        if made is not None:
            messages.success(request, _("It is measured from now on. Reports are asked for when a period has ended."))
            return redirect("indicator", made.pk)
    texts, back = (_("Measure the goal"), _("Begin to measure")), reverse("goal", args=[goal.pk])
    where, between = (page.collaboration_id, page.collaboration), goal_trail(goal.pk, goal.what)
    told = {"sentences": sentences, "counted": len(start.opens) if start else ""}
    return form_page(
        request, form, where, texts, back=back, kicker=goal.what, between=between, page="followup/start.html", more=told
    )


STARTS = ("frequency", "measured_from", "past_rounds")
"""What the address of the form may say, besides who reports: from when it is measured, and what is asked for."""


def _start(form: StartForm, given: Any) -> tuple[Start | None, list[str]]:
    """What the start asks for as it is typed now, and in sentences; nothing while it cannot be read."""
    if not form.is_valid():
        return None, []
    data, today = form.cleaned_data, clock.day(clock.now())
    running = period_at(data["frequency"], today)
    day = data["measured_from"] or running.starts_on
    asked = {"past": data["past_rounds"], "respondents": data["respondents"]}
    start = start_of(given, data["frequency"], day, today, **asked)
    return start, start_told(start, running, period_at(data["frequency"], day))


@require_http_methods(METHODS)
@requires("collaboration.lead")
def changing(request: Request, indicator_id: str) -> HttpResponse:
    """Give an indicator another frame."""
    indicator_for(request.actor, indicator_id, "collaboration.lead")
    page = indicator_page(request.actor, indicator_id, clock.now())
    now = page.indicator.now
    names = ("definition", "unit", "number_kind", "aggregation")
    form = FrameForm(typed(request), initial={name: getattr(now, name) for name in names})
    if form.is_valid():
        data = form.cleaned_data
        if attempt(form, lambda: do.change_indicator(actor=request.actor, indicator_id=indicator_id, **data)) is not None:
            messages.success(request, _("The frame is changed. Everything that was measured is kept under the one it had."))
            return redirect("indicator", indicator_id)
    return _form(request, form, page, _("Change what is measured"), _pg("button", "Save"))


@require_http_methods(METHODS)
@requires("collaboration.lead")
def reporting(request: Request, indicator_id: str) -> HttpResponse:
    """Say by whom, from what source and within how many days an indicator is reported from a day on."""
    given = indicator_for(request.actor, indicator_id, "collaboration.lead").collaboration
    page = indicator_page(request.actor, indicator_id, clock.now())
    one = page.indicator
    first: dict[str, Any] = {name: getattr(one, name) for name in ("source", "days_to_report", "minimum_group")}
    first["respondents"] = [] if one.everybody else one.respondents
    form = ReportingForm(typed(request), organisations=taking_part_in(given, clock.now()).items(), initial=first)
    if form.is_valid():
        data = form.cleaned_data
        if attempt(form, lambda: do.change_reporting(actor=request.actor, indicator_id=indicator_id, **data)) is not None:
            messages.success(request, _("The reporting is changed. What has been reported is kept as it is."))
            return redirect("indicator", indicator_id)
    return _form(request, form, page, _("Change the reporting"), _pg("button", "Save"))


@require_http_methods(METHODS)
@requires("collaboration.lead")
def turning(request: Request, indicator_id: str) -> HttpResponse:
    """Say how often an indicator is measured and which way it should go, from a day on."""
    indicator_for(request.actor, indicator_id, "collaboration.lead")
    page = indicator_page(request.actor, indicator_id, clock.now())
    first = {"frequency": page.indicator.frequency, "direction": page.indicator.direction}
    form = CourseForm(typed(request), initial=first)
    if form.is_valid():
        data = form.cleaned_data
        made = attempt(form, lambda: do.change_course(actor=request.actor, indicator_id=indicator_id, **data))
        if made is not None:
            sentence = _(
                "It holds from %(day)s. Reports for earlier periods are asked for as before, and everything told is kept. "
                "Those who report are told."
            )
            told = sentence % {"day": date_format(made.starts_on or clock.day(clock.now()), "j F Y")}
            if made.direction != page.indicator.direction:
                told += " " + _("See that the goal says the same, or else revise it.")
            messages.success(request, told)
            return redirect("indicator", indicator_id)
    return _form(request, form, page, _("Change how often and which way"), _pg("button", "Save"))


@require_http_methods(METHODS)
@requires("collaboration.lead")
def withdrawing(request: Request, indicator_id: str) -> HttpResponse:
    """Take back a change that has not begun; the page first says which."""
    indicator_for(request.actor, indicator_id, "collaboration.lead")
    page = indicator_page(request.actor, indicator_id, clock.now())
    form = ReasonForm(typed(request))
    if form.is_valid():
        data = form.cleaned_data
        if attempt(form, lambda: do.withdraw_frame(actor=request.actor, indicator_id=indicator_id, **data)) is not None:
            messages.success(
                request, _("The change is taken back. It is measured as before, and those who report are told.")
            )
            return redirect("indicator", indicator_id)
    day = page.indicator.waiting_from
    lead = _("No change waits to begin, so there is nothing to take back.")
    if day is not None:
        what = {"day": date_format(day, "j F Y"), "what": page.indicator.changes[0][1]}
        lead = _("It was to hold from %(day)s. It goes on as before instead, and what was said is kept: %(what)s") % what
    return _form(request, form, page, _("Take the change back"), _("Take the change back"), lead)


@require_http_methods(METHODS)
@requires("collaboration.lead")
def ending(request: Request, indicator_id: str) -> HttpResponse:
    """Stop measuring."""
    indicator_for(request.actor, indicator_id, "collaboration.lead")
    page = indicator_page(request.actor, indicator_id, clock.now())
    form = ReasonForm(typed(request))
    if form.is_valid():
        data = form.cleaned_data
        if attempt(form, lambda: do.end_indicator(actor=request.actor, indicator_id=indicator_id, **data)) is not None:
            messages.success(request, _("It is not measured any more. What was measured is kept."))
            return redirect("indicator", indicator_id)
    return _form(request, form, page, _("Stop measuring"), _("Stop measuring"))


@require_http_methods(METHODS)
@requires("collaboration.lead")
def aiming(request: Request, indicator_id: str) -> HttpResponse:
    """Say where the whole is to be by a day."""
    indicator_for(request.actor, indicator_id, "collaboration.lead")
    page = indicator_page(request.actor, indicator_id, clock.now())
    form = _step_form(request, page.indicator)
    if form.is_valid():
        data = form.cleaned_data
        if attempt(form, lambda: do.set_target_step(actor=request.actor, indicator_id=indicator_id, **data)) is not None:
            messages.success(request, _("The target is set."))
            return redirect("indicator", indicator_id)
    return _form(request, form, page, _("Target for all together"), _("Set the target"))


@require_http_methods(METHODS)
@requires("collaboration.contribute")
def taking_on(request: Request, indicator_id: str) -> HttpResponse:
    """Say what one's own organisation takes on."""
    reporting_for(request.actor, indicator_for(request.actor, indicator_id).collaboration_id)
    page = indicator_page(request.actor, indicator_id, clock.now())
    form = _step_form(request, page.indicator)
    if form.is_valid():
        data = form.cleaned_data
        if attempt(form, lambda: do.set_own_target(actor=request.actor, indicator_id=indicator_id, **data)) is not None:
            messages.success(request, _("Your organisation's part is shown with the goal."))
            return redirect("goal", page.indicator.goal_id)
    return _form(request, form, page, _("What we take on"), _("Take it on"))


def _step_form(request: Request, one: Any) -> StepForm:
    """A target, with a choice of the part of the series where another waits to begin."""
    now = _("%(unit)s, as it is measured now") % {"unit": one.now.unit}
    coming = [
        (part.starts_on, _("%(unit)s, from %(day)s") % {"unit": part.unit, "day": date_format(part.starts_on, "j F Y")})
        for part in one.coming
    ]
    return StepForm(typed(request), now=now, coming=coming)


def _form(request: Request, form: Any, page: Any, title: str, submit: str, lead: str = "") -> HttpResponse:
    one = page.indicator
    return form_page(
        request,
        form,
        (page.collaboration_id, page.collaboration),
        (title, submit),
        back=reverse("indicator", args=[one.id]),
        kicker=one.name,
        lead=lead,
        between=(reverse("indicator", args=[one.id]), one.name),
    )
