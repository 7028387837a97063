"""The page that is one form about a version of a document."""

from __future__ import annotations

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from samordna.domain.agreements.queries.rows import AgreementPage, VersionPage
from samordna.web.door import Request


def form_page(
    request: Request,
    form: Form,
    about: VersionPage | AgreementPage,
    title: str,
    submit: str,
    lead: str = "",
    kind: str = "primary",
) -> HttpResponse:
    """One form about a document, or a version of it; 422 when something has to be corrected."""
    if isinstance(about, VersionPage):
        name, document = about.document.title, about.agreement_id
        back = reverse("agreement_version", args=[about.agreement_id, about.version.number])
    else:
        name, document, back = about.name, about.id, reverse("agreement", args=[about.id])
    context = {
        "form": form,
        "title": title,
        "submit": submit,
        "lead": lead,
        "kind": kind,
        "name": name,
        "document": document,
        "back": back,
        "page": about,
    }
    return render(request, "agreements/form.html", context, status=422 if form.errors else 200)
