"""Contact paths: the organisation itself says whom to contact about what."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samordna.core import clock
from samordna.domain.organisations.access import contact_path_for, organisation_for
from samordna.domain.organisations.contacts import role_choices
from samordna.domain.organisations.operations import close_contact_path, open_contact_path
from samordna.web.door import Request, requires
from samordna.web.forms import attempt, typed
from samordna.web.organisations.forms import ContactForm, EndForm
from samordna.web.organisations.roles import done, form_page


@require_http_methods(["GET", "HEAD", "POST"])
@requires("contact.keep")
def new_contact(request: Request, organisation_id: str) -> HttpResponse:
    """Say whom to contact about something."""
    organisation = organisation_for(request.actor, organisation_id, "contact.keep")
    asked = {"topic": request.GET.get("om", "")[:120]}
    roles = role_choices(request.actor, organisation.pk, clock.now())
    form = ContactForm(typed(request), roles=roles, initial=asked)
    if form.is_valid():
        path = attempt(form, lambda: open_contact_path(actor=request.actor, **form.cleaned_data))
        if path is not None:
            return done(request, organisation.pk, _("The contact path for %(topic)s is open.") % {"topic": path.topic})
    lead = _("A contact path leads to a role, so it still holds when people change.")
    about = (organisation.pk, organisation.name)
    return form_page(request, form, about, _("New contact path"), _("Open the contact path"), lead)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("contact.keep")
def contact_ending(request: Request, contact_path_id: str) -> HttpResponse:
    """End a contact path."""
    path = contact_path_for(request.actor, contact_path_id, "contact.keep")
    form, own = EndForm(typed(request)), path.to_role.organisation
    if form.is_valid():
        day = form.cleaned_data["valid_to"]
        ended = attempt(
            form, lambda: close_contact_path(actor=request.actor, contact_path_id=contact_path_id, valid_to=day)
        )
        if ended is not None:
            return done(request, own.pk, _("The contact path for %(topic)s is ended.") % {"topic": path.topic})
    title = _("End the contact path for %(topic)s") % {"topic": path.topic}
    lead = _("Agreements that are signed keep it as it was. Open a new one first if somebody else takes over.")
    return form_page(request, form, (own.pk, own.name), title, _("End it"), lead)
