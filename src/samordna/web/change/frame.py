"""What the pages of chains share: one form on a page of its own, that leads back to the chain."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from samordna.core.errors import Absent, Denied
from samordna.web.door import Request
from samordna.web.forms import attempt

METHODS = ["GET", "HEAD", "POST"]


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
    **more: Any,
) -> HttpResponse:
    """One form about a chain; when it is filled in, `act` is done and one is back at the chain. 422 when something has to
    be corrected. `texts`: title and button; `quote`: what it is about."""
    if form.is_valid() and attempt(form, act) is not None:
        messages.success(request, done)
        return redirect("chain", chain.pk)
    title, submit = texts
    context: dict[str, Any] = {"form": form, "title": title, "submit": submit, "lead": lead, "quote": quote}
    context |= {"chain": chain, "back": reverse("chain", args=[chain.pk]), **more}
    return render(request, "change/form.html", context, status=422 if form.errors else 200)


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
