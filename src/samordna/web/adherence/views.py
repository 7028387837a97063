"""Following: the board over a collaboration, one decision's page with the honest answer, experiences, the next turn."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samordna.core import clock
from samordna.core.refusals import refusal_of
from samordna.domain.adherence import operations, queries
from samordna.domain.adherence.access import experience_for, following_for
from samordna.domain.adherence.queries import Asked, Duty, FollowingPage, Show
from samordna.domain.change.enums import StartKind
from samordna.domain.change.queries import links
from samordna.domain.collaborations.access import contribution_for
from samordna.domain.conversations.queries.pages import origins_of
from samordna.domain.decisions.access import decision_for
from samordna.domain.matters.access import matter_for
from samordna.web.adherence.forms import AnswerForm, BoardForm, ExperienceForm, ImprovementForm, WordsForm
from samordna.web.door import Request, requires
from samordna.web.forms import attempt, back

Kind = TypeVar("Kind", bound=StrEnum)
LONGEST_SEARCH = 80
NARROWING = ("visa", "plikt", "omrade", "senast", "sok")


@require_safe
@requires("following.read")
def following_board(request: Request) -> HttpResponse:
    """One collaboration's decisions in force × its organisations."""
    kept = {name: request.GET.get(name, "")[:LONGEST_SEARCH] for name in NARROWING}
    asked = Asked(
        show=_one_of(Show, kept["visa"]),
        duty=_one_of(Duty, kept["plikt"]),
        by=_day(kept["senast"]),
        area_id=kept["omrade"],
        search=kept["sok"],
    )
    chosen, at = request.GET.get("samverkan", ""), clock.now()
    board = queries.following_board(request.actor, at, chosen, asked=asked, page=_number(request))
    kept = (
        {"samverkan": board.chosen.id if board.chosen else ""} | kept | {"senast": asked.by.isoformat() if asked.by else ""}
    )
    choices, areas = ([(one.id, one.name) for one in many] for many in (board.choices, board.areas))
    context = {
        "board": board,
        "form": BoardForm(initial=kept, choices=choices, areas=areas, auto_id="%s"),
        "narrowed": asked != Asked(),
        "chips": _address(kept | {"visa": ""}),
        "section": "following",
    }
    return render(request, "adherence/board.html", context | _paging(board.page, board.more, kept))


def _number(request: Request) -> int:
    """The page asked for; anything that is no number is the first."""
    asked = request.GET.get("sida", "")
    return max(1, int(asked)) if asked.isascii() and asked.isdecimal() and len(asked) < 6 else 1


def _one_of(kind: type[Kind], asked: str) -> Kind:
    """What is asked for; anything unknown is everything."""
    return kind(asked) if asked in set(kind) else kind("")


def _day(asked: str) -> date | None:
    """The day asked for; anything that is no day is none."""
    try:
        return date.fromisoformat(asked)
    except ValueError:
        return None


def _address(kept: Mapping[str, str]) -> str:
    return urlencode({name: value for name, value in kept.items() if value})


def _paging(number: int, more: bool, kept: Mapping[str, str]) -> dict[str, str]:
    def to(page: int) -> str:
        return "?" + "&".join(filter(None, [_address(kept), f"sida={page}"]))

    return {"before": to(number - 1) if number > 1 else "", "after": to(number + 1) if more else ""}


@require_http_methods(["GET", "HEAD", "POST"])
@requires("following.read")
def following(request: Request, decision_id: str) -> HttpResponse:
    """How one decision is followed, and the reader's own answer."""
    page = _page(request, decision_id)
    if page is None:
        return _not_yet(request, decision_id)
    if request.method != "POST":
        return _show(request, page)
    form = AnswerForm(request.POST, settled=_settled(page))
    if form.is_valid() and attempt(form, lambda: _answer(request, page, form.cleaned_data)) is not None:
        undo = reverse("following", args=(decision_id,)) if "next" in request.POST else ""
        messages.success(request, _("Your answer is noted. Thank you for saying it as it is."), extra_tags=undo)
        return back(request, "following", decision_id)
    return _show(request, page, answer=form, status=422)


def _settled(page: FollowingPage) -> list[tuple[str, str]]:
    """What the decision settles for the reader, to choose among."""
    return [(value.aspect_id, f"{value.aspect}: {value.value}") for value in page.values]


def _answer(request: Request, page: FollowingPage, typed: dict[str, Any]) -> object:
    return operations.answer_following(actor=request.actor, version_id=page.version_id, **typed)


@require_POST
@requires("experience.share")
def share_experience(request: Request, decision_id: str) -> HttpResponse:
    """Share something learnt; what was typed comes back with the page when it cannot be used."""
    page = _page(request, decision_id)
    if page is None:
        return _not_yet(request, decision_id)
    form = ExperienceForm(request.POST, aspects=page.aspects)
    if form.is_valid() and attempt(form, lambda: _share(request, page, form.cleaned_data)) is not None:
        messages.success(request, _("Your experience is shared."))
        return redirect("following", decision_id)
    return _show(request, page, experience=form, status=422)


def _share(request: Request, page: FollowingPage, typed: dict[str, Any]) -> object:
    return operations.share_experience(actor=request.actor, version_id=page.version_id, **typed)


@require_POST
@requires("matter.lead")
def start_next_turn(request: Request, experience_id: str) -> HttpResponse:
    """Open a new matter that answers an experience."""
    experience_for(request.actor, experience_id, "matter.lead")
    matter = operations.start_next_turn(actor=request.actor, experience_id=experience_id)
    messages.success(request, _("The next turn is open as a draft. Its purpose names the experience."))
    return redirect("matter", matter.pk)


def _page(request: Request, decision_id: str) -> FollowingPage | None:
    at = clock.now()
    decision = decision_for(request.actor, decision_id, "following.read", at)
    asked = Asked(show=_one_of(Show, request.GET.get("visa", "")), search=request.GET.get("sok", "")[:LONGEST_SEARCH])
    return queries.following_page(request.actor, decision, at, asked=asked, number=_number(request))


def _not_yet(request: Request, decision_id: str) -> HttpResponse:
    decision = decision_for(request.actor, decision_id, "following.read")
    return render(request, "adherence/not_yet.html", {"decision": decision, "section": "following"})


def following_again(request: Request, decision_id: str, other: dict[str, Any]) -> HttpResponse:
    """The page of following once more, with forms as they were typed."""
    page = _page(request, decision_id)
    return _not_yet(request, decision_id) if page is None else _show(request, page, other=other, status=422)


def _show(
    request: Request,
    page: FollowingPage,
    *,
    answer: AnswerForm | None = None,
    experience: ExperienceForm | None = None,
    other: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page; `other` are forms as they were typed, by name: of an improvement, of help."""
    actor, closed = request.actor, "" if page.open else _("This version is no longer in force.")
    kept = {"visa": _one_of(Show, request.GET.get("visa", "")), "sok": request.GET.get("sok", "")[:LONGEST_SEARCH]}
    context = {
        "page": page,
        "origins": origins_of(actor, clock.now(), [told.id for group in page.learnt for told in group.told]),
        "board_form": BoardForm(initial=kept, choices=(), areas=(), auto_id="%s"),
        "narrowed": any(kept.values()),
        "chips": _address({"sok": kept["sok"]}) or "sida=1",
        "answer_form": answer or AnswerForm(initial=_latest(page), settled=_settled(page)),
        "experience_form": experience or ExperienceForm(aspects=page.aspects),
        "answer_refusal": closed or refusal_of(following_for, actor, page.version_id, "following.answer"),
        "experience_refusal": refusal_of(following_for, actor, page.version_id, "experience.share"),
        "lead_refusal": refusal_of(matter_for, actor, page.matter_id, "matter.lead"),
        "improvement_form": ImprovementForm(prefix="improvement"),
        "offer_form": WordsForm(prefix="offer"),
        "section": "following",
        "links": (touching := links.of_decision(actor, page.decision_id, clock.now())),
        "led": touching.of(StartKind.FOLLOWING, page.decision_id),
        "learnt": [(group, touching.beside(StartKind.EXPERIENCE, group.told)) for group in page.learnt],
        "analysing": refusal_of(contribution_for, actor, page.collaboration_id, clock.now()),
    } | (other or {})
    return render(request, "adherence/following.html", context | _paging(page.number, page.more, kept), status=status)


def _latest(page: FollowingPage) -> dict[str, Any]:
    """A promise stands in the form, so that it can be kept, moved or taken back; other answers start anew."""
    given = page.own.answer if page.own else None
    if given is None:
        return {}
    parts = [aspect_id for aspect_id, _label in given.parts]
    return {"kind": given.kind, "by": given.by, "actions": given.actions, "reason": given.reason, "aspect_ids": parts}
