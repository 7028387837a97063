"""Pages that are the same for everybody: the hue, what Samordna is, accessibility, and the gallery of components."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from samordna.domain.site.queries import contact_of_site
from samordna.web.door import Request, public, requires
from samordna.web.site.accessibility import LAW, LOOKED_OVER, SHORTFALLS, STANDARD
from samordna.web.site.gallery import EXAMPLES, SampleForm


@require_safe
@public("a style sheet of one line, which the sign-in page needs too")
def hue(request: Request, hue: int) -> HttpResponse:
    """The installation's hue as a style sheet of its own, since the content security policy forbids inline style."""
    response = HttpResponse(f":root{{--hue:{hue % 361}}}", content_type="text/css")
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


@require_safe
@public("says what the site is, to those who have not signed in too")
def about(request: Request) -> HttpResponse:
    """What Samordna is, its licence and version."""
    return render(request, "site/about.html")


@require_safe
@public("an accessibility statement has to be readable without signing in")
def accessibility(request: Request) -> HttpResponse:
    """How accessible the site is, what is known to be lacking, and whom to tell."""
    context = {"law": LAW, "standard": STANDARD, "shortfalls": SHORTFALLS, "looked": LOOKED_OVER}
    return render(request, "site/accessibility.html", context | {"contact": contact_of_site()})


@require_safe
@requires("account.use")
def gallery(request: Request) -> HttpResponse:
    """Every component in every variant, for those who build pages and for the tests."""
    return render(request, "site/gallery.html", {"examples": EXAMPLES, "form": SampleForm(), "faulty": SampleForm({})})
