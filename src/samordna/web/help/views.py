"""The help: the guides as pages, beside the tasks that they are about."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from samordna.web.door import Request, public
from samordna.web.help.guides import NAMES, guide_of


@require_safe
@public("whoever answers by a link or signs in for the first time may need help too; the guides are the same for all")
def index(request: Request) -> HttpResponse:
    """The guides with their passages."""
    guides = []
    for name in NAMES:
        title, *passages = [block for block in guide_of(name) if block.kind == "heading"]
        guides.append({"name": name, "title": title, "passages": passages})
    return render(request, "help/index.html", {"guides": guides})


@require_safe
@public("as the list of guides")
def guide(request: Request, guide: str) -> HttpResponse:
    """One guide."""
    title, *blocks = guide_of(guide)
    passages = [block for block in blocks if block.kind == "heading"]
    return render(request, "help/guide.html", {"title": title, "blocks": blocks, "passages": passages})
