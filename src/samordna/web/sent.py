"""What somebody sent with a form that could not be taken yet: kept on the page that says why, and sent again from there.

A form outlives its role, its token and its session. Nothing that was typed is lost for it.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

SHOWN_AS = "shown_as"
GO_ON_AS = "go_on_as"
MARKS = {SHOWN_AS, GO_ON_AS, "csrfmiddlewaretoken"}
SECRET = ("password", "secret")


def what_was_sent(request: HttpRequest) -> dict[str, Any]:
    """All fields but the form's marks; what of it is prose; the names of files, which only the browser can send again."""
    sent = [(name, value) for name, values in request.POST.lists() if name not in MARKS for value in values]
    return {
        "sent": sent,
        "words": [value for name, value in sent if len(value.split()) > 1 and not _secret(name)],
        "files": [upload.name for uploads in request.FILES.lists() for upload in uploads[1]],
    }


def page_to_send_again(request: HttpRequest, template: str) -> HttpResponse:
    """Why the form was not taken (403), with all that it held but secrets, ready to be sent again."""
    context = what_was_sent(request) | {"action": request.get_full_path()}
    context["sent"] = [(name, value) for name, value in context["sent"] if not _secret(name)]
    context["sent"] += [(mark, role) for mark in (SHOWN_AS, GO_ON_AS) for role in request.POST.getlist(mark)[:1]]
    return render(request, template, context, status=403)


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's token is not this session's: it stood open while somebody signed out and in."""
    if from_our_own_page(request):
        return page_to_send_again(request, "403_csrf.html")
    return render(request, "403_csrf.html", status=403)


def from_our_own_page(request: HttpRequest) -> bool:
    """Was the form sent by one of our own pages? Browsers say so, and no page can make them lie.

    What another site sends must not become a form of ours with a valid token, which somebody is then talked into pressing.
    """
    site = request.headers.get("Sec-Fetch-Site")
    return site == "same-origin" if site else request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


def _secret(name: str) -> bool:
    return any(word in name for word in SECRET)
