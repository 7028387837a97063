"""Mandates: reading one, giving one, and taking one back after seeing what changes."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samordna.core import clock
from samordna.core.refusals import refusal_of
from samordna.domain.collaborations.access import check_may_give, collaboration_for, mandate_for
from samordna.domain.collaborations.enums import MandateForm
from samordna.domain.collaborations.operations import give_mandate, revoke_mandate
from samordna.domain.collaborations.queries.deciding import revocation_rehearsed
from samordna.domain.collaborations.queries.pages import area_tree, mandate_page
from samordna.web.collaborations.forms import ReasonForm
from samordna.web.collaborations.mandate_form import GiveMandateForm
from samordna.web.door import Request, requires
from samordna.web.forms import attempt, typed

FROM_ABOVE = (MandateForm.GRANTED, MandateForm.DUTY_TO_AGREE)
FROM_WITHIN = (MandateForm.LENT, MandateForm.OWN, MandateForm.DUTY_TO_AGREE)


class RevocationForm(ReasonForm):
    """A reason, which is asked for but not demanded."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's form takes what it is given
        self.fields["reason"].required = False


@require_safe
@requires("collaboration.read")
def mandate(request: Request, mandate_id: str) -> HttpResponse:
    """One mandate, its clauses beside its wording."""
    at = clock.now()
    page = mandate_page(request.actor, mandate_id, at)
    revoking = refusal_of(mandate_for, request.actor, mandate_id, "mandate.give", at)
    return render(request, "collaborations/mandate.html", {"page": page, "revoking": revoking})


@require_http_methods(["GET", "HEAD", "POST"])
@requires("mandate.give")
def mandate_giving(request: Request, collaboration_id: str) -> HttpResponse:
    """Give a mandate in one's own organisation's name."""
    actor = request.actor
    given = collaboration_for(actor, collaboration_id)
    check_may_give(actor, given, actor.organisation_id or "")
    offered = FROM_ABOVE if given.superior_id == actor.organisation_id else FROM_WITHIN
    form = GiveMandateForm(typed(request), areas=area_tree(given), forms_offered=offered)
    if form.is_valid():
        names = ("form", "wording", "source", "valid_from", "valid_to")
        data = {name: form.cleaned_data[name] for name in names} | {"clauses": form.clauses()}
        data["notice_days"] = form.cleaned_data["notice_days"] or 0
        made = attempt(form, lambda: give_mandate(actor=actor, collaboration_id=given.pk, **data))
        if made is not None:
            messages.success(request, _("The mandate is given."))
            return redirect("mandate", made.pk)
    context = {"form": form, "collaboration": given}
    return render(request, "collaborations/give_mandate.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("mandate.give")
def revocation(request: Request, mandate_id: str) -> HttpResponse:
    """Take a mandate back; the page first shows, by rehearsal, what would change."""
    actor, at = request.actor, clock.now()
    mandate_for(actor, mandate_id, "mandate.give", at)
    form = RevocationForm(typed(request))
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(form, lambda: revoke_mandate(actor=actor, mandate_id=mandate_id, reason=reason)) is not None:
            messages.success(request, _("The mandate is taken back. It carries no new decision from now on."))
            return redirect("mandate", mandate_id)
    context = {
        "form": form,
        "page": mandate_page(actor, mandate_id, at),
        "changes": revocation_rehearsed(actor, mandate_id, at),
    }
    return render(request, "collaborations/revoke.html", context, status=422 if form.errors else 200)
