"""What the pages about one forum share: a page that is one form, and going back when it is done."""

from __future__ import annotations

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from samordna.core import clock
from samordna.domain.forums.access import forum_for
from samordna.domain.forums.queries.pages import forum_page
from samordna.domain.forums.queries.rows import ForumPage
from samordna.web.door import Request


def fetched(request: Request, forum_id: str, action: str) -> ForumPage:
    """The forum's page, for those who may do this with it."""
    forum_for(request.actor, forum_id, action)
    return forum_page(request.actor, forum_id, clock.now())


def form_page(
    request: Request, form: Form, page: ForumPage, title: str, submit: str, lead: str = "", kind: str = "primary"
) -> HttpResponse:
    """One form about a forum; 422 when something has to be corrected."""
    shown = {"form": form, "title": title, "submit": submit, "lead": lead, "kind": kind, "page": page}
    context = shown | {"back": reverse("forum", args=[page.id])}
    return render(request, "forums/form.html", context, status=422 if form.errors else 200)


def done(request: Request, forum_id: str, sentence: str) -> HttpResponse:
    """Back to the forum, with what was done."""
    messages.success(request, sentence)
    return redirect("forum", forum_id)
