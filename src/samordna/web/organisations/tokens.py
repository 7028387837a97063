"""One's own keys to the API."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samordna.core import clock
from samordna.core.errors import Absent, Denied
from samordna.domain.organisations.operations import make_api_token, revoke_api_token
from samordna.domain.organisations.queries import tokens_of
from samordna.web.door import Request, requires
from samordna.web.forms import attempt, typed
from samordna.web.organisations.forms import TokenForm


@require_http_methods(["GET", "HEAD", "POST"])
@requires("account.change")
def tokens(request: Request) -> HttpResponse:
    """The keys there are, and a new one, whose secret is shown on the answer to this request and never again."""
    form, issued = TokenForm(typed(request)), None
    if form.is_valid():
        if request.holding is None:
            raise Absent
        issued = attempt(form, lambda: make_api_token(actor=request.actor, **form.cleaned_data))
    context = {
        "form": form if issued is None else TokenForm(),
        "secret": issued.secret if issued else "",
        "tokens": tokens_of(request.actor, clock.now()),
    }
    return render(request, "organisations/tokens.html", context, status=422 if form.errors else 200)


@require_POST
@requires("account.change")
def token_revoking(request: Request, token_id: str) -> HttpResponse:
    """Make one of the keys useless at once."""
    try:
        revoke_api_token(actor=request.actor, token_id=token_id)
    except Absent:
        raise
    except Denied as denied:
        messages.error(request, denied.reason)
    else:
        messages.success(request, _("The key no longer works."))
    return redirect("api_tokens")
