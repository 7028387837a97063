"""What all forms share: a refusal from an operation becomes a sentence on the form, and what was typed stays."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from samordna.core.errors import Denied, Invalid, Overtaken
from samordna.core.overtaking import there_now

R = TypeVar("R")


class Overtakable(forms.Form):
    """A form of something that somebody else may be changing: `seen` is the fingerprint of what it began from."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)


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
        field = form.fields.get(name)  # what has no field of its own is told of the form as a whole
        form.add_error(name if field else None, there_now(_shown(field, value)))
    if "seen" in form.fields and overtaken.now:
        data = QueryDict(mutable=True)
        data.update(form.data)
        data[form.add_prefix("seen")] = overtaken.now
        form.data = data


def _shown(field: forms.Field | None, value: str) -> str:
    return str(dict(getattr(field, "choices", ())).get(value, value))


def typed(request: HttpRequest) -> QueryDict | None:
    """What was sent, for binding a form; None when the page was only asked for. An empty sending is a sending too."""
    return request.POST if request.method == "POST" else None


def back(request: HttpRequest, page: str, *args: str) -> HttpResponse:
    """To where the form says that it was pressed (`next`), if that is a page of this site; otherwise to the named page."""
    target, hosts = request.POST.get("next", ""), {request.get_host()}
    if target.startswith("/") and url_has_allowed_host_and_scheme(target, hosts, require_https=request.is_secure()):
        return HttpResponseRedirect(target)
    return redirect(page, *args)
