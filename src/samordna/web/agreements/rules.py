"""Which rules bind me in my role: decisions and documents in force, and what points at the role itself."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from samordna.core import clock
from samordna.domain.agreements.queries.register import documents_that_bind
from samordna.domain.decisions.queries.binding import governing_conditions
from samordna.domain.organisations.contacts import contact_paths_of
from samordna.web.door import Request, requires


@require_safe
@requires("organisation.read")
def rules(request: Request) -> HttpResponse:
    """Everything that binds the actor's organisation, with what is the actor's own role's to do first."""
    actor, at = request.actor, clock.now()
    own = actor.organisation_id or ""
    documents = documents_that_bind(actor, own, at)
    context = {
        "decisions": governing_conditions(actor, own, at),
        "agreements": [one for one in documents if one.ground in {"signed", "party"}],
        "routines": [one for one in documents if one.ground in {"routine", "own"}],
        "mine": [one for one in documents if one.mine],
        "paths": [path for path in contact_paths_of(actor, own, at) if path.role_id == actor.role_id],
    }
    return render(request, "agreements/rules.html", context)
