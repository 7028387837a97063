"""What the pages of follow-up share: one form on a page of its own, and charts."""

from __future__ import annotations

from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samordna.domain.followup.queries.drawings import seams_of
from samordna.domain.followup.queries.series import Part
from samordna.web.door import Request

METHODS = ["GET", "HEAD", "POST"]


def form_page(
    request: Request,
    form: Form,
    collaboration: tuple[str, str],
    texts: tuple[str, str],
    *,
    back: str,
    kicker: str = "",
    lead: str = "",
    between: tuple[str, str] | None = None,
    page: str = "followup/form.html",
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    """One form; 422 when something has to be corrected. `texts`: title and button; `between`: a page in the trail; `page`
    and `more`: a template that says more than the form, and what it says."""
    title, submit = texts
    context: dict[str, Any] = {"form": form, "title": title, "submit": submit, "back": back, "kicker": kicker}
    context |= {"lead": lead, "between": between, "collaboration_id": collaboration[0], "collaboration": collaboration[1]}
    return render(request, page, context | (more or {}), status=422 if form.errors else 200)


def goal_trail(goal_id: str, what: str) -> tuple[str, str]:
    """The goal's page in a trail."""
    return reverse("goal", args=[goal_id]), what


def chart_label(part: Part, name: str) -> str:
    """What a drawing is called for those who do not see it."""
    said = _("%(name)s over time against baseline, target and decisions; the table says the same") % {"name": name}
    seams = [
        _("from %(day)s it is measured in another way") % {"day": date_format(one.on)}
        for one in seams_of(part)
        if one.letter
    ]
    return "; ".join([said, *seams])
