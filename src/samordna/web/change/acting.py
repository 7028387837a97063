"""Change needs handed over and answered; changes planned, made, measured again."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext as _pg
from django.views.decorators.http import require_http_methods

from samordna.core import clock
from samordna.domain.change import operations as do
from samordna.domain.change.access import WRITE, change_for, need_for
from samordna.domain.change.enums import MeasureKind, TargetKind
from samordna.domain.change.queries.choices import asked_need, own_change, own_need, place_choices, role_choices
from samordna.domain.change.queries.later import later_than
from samordna.domain.change.queries.targets import Rows, possible_measures, possible_targets
from samordna.web.change.forms import AnswerForm, ChangeForm, EffectForm, FinishForm, PlaceForm, ReplanForm
from samordna.web.change.frame import METHODS, form_page, opened
from samordna.web.collaborations.forms import ReasonForm
from samordna.web.door import Request, requires
from samordna.web.forms import typed


@require_http_methods(METHODS)
@requires(WRITE)
def placing(request: Request, change_need_id: str) -> HttpResponse:
    """Say whose a change need is."""
    need, moved = opened(request, own_need, need_for, change_need_id)
    chain = need.turn.chain
    sides = [] if moved else place_choices(request.actor, change_need_id, clock.now())
    form = PlaceForm(typed(request), sides=sides)
    lead = _("What is given to the coordination is read by everybody in the collaboration, with the whole chain.")
    return form_page(
        request,
        chain,
        form,
        (_("Whose is the change need?"), _pg("button", "Save")),
        lambda: do.place_need(actor=request.actor, need_id=change_need_id, **form.cleaned_data),
        done=_("Saved. Whoever is asked is told, and answers."),
        lead="" if chain.shared else lead,
        quote=need.text,
        moved=moved,
    )


@require_http_methods(METHODS)
@requires(WRITE)
def answering(request: Request, change_need_id: str) -> HttpResponse:
    """Answer a change need that one was given."""
    need, moved = opened(request, asked_need, need_for, change_need_id)
    form = AnswerForm(typed(request))
    return form_page(
        request,
        need.turn.chain,
        form,
        (_("Answer the change need"), _pg("button", "Answer")),
        lambda: do.answer_need(actor=request.actor, need_id=change_need_id, **form.cleaned_data),
        done=_("Answered. Whoever gave you the change need is told."),
        quote=need.text,
        moved=moved,
    )


@require_http_methods(METHODS)
@requires(WRITE)
def letting_go(request: Request, change_need_id: str) -> HttpResponse:
    """Let a change need go."""
    need, moved = opened(request, own_need, need_for, change_need_id)
    form = ReasonForm(typed(request))
    return form_page(
        request,
        need.turn.chain,
        form,
        (_("Let the change need go"), _("Let it go")),
        lambda: do.let_need_go(actor=request.actor, need_id=change_need_id, **form.cleaned_data),
        done=_("The change need is let go, and kept with the reason."),
        quote=need.text,
        moved=moved,
    )


@require_http_methods(METHODS)
@requires(WRITE)
def planning(request: Request, change_need_id: str) -> HttpResponse:
    """Say what is changed for a need."""
    (need, moved), at = opened(request, own_need, need_for, change_need_id), clock.now()
    chain = need.turn.chain
    form = ChangeForm(
        typed(request),
        roles=[] if moved else role_choices(request.actor, change_need_id, at),
        targets=_grouped(TargetKind, possible_targets(request.actor, chain.collaboration_id, at)),
        measures=_grouped(MeasureKind, possible_measures(request.actor, chain.collaboration_id, at)),
        initial={"role_id": request.actor.role_id},
    )
    return form_page(
        request,
        chain,
        form,
        (_("What is changed?"), _("Plan the change")),
        lambda: do.plan_change(actor=request.actor, need_id=change_need_id, **form.arguments()),
        done=_("The change is planned."),
        quote=need.text,
        moved=moved,
    )


def _grouped(kinds: type[TargetKind] | type[MeasureKind], rows: dict[str, Rows]) -> list[tuple[str, Rows]]:
    return [
        (str(kinds(kind).label), [(f"{kind}:{pk}", title) for pk, title in those]) for kind, those in rows.items() if those
    ]


@require_http_methods(METHODS)
@requires(WRITE)
def replanning(request: Request, change_id: str) -> HttpResponse:
    """Give a change another role or day."""
    change, moved = opened(request, own_change, change_for, change_id)
    first = {"role_id": change.role_id, "by": change.by, "measure_on": change.measure_on}
    roles = [] if moved else role_choices(request.actor, change.need_id, clock.now())
    form = ReplanForm(typed(request), roles=roles, initial=first)
    return form_page(
        request,
        change.need.turn.chain,
        form,
        (_("Another role or day"), _pg("button", "Save")),
        lambda: do.replan_change(actor=request.actor, change_id=change_id, **form.cleaned_data),
        done=_("Saved."),
        quote=change.what,
        moved=moved,
    )


@require_http_methods(METHODS)
@requires(WRITE)
def finishing(request: Request, change_id: str) -> HttpResponse:
    """Say that a change is made."""
    change, moved = opened(request, own_change, change_for, change_id)
    form = FinishForm(typed(request), passed=change.measure_on < clock.day(clock.now()))
    return form_page(
        request,
        change.need.turn.chain,
        form,
        (_("The change is made"), _("The change is made")),
        lambda: do.finish_change(actor=request.actor, change_id=change_id, **form.cleaned_data),
        done=_("Well done. It is measured again on the day you said."),
        quote=change.what,
        moved=moved,
    )


@require_http_methods(METHODS)
@requires(WRITE)
def dropping(request: Request, change_id: str) -> HttpResponse:
    """Say that a change is not made after all."""
    change, moved = opened(request, own_change, change_for, change_id)
    form = ReasonForm(typed(request))
    return form_page(
        request,
        change.need.turn.chain,
        form,
        (_("Drop the change"), _("Drop the change")),
        lambda: do.drop_change(actor=request.actor, change_id=change_id, **form.cleaned_data),
        done=_("The change is dropped. The need is still there."),
        quote=change.what,
        moved=moved,
    )


@require_http_methods(METHODS)
@requires(WRITE)
def judging(request: Request, change_id: str) -> HttpResponse:
    """Say what came of a change, beside what has been measured since."""
    change, moved = opened(request, own_change, change_for, change_id)
    later = later_than(request.actor, change_id, clock.now())
    form = EffectForm(typed(request))
    return form_page(
        request,
        change.need.turn.chain,
        form,
        (_("Did it help?"), _pg("button", "Save")),
        lambda: do.judge_effect(actor=request.actor, change_id=change_id, **form.cleaned_data),
        done=_("Saved."),
        quote=change.what,
        moved=moved,
        later=later,
        measured=True,
    )
