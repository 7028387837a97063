"""What the pages of chains share: one form on a page of its own, that leads back to the chain."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from samordna.core.actor import Actor
from samordna.core.errors import Absent, Denied
from samordna.domain.change.access import chain_for, change_for, need_for
from samordna.domain.change.queries.choices import own_chain, own_change, own_need
from samordna.web.door import Request
from samordna.web.forms import attempt

METHODS = ["GET", "HEAD", "POST"]
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a form is about. `thing`: the chain, change need or change; `named`: as operations name it; `moved`: why it is
    not the actor's to do, where that has become so since the form was opened."""

    thing: Any
    chain: Any
    named: Mapping[str, str]
    quote: str = ""
    moved: str = ""


def about_chain(request: Request, chain_id: str) -> About:
    """A chain, for whose it is."""
    chain, moved = _opened(request, own_chain, chain_for, chain_id)
    return About(thing=chain, chain=chain, named={"chain_id": chain_id}, moved=moved)


def about_need(request: Request, need_id: str, own: Callable[[Actor, str], Any] = own_need) -> About:
    """A change need, for whoever has it now, or whoever `own` says."""
    need, moved = _opened(request, own, need_for, need_id)
    return About(thing=need, chain=need.turn.chain, named={"need_id": need_id}, quote=need.text, moved=moved)


def about_change(request: Request, change_id: str) -> About:
    """A change, for whoever has its need now."""
    change, moved = _opened(request, own_change, change_for, change_id)
    chain = change.need.turn.chain
    return About(thing=change, chain=chain, named={"change_id": change_id}, quote=change.what, moved=moved)


def _opened(request: Request, own: Callable[[Actor, str], T], read: Callable[[Actor, str], T], pk: str) -> tuple[T, str]:
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
    about: About,
    form: Form,
    texts: tuple[str, str],
    act: Callable[..., T],
    *,
    done: str,
    onwards: Callable[[T], str] | None = None,
    **more: Any,
) -> HttpResponse:
    """One form about a chain; when it is filled in, the operation `act` is done with what was typed and one is back at the
    chain, or goes on (`onwards`). 422 when something has to be corrected, 403 when it is not the actor's to do any more.
    `texts`: title and button; `more`: what the page shows besides, as `lead` and another `quote`."""
    if about.moved:
        shown_again(form, about.moved)
    elif form.is_valid():
        made = attempt(form, lambda: act(actor=request.actor, **about.named, **_typed(form)))
        if made is not None:
            messages.success(request, done)
            return redirect(onwards(made) if onwards else reverse("chain", args=[about.chain.pk]))
    title, submit = texts
    context: dict[str, Any] = {"form": form, "title": title, "submit": submit, "quote": about.quote}
    context |= {"lead": "", "measured": False}
    context |= {"chain": about.chain, "back": reverse("chain", args=[about.chain.pk]), **more}
    return render(request, "change/form.html", context, status=403 if about.moved else 422 if form.errors else 200)


def _typed(form: Form) -> dict[str, Any]:
    """What was typed, as the operation takes it."""
    arguments = getattr(form, "arguments", None)
    return dict(arguments() if arguments else form.cleaned_data)


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
