"""Questionnaires, waves and their results, to read."""

from __future__ import annotations

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samordna.core import clock
from samordna.core.refusals import refusal_of
from samordna.core.tables import XLSX_TYPE
from samordna.domain.assessments.content import said
from samordna.domain.assessments.queries import export as exports
from samordna.domain.assessments.queries.heat import heat_map
from samordna.domain.assessments.queries.lists import assessments_page, questionnaire_file, questionnaire_page, wave_page
from samordna.domain.assessments.queries.results import Gap, result_page
from samordna.domain.assessments.shipped import SHIPPED
from samordna.domain.change.queries import links
from samordna.domain.change.queries.sources import gap_key
from samordna.domain.collaborations.access import contribution_for
from samordna.web.agreements.pages import named_file
from samordna.web.assessments.charts import lines_of
from samordna.web.door import Request, requires
from samordna.web.minutes.frame import wanted_number

CSV = "text/csv; charset=utf-8"


@require_safe
@requires("collaboration.read")
def assessments(request: Request, collaboration_id: str) -> HttpResponse:
    """What the collaboration asks about itself."""
    numbers = (wanted_number(request.GET.get(key, ""), 1) for key in ("sida", "enkater"))
    page = assessments_page(request.actor, collaboration_id, clock.now(), *numbers)
    language = (get_language() or "sv")[:2]
    shipped = [(one.key, said(one.content.title, language), said(one.content.lead, language)) for one in SHIPPED.values()]
    context = {"page": page, "shipped": shipped}
    context |= {"kept": f"enkater={page.questionnaires_page}&", "other_kept": f"sida={page.page}&"}
    return render(request, "assessments/list.html", context)


@require_safe
@requires("collaboration.read")
def questionnaire(request: Request, questionnaire_id: str) -> HttpResponse:
    """One questionnaire: what it asks, and when it was asked."""
    page = questionnaire_page(request.actor, questionnaire_id, clock.now(), wanted_number(request.GET.get("sida", ""), 1))
    return render(request, "assessments/questionnaire.html", {"page": page})


@require_safe
@requires("collaboration.read")
def questionnaire_as_file(request: Request, questionnaire_id: str) -> HttpResponse:
    """The questionnaire as a file, to translate or change elsewhere."""
    content = questionnaire_file(request.actor, questionnaire_id, clock.now())
    response = JsonResponse(content, json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = named_file("attachment", "enkat.json")
    return response


@require_safe
@requires("collaboration.read")
def wave(request: Request, wave_id: str) -> HttpResponse:
    """One wave."""
    return render(request, "assessments/wave.html", {"page": wave_page(request.actor, wave_id, clock.now())})


@require_safe
@requires("collaboration.read")
def result(request: Request, wave_id: str) -> HttpResponse:
    """What a wave came to."""
    page = result_page(request.actor, wave_id, clock.now())
    context = {"page": page, "charts": lines_of(page), "chosen": [row for row in page.results if row.choices]}
    context["own_words"] = [row for row in page.results if row.kind == "text"]
    context["scales"] = [row for row in page.results if row.kind == "scale"]
    context["heat"] = heat_map(page)
    context["numbers"] = [row for row in page.results if row.kind == "number"]
    widest: dict[str, Gap] = {}
    for gap in page.gaps:  # the largest first, so each question stands once, with the group that is furthest from it
        widest.setdefault(gap.key, gap)
    began = links.of_wave(request.actor, wave_id, clock.now())
    context["widest"] = [
        (gap, gap_key(gap.key, gap.row), began.at(gap_key(gap.key, gap.row))) for gap in list(widest.values())[:12]
    ]
    context |= {"links": began, "led": began.of(links.WAVE, wave_id)}
    context["analysing"] = refusal_of(contribution_for, request.actor, page.collaboration_id, clock.now())
    return render(request, "assessments/result.html", context)


@require_safe
@requires("collaboration.read")
def export(request: Request, wave_id: str, form: str) -> HttpResponse:
    """The result for analysis elsewhere, with its codebook."""
    counted = exports.exported(request.actor, wave_id, clock.now())
    match form:
        case "resultat.xlsx":
            content, kind = exports.as_spreadsheet(counted), XLSX_TYPE
        case "resultat.csv":
            content, kind = exports.as_table(exports.data_lines(counted), exports.DATA), CSV
        case "kodbok.csv":
            content, kind = exports.as_table(exports.codebook_lines(counted), exports.BOOK), CSV
        case _:
            raise Http404(_("There is no such file."))
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": named_file("attachment", form)})
