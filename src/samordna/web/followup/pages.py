"""Follow-up read: of a collaboration, a goal, an indicator, and one result with everything that it has been."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from samordna.core import clock
from samordna.core.refusals import refusal_of
from samordna.domain.adherence.queries import by_goal, own_work_in
from samordna.domain.change.queries import links
from samordna.domain.collaborations.access import collaboration_for, contribution_for
from samordna.domain.followup.access import reporting_for
from samordna.domain.followup.phrases import with_unit
from samordna.domain.followup.queries.drawings import Seam, came_into_force, chart_of, multiples_of, own_chart, seams_of
from samordna.domain.followup.queries.grounds import grounds_of
from samordna.domain.followup.queries.history import result_page
from samordna.domain.followup.queries.pages import followup_page, goal_page, indicator_page
from samordna.domain.followup.queries.series import Part
from samordna.web.door import Request, requires
from samordna.web.followup.frame import chart_label


@require_safe
@requires("collaboration.read")
def followup(request: Request, collaboration_id: str) -> HttpResponse:
    """Every goal with how it goes, whose report is waited for, and goals that are not measurable yet."""
    at = clock.now()
    page = followup_page(request.actor, collaboration_id, at)
    events = came_into_force(request.actor, [collaboration_id], at)[collaboration_id]
    rows = [
        (goal, [(one, chart_of(one.now, events), chart_label(one.now, one.name)) for one in goal.indicators])
        for goal in page.goals
    ]
    context = {
        "page": page,
        "rows": rows,
        "leading": _leading(request, collaboration_id),
        "answering": refusal_of(reporting_for, request.actor, collaboration_id, at),
    }
    return render(request, "followup/followup.html", context)


@require_safe
@requires("collaboration.read")
def goal(request: Request, goal_id: str) -> HttpResponse:
    """One goal: each organisation's part and all of them together."""
    at = clock.now()
    page = goal_page(request.actor, goal_id, at)
    works = by_goal(own_work_in(request.actor, page.collaboration_id, at)).get(page.goal.id, [])
    events = came_into_force(request.actor, [page.collaboration_id], at)[page.collaboration_id]
    context = {
        "page": page,
        "rows": [
            (one, chart_of(one.now, events), chart_label(one.now, one.name), _parts(one, page))
            for one in page.goal.indicators
        ],
        "works": works,
        "links": links.of_goal(request.actor, page.line, at),
        "grounds": grounds_of(request.actor, page.line, at),
        "leading": _leading(request, page.collaboration_id),
        "answering": refusal_of(reporting_for, request.actor, page.collaboration_id, at),
    }
    return render(request, "followup/goal.html", context)


def _parts(one: Any, page: Any) -> list[dict[str, Any]]:
    """Each organisation's part: what it has taken on and what it told last."""
    part: Part = one.now
    last = part.moments[-1] if part.moments else None
    told = {cell.organisation_id for moment in part.moments for cell in moment.cells}
    rows = []
    ahead = {of for coming in one.coming for of in coming.own_steps}
    for of in dict.fromkeys((*one.respondents, *sorted(told | ahead))):
        steps = part.own_steps.get(of, ())
        rows.append(
            {
                "id": of,
                "name": page.names.get(of, ""),
                "own": of == page.sees.own,
                "step": steps[-1] if steps else None,
                "step_text": with_unit(steps[-1][1], part.unit) if steps else "",
                "ahead": _ahead(one, of),
                "cell": last.cell_of(of) if last else None,
                "asked": of in one.respondents,
            }
        )
    return sorted(rows, key=lambda row: (not row["own"], row["name"]))


def _ahead(one: Any, of: str) -> list[tuple[Any, str, Any]]:
    """What an organisation has taken on in parts of the series that have not begun: from when, where, and by which day."""
    return [
        (part.starts_on, with_unit(part.own_steps[of][-1][1], part.unit), part.own_steps[of][-1][0])
        for part in one.coming
        if of in part.own_steps
    ]


@require_safe
@requires("collaboration.read")
def indicator(request: Request, indicator_id: str) -> HttpResponse:
    """One indicator, part by part of its series: the drawing and the table behind it."""
    at = clock.now()
    page = indicator_page(request.actor, indicator_id, at)
    own = page.sees.own
    events = came_into_force(request.actor, [page.collaboration_id], at)[page.collaboration_id]
    context = {
        "page": page,
        "parts": [
            {
                "part": part,
                "chart": chart_of(part, events),
                "begun": any(seam.on == part.starts_on for seam in seams_of(part)),
                "label": chart_label(part, page.indicator.name),
                "own_chart": own_chart(part, own, events) if own else None,
                "multiples": multiples_of(part, page.names, page.sees),
                "columns": _columns(part, page),
                "rows": _rows(part, page),
            }
            for part in page.indicator.parts
        ],
        "leading": _leading(request, page.collaboration_id),
        "links": links.of_indicator(request.actor, indicator_id, clock.now()),
        "analysing": refusal_of(contribution_for, request.actor, page.collaboration_id, clock.now()),
        "reporting": [page.names[of] for of in page.indicator.respondents if of in page.names],
    }
    return render(request, "followup/indicator.html", context)


def _columns(part: Part, page: Any) -> list[tuple[str, str]]:
    there = {cell.organisation_id for moment in part.moments for cell in moment.cells}
    return [(of, name) for of, name in page.names.items() if of in there]


def _rows(part: Part, page: Any) -> list[tuple[Any, list[Any], Seam | None]]:
    """The periods, the latest first, and each seam as a row of its own between those that it lies between."""
    columns = [of for of, _name in _columns(part, page)]
    rows: list[tuple[date, int, tuple[Any, list[Any], Seam | None]]]
    rows = [(m.starts_on, 1, (m, [(of, m.cell_of(of)) for of in columns], None)) for m in part.moments]
    rows += [(seam.on, 0, (None, [], seam)) for seam in seams_of(part)] if rows else []
    return [row for _on, _kind, row in sorted(rows, key=lambda one: one[:2], reverse=True)]


@require_safe
@requires("collaboration.read")
def result(request: Request, result_id: str) -> HttpResponse:
    """One result and every value that it has had: who told it, when, and why it was corrected."""
    at = clock.now()
    page = result_page(request.actor, result_id, at)
    context = {"page": page, "links": links.of_result(request.actor, result_id, at)}
    context["analysing"] = refusal_of(contribution_for, request.actor, page.collaboration_id, at)
    return render(request, "followup/result.html", context)


def _leading(request: Request, collaboration_id: str) -> str:
    return refusal_of(collaboration_for, request.actor, collaboration_id, "collaboration.lead", clock.now())
