"""A message taken further, as an item, a matter or an experience."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samordna.core import clock
from samordna.core.errors import Forbidden
from samordna.domain.conversations.operations import (
    take_further_as_experience,
    take_further_as_item,
    take_further_as_matter,
)
from samordna.domain.conversations.queries.furthering import collaboration_of_area, further_choices
from samordna.domain.conversations.queries.pages import message_row
from samordna.web.conversations.forms import AsExperienceForm, AsItemForm, AsMatterForm
from samordna.web.conversations.pages import METHODS, form_page, to_message
from samordna.web.door import Request, requires
from samordna.web.forms import attempt, typed


@require_http_methods(METHODS)
@requires("conversation.speak")
def as_item(request: Request, message_id: str) -> HttpResponse:
    """Raise an item of it, in a forum's backlog."""
    actor, at = request.actor, clock.now()
    choices, text = further_choices(actor, message_id, at), _text(request, message_id)
    if not choices.forums:
        raise Forbidden(_("There is no forum here in which an item could be raised. Set one up first."))
    first = {"kind": "discussion", "title": Truncator(text.splitlines()[0]).chars(160), "purpose": text}
    form = AsItemForm(typed(request), forums=choices.forums, initial=first)
    if form.is_valid():
        data = form.cleaned_data
        made = attempt(form, lambda: take_further_as_item(actor=actor, message_id=message_id, **data))
        if made is not None:
            messages.success(request, _("The item is raised, and leads back to the message."))
            return redirect("item", made.pk)
    return form_page(request, message_id, form, _("Raise an item of it"), _("Raise it"))


@require_http_methods(METHODS)
@requires("conversation.speak")
def as_matter(request: Request, message_id: str) -> HttpResponse:
    """Open a matter of it."""
    actor, at = request.actor, clock.now()
    choices, text = further_choices(actor, message_id, at), _text(request, message_id)
    if not choices.areas:
        raise Forbidden(choices.opening or _("The collaboration has no subject areas yet, so no matter can be opened."))
    first = {"title": Truncator(text.splitlines()[0]).chars(160), "purpose": text}
    form = AsMatterForm(typed(request), areas=choices.areas, initial=first)
    if form.is_valid():
        data = form.cleaned_data | {"collaboration_id": collaboration_of_area(form.cleaned_data["area_id"])}
        made = attempt(form, lambda: take_further_as_matter(actor=actor, message_id=message_id, **data))
        if made is not None:
            messages.success(request, _("The matter is opened as a draft, and leads back to the message."))
            return redirect("matter", made.pk)
    return form_page(request, message_id, form, _("Open a matter of it"), _("Open it"))


@require_http_methods(METHODS)
@requires("conversation.speak")
def as_experience(request: Request, message_id: str) -> HttpResponse:
    """Share an experience of it."""
    actor, at = request.actor, clock.now()
    choices, text = further_choices(actor, message_id, at), _text(request, message_id)
    if not choices.versions:
        raise Forbidden(_("No decision has been in force here, so there is nothing to have experiences of yet."))
    form = AsExperienceForm(typed(request), versions=choices.versions, initial={"text": text})
    if form.is_valid():
        data = form.cleaned_data
        if attempt(form, lambda: take_further_as_experience(actor=actor, message_id=message_id, **data)) is not None:
            messages.success(request, _("The experience is shared, and leads back to the message."))
            return to_message(request, message_id, at)
    return form_page(request, message_id, form, _("Share an experience of it"), _("Share it"))


def _text(request: Request, message_id: str) -> str:
    text = message_row(request.actor, message_id, clock.now()).text
    if not text:
        raise Forbidden(_("The message has been withdrawn, so it is not taken further."))
    return text
