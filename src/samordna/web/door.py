"""The door every page goes through: a declared right, a reading that cannot write, an actor on the request.

Every view carries `@requires("…")` (an action of `samordna.core.policy`) or `@public("why")`. A view without either makes
the system check, and so the start-up, fail.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponseBase

from samordna.core.actor import Actor
from samordna.core.policy import PATHS
from samordna.core.reading import READS, only_reading
from samordna.web.shown_as import question_of_role

if TYPE_CHECKING:
    from samordna.domain.organisations.models import Holding

P = ParamSpec("P")
OF_THE_PERSON = {"account.use"}
"""Rights to what is one's own in whatever role one acts, such as changing role."""


class Request(HttpRequest):
    """A request on which the middleware has put who acts; `holding` is None for somebody without a role now."""

    actor: Actor
    holding: Holding | None
    holdings: list[Holding]


View = Callable[Concatenate[Request, P], HttpResponseBase]


def reading_cannot_write(view: View[P]) -> View[P]:
    """Run the view's GET, HEAD and OPTIONS with a database that refuses everything but reading."""

    @wraps(view)
    def guarded(request: Request, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if request.method not in READS:
            return view(request, *args, **kwargs)
        with only_reading():
            response = view(request, *args, **kwargs)
            if hasattr(response, "render") and callable(response.render):
                response.render()
            return response

    return guarded


def in_the_role_shown(view: View[P]) -> View[P]:
    """Take a form only in the role in which it was shown; otherwise ask (409) which of the two is meant."""

    @wraps(view)
    def guarded(request: Request, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        question = None if request.method in READS else question_of_role(request)
        return question or view(request, *args, **kwargs)

    return guarded


def requires(action: str) -> Callable[[View[P]], View[P]]:
    """Declare the right that the view asks for (it asks by fetching its object with this action)."""
    if action not in PATHS:
        raise LookupError(f"{action} is not an action of the policy.")

    def declare(view: View[P]) -> View[P]:
        guarded = reading_cannot_write(view if action in OF_THE_PERSON else in_the_role_shown(view))
        guarded.right = action  # type: ignore[attr-defined]  # functions carry attributes; the URL walk reads this one
        return guarded

    return declare


def public(reason: str) -> Callable[[View[P]], View[P]]:
    """Declare a view that needs no sign-in, and say why."""

    def declare(view: View[P]) -> View[P]:
        guarded = login_not_required(reading_cannot_write(view))
        guarded.right = f"public: {reason}"  # type: ignore[attr-defined]  # as above
        return guarded

    return declare


def arrival(reason: str) -> Callable[[View[P]], View[P]]:
    """Declare a public view whose GET may write, because another site sends the browser there; say what guards it instead
    of a form's token."""

    def declare(view: View[P]) -> View[P]:
        @wraps(view)
        def opened(request: Request, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            return view(request, *args, **kwargs)

        guarded = login_not_required(opened)
        guarded.right = f"public: {reason}"  # type: ignore[attr-defined]  # as above
        return guarded

    return declare
