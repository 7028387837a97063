"""What the coordinator does: purpose, target group, areas, who takes part, how deep each party is in."""

from __future__ import annotations

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samordna.core import clock
from samordna.domain.collaborations.access import collaboration_for, exemption_for, participation_for, party_for
from samordna.domain.collaborations.operations import (
    add_area,
    close_collaboration,
    earliest_leaving,
    end_exemption,
    end_participation,
    exempt_party,
    leave_collaboration,
    let_in,
    restate_purpose,
    set_party_depth,
    set_target_group,
    settle_steps,
)
from samordna.domain.collaborations.queries.deciding import criteria_of
from samordna.domain.collaborations.queries.pages import area_tree, collaboration_page
from samordna.domain.collaborations.queries.wording import fingerprints_of
from samordna.domain.matters.queries.depths import matter_depths
from samordna.domain.organisations.queries import organisation_choices
from samordna.web.collaborations.forms import (
    EMPTY_ROWS,
    AreaForm,
    DepthForm,
    ExemptionForm,
    LeavingForm,
    LetInForm,
    PurposeForm,
    ReasonForm,
    StepsForm,
    TargetGroupForm,
)
from samordna.web.door import Request, requires
from samordna.web.forms import attempt, typed


def _form_page(
    request: Request, form: Form, collaboration: tuple[str, str], title: str, submit: str, lead: str = ""
) -> HttpResponse:
    """A page that is one form about a collaboration, given as (id, name); 422 when something has to be corrected."""
    context = {
        "form": form,
        "title": title,
        "submit": submit,
        "lead": lead,
        "collaboration_name": collaboration[1],
        "back": reverse("collaboration", args=[collaboration[0]]),
    }
    return render(request, "collaborations/form.html", context, status=422 if form.errors else 200)


def _done(request: Request, collaboration_id: str, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return redirect("collaboration", collaboration_id)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("collaboration.lead")
def purpose(request: Request, collaboration_id: str) -> HttpResponse:
    """Say name and purpose anew."""
    given = collaboration_for(request.actor, collaboration_id, "collaboration.lead")
    first = {"name": given.name, "purpose": given.purpose, "seen": fingerprints_of(given)["purpose"]}
    form = PurposeForm(typed(request), initial=first)
    if form.is_valid():
        data = form.cleaned_data
        if attempt(form, lambda: restate_purpose(actor=request.actor, collaboration_id=given.pk, **data)) is not None:
            return _done(request, given.pk, _("The purpose is stated anew."))
    lead = _("Another purpose is a new version: everybody is asked to confirm it, and what they said before is kept.")
    return _form_page(request, form, (given.pk, given.name), _("Purpose"), _("Save the purpose"), lead)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("collaboration.lead")
def steps(request: Request, collaboration_id: str) -> HttpResponse:
    """Say which steps decisions go through."""
    given = collaboration_for(request.actor, collaboration_id, "collaboration.lead")
    form = StepsForm(typed(request), initial={"without_consultation": given.without_consultation})
    if form.is_valid():
        data = form.cleaned_data
        if attempt(form, lambda: settle_steps(actor=request.actor, collaboration_id=given.pk, **data)) is not None:
            return _done(request, given.pk, _("The steps are settled. Versions already prepared keep theirs."))
    lead = _("Everybody reads the reason on each decision. A version can be sent out for consultation all the same.")
    return _form_page(request, form, (given.pk, given.name), _("The steps of a decision"), _("Save the steps"), lead)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("collaboration.lead")
def target_group(request: Request, collaboration_id: str) -> HttpResponse:
    """Whom it is for: words and criteria. "More rows" shows the page again with what was typed."""
    given = collaboration_for(request.actor, collaboration_id, "collaboration.lead")
    filled = [
        {"kind": row.kind, "subject": row.subject, "operator": row.operator, "value": row.value}
        for row in criteria_of(given)
    ]
    if request.method == "POST" and "more" in request.POST:
        return _with_more_rows(request, (given.pk, given.name))
    first = {"target_group": given.target_group, "seen": fingerprints_of(given)["target_group"]}
    form = TargetGroupForm(typed(request), filled=filled, initial=first)
    if form.is_valid():
        words = {name: form.cleaned_data[name] for name in ("target_group", "seen")}
        keywords = {"collaboration_id": given.pk, "criteria": form.criteria()} | words
        if attempt(form, lambda: set_target_group(actor=request.actor, **keywords)) is not None:
            return _done(request, given.pk, _("The target group is bounded."))
    return _target_group_page(request, form, (given.pk, given.name))


def _with_more_rows(request: Request, collaboration: tuple[str, str]) -> HttpResponse:
    """The same page with more empty rows: nothing is checked and nothing is lost."""
    typed = TargetGroupForm(request.POST)
    typed.is_valid()
    initial = {name: request.POST.get(name, "") for name in ("target_group", "seen")}
    form = TargetGroupForm(filled=typed.criteria() + [{}] * EMPTY_ROWS, initial=initial)
    return _target_group_page(request, form, collaboration)


def _target_group_page(request: Request, form: TargetGroupForm, collaboration: tuple[str, str]) -> HttpResponse:
    context = {"form": form, "collaboration_id": collaboration[0], "collaboration_name": collaboration[1]}
    return render(request, "collaborations/target_group.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("collaboration.lead")
def area(request: Request, collaboration_id: str) -> HttpResponse:
    """Add a subject area."""
    given = collaboration_for(request.actor, collaboration_id, "collaboration.lead")
    form = AreaForm(typed(request), areas=area_tree(given))
    if form.is_valid():
        data = form.cleaned_data
        made = attempt(form, lambda: add_area(actor=request.actor, collaboration_id=given.pk, **data))
        if made is not None:
            return _done(request, given.pk, _("The area %(name)s is added.") % {"name": made.name})
    lead = _("Mandates and matters point to areas. A clause over an area covers what lies beneath it.")
    return _form_page(request, form, (given.pk, given.name), _("New subject area"), _("Add the area"), lead)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("collaboration.lead")
def letting_in(request: Request, collaboration_id: str) -> HttpResponse:
    """Let organisations take part."""
    given, at = collaboration_for(request.actor, collaboration_id, "collaboration.lead"), clock.now()
    page = collaboration_page(request.actor, collaboration_id, at)
    taking_part = {member.organisation_id for party in page.parties for member in party.members}
    outside = [choice for choice in organisation_choices(request.actor, at) if choice[0] not in taking_part]
    parties = [(party.id, party.name) for party in page.parties]
    form = LetInForm(typed(request), organisations=outside, parties=parties)
    if form.is_valid():
        data = form.cleaned_data
        party = attempt(form, lambda: let_in(actor=request.actor, collaboration_id=given.pk, **data))
        if party is not None:
            return _done(request, given.pk, _("%(name)s takes part.") % {"name": party.name})
    return _form_page(request, form, (given.pk, given.name), _("Let in"), _("Let in"))


@require_http_methods(["GET", "HEAD", "POST"])
@requires("collaboration.lead")
def closing(request: Request, collaboration_id: str) -> HttpResponse:
    """End the collaboration's work."""
    given = collaboration_for(request.actor, collaboration_id, "collaboration.lead")
    form = ReasonForm(typed(request))
    if form.is_valid():
        data = form.cleaned_data
        if attempt(form, lambda: close_collaboration(actor=request.actor, collaboration_id=given.pk, **data)) is not None:
            return _done(request, given.pk, _("The collaboration is closed."))
    title = _("Close %(name)s") % {"name": given.name}
    lead = _("Nothing more is decided in it. What was decided and agreed can still be read.")
    return _form_page(request, form, (given.pk, given.name), title, _("Close the collaboration"), lead)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("collaboration.read")
def leaving(request: Request, participation_id: str) -> HttpResponse:
    """An organisation leaves: by itself, or ended by the coordinator."""
    actor = request.actor
    participation = participation_for(actor, participation_id)
    own = participation.organisation_id == actor.organisation_id
    participation_for(actor, participation_id, "mandate.give" if own else "collaboration.lead")
    form, act = LeavingForm(typed(request)), leave_collaboration if own else end_participation
    about = (participation.collaboration_id, participation.collaboration.name)
    facts = {"name": participation.organisation.name, "collaboration": participation.collaboration.name}
    if form.is_valid():
        data = form.cleaned_data
        if attempt(form, lambda: act(actor=actor, participation_id=participation_id, **data)) is not None:
            messages.success(request, _("It is recorded that %(name)s leaves.") % facts)
            return redirect("collaborations")
    title = _("%(name)s leaves %(collaboration)s") % facts
    lead = _("What the organisation has lent to coordination stops counting for new decisions when it leaves.")
    if (earliest := earliest_leaving(participation, clock.day(clock.now()))) > clock.day(clock.now()):
        told = {"days": (earliest - clock.day(clock.now())).days, "day": date_format(earliest, "j F Y")}
        lead += " " + _("Notice of %(days)s days is agreed: the earliest day to leave is %(day)s.") % told
    return _form_page(request, form, about, title, _("Record it"), lead)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("collaboration.lead")
def party_depth(request: Request, party_id: str) -> HttpResponse:
    """A party's own depth, set by the coordinator."""
    actor = request.actor
    party = party_for(actor, party_id, "collaboration.lead")
    initial = {"join": party.join, "contribute": party.contribute, "follow": party.follow}
    form = DepthForm(typed(request), initial=initial)
    about = (party.collaboration_id, party.collaboration.name)
    if form.is_valid():
        data = form.cleaned_data
        if attempt(form, lambda: set_party_depth(actor=actor, party_id=party_id, **data)) is not None:
            return _done(request, about[0], _("The depth for %(name)s is set.") % {"name": party.name})
    title = _("Depth for %(name)s") % {"name": party.name}
    return _form_page(request, form, about, title, _("Set the depth"))


@require_http_methods(["GET", "HEAD", "POST"])
@requires("mandate.give")
def exemption(request: Request, party_id: str) -> HttpResponse:
    """The superior frees a party from some of what is mandatory, for a time."""
    actor = request.actor
    party = party_for(actor, party_id, "mandate.give")
    form = ExemptionForm(typed(request))
    about = (party.collaboration_id, party.collaboration.name)
    if form.is_valid():
        data = form.cleaned_data
        data |= {"matter_depths": matter_depths(party.collaboration_id)}
        if attempt(form, lambda: exempt_party(actor=actor, party_id=party_id, **data)) is not None:
            return _done(request, about[0], _("%(name)s is exempted.") % {"name": party.name})
    title = _("Exempt %(name)s") % {"name": party.name}
    lead = _("Choose what holds instead of what is mandatory for the others. All who take part see the reason.")
    return _form_page(request, form, about, title, _("Give the exemption"), lead)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("mandate.give")
def exemption_ending(request: Request, exemption_id: str) -> HttpResponse:
    """The superior ends an exemption before its day."""
    actor = request.actor
    party = exemption_for(actor, exemption_id, "mandate.give").party
    form = ReasonForm(typed(request))
    about = (party.collaboration_id, party.collaboration.name)
    if form.is_valid():
        data = form.cleaned_data
        if attempt(form, lambda: end_exemption(actor=actor, exemption_id=exemption_id, **data)) is not None:
            return _done(request, about[0], _("The exemption for %(name)s has ended.") % {"name": party.name})
    title = _("End the exemption for %(name)s") % {"name": party.name}
    return _form_page(request, form, about, title, _("End the exemption"), _("From today what is mandatory holds again."))
