"""What all forms share: a refusal from an operation becomes a sentence on the form, and what was typed stays."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from samordna.core.errors import Denied, Invalid, Overtaken

R = TypeVar("R")


def attempt(form: forms.Form, call: Callable[[], R]) -> R | None:
    """Run one operation; if it says no, put its sentences on the form and return None.

    `Absent` passes through: an object that is not there for the actor is a page that is not there.
    """
    try:
        return call()
    except Overtaken as overtaken:
        _show_theirs(form, overtaken)
    except Invalid as invalid:
        for name, sentence in invalid.fields.items():
            form.add_error(name if name in form.fields else None, sentence)
    except Denied as denied:
        if not denied.reason:
            raise
        form.add_error(None, denied.reason)
    return None


def _show_theirs(form: forms.Form, overtaken: Overtaken) -> None:
    """What somebody else has stored meanwhile, at each field; saving once more then lets what was typed stand."""
    form.add_error(None, overtaken.reason)
    for name, value in overtaken.fields.items():
        if name in form.fields:
            form.add_error(name, _there_now(form.fields[name], value))
    if "seen" in form.fields and overtaken.now:
        data = QueryDict(mutable=True)
        data.update(form.data)
        data[form.add_prefix("seen")] = overtaken.now
        form.data = data


def _there_now(field: forms.Field, value: str) -> str:
    choices = dict(getattr(field, "choices", ()))
    shown = str(choices.get(value, value))
    return _("Stored meanwhile: “%(value)s”") % {"value": shown} if shown else _("Meanwhile this was left empty.")


def typed(request: HttpRequest) -> QueryDict | None:
    """What was sent, for binding a form; None when the page was only asked for. An empty sending is a sending too."""
    return request.POST if request.method == "POST" else None
