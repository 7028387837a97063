"""The plain page around one form about a matter."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from samordna.domain.matters.queries import MatterHead


def form_page(
    request: HttpRequest, head: MatterHead, form: forms.Form, title: str, *, lead: str = "", submit: str = ""
) -> HttpResponse:
    """The form under its title, with the matter's trail above; 422 when something has to be corrected."""
    context = {"head": head, "form": form, "title": title, "lead": lead, "submit": submit or _("Save")}
    return render(request, "matters/form.html", context, status=422 if form.errors else 200)
