"""What every page about a matter begins with: its words, where it stands in the loop, and what it asks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.domain.matters.enums import AspectKind, MatterStage
from samordna.domain.matters.models import Aspect, Matter
from samordna.domain.matters.states import CLOSED, LOOP


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterHead:
    """A matter's own words and standing. `late`: the day to answer has passed while answers are gathered."""

    id: str
    number: int
    title: str
    purpose: str
    for_the_individual: str
    convenience: str
    kind_label: str
    stage: str
    stage_label: str
    collaboration_id: str
    collaboration: str
    area: str
    unit: str
    answer_by: date | None
    late: bool
    closed_reason: str
    closed_at: datetime | None
    previous_id: str
    previous_title: str

    @property
    def draft(self) -> bool:
        """Is it still being prepared?"""
        return self.stage == MatterStage.DRAFT

    @property
    def gathering(self) -> bool:
        """Are answers being gathered?"""
        return self.stage == MatterStage.GATHERING

    @property
    def let_be(self) -> bool:
        """Was it decided not to coordinate it?"""
        return self.stage == MatterStage.LET_BE

    @property
    def replaced(self) -> bool:
        """Has a later turn taken its place?"""
        return self.stage == MatterStage.REPLACED

    @property
    def closed(self) -> bool:
        """Was it replaced, let be or withdrawn?"""
        return self.stage in CLOSED


def head_of(matter: Matter, at: datetime) -> MatterHead:
    """The head; `matter.collaboration`, `area` and `previous` should be loaded."""
    stage = MatterStage(matter.stage)
    return MatterHead(
        id=matter.pk,
        number=matter.number,
        title=matter.title,
        purpose=matter.purpose,
        for_the_individual=matter.for_the_individual,
        convenience=matter.convenience,
        kind_label=matter.get_kind_display(),
        stage=stage.value,
        stage_label=str(stage.label),
        collaboration_id=matter.collaboration_id,
        collaboration=matter.collaboration.name,
        area=matter.area.name,
        unit=matter.unit,
        answer_by=matter.answer_by,
        late=stage is MatterStage.GATHERING and matter.answer_by is not None and matter.answer_by < clock.day(at),
        closed_reason=matter.closed_reason,
        closed_at=matter.closed_at,
        previous_id=matter.previous_id or "",
        previous_title=matter.previous.title if matter.previous else "",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class StageStep:
    """One step of the loop on the stepper: `state` is done, now or next."""

    label: str
    state: str
    note: str = ""


def steps_of(matter: Matter, note: str = "") -> list[StageStep]:
    """The loop with the matter's place in it; `note` stands at the present step. A closed matter shows its end instead."""
    stage = MatterStage(matter.stage)
    if stage in CLOSED:
        return [StageStep(label=str(stage.label), state="now", note=matter.closed_reason[:80])]
    here = LOOP.index(stage)
    states = ["done"] * here + ["now"] + ["next"] * (len(LOOP) - here - 1)
    return [
        StageStep(label=str(step.label), state=state, note=note if state == "now" else "")
        for step, state in zip(LOOP, states, strict=True)
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class AspectView:
    """One aspect as it is shown. `options` is one line: the labels, or the span of a whole number."""

    id: str
    label: str
    explanation: str
    kind: str
    kind_label: str
    sharing: str
    sharing_label: str
    weight: int
    unit: str
    labels: tuple[str, ...]
    options: str


def aspect_views(aspects: Iterable[Aspect]) -> list[AspectView]:
    """Aspects with their options loaded, in order."""
    return [_aspect_view(aspect) for aspect in aspects]


def _aspect_view(aspect: Aspect) -> AspectView:
    labels = tuple(o.label for o in sorted(aspect.options.all(), key=lambda option: (option.order, option.pk)))
    return AspectView(
        id=aspect.pk,
        label=aspect.label,
        explanation=aspect.explanation,
        kind=aspect.kind,
        kind_label=aspect.get_kind_display(),
        sharing=aspect.sharing,
        sharing_label=aspect.get_sharing_display(),
        weight=aspect.weight,
        unit=aspect.unit,
        labels=labels,
        options=_one_line(AspectKind(aspect.kind), labels, aspect.unit),
    )


def _one_line(kind: AspectKind, labels: tuple[str, ...], unit: str) -> str:
    if kind is not AspectKind.RANGE or len(labels) < 3:
        return " · ".join(labels)
    span = _("%(lowest)s to %(highest)s") % {"lowest": labels[0], "highest": labels[-1]}
    step = int(labels[1]) - int(labels[0])
    every = _(", in steps of %(step)s") % {"step": step} if step > 1 else ""
    return f"{span} {unit}".strip() + every
