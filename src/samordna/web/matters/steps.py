"""The steps of the answer page: which there are, which are done, and what lies before and after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from samordna.domain.matters.queries import PositionForm


@dataclass(frozen=True, slots=True, kw_only=True)
class StepView:
    """One step: `state` is now, done or next (done also means that something has been said there)."""

    key: str
    label: str
    address: str
    state: str


def _labels(form: PositionForm) -> dict[str, str]:
    everything = {
        "idag": _("Today"),
        "behov": _("What you need"),
        "forutsattningar": _("Under what conditions"),
        "kostnad": _("Costs and gain"),
        "skicka": _("Send in"),
    }
    if form.subjects:
        return everything
    return {key: everything[key] for key in ("forutsattningar", "kostnad", "skicka")}


def _said(form: PositionForm) -> dict[str, bool]:
    return {
        "idag": bool(form.practices or form.position.note),
        "behov": bool(form.position.needs),
        "forutsattningar": bool(form.position.conditions),
        "kostnad": bool(form.costs or form.benefit),
        "skicka": form.sent_in,
    }


def step_of(asked: str, form: PositionForm) -> str:
    """The step that was asked for, or the first; the last for whoever only has to say that an old answer still holds."""
    labels = _labels(form)
    if form.carried and not asked:
        return "skicka"
    return asked if asked in labels else next(iter(labels))


def steps_for(form: PositionForm, now: str, url: str) -> list[StepView]:
    """All steps with their addresses."""
    said = _said(form)
    return [
        StepView(
            key=key,
            label=label,
            address=f"{url}?steg={key}",
            state="now" if key == now else "done" if said[key] else "next",
        )
        for key, label in _labels(form).items()
    ]


def neighbour(steps: list[StepView], now: str, way: int) -> StepView | None:
    """The step before (-1) or after (1)."""
    place = [step.key for step in steps].index(now) + way
    return steps[place] if 0 <= place < len(steps) else None
