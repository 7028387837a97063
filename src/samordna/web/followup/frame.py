"""What the pages of follow-up share: one form on a page of its own, and charts."""

from __future__ import annotations

from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from samordna.domain.followup.phrases import with_unit
from samordna.domain.followup.queries.series import Part
from samordna.web.components.line_chart import LineChart, Point, bounds, line_chart
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
) -> HttpResponse:
    """One form; 422 when something has to be corrected. `texts`: title and button; `between`: a page in the trail."""
    title, submit = texts
    context: dict[str, Any] = {"form": form, "title": title, "submit": submit, "back": back, "kicker": kicker}
    context |= {"lead": lead, "between": between, "collaboration_id": collaboration[0], "collaboration": collaboration[1]}
    return render(request, "followup/form.html", context, status=422 if form.errors else 200)


def goal_trail(goal_id: str, what: str) -> tuple[str, str]:
    """The goal's page in a trail."""
    return reverse("goal", args=[goal_id]), what


def chart_of(part: Part) -> LineChart | None:
    """The drawing of a part of a series, the whole against baseline and target; None without a whole."""
    points = [Point(on=one.ends_on, label=one.label, level=one.value, text=one.text) for one in part.moments]
    return drawn(points, part)


def own_chart(part: Part, organisation_id: str) -> LineChart | None:
    """The drawing of one organisation's own figures."""
    points = []
    for one in part.moments:
        cell = one.cell_of(organisation_id)
        level = cell.value if cell else None
        points.append(Point(on=one.ends_on, label=one.label, level=level, text=cell.text if cell else ""))
    return drawn(points, part, own=part.own_steps.get(organisation_id, ()))


def drawn(points: list[Point], part: Part, own: Any = None) -> LineChart | None:
    """The drawing against the whole's path, or against an organisation's own target."""
    baseline = (part.baseline_on, part.baseline) if part.baseline is not None and part.baseline_on is not None else None
    steps = part.steps if own is None else own
    low, high = bounds(points, None if own is not None else baseline, steps)
    texts = (with_unit(low, part.unit), with_unit(high, part.unit))
    return line_chart(points, None if own is not None else baseline, steps, texts)


def chart_label(part: Part, name: str) -> str:
    """What a drawing is called for those who do not see it."""
    return _("%(name)s over time against baseline and target; the table below says the same") % {"name": name}
