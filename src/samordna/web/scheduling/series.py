"""Series of meetings: what they would give, started, read, changed from a day on, ended."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from samordna.core import clock
from samordna.core.refusals import refusal_of
from samordna.domain.forums import rhythm
from samordna.domain.forums.access import PREPARE, forum_for
from samordna.domain.forums.sentences import refused_sentence
from samordna.domain.scheduling.access import series_for
from samordna.domain.scheduling.operations import change_series, end_series, start_series
from samordna.domain.scheduling.patterns import Wished, said_of
from samordna.domain.scheduling.phrases import moment_told
from samordna.domain.scheduling.queries.series import Preview, preview, series_page
from samordna.web.door import Request, requires
from samordna.web.forms import attempt, typed
from samordna.web.scheduling.series_forms import EndForm, SeriesForm, initial_of


@require_safe
@requires("forum.read")
def series(request: Request, series_id: str) -> HttpResponse:
    """One series: how it comes again and its meetings."""
    actor, at = request.actor, clock.now()
    row = series_page(actor, series_id, at)
    preparing = refusal_of(forum_for, actor, row.forum_id, PREPARE, at)
    return render(request, "scheduling/series.html", {"row": row, "preparing": preparing})


@require_http_methods(["GET", "HEAD", "POST"])
@requires("forum.prepare")
def starting(request: Request, forum_id: str) -> HttpResponse:
    """Let meetings come again: the dates are shown before one says yes."""
    forum, at = forum_for(request.actor, forum_id, PREPARE), clock.now()
    form = SeriesForm(typed(request), initial={"place": forum.place, "starts_on": clock.day(at)})
    wished, shown = _shown(request, form, forum_id, at)
    if wished and shown and request.POST.get("confirmed") == shown.fingerprint:
        made = attempt(form, lambda: start_series(actor=request.actor, forum_id=forum_id, wished=wished))
        if made is not None:
            messages.success(request, _("The series is started, and its meetings for a year ahead are planned."))
            return redirect("series", made.pk)
    about = {
        "title": _("Meetings that come again"),
        "yes": _("Start the series"),
        "back": reverse("forum", args=[forum_id]),
    }
    return _page(request, form, shown, about | {"forum_id": forum_id, "forum_name": forum.name, "lead": ""})


@require_http_methods(["GET", "HEAD", "POST"])
@requires("forum.prepare")
def changing(request: Request, series_id: str) -> HttpResponse:
    """Say anew how it comes again, from a day on."""
    series_for(request.actor, series_id, PREPARE)
    at = clock.now()
    row = series_page(request.actor, series_id, at)
    begins = {"starts_on": max(row.starts_on, clock.day(at)), "seen": row.fingerprint}
    form = SeriesForm(typed(request), initial=initial_of(dict(row.words), said_of(row.rule, row.zone)) | begins)
    wished, shown = _shown(request, form, row.forum_id, at, series_id)
    if wished and shown and request.POST.get("confirmed") == shown.fingerprint:
        about = {"series_id": series_id, "seen": form.cleaned_data["seen"]}
        done = attempt(form, lambda: change_series(actor=request.actor, wished=wished, **about))
        if done is not None:
            _tell(request, _("The series is changed."), [each.starts_at for each in done.stayed])
            return redirect("series", series_id)
    about = {"title": _("Change the series"), "yes": _("Change the series"), "back": reverse("series", args=[series_id])}
    lead = _("The meetings from the first day on follow. Those that somebody has moved or cancelled stay as they are.")
    return _page(request, form, shown, about | {"forum_id": row.forum_id, "forum_name": row.forum, "lead": lead})


@require_http_methods(["GET", "HEAD", "POST"])
@requires("forum.prepare")
def ending(request: Request, series_id: str) -> HttpResponse:
    """Let no more meetings come."""
    series_for(request.actor, series_id, PREPARE)
    row = series_page(request.actor, series_id, clock.now())
    form = EndForm(typed(request), initial={"from_on": clock.day(clock.now())})
    if form.is_valid():
        data = form.cleaned_data
        done = attempt(form, lambda: end_series(actor=request.actor, series_id=series_id, **data))
        if done is not None:
            _tell(request, _("The series has ended."), [each.starts_at for each in done.stayed])
            return redirect("series", series_id)
    about = {"forum_id": row.forum_id, "forum_name": row.forum, "back": reverse("series", args=[series_id])}
    context = about | {
        "form": form,
        "title": _("End the series"),
        "submit": _("End it"),
        "kind": "danger",
        "lead": row.sentence,
    }
    return render(request, "forums/meeting_form.html", context, status=422 if form.errors else 200)


def _shown(
    request: Request, form: SeriesForm, forum_id: str, at: datetime, but: str = ""
) -> tuple[Wished | None, Preview | None]:
    """What was typed and what it would give; None when something has to be corrected."""
    if not form.is_valid():
        return None, None
    try:
        wished = form.wished()
    except rhythm.Refused as refused:
        form.add_error("rule", refused_sentence(refused))
        return None, None
    return wished, attempt(form, lambda: preview(request.actor, forum_id, wished, at, but))


def _page(request: Request, form: SeriesForm, shown: Preview | None, about: dict[str, str]) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(request, "scheduling/series_form.html", about | {"form": form, "preview": shown}, status=status)


def _tell(request: Request, sentence: str, stayed: list[datetime]) -> None:
    messages.success(request, sentence)
    if stayed:
        days = ", ".join(moment_told(each) for each in stayed[:10])
        told = ngettext(
            "Stays because somebody has moved it: %(days)s.", "Stay because somebody has moved them: %(days)s.", len(stayed)
        )
        messages.info(request, told % {"days": days})
