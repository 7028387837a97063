"""Mandates: reading one, giving one, and taking one back after seeing what changes."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Absent, Denied, Forbidden
from samordna.core.refusals import refusal_of
from samordna.domain.collaborations.access import check_may_give, collaboration_for, framed_for, mandate_for
from samordna.domain.collaborations.enums import MandateForm
from samordna.domain.collaborations.operations import (
    delegate_mandate,
    give_mandate,
    give_notice,
    revoke_mandate,
    withdraw_notice,
)
from samordna.domain.collaborations.queries.mandates import mandate_page
from samordna.domain.collaborations.queries.pages import area_tree, collaboration_page
from samordna.domain.collaborations.queries.passable import passable
from samordna.domain.collaborations.queries.rehearsing import (
    ChangeRow,
    areas_in,
    gift_rehearsed,
    notice_rehearsed,
    revocation_rehearsed,
)
from samordna.domain.decisions.queries.touched import touched_in
from samordna.web.collaborations.forms import ReasonForm
from samordna.web.collaborations.mandate_form import BROWSING, DelegateForm, GiveMandateForm
from samordna.web.door import Request, requires
from samordna.web.forms import attempt, typed
from samordna.web.organisations.forms import day_field

FROM_ABOVE = (MandateForm.GRANTED, MandateForm.DUTY_TO_AGREE)
FROM_WITHIN = (MandateForm.LENT, MandateForm.OWN, MandateForm.DUTY_TO_AGREE)


class RevocationForm(ReasonForm):
    """A reason, which is asked for but not demanded."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's form takes what it is given
        self.fields["reason"].required = False


class NoticeForm(RevocationForm):
    """From which day, and a reason if there is one to give."""

    field_order = ("ends_on", "reason")
    ends_on = day_field(
        gettext_lazy("From this day it no longer counts"),
        gettext_lazy("Empty means as soon as the notice agreed has run out."),
    )


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
    """Give a mandate in one's own organisation's name, or first see what it would change."""
    actor, at = request.actor, clock.now()
    given = collaboration_for(actor, collaboration_id)
    check_may_give(actor, given, actor.organisation_id or "")
    offered = FROM_ABOVE if given.superior_id == actor.organisation_id else FROM_WITHIN
    browsing = any(name in request.POST for name in BROWSING)
    form = GiveMandateForm(typed(request), areas=area_tree(given), forms_offered=offered, browsing=browsing)
    context: dict[str, object] = {"form": form, "collaboration": given, "rehearsed": False, "parent": ""}
    if form.is_valid() and "rehearse" in request.POST:
        first = form.cleaned_data["valid_from"]
        context |= _rehearsal(actor, gift_rehearsed(actor, given.pk, form.cleaned_data["form"], form.clauses(), first, at))
    elif form.is_valid():
        data = form.head() | {"clauses": form.clauses()}
        made = attempt(form, lambda: give_mandate(actor=actor, collaboration_id=given.pk, **data))
        if made is not None:
            messages.success(request, _("The mandate is given."))
            return redirect("mandate", made.pk)
    return render(request, "collaborations/give_mandate.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("mandate.delegate")
def delegation(request: Request, collaboration_id: str) -> HttpResponse:
    """Pass on some of what is decided above, or first see what that would change."""
    actor, at = request.actor, clock.now()
    given = framed_for(actor, collaboration_id, at=at)
    above, parent = passable(actor, given.pk, at), given.parent.name if given.parent else ""
    asked = collaboration_page(actor, given.pk, at).participants
    browsing = any(name in request.POST for name in BROWSING)
    form = DelegateForm(typed(request), areas=area_tree(given), above=above, asked=asked, browsing=browsing)
    context: dict[str, object] = {
        "form": form,
        "collaboration": given,
        "rehearsed": False,
        "parent": parent,
        "above": above,
    }
    if form.is_valid() and "rehearse" in request.POST:
        first = form.cleaned_data["valid_from"]
        form_of = MandateForm.DELEGATED
        context |= _rehearsal(actor, gift_rehearsed(actor, given.pk, form_of, form.clauses(), first, at))
    elif form.is_valid():
        data = form.head() | {"clauses": form.clauses()}
        made = attempt(form, lambda: delegate_mandate(actor=actor, collaboration_id=given.pk, **data))
        if made is not None:
            messages.success(request, _("The mandate is delegated. It never reaches further than what it is taken from."))
            return redirect("mandate", made.pk)
    return render(request, "collaborations/give_mandate.html", context, status=422 if form.errors else 200)


def _rehearsal(actor: Actor, changes: tuple[ChangeRow, ...]) -> dict[str, object]:
    return {"rehearsed": True, "changes": changes, "touched": touched_in(actor, areas_in(changes), clock.now())}


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
    context = {"form": form, "page": mandate_page(actor, mandate_id, at), "notice": False}
    context |= _rehearsal(actor, revocation_rehearsed(actor, mandate_id, at))
    return render(request, "collaborations/revoke.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("mandate.give")
def notice(request: Request, mandate_id: str) -> HttpResponse:
    """Give notice of a mandate; the page first shows what would change on the day it ends."""
    actor, at = request.actor, clock.now()
    mandate_for(actor, mandate_id, "mandate.give", at)
    page = mandate_page(actor, mandate_id, at)
    form = NoticeForm(typed(request), initial={"ends_on": page.mandate.earliest_end})
    if form.is_valid():
        data = form.cleaned_data
        if attempt(form, lambda: give_notice(actor=actor, mandate_id=mandate_id, **data)) is not None:
            messages.success(request, _("Notice is given. The mandate counts until the notice has run out."))
            return redirect("mandate", mandate_id)
    context = {"form": form, "page": page, "notice": True}
    context |= _rehearsal(actor, notice_rehearsed(actor, mandate_id, page.mandate.earliest_end, at))
    return render(request, "collaborations/revoke.html", context, status=422 if form.errors else 200)


@require_POST
@requires("mandate.give")
def notice_withdrawal(request: Request, mandate_id: str) -> HttpResponse:
    """Take a notice back."""
    try:
        withdraw_notice(actor=request.actor, mandate_id=mandate_id)
    except (Absent, Forbidden):
        raise
    except Denied as denied:
        messages.error(request, denied.reason)
    else:
        messages.success(request, _("The notice is taken back. The mandate goes on as before."))
    return redirect("mandate", mandate_id)
