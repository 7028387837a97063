"""Finding a time: the question, its table of answers, places, proposed times, busy hours, and the choice."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samordna.core import clock
from samordna.core.errors import Absent, Denied, Invalid, Refused
from samordna.domain.forums.access import PREPARE, forum_for
from samordna.domain.forums.sentences import order_sentence
from samordna.domain.scheduling.access import asked_for, option_for, question_for, spot_for
from samordna.domain.scheduling.enums import Suits
from samordna.domain.scheduling.operations import (
    add_meeting_place,
    answer_times,
    ask_about_time,
    change_time_question,
    choose_time,
    drop_time_question,
    give_busy_hours,
    propose_best_times,
    propose_time,
    remove_busy_hours,
    remove_meeting_place,
    withdraw_time,
)
from samordna.domain.scheduling.queries.asking import organisations_asked, wanted_choices
from samordna.domain.scheduling.queries.time_rows import AskedRow, QuestionPage
from samordna.domain.scheduling.queries.times import question_page
from samordna.web.door import Request, requires
from samordna.web.forms import attempt, typed
from samordna.web.forums.meeting_forms import WhyForm
from samordna.web.scheduling.time_forms import CalendarForm, QuestionForm, SpotForm, TimeForm


@require_safe
@requires("forum.read")
def question(request: Request, question_id: str) -> HttpResponse:
    """One question about a time: which times are proposed, who says what, and which is best."""
    page = question_page(request.actor, question_id, clock.now())
    context = {"page": page, "suits": Suits.choices, "order": order_sentence(), "answers": []}
    if page.mine:
        context["answers"] = _answers(page, page.mine, {})
    return render(request, "scheduling/question.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("forum.prepare")
def asking(request: Request, forum_id: str) -> HttpResponse:
    """Ask when one can meet."""
    actor, at = request.actor, clock.now()
    forum = forum_for(actor, forum_id, PREPARE)
    form = QuestionForm(
        typed(request), roles=wanted_choices(actor, forum_id, at), initial={"opens": "09:00", "closes": "16:00"}
    )
    if form.is_valid():
        made = attempt(form, lambda: ask_about_time(actor=actor, forum_id=forum_id, sought=form.sought()))
        if made is not None:
            messages.success(request, _("The question is there. Add places and times, or let the best times be proposed."))
            return redirect("time_question", made.pk)
    about = {"forum_id": forum_id, "forum_name": forum.name, "back": reverse("forum", args=[forum_id])}
    return _asking_page(request, form, about | {"title": _("Find a time"), "submit": _("Ask")})


@require_http_methods(["GET", "HEAD", "POST"])
@requires("forum.prepare")
def changing(request: Request, question_id: str) -> HttpResponse:
    """Say anew what is looked for and who is asked."""
    actor, at = request.actor, clock.now()
    given = question_for(actor, question_id, PREPARE)
    page = question_page(actor, question_id, at)
    begins = {name: getattr(page.row, name) for name in ("title", "minutes", "first_on", "last_on", "answer_by")}
    begins |= {"opens": page.opens, "closes": page.closes, "weekdays": page.weekdays, "seen": page.fingerprint}
    roles = wanted_choices(actor, given.forum_id, at, question_id)
    form = QuestionForm(typed(request), roles=roles, initial=begins)
    if form.is_valid():
        about = {"question_id": question_id, "sought": form.sought(), "seen": form.cleaned_data["seen"]}
        if attempt(form, lambda: change_time_question(actor=actor, **about)) is not None:
            messages.success(request, _("The question is changed."))
            return redirect("time_question", question_id)
    return _asking_page(request, form, _about(page) | {"title": _("Change what is looked for"), "submit": _("Save")})


def _asking_page(request: Request, form: QuestionForm, about: dict[str, str]) -> HttpResponse:
    plain = [field for field in form.visible_fields() if not field.name.startswith("role_")]
    roles = [(role, form[f"role_{role.id}"]) for role in form.roles]
    context = about | {"form": form, "plain": plain, "roles": roles}
    return render(request, "scheduling/asking.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("forum.prepare")
def placing(request: Request, question_id: str) -> HttpResponse:
    """Say where one could meet."""
    actor = request.actor
    question_for(actor, question_id, PREPARE)
    form = SpotForm(typed(request), organisations=organisations_asked(actor, question_id, clock.now()))
    if form.is_valid():
        plain = {name: form.cleaned_data[name] for name in ("name", "seats", "online")}
        place = {"question_id": question_id, "travel": form.ways(), **plain}
        if attempt(form, lambda: add_meeting_place(actor=actor, **place)) is not None:
            return redirect("time_question", question_id)
    page = question_page(actor, question_id, clock.now())
    return _form_page(request, form, page, _("A place where one could meet"), _("Add the place"))


@require_http_methods(["GET", "HEAD", "POST"])
@requires("forum.prepare")
def proposing(request: Request, question_id: str) -> HttpResponse:
    """Propose a time by hand."""
    question_for(request.actor, question_id, PREPARE)
    page = question_page(request.actor, question_id, clock.now())
    form = TimeForm(typed(request), spots=[(spot.id, spot.name) for spot in page.spots], initial={"on": page.row.first_on})
    if form.is_valid():
        data = form.cleaned_data
        if attempt(form, lambda: propose_time(actor=request.actor, question_id=question_id, **data)) is not None:
            return redirect("time_question", question_id)
    return _form_page(request, form, page, _("Propose a time"), _("Propose it"))


@require_POST
@requires("forum.prepare")
def proposing_best(request: Request, question_id: str) -> HttpResponse:
    """Let the best times of the window be proposed."""
    question_for(request.actor, question_id, PREPARE)

    def act() -> None:
        made = propose_best_times(actor=request.actor, question_id=question_id)
        many = len(made)
        told = ngettext("%(many)s time is proposed.", "%(many)s times are proposed.", many) % {"many": many}
        messages.success(request, told)

    return _act(request, question_id, act)


@require_POST
@requires("forum.prepare")
def withdrawing(request: Request, option_id: str) -> HttpResponse:
    """Withdraw a proposed time."""
    question_id = option_for(request.actor, option_id, PREPARE).question_id
    return _act(request, question_id, lambda: withdraw_time(actor=request.actor, option_id=option_id))


@require_POST
@requires("forum.prepare")
def unplacing(request: Request, spot_id: str) -> HttpResponse:
    """Take a place away."""
    question_id = spot_for(request.actor, spot_id, PREPARE).question_id
    return _act(request, question_id, lambda: remove_meeting_place(actor=request.actor, spot_id=spot_id))


@require_POST
@requires("forum.prepare")
def choosing(request: Request, option_id: str) -> HttpResponse:
    """Choose a time: the meeting is planned."""
    question_id = option_for(request.actor, option_id, PREPARE).question_id
    try:
        made = choose_time(actor=request.actor, option_id=option_id, call=bool(request.POST.get("call")))
    except Absent:
        raise
    except Denied as denied:
        messages.error(request, denied.reason)
        return redirect("time_question", question_id)
    messages.success(request, _("The time is chosen, and the meeting is planned."))
    return redirect("meeting", made.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("forum.prepare")
def dropping(request: Request, question_id: str) -> HttpResponse:
    """Stop looking for a time."""
    question_for(request.actor, question_id, PREPARE)
    form = WhyForm(typed(request))
    if form.is_valid():
        data = form.cleaned_data
        if attempt(form, lambda: drop_time_question(actor=request.actor, question_id=question_id, **data)) is not None:
            messages.success(request, _("The question is closed, and everybody's busy hours are deleted."))
            return redirect("time_question", question_id)
    page = question_page(request.actor, question_id, clock.now())
    return _form_page(request, form, page, _("Stop looking for a time"), _("Stop"), kind="danger")


@require_http_methods(["GET", "HEAD", "POST"])
@requires("forum.raise")
def answering(request: Request, asked_id: str) -> HttpResponse:
    """Answer for one's role which times suit, or write down what somebody who is asked has told."""
    asked, wrong, kept = asked_for(request.actor, asked_id), "", {}
    if request.method == "POST":
        kept = {name: str(value) for name, value in request.POST.items()}
        try:
            _answer(request, asked_id, kept)
        except Invalid as invalid:
            wrong = " ".join(invalid.fields.values())
        else:
            messages.success(request, _("The answers are kept. They can be changed until a time is chosen."))
            return redirect("time_question", asked.question_id)
    page = question_page(request.actor, asked.question_id, clock.now())
    row = next(each for each in page.asked if each.id == asked_id)
    context = {"page": page, "row": row, "suits": Suits.choices, "wrong": wrong, "answers": _answers(page, row, kept)}
    return render(request, "scheduling/answering.html", context, status=422 if wrong else 200)


def _answer(request: Request, asked_id: str, said: dict[str, str]) -> None:
    answers = {name.removeprefix("suits_"): value for name, value in said.items() if name.startswith("suits_")}
    reasons = {name.removeprefix("reason_"): value for name, value in said.items() if name.startswith("reason_")}
    try:
        answer_times(actor=request.actor, asked_id=asked_id, answers=answers, reasons=reasons)
    except Refused as refused:
        raise Invalid({"answers": refused.reason}) from refused


def _answers(page: QuestionPage, row: AskedRow, kept: dict[str, str]) -> list[dict[str, object]]:
    """Each proposed time with what is typed or stored about it."""
    return [
        {
            "option": option,
            "suits": kept.get(f"suits_{option.id}", cell.suits),
            "reason": kept.get(f"reason_{option.id}", cell.reason),
        }
        for option, cell in zip(page.options, row.cells, strict=True)
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@requires("forum.raise")
def calendar(request: Request, asked_id: str) -> HttpResponse:
    """Give one's busy hours from a calendar file."""
    asked = asked_for(request.actor, asked_id)
    form = CalendarForm(typed(request), request.FILES or None)
    if form.is_valid():
        given = form.octets()
        if attempt(form, lambda: give_busy_hours(actor=request.actor, asked_id=asked_id, calendar=given)) is not None:
            messages.success(request, _("Your busy hours are counted in. Nobody is shown your calendar."))
            return redirect("time_question", asked.question_id)
    page = question_page(request.actor, asked.question_id, clock.now())
    lead = _(
        "Only from when to when you are busy, within the days that are looked at, is kept: no titles, places or names."
        " Those who prepare see whether you are busy at a time; nobody else does. It is deleted when the question closes."
    )
    return _form_page(request, form, page, _("Your busy hours from a calendar"), _("Count them in"), lead=lead)


@require_POST
@requires("forum.raise")
def calendar_removing(request: Request, asked_id: str) -> HttpResponse:
    """Take one's busy hours away."""
    question_id = asked_for(request.actor, asked_id).question_id
    return _act(request, question_id, lambda: remove_busy_hours(actor=request.actor, asked_id=asked_id))


def _about(page: QuestionPage) -> dict[str, str]:
    back = reverse("time_question", args=[page.row.id])
    return {"forum_id": page.row.forum_id, "forum_name": page.row.forum, "back": back}


def _form_page(
    request: Request, form: Form, page: QuestionPage, title: str, submit: str, kind: str = "primary", lead: str = ""
) -> HttpResponse:
    context = _about(page) | {"form": form, "title": title, "submit": submit, "kind": kind, "lead": lead}
    return render(request, "forums/meeting_form.html", context, status=422 if form.errors else 200)


def _act(request: Request, question_id: str, act: Callable[[], object]) -> HttpResponse:
    try:
        act()
    except Absent:
        raise
    except Denied as denied:
        messages.error(request, denied.reason)
    return redirect("time_question", question_id)
