"""What organisations say of themselves, what differs between them, and what words mean."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samordna.core import clock
from samordna.core.errors import TooLarge
from samordna.core.refusals import refusal_of
from samordna.domain.agreements.queries.routines import routines_of
from samordna.domain.collaborations.access import collaboration_for, contribution_for
from samordna.domain.knowledge.access import KEEP, meaning_for
from samordna.domain.knowledge.limits import MOST_COMPARED
from samordna.domain.knowledge.operations import explain_word, take_word_away, write_profile
from samordna.domain.knowledge.queries.profiles import ProfilePage, profile_page, side_by_side, words_of
from samordna.domain.organisations.access import organisation_for, visible_organisations
from samordna.web.door import Request, requires
from samordna.web.forms import attempt, typed
from samordna.web.knowledge.pages import page_number
from samordna.web.knowledge.profile_forms import ProfileForm, WordForm


@require_safe
@requires("organisation.read")
def profile(request: Request, organisation_id: str) -> HttpResponse:
    """What an organisation says of itself; an earlier version by `?version=`."""
    at, number = clock.now(), request.GET.get("version", "")
    page = profile_page(request.actor, organisation_id, at, page_number(number) if number else 0)
    keeping = refusal_of(organisation_for, request.actor, organisation_id, KEEP, at)
    others = request.actor.organisation_id or ""
    routines = routines_of(request.actor, [page.organisation_id], at)[page.organisation_id]
    context = {"page": page, "keeping": keeping, "own": others, "routines": routines}
    return render(request, "knowledge/profile.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("knowledge.keep")
def writing(request: Request, organisation_id: str) -> HttpResponse:
    """Write the own organisation's profile."""
    own = organisation_for(request.actor, organisation_id, KEEP)
    page = profile_page(request.actor, own.pk, clock.now())
    if request.method == "POST" and "more" in request.POST:
        return _profile_form(request, ProfileForm.with_more_rows(request.POST), page)
    form = ProfileForm(typed(request), page=page)
    if form.is_bound and form.is_valid():
        written = attempt(form, lambda: write_profile(actor=request.actor, organisation_id=own.pk, **form.profile()))
        if written is not None:
            messages.success(request, _("The profile is saved. Those you work with read it now."))
            return redirect("profile", own.pk)
    return _profile_form(request, form, page)


def _profile_form(request: Request, form: ProfileForm, page: ProfilePage) -> HttpResponse:
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "knowledge/profile_form.html", {"form": form, "page": page}, status=status)


@require_safe
@requires("organisation.read")
def compared(request: Request) -> HttpResponse:
    """What is different between us: the profiles of several organisations, part by part."""
    at, chosen = clock.now(), [key[:12] for key in request.GET.getlist("med") if key]
    try:
        pages, refusal = side_by_side(request.actor, chosen, at), ""
    except TooLarge as too_large:
        pages, refusal = side_by_side(request.actor, chosen[:MOST_COMPARED], at), too_large.reason
    choices = visible_organisations(request.actor, at).order_by("name", "pk").values_list("pk", "name")
    found = routines_of(request.actor, [page.organisation_id for page in pages], at)
    routines = [(page.organisation, found[page.organisation_id]) for page in pages]
    context = {
        "pages": pages,
        "routines": routines,
        "refusal": refusal,
        "chosen": chosen,
        "choices": choices,
        "most": MOST_COMPARED,
    }
    return render(request, "knowledge/compared.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("collaboration.read")
def words(request: Request, collaboration_id: str) -> HttpResponse:
    """A collaboration's glossary; whoever contributes says what words mean to them."""
    at = clock.now()
    given = collaboration_for(request.actor, collaboration_id, at=at)
    form = WordForm(typed(request), initial={"word": request.GET.get("ord", "")[:80]})
    if form.is_valid():
        said = form.cleaned_data
        if attempt(form, lambda: explain_word(actor=request.actor, collaboration_id=given.pk, **said)) is not None:
            messages.success(request, _("The word is explained."))
            return redirect("words", given.pk)
    context = {
        "collaboration": given,
        "words": words_of(request.actor, given.pk, at),
        "form": form,
        "contributing": refusal_of(contribution_for, request.actor, given.pk, at),
        "whose": "" if request.actor.role_id == given.coordinator_role_id else request.actor.organisation_id,
    }
    return render(request, "knowledge/words.html", context, status=422 if form.errors else 200)


@require_POST
@requires("collaboration.contribute")
def taking_away(request: Request, meaning_id: str) -> HttpResponse:
    """Take away what one has said that a word means."""
    meaning = meaning_for(request.actor, meaning_id)
    take_word_away(actor=request.actor, meaning_id=meaning.pk)
    messages.success(request, _("It is taken away."))
    return redirect("words", meaning.collaboration_id)
