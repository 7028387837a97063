"""Whom to contact: one question in plain words, and the contacts of one collaboration with what is lacking among them."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from samordna.core import clock
from samordna.domain.collaborations.queries.contacts import collaboration_contacts, who_to_contact
from samordna.domain.collaborations.queries.pages import collaborations_of
from samordna.domain.organisations.finding import LONGEST_QUESTION
from samordna.web.collaborations.network import network_of
from samordna.web.door import Request, requires


@require_safe
@requires("organisation.read")
def contacts(request: Request) -> HttpResponse:
    """Whom do I contact about X at Y?"""
    at = clock.now()
    asked = request.GET.get("fraga", "")[:LONGEST_QUESTION]
    context = {
        "asked": asked,
        "longest": LONGEST_QUESTION,
        "answers": who_to_contact(request.actor, asked, at),
        "collaborations": collaborations_of(request.actor, at),
    }
    return render(request, "collaborations/contacts.html", context)


@require_safe
@requires("collaboration.read")
def network(request: Request, collaboration_id: str) -> HttpResponse:
    """The contacts of one collaboration: the picture, what is lacking, and the table behind."""
    page = collaboration_contacts(request.actor, collaboration_id, clock.now())
    return render(request, "collaborations/network.html", {"page": page, "network": network_of(page)})
