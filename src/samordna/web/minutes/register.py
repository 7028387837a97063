"""The register of decisions, as a page and as a file."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samordna.core import clock
from samordna.core.tables import XLSX_TYPE
from samordna.domain.minutes.queries.register import Wanted, register_of
from samordna.domain.minutes.queries.register_files import FILES
from samordna.web.agreements.pages import named_file
from samordna.web.door import Request, requires
from samordna.web.minutes.frame import wanted_number

FIELDS = {"forum": "forum_id", "part": "party_id", "omrade": "area_id", "arende": "matter_id", "q": "words"}
TYPES = {"csv": "text/csv; charset=utf-8", "xlsx": XLSX_TYPE}
LONGEST = 200


@require_safe
@requires("forum.read")
def register(request: Request) -> HttpResponse:
    """What the forums that one reads have decided, by forum, party, area, year and words (`?q=`)."""
    page = register_of(request.actor, _wanted(request), clock.now(), wanted_number(request.GET.get("sida", ""), 1))
    kept = {name: value for name, value in request.GET.items() if name in {*FIELDS, "ar"} and value}
    return render(request, "minutes/register.html", {"page": page, "kept": urlencode(kept), "narrowed": bool(kept)})


@require_safe
@requires("forum.read")
def as_file(request: Request) -> HttpResponse:
    """The decisions that are looked for: as a spreadsheet, or (`?form=csv`) as text with semicolons."""
    form = "csv" if request.GET.get("form") == "csv" else "xlsx"
    content = FILES[form](request.actor, _wanted(request), clock.now())
    stem = _("register-of-decisions")
    name = named_file("attachment", f"{stem}.{form}")
    return HttpResponse(content, content_type=TYPES[form], headers={"Content-Disposition": name})


def _wanted(request: HttpRequest) -> Wanted:
    given = {field: request.GET.get(name, "")[:LONGEST].replace("\x00", "") for name, field in FIELDS.items()}
    return Wanted(year=wanted_number(request.GET.get("ar", "")), **given)
