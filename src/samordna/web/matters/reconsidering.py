"""A condition in the way: the coordinator asks its owner to think it over; the owner answers, or names a price."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.domain.matters import operations as do
from samordna.domain.matters.access import actor_of_link, matter_for, position_for
from samordna.domain.matters.limits import MAX_AMOUNT, MAX_TEXT
from samordna.domain.matters.queries import Thought, position_form, thought_in, thought_of
from samordna.web.door import Request, public, requires
from samordna.web.forms import attempt

METHODS = ["GET", "HEAD", "POST"]


class AskForm(forms.Form):
    """What the coordinator asks for."""

    text = forms.CharField(
        label=gettext_lazy("What do you ask for, and what would it make possible?"),
        widget=forms.Textarea({"rows": 4}),
        max_length=MAX_TEXT,
    )


class AnswerForm(forms.Form):
    """What the owner answers."""

    gives_way = forms.ChoiceField(
        label=gettext_lazy("Can the condition give way?"),
        widget=forms.RadioSelect,
        choices=[
            ("no", gettext_lazy("No, it has to stand")),
            ("yes", gettext_lazy("Yes, we withdraw it")),
        ],
    )
    answer = forms.CharField(
        label=gettext_lazy("Why?"),
        help_text=gettext_lazy("The coordinator reads it."),
        widget=forms.Textarea({"rows": 4}),
        max_length=MAX_TEXT,
    )


class PriceForm(forms.Form):
    """For what the owner would give the condition up."""

    price = forms.IntegerField(
        help_text=gettext_lazy("Everyone who may read the condition reads this. Left empty, it cannot be given up."),
        required=False,
        min_value=0,
        max_value=MAX_AMOUNT,
    )

    def __init__(self, *args: Any, unit: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["price"].label = _("What it would cost you to give it up, in %(unit)s") % {"unit": unit}


@require_http_methods(METHODS)
@requires("matter.lead")
def ask(request: Request, matter_id: str, condition_id: str) -> HttpResponseBase:
    """Ask the owner of a condition whether it can give way."""
    matter_for(request.actor, matter_id, "matter.lead")
    about = thought_of(request.actor, matter_id, condition_id, "matter.lead", clock.now())
    form = AskForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        if attempt(form, lambda: do.ask_to_reconsider(actor=request.actor, condition_id=condition_id, text=text)):
            messages.success(request, _("%(owner)s has been asked, and sees it among what waits.") % {"owner": about.owner})
            return redirect("board", matter_id)
    title = _("Ask the owner to think it over")
    return _page(request, about, form, title, _("Send the question"))


@require_http_methods(METHODS)
@requires("position.answer")
def answer(request: Request, matter_id: str, condition_id: str) -> HttpResponseBase:
    """Answer for the owner whether a condition can give way."""
    about = thought_of(request.actor, matter_id, condition_id, "position.answer", clock.now())
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        words = {"gives_way": form.cleaned_data["gives_way"] == "yes", "answer": form.cleaned_data["answer"]}
        if attempt(form, lambda: do.answer_reconsideration(actor=request.actor, condition_id=condition_id, **words)):
            messages.success(request, _("The answer is with the coordinator."))
            return redirect("matter", matter_id)
    title = _("Can this condition give way?")
    return _page(request, about, form if about.waiting or form.errors else None, title, _("Send the answer"))


def offers_at(matter_id: str) -> str:
    """Where one offers to give one's conditions up; the condition's id and what is named after it follow."""
    return reverse("matter", args=[matter_id]) + "omprova/"


@require_http_methods(METHODS)
@requires("position.answer")
def offer(request: Request, matter_id: str, condition_id: str) -> HttpResponseBase:
    """Say for the owner what it would take to give the condition up, or take that back, without stating it again."""
    about = thought_of(request.actor, matter_id, condition_id, "position.answer", clock.now())
    position_for(request.actor, about.position_id, "position.answer")
    back = reverse("position", args=[matter_id, about.position_id])
    return _offer(request, request.actor, about, f"{back}?steg=forutsattningar")


@require_http_methods(METHODS)
@public("the answer link's secret token is the key to one position; whoever answers may say what it would take to give way")
def offer_by_link(request: Request, token: str, condition_id: str) -> HttpResponseBase:
    """The same for whoever holds an answer link, as long as the link answers."""
    at = clock.now()
    actor = actor_of_link(token, at)
    back = reverse("answer", args=[token])
    if actor is None or actor.link_position_id is None or not position_form(actor, actor.link_position_id, at).open:
        return redirect(back)
    matter = position_for(actor, actor.link_position_id, at=at).matter
    about = thought_in(actor, matter, condition_id, "position.answer", at)
    return _offer(request, actor, about, f"{back}?steg=forutsattningar", frame="matters/bare.html")


def _offer(request: Request, actor: Actor, about: Thought, back: str, frame: str = "base.html") -> HttpResponseBase:
    data = request.POST if request.method == "POST" else None
    form = PriceForm(data, initial={"price": about.relax_price}, unit=about.head.unit)
    if request.method == "POST" and form.is_valid():
        price = form.cleaned_data["price"]
        if attempt(form, lambda: do.offer_to_relax(actor=actor, condition_id=about.condition_id, price=price)):
            told = _("The condition cannot be given up.") if price is None else _("Your offer is read by the others.")
            messages.success(request, told)
            return redirect(back)
    title = _("What would it take to give way?")
    return _page(request, about, form, title, _("Save the price"), back=back, frame=frame)


def _page(
    request: Request,
    about: Thought,
    form: forms.Form | None,
    title: str,
    submit: str,
    *,
    back: str = "",
    frame: str = "base.html",
) -> HttpResponseBase:
    """`back`: where one came from, if not from the decision board."""
    back = back or reverse("board", args=[about.head.id])
    context = {"about": about, "form": form, "title": title, "submit": submit, "back": back, "frame": frame}
    return render(request, "matters/reconsider.html", context, status=422 if form and form.errors else 200)
