"""A new matter from a file: what it holds is shown, and nothing is kept before that has been seen."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samordna.domain.collaborations.access import collaboration_for
from samordna.domain.matters import operations as do
from samordna.domain.matters.exchange.outlines import OutlineIn, plain_outline
from samordna.domain.matters.queries.outlines import OutlinePreview, outline_in
from samordna.web.door import Request, requires
from samordna.web.forms import attempt
from samordna.web.matters.exchanging import DAY_SECONDS, UploadForm, bare_form


@require_http_methods(["GET", "HEAD", "POST"])
@requires("collaboration.lead")
def new_from_file(request: Request, collaboration_id: str) -> HttpResponseBase:
    """Choose a file, look at the matter in it, and open that as a draft."""
    collaboration_for(request.actor, collaboration_id, "collaboration.lead")
    if request.method != "POST":
        return _shown(request, collaboration_id, UploadForm())
    if "kept" in request.POST:
        return _open(request, collaboration_id)
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _shown(request, collaboration_id, form, status=422)
    upload: UploadedFile[Any] = form.cleaned_data["file"]
    preview = attempt(form, lambda: outline_in(request.actor, collaboration_id, upload.read()))
    if preview is None:
        return _shown(request, collaboration_id, form, status=422)
    return _shown(request, collaboration_id, UploadForm(), preview, str(upload.name)[:160])


def _salt(request: Request, collaboration_id: str) -> str:
    return f"outline-{collaboration_id}-{request.actor.holding_id}"


def _open(request: Request, collaboration_id: str) -> HttpResponseBase:
    form = bare_form()
    try:
        kept = signing.loads(request.POST["kept"], salt=_salt(request, collaboration_id), max_age=DAY_SECONDS)
    except signing.BadSignature:
        form.add_error(None, _("The preview is too old, or was made in another role. Choose the file again."))
        return _shown(request, collaboration_id, form, status=422)
    given = {"outline": OutlineIn.model_validate(kept["outline"]), "document": kept["document"]}
    opened = attempt(form, lambda: do.open_from_outline(actor=request.actor, collaboration_id=collaboration_id, **given))
    if opened is None:
        return _shown(request, collaboration_id, form, status=422)
    messages.success(request, _("The matter is a draft that only you see. Go through its aspects and send it out."))
    return redirect("matter", opened.pk)


def _shown(
    request: Request,
    collaboration_id: str,
    form: UploadForm,
    preview: OutlinePreview | None = None,
    document: str = "",
    status: int = 200,
) -> HttpResponse:
    collaboration = collaboration_for(request.actor, collaboration_id, "collaboration.lead")
    kept = ""
    if preview is not None and preview.outline is not None:
        given = {"outline": plain_outline(preview.outline), "document": document}
        kept = signing.dumps(given, salt=_salt(request, collaboration_id), compress=True)
    context = {
        "collaboration": collaboration,
        "form": form,
        "preview": preview,
        "document": document,
        "kept": kept,
        "url": reverse("new_from_file", args=[collaboration_id]),
        "back": reverse("new_matter", args=[collaboration_id]),
    }
    return render(request, "matters/new_from_file.html", context, status=status)
