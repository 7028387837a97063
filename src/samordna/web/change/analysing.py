"""A chain begun, analysed, shared, closed and taken another turn."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext as _pg
from django.views.decorators.http import require_http_methods, require_POST

from samordna.core import clock
from samordna.core.errors import Absent
from samordna.domain.change import operations as do
from samordna.domain.change.access import WRITE
from samordna.domain.change.enums import StartKind
from samordna.domain.change.queries.choices import own_chain
from samordna.domain.change.queries.page import chain_page
from samordna.domain.change.queries.sources import Source, source_of
from samordna.domain.collaborations.access import contribution_for
from samordna.web.change.forms import BeginForm, CauseForm, ConcludeForm, FindingForm, NeedForm, OutcomeForm, SeenForm
from samordna.web.change.frame import METHODS, about_chain, form_page, press, shown_again
from samordna.web.door import Request, requires
from samordna.web.forms import attempt, typed


def _asked(request: Request) -> tuple[str, str, str]:
    """What it is to begin from, as the address or the form says: kind, id and where in that."""
    sent = request.POST if request.method == "POST" else request.GET
    names = ("kind", "thing_id", "key") if request.method == "POST" else ("slag", "id", "nyckel")
    kind, thing, key = (sent.get(name, "") for name in names)
    return (kind, thing, key) if kind in StartKind.values else (StartKind.OBSERVED.value, "", "")


def _source(request: Request, begins: tuple[str, str, str], collaboration_id: str) -> Source | None:
    """What it begins from, as the actor may read it. Raises `Absent` where it is not there in this collaboration."""
    kind, thing, key = begins
    if kind == StartKind.OBSERVED:
        return None
    source = source_of(request.actor, kind, thing, key, clock.now())
    if source.collaboration_id != collaboration_id:
        raise Absent
    return source


def _found(request: Request, begins: tuple[str, str, str], collaboration_id: str) -> tuple[Source | None, str]:
    """The same, or why a form that was sent cannot be taken: what it was to begin from has gone since it was opened."""
    try:
        return _source(request, begins, collaboration_id), ""
    except Absent:
        if request.method != "POST":
            raise
        return None, _("What it begins from is not there for you in this collaboration.")


@require_http_methods(METHODS)
@requires(WRITE)
def beginning(request: Request, collaboration_id: str) -> HttpResponse:
    """Begin a chain, from something seen or from a thing that the address names."""
    given, side = contribution_for(request.actor, collaboration_id)
    begins = _asked(request)
    source, gone = _found(request, begins, given.pk)
    first: dict[str, Any] = dict(zip(("kind", "thing_id", "key"), begins, strict=True))
    first["title"] = source.public_title[:200] if source else ""
    form = BeginForm(typed(request), begins=begins[0], initial=first)
    if gone:
        shown_again(form, gone)
    elif form.is_valid():
        data = form.cleaned_data
        made = attempt(form, lambda: do.begin_chain(actor=request.actor, collaboration_id=given.pk, **data))
        if made is not None:
            messages.success(request, _("The chain has begun. Now: what does it say, and why is it so?"))
            return redirect("chain", made.pk)
    context = {"form": form, "collaboration": given, "source": source, "coordinated": side is None}
    return render(request, "change/begin.html", context, status=422 if form.errors else 200)


@require_http_methods(METHODS)
@requires(WRITE)
def finding(request: Request, chain_id: str) -> HttpResponse:
    """Write what the result says."""
    about = about_chain(request, chain_id)
    page = chain_page(request.actor, chain_id, clock.now())
    form = FindingForm(typed(request), initial={"finding": page.now.finding, "seen": page.now.fingerprint})
    return form_page(
        request,
        about,
        form,
        (_("What it says"), _pg("button", "Save")),
        do.write_finding,
        done=_("Saved. Why is it so?"),
        quote=page.now.start.said,
    )


@require_http_methods(METHODS)
@requires(WRITE)
def causing(request: Request, chain_id: str) -> HttpResponse:
    """Say why it is so."""
    about = about_chain(request, chain_id)
    page = chain_page(request.actor, chain_id, clock.now())
    form = CauseForm(typed(request))
    return form_page(
        request,
        about,
        form,
        (_("Why is it so?"), _("Add the cause")),
        do.add_cause,
        done=_("The cause is added."),
        quote=page.now.finding or page.now.start.said,
    )


@require_POST
@requires(WRITE)
def uncausing(request: Request, chain_id: str, cause_id: str) -> HttpResponse:
    """Take a cause away."""
    own_chain(request.actor, chain_id)
    call = lambda: do.remove_cause(actor=request.actor, chain_id=chain_id, cause_id=cause_id)  # noqa: E731
    press(request, call, _("The cause is taken away."))
    return redirect("chain", chain_id)


@require_http_methods(METHODS)
@requires(WRITE)
def needing(request: Request, chain_id: str) -> HttpResponse:
    """Say what has to change."""
    about = about_chain(request, chain_id)
    page = chain_page(request.actor, chain_id, clock.now())
    causes = [(one.id, one.text[:120]) for one in page.now.causes]
    chosen = request.GET.get("orsak", "") or (causes[0][0] if len(causes) == 1 else "")
    form = NeedForm(typed(request), causes=causes, initial={"cause_id": chosen})
    return form_page(
        request,
        about,
        form,
        (_("What has to change?"), _("Add the change need")),
        do.add_change_need,
        done=_("The change need is added."),
        quote=page.now.finding,
    )


@require_http_methods(METHODS)
@requires(WRITE)
def concluding(request: Request, chain_id: str) -> HttpResponse:
    """Say that the analysis is done."""
    about = about_chain(request, chain_id)
    page = chain_page(request.actor, chain_id, clock.now())
    form = ConcludeForm(typed(request))
    needs = any(need.state != "ended" for need in page.now.needs)
    lead = _("There are change needs: say whose each of them is next.") if needs else ""
    return form_page(
        request,
        about,
        form,
        (_("The analysis is done"), _("The analysis is done")),
        do.conclude_analysis,
        done=_("The analysis is done."),
        lead=lead,
        quote=page.now.finding,
    )


@require_POST
@requires(WRITE)
def sharing(request: Request, chain_id: str) -> HttpResponse:
    """Share one's own chain."""
    own_chain(request.actor, chain_id)
    call = lambda: do.share_chain(actor=request.actor, chain_id=chain_id)  # noqa: E731
    press(request, call, _("Everybody in the collaboration may read the chain now."))
    return redirect("chain", chain_id)


@require_http_methods(METHODS)
@requires(WRITE)
def closing(request: Request, chain_id: str) -> HttpResponse:
    """Close a chain."""
    about = about_chain(request, chain_id)
    form = OutcomeForm(typed(request))
    return form_page(
        request,
        about,
        form,
        (_("Close the chain"), _("Close the chain")),
        do.close_chain,
        done=_("The chain is closed. It is kept, and may go another turn."),
    )


@require_http_methods(METHODS)
@requires(WRITE)
def turning(request: Request, chain_id: str) -> HttpResponse:
    """Go another turn."""
    about = about_chain(request, chain_id)
    begins = _asked(request)
    source, gone = _found(request, begins, about.chain.collaboration_id)
    first = dict(zip(("kind", "thing_id", "key"), begins, strict=True))
    form = SeenForm(typed(request), begins=begins[0], initial=first)
    return form_page(
        request,
        replace(about, moved=about.moved or gone),
        form,
        (_("Go another turn"), _("Begin the turn")),
        do.begin_turn,
        done=_("Another turn has begun. What does it say now, and why?"),
        lead=_("What was done before is kept. What is seen now is analysed anew."),
        quote=f"{source.title}: {source.says[0]}" if source else "",
    )
