"""Questions before judging: one place for a matter's questions and answers, by signing in or by an answer link."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Absent, Denied
from samordna.domain.matters import operations as do
from samordna.domain.matters.access import actor_of_link, matter_for, position_for
from samordna.domain.matters.limits import MAX_INQUIRY, MAX_TEXT
from samordna.domain.matters.queries import InquiriesPage, InquiryView, inquiries_page
from samordna.web.door import Request, public, requires
from samordna.web.forms import attempt
from samordna.web.matters.forms import give_choices

METHODS = ["GET", "HEAD", "POST"]
CHANGING, ANSWERING = "andra", "svara"
"""The address's words for which question is being changed or answered."""


def _words(label: Any, most: int, rows: int = 3, help_text: Any = "") -> forms.CharField:
    return forms.CharField(label=label, help_text=help_text, widget=forms.Textarea({"rows": rows}), max_length=most)


class AskForm(forms.Form):
    """A question, whom it is put to and what it is about."""

    text = _words(gettext_lazy("Your question"), MAX_INQUIRY, help_text=gettext_lazy("Everybody who takes part reads it."))
    aspect_id = forms.ChoiceField(label=gettext_lazy("What is it about?"), required=False)
    asked_of = forms.ChoiceField(label=gettext_lazy("Who is asked?"), required=False)

    def __init__(self, *args: Any, page: InquiriesPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._choose("aspect_id", [("", _("the matter as a whole")), *page.aspects], shown=bool(page.aspects))
        self.fields["asked_of"].required = page.leads
        self.fields["asked_of"].error_messages["required"] = _("Choose whom you ask.")
        first = ("", _("choose a participant") if page.leads else _("the coordinator"))
        self._choose("asked_of", [first, *page.whom], shown=bool(page.whom))

    def _choose(self, name: str, choices: list[tuple[str, str]], *, shown: bool) -> None:
        give_choices(self, name, choices)
        if not shown:
            del self.fields[name]


class ChangeForm(forms.Form):
    """One's own question, worded better."""

    text = _words(gettext_lazy("Your question"), MAX_INQUIRY)


class AnswerForm(forms.Form):
    """An answer that everybody reads."""

    answer = _words(
        gettext_lazy("Your answer"), MAX_TEXT, 4, gettext_lazy("Everybody who takes part reads it, beside the question.")
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Who asks and answers, and where."""

    actor: Actor
    page: InquiriesPage
    url: str
    back: str
    by_link: bool = False

    def row(self, key: str) -> InquiryView:
        """The question with this id."""
        found = next((row for row in self.page.inquiries.rows if row.id == key), None)
        if found is None:
            raise Absent
        return found


@require_http_methods(METHODS)
@requires("matter.read")
def inquiries(request: Request, matter_id: str) -> HttpResponseBase:
    """A matter's questions and answers; those who take part ask and answer here."""
    at = clock.now()
    matter = matter_for(request.actor, matter_id, at=at)
    page = inquiries_page(request.actor, matter, at)
    place = Place(
        actor=request.actor, page=page, url=reverse("inquiries", args=[matter_id]), back=reverse("matter", args=[matter_id])
    )
    return _go(request, place)


@require_http_methods(METHODS)
@public("the answer link's secret token is the key to one position; whoever answers may ask first")
def inquiries_by_link(request: Request, token: str) -> HttpResponseBase:
    """The same for whoever holds an answer link, as long as the link answers."""
    at = clock.now()
    actor = actor_of_link(token, at)
    if actor is None or actor.link_position_id is None:
        return redirect("answer", token)
    matter = position_for(actor, actor.link_position_id, at=at).matter
    page = inquiries_page(actor, matter, at)
    if not page.open:
        return redirect("answer", token)
    url, back = reverse("inquiries_by_link", args=[token]), reverse("answer", args=[token])
    return _go(request, Place(actor=actor, page=page, url=url, back=back, by_link=True))


def _go(request: Request, place: Place) -> HttpResponseBase:
    if request.method != "POST":
        return _page(request, place)
    pressed, _dash, key = request.POST.get("do", "ask").partition("-")
    match pressed:
        case "withdraw":
            return _withdraw(request, place, place.row(key))
        case "change":
            row = place.row(key)
            form: forms.Form = ChangeForm(request.POST)
            return _keep(request, place, form, _change(place, row), _("The question is changed."), row)
        case "answer":
            row, form = place.row(key), AnswerForm(request.POST)
            done = _("Answered. Everybody who takes part reads it.")
            return _keep(request, place, form, _answer(request, place, row), done, row)
        case _:
            form = AskForm(request.POST, page=place.page)
            return _keep(request, place, form, _ask(place), _("Your question is asked. The answer comes here."))


def _ask(place: Place) -> Callable[..., Any]:
    if place.page.leads:
        matter_id = place.page.head.id
        return lambda **said: do.ask_participant(actor=place.actor, matter_id=matter_id, **{"asked_of": "", **said})
    position = place.page.position_id
    if not position:
        matter_for(place.actor, place.page.head.id, "matter.lead")
    return lambda **said: do.ask_question(actor=place.actor, position_id=position, **said)


def _change(place: Place, row: InquiryView) -> Callable[..., Any]:
    return lambda **said: do.change_question(actor=place.actor, inquiry_id=row.id, **said)


def _answer(request: Request, place: Place, row: InquiryView) -> Callable[..., Any]:
    origin = request.build_absolute_uri("/")
    return lambda **said: do.answer_question(actor=place.actor, inquiry_id=row.id, origin=origin, **said)


def _keep(
    request: Request, place: Place, form: forms.Form, call: Callable[..., Any], done: str, row: InquiryView | None = None
) -> HttpResponseBase:
    kept = attempt(form, lambda: call(**form.cleaned_data)) if form.is_valid() else None
    if kept is None:
        return _page(request, place, form, row)
    messages.success(request, done)
    return redirect(f"{place.url}#fraga-{kept.pk}")


def _withdraw(request: Request, place: Place, row: InquiryView) -> HttpResponseBase:
    try:
        do.withdraw_question(actor=place.actor, inquiry_id=row.id)
        messages.success(request, _("The question is taken back."))
    except Absent:
        raise
    except Denied as denied:
        messages.error(request, denied.reason)
    return redirect(place.url)


def _page(
    request: Request, place: Place, wrong: forms.Form | None = None, about: InquiryView | None = None
) -> HttpResponse:
    """The page; `about` is the question that is being changed or answered, by `wrong` or by the address."""
    form = wrong
    if form is None:
        about, form = _begun(request, place)
    ask = form if isinstance(form, AskForm) else AskForm(page=place.page, initial={"aspect_id": request.GET.get("om", "")})
    context = {
        "page": place.page,
        "head": place.page.head,
        "ask": ask if place.page.may_ask else None,
        "about": about,
        "answering": isinstance(form, AnswerForm),
        "form": None if isinstance(form, AskForm) else form,
        "url": place.url,
        "back": place.back,
        "by_link": place.by_link,
        "frame": "matters/bare.html" if place.by_link else "base.html",
    }
    return render(request, "matters/inquiries.html", context, status=422 if wrong else 200)


def _begun(request: Request, place: Place) -> tuple[InquiryView | None, forms.Form | None]:
    """The question that the address names, with the form for it, if the actor may use it."""
    for name in (CHANGING, ANSWERING):
        key = request.GET.get(name, "")
        row = next((row for row in place.page.inquiries.rows if row.id == key), None)
        if row is not None and name == CHANGING and row.own:
            return row, ChangeForm(initial={"text": row.text})
        if row is not None and name == ANSWERING and row.mine:
            return row, AnswerForm(initial={"answer": row.answer})
    return None, None
