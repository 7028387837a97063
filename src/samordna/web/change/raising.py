"""A change need taken further: as a matter, a document, a next version of one, or a revision of a decision. The forms
begin with what the analysis says; what is raised is tied to the need by itself."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samordna.core import clock
from samordna.domain.agreements.queries.choices import roles_for
from samordna.domain.change import operations as do
from samordna.domain.change.access import WRITE
from samordna.domain.change.queries.choices import own_need
from samordna.domain.change.queries.raising import check_raisable, ways_of, words_of
from samordna.domain.matters.enums import MatterKind
from samordna.domain.matters.queries.drafts import area_choices, kinds
from samordna.domain.matters.templates import template_of
from samordna.web.agreements.forms import OwnRoutineForm, StartForm
from samordna.web.agreements.starting import areas_of
from samordna.web.change.forms import RevisionForm, VersionForm
from samordna.web.change.frame import METHODS, About, about_need, form_page
from samordna.web.door import Request, requires
from samordna.web.forms import typed
from samordna.web.matters.forms import NewMatterForm


@require_safe
@requires(WRITE)
def ways(request: Request, change_need_id: str) -> HttpResponse:
    """As what the need may be taken further."""
    need, at = own_need(request.actor, change_need_id), clock.now()
    check_raisable(need)
    found = ways_of(request.actor, need, at)
    context = {"need": need, "chain": need.turn.chain, "ways": found, "kinds": () if found.own else kinds()}
    context |= {"back": reverse("chain", args=[need.turn.chain_id])}
    return render(request, "change/raise.html", context)


def _about(request: Request, need_id: str) -> About:
    """A change need that may be taken further. What was sent is not lost on the way: then the form says why not."""
    about = about_need(request, need_id)
    if request.method != "POST":
        check_raisable(about.thing)
    return about


def _tied() -> str:
    return _("It is tied to the change need, and found from both. Plan the change when you know by which day it is made.")


@require_http_methods(METHODS)
@requires(WRITE)
def matter(request: Request, change_need_id: str) -> HttpResponse:
    """Open a matter, of the kind that the address names."""
    about = _about(request, change_need_id)
    chosen = request.POST.get("kind") or request.GET.get("slag", "")
    kind = MatterKind(chosen) if chosen in MatterKind.values else MatterKind.OTHER
    template, words = template_of(kind), words_of(about.thing)
    first: dict[str, Any] = {"kind": kind.value, "title": words.title, "purpose": words.why}
    first |= {"for_the_individual": template.for_the_individual, "convenience": template.convenience}
    first["unit"] = template.unit
    form = NewMatterForm(typed(request), areas=area_choices(about.chain.collaboration), initial=first)
    aspects = ", ".join(str(one.label) for one in template.aspects)
    lead = _("The words come from the analysis: make them the matter's own.")
    if aspects:
        lead += " " + _("These aspects come along: %(aspects)s.") % {"aspects": aspects}
    texts = (_("New matter: %(kind)s") % {"kind": kind.label}, _("Open as a draft"))
    onwards = lambda made: reverse("matter", args=[made.pk])  # noqa: E731
    return form_page(request, about, form, texts, do.raise_matter, done=_tied(), lead=lead, onwards=onwards)


@require_http_methods(METHODS)
@requires(WRITE)
def document(request: Request, change_need_id: str) -> HttpResponse:
    """Begin a document: the organisation's own routine, or one of the collaboration."""
    about, at = _about(request, change_need_id), clock.now()
    own, place = ways_of(request.actor, about.thing, at).own, about.chain.collaboration_id
    offered: dict[str, Any] = {"areas": areas_of(request.actor, place, at), "initial": {"kind": "routine"}}
    offered["initial"]["name"] = words_of(about.thing).title
    if own:
        roles = roles_for(request.actor, place, at, organisation_id=request.actor.organisation_id or "")
        form: OwnRoutineForm | StartForm = OwnRoutineForm(typed(request), roles=roles, **offered)
    else:
        form = StartForm(typed(request), roles=roles_for(request.actor, place, at), **offered)
        del form.fields["annex_of_id"]
    texts = (_("New routine of your own") if own else _("New routine or agreement"), _("Begin the document"))
    onwards = lambda made: reverse("agreement", args=[made.pk])  # noqa: E731
    lead = _("Its name and its draft are read by all who take part in the collaboration, from now on.")
    return form_page(request, about, form, texts, do.raise_document, done=_tied(), lead=lead, onwards=onwards)


@require_http_methods(METHODS)
@requires(WRITE)
def version(request: Request, change_need_id: str) -> HttpResponse:
    """Begin the next version of a document."""
    about = _about(request, change_need_id)
    documents = ways_of(request.actor, about.thing, clock.now()).documents
    form = VersionForm(typed(request), documents=documents)
    texts = (_("Change a routine or an agreement"), _("Begin the next version"))
    onwards = lambda made: reverse("agreement_version", args=[made.agreement_id, made.number])  # noqa: E731
    lead = _("It says what the latest version says until you change it, and nothing new holds until it is concluded.")
    return form_page(request, about, form, texts, do.raise_version, done=_tied(), lead=lead, onwards=onwards)


@require_http_methods(METHODS)
@requires(WRITE)
def revision(request: Request, change_need_id: str) -> HttpResponse:
    """Open the matter in which a decision is changed."""
    about = _about(request, change_need_id)
    decisions = ways_of(request.actor, about.thing, clock.now()).decisions
    form = RevisionForm(typed(request), decisions=decisions, initial={"because": words_of(about.thing).why})
    texts = (_("Change a decision"), _("Open the matter of the next version"))
    onwards = lambda made: reverse("matter", args=[made.pk])  # noqa: E731
    lead = _("The decision holds until another replaces it. Everybody begins with what they said before.")
    return form_page(request, about, form, texts, do.raise_revision, done=_tied(), lead=lead, onwards=onwards)
