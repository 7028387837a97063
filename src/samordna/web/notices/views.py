"""Notices: the list behind the bell, what one wants letters about, ending letters by a link, and reminders."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samordna.core import clock
from samordna.core.errors import Absent, Denied
from samordna.domain.collaborations.access import collaboration_for
from samordna.domain.notices import operations as do
from samordna.domain.notices import reading
from samordna.domain.notices.queries.pages import notice_page, wishes_of
from samordna.domain.notices.reminding import days_of
from samordna.domain.notices.stopping import is_overtaken, stop_of
from samordna.domain.notices.wishes import language_of
from samordna.web.door import Request, public, requires
from samordna.web.forms import attempt
from samordna.web.notices.forms import DaysForm, LettersForm

METHODS = ["GET", "HEAD", "POST"]
LAST_PAGE = 100_000


@require_safe
@requires("account.use")
def notices(request: Request) -> HttpResponse:
    """What has happened that concerns one in the role one acts in, the newest first."""
    typed = request.GET.get("sida", "1")
    number = min(max(int(typed), 1), LAST_PAGE) if typed.isdecimal() and len(typed) < 7 else 1
    at = clock.now()
    page = notice_page(request.actor, at, number)
    return render(request, "notices/list.html", {"page": page, "today": clock.day(at)})


@require_POST
@requires("account.change")
def open_notice(request: Request, notice_id: str) -> HttpResponseBase:
    """Mark the notice as read and go where it leads."""
    subject = reading.open_notice(request.actor, notice_id)
    return redirect(subject.url_name, *subject.url_args)


@require_POST
@requires("account.change")
def mark_read(request: Request) -> HttpResponseBase:
    """Mark everything that the page showed as read; what has come since stays unread."""
    now = clock.now()
    until = _moment(request.POST.get("until", ""))
    count = reading.mark_read(request.actor, min(until, now) if until else now)
    said = ngettext("%(n)d notice is marked as read.", "%(n)d notices are marked as read.", count)
    messages.success(request, said % {"n": count})
    return redirect("notices")


def _moment(typed: str) -> datetime | None:
    try:
        found = parse_datetime(typed)
    except ValueError:
        return None
    return found if found is not None and found.tzinfo is not None else None


@require_http_methods(METHODS)
@requires("account.change")
def choices(request: Request) -> HttpResponseBase:
    """What one wants letters about, how often, and in which language."""
    wishes = wishes_of(request.actor)
    start = {group.value: rhythm.value for group, rhythm in wishes.rhythms.items()} | {"language": wishes.language}
    form = LettersForm(request.POST if request.method == "POST" else None, initial=start)
    if request.method == "POST" and form.is_valid():
        language = form.cleaned_data["language"]
        if attempt(form, lambda: do.choose_letters(actor=request.actor, rhythms=form.rhythms(), language=language)):
            messages.success(request, _("Saved."))
            return redirect("notice_choices")
    context = {"form": form, "wishes": wishes}
    return render(request, "notices/choices.html", context, status=422 if form.errors else 200)


@require_POST
@requires("account.change")
def try_again(request: Request) -> HttpResponseBase:
    """Say that one's own address works again."""
    try:
        do.try_address_again(actor=request.actor, person_id=request.POST.get("person_id") or request.actor.person_id or "")
        messages.success(request, _("Letters go to the address again."))
    except Absent:
        raise
    except Denied as denied:
        messages.error(request, denied.reason)
    return redirect("notice_choices")


@csrf_exempt  # RFC 8058: the mail program posts without a page of ours; the signed ticket is the proof
@require_http_methods(METHODS)
@public("ending letters must work from the letter itself; the signed ticket names one person and one kind of letter")
def stop(request: Request, ticket: str) -> HttpResponse:
    """Ask whether to end letters of one kind, and end them; one press here, none in mail programs that know RFC 8058."""
    found = stop_of(ticket)
    overtaken = is_overtaken(found)
    stopped = request.method == "POST" and not overtaken
    if stopped:
        do.stop_letters(actor=found.actor, group=found.group)
    context = {"group": found.group.label, "stopped": stopped, "overtaken": overtaken}
    status = 410 if overtaken else 200
    if settings.LANGUAGE_COOKIE_NAME in request.COOKIES:
        return render(request, "notices/stop.html", context, status=status)
    with override(language_of(found.person_id)):
        return render(request, "notices/stop.html", context, status=status)


@require_http_methods(METHODS)
@requires("collaboration.lead")
def reminder_days(request: Request, collaboration_id: str) -> HttpResponseBase:
    """When a collaboration reminds those who have not answered."""
    collaboration = collaboration_for(request.actor, collaboration_id, "collaboration.lead")
    start = {"days": ", ".join(str(each) for each in days_of(collaboration.pk))}
    form = DaysForm(request.POST if request.method == "POST" else None, initial=start)
    if request.method == "POST" and form.is_valid():
        days = form.cleaned_data["days"]
        if attempt(form, lambda: do.set_reminder_days(actor=request.actor, collaboration_id=collaboration_id, days=days)):
            messages.success(request, _("Saved."))
            return redirect("reminder_days", collaboration_id)
    context = {"form": form, "collaboration": collaboration}
    return render(request, "notices/reminder_days.html", context, status=422 if form.errors else 200)
