"""Threads and messages: read, begun, said, worded anew, withdrawn."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samordna.core import clock
from samordna.core.errors import Forbidden
from samordna.domain.conversations.operations import reword_message, say_message, start_thread, withdraw_message
from samordna.domain.conversations.queries.pages import (
    MessageRow,
    Place,
    mention_choices,
    message_row,
    page_of_message,
    thread_of_message,
    thread_page,
    threads_of,
)
from samordna.web.conversations.forms import MessageForm, RewordForm, ThreadForm, WithdrawForm
from samordna.web.door import Request, requires
from samordna.web.forms import attempt, typed

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
@requires("forum.read")
def forum_threads(request: Request, forum_id: str) -> HttpResponse:
    """The threads of a forum, and a form that begins one."""
    return _threads(request, forum_id, "")


@require_http_methods(METHODS)
@requires("matter.read")
def matter_threads(request: Request, matter_id: str) -> HttpResponse:
    """The threads about a matter, and a form that begins one."""
    return _threads(request, "", matter_id)


def _threads(request: Request, forum_id: str, matter_id: str) -> HttpResponse:
    actor, at = request.actor, clock.now()
    shown = threads_of(actor, forum_id, matter_id, at, _number(request) or 1)
    form = ThreadForm(typed(request), roles=mention_choices(actor, forum_id, matter_id, at))
    if form.is_valid():
        data = {name: form.cleaned_data[name] for name in ("subject", "text", "mentions")}
        made = attempt(form, lambda: start_thread(actor=actor, forum_id=forum_id, matter_id=matter_id, **data))
        if made is not None:
            messages.success(request, _("The thread is begun."))
            return redirect("thread", made.pk)
    context = {"page": shown, "form": form, "place": shown.place, "place_url": _address(shown.place)}
    return render(request, "conversations/threads.html", context, status=422 if form.errors else 200)


@require_http_methods(METHODS)
@requires("organisation.read")
def thread(request: Request, thread_id: str) -> HttpResponse:
    """One thread: what has been said, and a form to say more. `?citera=` begins with a message quoted."""
    actor, at = request.actor, clock.now()
    page = thread_page(actor, thread_id, at, _number(request))
    in_forum = page.place.kind == "forum"
    place = (page.place.id, "") if in_forum else ("", page.place.id)
    quoted = _quoted(request, page.id, at)
    form = MessageForm(
        typed(request),
        roles=mention_choices(actor, *place, at),
        initial={"quotes": quoted.id if quoted else ""},
    )
    if form.is_valid():
        made = attempt(form, lambda: say_message(actor=actor, thread_id=thread_id, **form.cleaned_data))
        if made is not None:
            return redirect(f"{reverse('thread', args=[thread_id])}#{made.pk}")
    context = {"page": page, "form": form, "quoted": quoted, "place": page.place, "place_url": _address(page.place)}
    context["threads_url"] = reverse("forum_threads" if in_forum else "matter_threads", args=[page.place.id])
    return render(request, "conversations/thread.html", context, status=422 if form.errors else 200)


def _quoted(request: Request, thread_id: str, at: datetime) -> MessageRow | None:
    chosen = (request.POST.get("quotes") or request.GET.get("citera", ""))[:12]
    if not chosen or thread_of_message(request.actor, chosen, at) != thread_id:
        return None
    row = message_row(request.actor, chosen, at)
    return row if row.text else None


@require_http_methods(METHODS)
@requires("conversation.speak")
def rewording(request: Request, message_id: str) -> HttpResponse:
    """Word one's own message anew."""
    row, at = message_row(request.actor, message_id, clock.now()), clock.now()
    if not row.editable:
        raise Forbidden(_("The time for wording it anew is over, or it is not yours. Say it in a new message."))
    form = RewordForm(typed(request), initial={"text": row.text})
    if form.is_valid():
        data = form.cleaned_data
        if attempt(form, lambda: reword_message(actor=request.actor, message_id=message_id, **data)) is not None:
            return to_message(request, message_id, at)
    return form_page(request, message_id, form, _("Word it anew"), _("Save"))


@require_http_methods(METHODS)
@requires("conversation.speak")
def withdrawing(request: Request, message_id: str) -> HttpResponse:
    """Withdraw a message: that it was there stays."""
    row, at = message_row(request.actor, message_id, clock.now()), clock.now()
    if not row.withdrawable:
        raise Forbidden(_("Whoever said it withdraws it, or those who prepare the forum or lead the matter."))
    form = WithdrawForm(typed(request))
    if form.is_valid():
        data = form.cleaned_data
        if attempt(form, lambda: withdraw_message(actor=request.actor, message_id=message_id, **data)) is not None:
            messages.success(request, _("The message is withdrawn."))
            return to_message(request, message_id, at)
    lead = _("Nobody reads it any more. That somebody said something here, and why it is gone, stays.")
    return form_page(
        request, message_id, form, _("Withdraw the message"), _("Withdraw the message"), lead=lead, kind="danger"
    )


def to_message(request: Request, message_id: str, at: datetime) -> HttpResponse:
    """Back to the message in its thread."""
    return redirect(address_of(request, message_id, at))


def address_of(request: Request, message_id: str, at: datetime) -> str:
    """Where a message stands in its thread."""
    thread_id = thread_of_message(request.actor, message_id, at)
    number = page_of_message(request.actor, message_id, at)
    return f"{reverse('thread', args=[thread_id])}?sida={number}#{message_id}"


def form_page(
    request: Request, message_id: str, form: Form, title: str, submit: str, *, lead: str = "", kind: str = "primary"
) -> HttpResponse:
    """One form about a message, with the message above it; 422 when something has to be corrected."""
    at = clock.now()
    row = message_row(request.actor, message_id, at)
    page = thread_page(request.actor, thread_of_message(request.actor, message_id, at), at, 1)
    context: dict[str, Any] = {"form": form, "row": row, "title": title, "submit": submit, "lead": lead, "kind": kind}
    context |= {"page": page, "place": page.place, "place_url": _address(page.place)}
    context["back"] = address_of(request, message_id, at)
    return render(request, "conversations/form.html", context, status=422 if form.errors else 200)


def _address(place: Place) -> str:
    return reverse(place.kind, args=[place.id])


def _number(request: Request) -> int | None:
    given = request.GET.get("sida", "")
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 6 else None
