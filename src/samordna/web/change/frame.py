"""What the pages of chains share: one form on a page of its own, that leads back to the chain."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from samordna.core.actor import Actor
from samordna.core.errors import Absent, Denied
from samordna.web.door import Request
from samordna.web.forms import attempt

METHODS = ["GET", "HEAD", "POST"]
T = TypeVar("T")


def opened(request: Request, own: Callable[[Actor, str], T], read: Callable[[Actor, str], T], pk: str) -> tuple[T, str]:
    """What a form is about, for those whose it is to do. A form that was sent after it had become another's is shown again
    to whoever may still read that, with why and with all that was typed; then the reason is given beside it."""
    try:
        return own(request.actor, pk), ""
    except Absent:
        raise
    except Denied as denied:
        if request.method != "POST" or not denied.reason:
            raise
        return read(request.actor, pk), denied.reason


def shown_again(form: Form, reason: str) -> None:
    """The form as it was typed, with nothing but why it cannot be taken."""
    form.full_clean()
    form.errors.clear()
    form.add_error(None, reason)


def form_page(
    request: Request,
    chain: Any,
    form: Form,
    texts: tuple[str, str],
    act: Callable[[], object],
    *,
    done: str,
    lead: str = "",
    quote: str = "",
    moved: str = "",
    **more: Any,
) -> HttpResponse:
    """One form about a chain; when it is filled in, `act` is done and one is back at the chain. 422 when something has to
    be corrected. `texts`: title and button; `quote`: what it is about; `moved`: why it is not the actor's to do (403)."""
    if moved:
        shown_again(form, moved)
    elif form.is_valid() and attempt(form, act) is not None:
        messages.success(request, done)
        return redirect("chain", chain.pk)
    title, submit = texts
    context: dict[str, Any] = {"form": form, "title": title, "submit": submit, "lead": lead, "quote": quote}
    context |= {"chain": chain, "back": reverse("chain", args=[chain.pk]), **more}
    return render(request, "change/form.html", context, status=403 if moved else 422 if form.errors else 200)


def press(request: Request, call: Callable[[], object], done: str) -> None:
    """One act from a button: a refusal is said on the page that one comes back to."""
    try:
        call()
    except Absent:
        raise
    except Denied as denied:
        messages.error(request, denied.reason)
    else:
        messages.success(request, done)
