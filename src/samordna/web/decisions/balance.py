"""The balance page: what each part and the whole gives and gets, whether it is worth it, and a fair sharing to propose."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samordna.core import clock
from samordna.core.actor import Duty
from samordna.core.errors import Denied, Refused, TooLarge
from samordna.core.policy import Thing
from samordna.core.refusals import refusal_of
from samordna.domain.collaborations.access import permit
from samordna.domain.decisions import operations
from samordna.domain.decisions.access import thing_of_answer
from samordna.domain.decisions.errands import AtWork
from samordna.domain.decisions.queries.balance import BalanceSeen, balance_of
from samordna.domain.decisions.queries.rates import rates_of
from samordna.domain.decisions.queries.sharing import rows_of, sharing_of, would_change
from samordna.domain.decisions.sharing import Method
from samordna.domain.matters.access import matter_for
from samordna.web.decisions.forms import RateForm, TimeForm, cleaned
from samordna.web.door import Request, requires
from samordna.web.forms import attempt

FORMS: dict[str, type[forms.Form]] = {"rate": RateForm, "time": TimeForm, "whole": TimeForm}


@require_safe
@requires("matter.read")
def balance(request: Request, matter_id: str) -> HttpResponse:
    """What it costs and gives, with the proposal chosen in the address."""
    return _page(request, matter_id)


def _page(request: Request, matter_id: str, wrong: tuple[str, forms.Form] | None = None) -> HttpResponse:
    at = clock.now()
    asked = request.GET.get("forslag", "")
    seen = balance_of(actor=request.actor, matter_id=matter_id, proposal_id=asked, at=at)
    shown = {name: wrong[1] if wrong and wrong[0] == name else form(prefix=name) for name, form in FORMS.items()}
    context = {"balance": seen, "forms": shown, **_refusals(request, seen), **_worked_out(request, seen, at)}
    return render(request, "decisions/balance_page.html", context, status=422 if wrong else 200)


def _refusals(request: Request, seen: BalanceSeen) -> dict[str, Any]:
    actor, matter = request.actor, seen.facts.matter
    own = thing_of_answer(matter, seen.facts.own_id)
    administer = Thing(organisation_id=actor.organisation_id)
    rates = Duty.ADMINISTER in actor.duties and not refusal_of(permit, actor, "organisation.administer", administer)
    return {
        "lead_refusal": refusal_of(matter_for, actor, matter.pk, "matter.lead"),
        "may_rate": rates,
        "rates": rates_of(actor, actor.organisation_id or "", clock.now()) if rates else (),
        "may_estimate": bool(seen.facts.own_id) and not refusal_of(permit, actor, "proposal.answer", own),
        "organisation_id": actor.organisation_id,
    }


def _worked_out(request: Request, seen: BalanceSeen, at: datetime) -> dict[str, Any]:
    """What the engine is asked for the coordinator; what is not there yet is said to be worked out."""
    shown: dict[str, Any] = {"sharings": (), "change": None, "at_work": seen.at_work, "again": request.get_full_path()}
    try:
        shown["change"] = would_change(request.actor, seen, at)
        found = [sharing_of(request.actor, seen, method, at, settings.PATIENCE_SECONDS) for method in Method]
        shown["sharings"] = [(sharing, rows_of(seen, sharing)) for sharing in found if sharing is not None]
    except AtWork as working:
        shown["at_work"] = working.seconds
    except (Refused, TooLarge) as refused:
        shown["refusal"] = refused.reason
    return shown | {"at_work": None if shown["at_work"] is None else round(shown["at_work"])}


def _kept(request: Request, page: str, name: str, call: Callable[..., Any], done: str, **given: Any) -> HttpResponse:
    form = FORMS[name](request.POST, prefix=name)
    if form.is_valid():
        said = cleaned(form, actor=request.actor, **given) | _numbers(form)
        if attempt(form, lambda: call(**said)) is not None:
            messages.success(request, done)
            return redirect("balance", page)
    return _page(request, page, (name, form))


def _numbers(form: forms.Form) -> dict[str, int]:
    return {name: value for name, value in form.cleaned_data.items() if isinstance(value, int)}


@require_POST
@requires("organisation.administer")
def rate(request: Request, matter_id: str) -> HttpResponse:
    """What an hour of one's own organisation costs."""
    matter_for(request.actor, matter_id)
    done = _("The hourly rate is kept. It counts in every matter, from its day on.")
    given = {"organisation_id": request.actor.organisation_id or ""}
    return _kept(request, matter_id, "rate", operations.set_hourly_rate, done, **given)


@require_POST
@requires("proposal.answer")
def time(request: Request, matter_id: str) -> HttpResponse:
    """How many hours it has taken one's own organisation, or the coordination."""
    matter_for(request.actor, matter_id)
    whole = "whole-hours" in request.POST
    done = _("Your estimate is kept and counts instead of what was counted.")
    name = "whole" if whole else "time"
    return _kept(request, matter_id, name, operations.estimate_time, done, matter_id=matter_id, whole=whole)


@require_POST
@requires("matter.lead")
def share(request: Request, matter_id: str) -> HttpResponse:
    """Open a matter with a sharing as its first proposal."""
    actor, said = request.actor, request.POST
    matter_for(actor, matter_id, "matter.lead")
    try:
        made = operations.propose_sharing(
            actor=actor, matter_id=matter_id, method=said.get("method", ""), proposal_id=said.get("forslag", "")
        )
    except Denied as denied:
        if not denied.reason:
            raise
        messages.error(request, denied.reason)
        return redirect("balance", matter_id)
    messages.success(
        request, _("A matter about sharing the cost is open as a draft, with the sharing as its first proposal.")
    )
    return redirect("proposal", made.pk)
