"""Items: raised, read, described, withdrawn, and what one reads before them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Absent, Denied
from samordna.domain.conversations.queries.pages import grown_from
from samordna.domain.forums.access import RAISE, check_may_change, forum_for, item_for
from samordna.domain.forums.operations import add_paper, describe_item, raise_item, remove_paper, withdraw_item
from samordna.domain.forums.queries.meetings import item_page, matter_choices, meetings_of
from samordna.domain.forums.queries.pages import area_choices, role_choices
from samordna.domain.minutes.queries.register import decided_at
from samordna.web.door import Request, requires
from samordna.web.forms import attempt, typed
from samordna.web.forums.meeting_forms import DescribedItemForm, ItemForm, PaperForm, WhyForm


@require_safe
@requires("forum.read")
def item(request: Request, item_id: str) -> HttpResponse:
    """One item: what is wanted, what to read, and for a decision whether the forum may take it."""
    given = item_for(request.actor, item_id)
    at = clock.now()
    context: dict[str, Any] = {**_about(request.actor, item_id), "row": item_page(request.actor, item_id, at)}
    context["decided"] = decided_at(request.actor, item_id, at)
    context["grown_from"] = grown_from(request.actor, at, item_id=item_id)
    return render(request, "forums/item.html", context | {"forum_name": given.forum.name})


@require_http_methods(["GET", "HEAD", "POST"])
@requires("forum.raise")
def raising(request: Request, forum_id: str) -> HttpResponse:
    """Bring something up: for a meeting (`?mote=` chooses one), or for the backlog."""
    actor, at = request.actor, clock.now()
    given = forum_for(actor, forum_id, RAISE, at)
    coming = [(row.id, date_format(localtime(row.starts_at), "j F Y H.i")) for row in meetings_of(actor, at, forum_id)]
    chosen, first = {"meeting_id": request.GET.get("mote", "")[:12]}, request.POST.get("first") == "1"
    form = ItemForm(typed(request), meetings=coming, initial=chosen, **_choices(actor, forum_id, at))
    if form.is_valid():
        data = form.cleaned_data
        made = attempt(form, lambda: raise_item(actor=actor, forum_id=forum_id, first=first, **data))
        if made is not None and first:
            return redirect("meeting", made.meeting_id or "")
        if made is not None and made.meeting_id and made.meeting_id == chosen["meeting_id"]:  # back to where one came from
            told = _("%(title)s is on the agenda. Open it to put what one should read before beside it.")
            messages.success(request, told % {"title": made.title})
            return redirect("meeting", made.meeting_id)
        if made is not None:
            told = _("%(title)s is raised. Put what one should read before beside it.") % {"title": made.title}
            messages.success(request, told)
            return redirect("item", made.pk)
    about = {"forum_id": forum_id, "forum_name": given.name, "back": reverse("forum", args=[forum_id])}
    return _form_page(request, form, about, _("Raise an item"), _("Raise it"))


@require_http_methods(["GET", "HEAD", "POST"])
@requires("forum.raise")
def description(request: Request, item_id: str) -> HttpResponse:
    """Say anew what it is about."""
    actor, at = request.actor, clock.now()
    row, given = item_page(actor, item_id, at), item_for(actor, item_id, RAISE, at)
    check_may_change(actor, given, at)
    names = ("kind", "title", "purpose", "minutes", "owner_role_id", "matter_id", "area_id")
    first = {name: getattr(row, name) for name in names} | {"seen": row.fingerprint}
    choices = _choices(actor, given.forum_id, at, given.matter_id or "")
    choices |= {"unseen_matter": row.hidden_matter, "unseen_area": row.hidden_area}
    form = DescribedItemForm(typed(request), initial=first, **choices)
    if form.is_valid():
        data = form.cleaned_data
        if attempt(form, lambda: describe_item(actor=actor, item_id=item_id, **data)) is not None:
            messages.success(request, _("The item is saved."))
            return redirect("item", item_id)
    return _form_page(request, form, _about(actor, item_id), _("Describe the item"), _("Save"))


@require_http_methods(["GET", "HEAD", "POST"])
@requires("forum.raise")
def withdrawing(request: Request, item_id: str) -> HttpResponse:
    """Withdraw it, and say why."""
    form = _changeable(request, item_id, WhyForm(typed(request)))
    if form.is_valid():
        data = form.cleaned_data
        if attempt(form, lambda: withdraw_item(actor=request.actor, item_id=item_id, **data)) is not None:
            messages.success(request, _("The item is withdrawn."))
            return redirect("item", item_id)
    about = _about(request.actor, item_id)
    return _form_page(request, form, about, _("Withdraw the item"), _("Withdraw it"), kind="danger")


@require_http_methods(["GET", "HEAD", "POST"])
@requires("forum.raise")
def paper(request: Request, item_id: str) -> HttpResponse:
    """Put something to read beside it."""
    form = _changeable(request, item_id, PaperForm(typed(request)))
    if form.is_valid():
        data = form.cleaned_data
        if attempt(form, lambda: add_paper(actor=request.actor, item_id=item_id, **data)) is not None:
            return redirect("item", item_id)
    return _form_page(request, form, _about(request.actor, item_id), _("To read before"), _("Add it"))


@require_POST
@requires("forum.raise")
def paper_removing(request: Request, item_id: str, paper_id: str) -> HttpResponse:
    """Take it away."""
    try:
        remove_paper(actor=request.actor, item_id=item_id, paper_id=paper_id)
    except Absent:
        raise
    except Denied as denied:
        messages.error(request, denied.reason)
    return redirect("item", item_id)


def _changeable(request: Request, item_id: str, form: Form) -> Form:
    check_may_change(request.actor, item_for(request.actor, item_id, RAISE), clock.now())
    return form


def _choices(actor: Actor, forum_id: str, at: datetime, matter: str = "") -> dict[str, Any]:
    return {
        "roles": role_choices(actor, forum_id, at),
        "matters": matter_choices(actor, forum_id, at, matter),
        "areas": area_choices(actor, forum_id, at),
    }


def _about(actor: Actor, item_id: str) -> dict[str, str]:
    given = item_for(actor, item_id)
    about = {"forum_id": given.forum_id, "forum_name": given.forum.name, "back": reverse("item", args=[item_id])}
    if given.meeting is None:
        return about
    return about | {
        "meeting_id": given.meeting.pk,
        "meeting_name": date_format(localtime(given.meeting.starts_at), "j F Y"),
    }


def _form_page(
    request: Request, form: Form, about: dict[str, str], title: str, submit: str, kind: str = "primary"
) -> HttpResponse:
    context = about | {"form": form, "title": title, "submit": submit, "kind": kind, "lead": ""}
    return render(request, "forums/meeting_form.html", context, status=422 if form.errors else 200)
