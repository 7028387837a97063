"""What all forms share: a refusal from an operation becomes a sentence on the form, and what was typed stays."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django import forms
from django.http import HttpRequest, QueryDict

from samordna.core.errors import Denied, Invalid

R = TypeVar("R")


def attempt(form: forms.Form, call: Callable[[], R]) -> R | None:
    """Run one operation; if it says no, put its sentences on the form and return None.

    `Absent` passes through: an object that is not there for the actor is a page that is not there.
    """
    try:
        return call()
    except Invalid as invalid:
        for name, sentence in invalid.fields.items():
            form.add_error(name if name in form.fields else None, sentence)
    except Denied as denied:
        if not denied.reason:
            raise
        form.add_error(None, denied.reason)
    return None


def typed(request: HttpRequest) -> QueryDict | None:
    """What was sent, for binding a form; None when the page was only asked for. An empty sending is a sending too."""
    return request.POST if request.method == "POST" else None
