"""Change needs handed over and answered; changes planned, made, measured again."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext as _pg
from django.views.decorators.http import require_http_methods

from samordna.core import clock
from samordna.domain.change import operations as do
from samordna.domain.change.access import WRITE
from samordna.domain.change.enums import MeasureKind, TargetKind
from samordna.domain.change.queries.choices import asked_need, place_choices, role_choices
from samordna.domain.change.queries.later import again_for, later_than
from samordna.domain.change.queries.raising import raised_last
from samordna.domain.change.queries.targets import Rows, possible_measures, possible_targets
from samordna.web.change.forms import AnswerForm, ChangeForm, EffectForm, FinishForm, PlaceForm, ReplanForm
from samordna.web.change.frame import METHODS, about_change, about_need, form_page
from samordna.web.collaborations.forms import ReasonForm
from samordna.web.door import Request, requires
from samordna.web.forms import typed


@require_http_methods(METHODS)
@requires(WRITE)
def placing(request: Request, change_need_id: str) -> HttpResponse:
    """Say whose a change need is."""
    about = about_need(request, change_need_id)
    sides = [] if about.moved else place_choices(request.actor, change_need_id, clock.now())
    form = PlaceForm(typed(request), sides=sides)
    lead = _("What is given to the coordination is read by everybody in the collaboration, with the whole chain.")
    texts, done = (
        (_("Whose is the change need?"), _pg("button", "Save")),
        _("Saved. Whoever is asked is told, and answers."),
    )
    return form_page(request, about, form, texts, do.place_need, done=done, lead="" if about.chain.shared else lead)


@require_http_methods(METHODS)
@requires(WRITE)
def answering(request: Request, change_need_id: str) -> HttpResponse:
    """Answer a change need that one was given."""
    about, form = about_need(request, change_need_id, asked_need), AnswerForm(typed(request))
    texts = (_("Answer the change need"), _pg("button", "Answer"))
    done = _("Answered. Whoever gave you the change need is told.")
    return form_page(request, about, form, texts, do.answer_need, done=done)


@require_http_methods(METHODS)
@requires(WRITE)
def letting_go(request: Request, change_need_id: str) -> HttpResponse:
    """Let a change need go."""
    about, form = about_need(request, change_need_id), ReasonForm(typed(request))
    texts, done = (_("Let the change need go"), _("Let it go")), _("The change need is let go, and kept with the reason.")
    return form_page(request, about, form, texts, do.let_need_go, done=done)


@require_http_methods(METHODS)
@requires(WRITE)
def planning(request: Request, change_need_id: str) -> HttpResponse:
    """Say what is changed for a need."""
    about, at = about_need(request, change_need_id), clock.now()
    place = about.chain.collaboration_id
    form = ChangeForm(
        typed(request),
        roles=[] if about.moved else role_choices(request.actor, change_need_id, at),
        targets=_grouped(TargetKind, possible_targets(request.actor, place, at)),
        measures=_grouped(MeasureKind, possible_measures(request.actor, place, at)),
        initial={"role_id": request.actor.role_id, "target": raised_last(request.actor, about.thing, at)},
    )
    texts, done = (_("What is changed?"), _("Plan the change")), _("The change is planned.")
    return form_page(request, about, form, texts, do.plan_change, done=done)


def _grouped(kinds: type[TargetKind] | type[MeasureKind], rows: dict[str, Rows]) -> list[tuple[str, Rows]]:
    return [
        (str(kinds(kind).label), [(f"{kind}:{pk}", title) for pk, title in those]) for kind, those in rows.items() if those
    ]


@require_http_methods(METHODS)
@requires(WRITE)
def replanning(request: Request, change_id: str) -> HttpResponse:
    """Give a change another role or day."""
    about = about_change(request, change_id)
    change = about.thing
    first = {"role_id": change.role_id, "by": change.by, "measure_on": change.measure_on}
    roles = [] if about.moved else role_choices(request.actor, change.need_id, clock.now())
    form = ReplanForm(typed(request), roles=roles, initial=first)
    texts = (_("Another role or day"), _pg("button", "Save"))
    return form_page(request, about, form, texts, do.replan_change, done=_("Saved."))


@require_http_methods(METHODS)
@requires(WRITE)
def finishing(request: Request, change_id: str) -> HttpResponse:
    """Say that a change is made."""
    about = about_change(request, change_id)
    form = FinishForm(typed(request), passed=about.thing.measure_on < clock.day(clock.now()))
    texts = (_("The change is made"), _("The change is made"))
    done = _("Well done. It is measured again on the day you said.")
    return form_page(request, about, form, texts, do.finish_change, done=done)


@require_http_methods(METHODS)
@requires(WRITE)
def dropping(request: Request, change_id: str) -> HttpResponse:
    """Say that a change is not made after all."""
    about, form = about_change(request, change_id), ReasonForm(typed(request))
    texts, done = (_("Drop the change"), _("Drop the change")), _("The change is dropped. The need is still there.")
    return form_page(request, about, form, texts, do.drop_change, done=done)


@require_http_methods(METHODS)
@requires(WRITE)
def judging(request: Request, change_id: str) -> HttpResponse:
    """Say what came of a change, beside what has been measured since."""
    about, at = about_change(request, change_id), clock.now()
    later, (again, everybodys) = later_than(request.actor, change_id, at), again_for(request.actor, change_id, at)
    first = {"kind": again.kind, "said": again.text if everybodys else ""} if again and "utifran" in request.GET else {}
    form = EffectForm(typed(request), initial=first)
    texts = (_("Did it help?"), _pg("button", "Save"))
    return form_page(
        request, about, form, texts, do.judge_effect, done=_("Saved."), later=later, again=again, measured=True
    )
