"""What shows whether changes helped, where their measuring day has come: the figure before each and the one after."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.domain.assessments.asking import standing
from samordna.domain.assessments.enums import Standing
from samordna.domain.assessments.models import Wave
from samordna.domain.change.enums import EffectKind, MeasureKind
from samordna.domain.change.models import Change
from samordna.domain.change.queries.targets import named
from samordna.domain.collaborations.enums import Direction
from samordna.domain.collaborations.models import Collaboration
from samordna.domain.collaborations.phrases import figure
from samordna.domain.followup.access import Sees, sees_in, sees_in_common
from samordna.domain.followup.models import Indicator
from samordna.domain.followup.phrases import readable
from samordna.domain.followup.queries.frames import heirs
from samordna.domain.followup.queries.pages import Measured, measured_in
from samordna.domain.followup.queries.series import Moment, Part


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """Something that was measured again. `text`: from what to what, and when. `kind`: the effect that this speaks for, ""
    where that is not to be seen from it. `id`: the period of a figure, or the wave."""

    id: str
    text: str
    kind: str = ""


def measured_again(actor: Actor, given: Collaboration, changes: Iterable[Change], at: datetime) -> Mapping[str, Again]:
    """For each of these changes whose measuring day has come and that is not judged: the latest figure of the whole from a
    period that ended since it was made, or the latest wave that closed since; as the reader may see them. As many questions
    for one change as for many."""
    due = [change for change in changes if _due(change, clock.day(at))]
    seen = named(actor, {(change.measure_kind, change.measure_id) for change in due}, at)
    due = [change for change in due if (change.measure_kind, change.measure_id) in seen]
    found = dict(_figures(actor, given, due, at))
    found.update(_waves(due, at))
    return found


def for_everybody(change: Change, again: Again, at: datetime) -> bool:
    """May everybody in the collaboration read the figures of this?"""
    given, today = change.need.turn.chain.collaboration, clock.day(at)
    indicators = list(Indicator.objects.filter(pk=change.measure_id, collaboration=given))
    if change.measure_kind != MeasureKind.INDICATOR or not indicators:
        return change.measure_kind == MeasureKind.QUESTIONNAIRE
    found = _measured(given, indicators, sees_in_common(given, today), today)
    return _between(change, found[indicators[0].pk]) == again


def _due(change: Change, today: date) -> bool:
    if not change.done or change.measure_kind == MeasureKind.WORDS:
        return False
    effects = sorted(change.effects.all(), key=lambda one: one.judged_at)
    if effects and effects[-1].kind != EffectKind.TOO_EARLY:
        return False
    day = effects[-1].next_on if effects and effects[-1].next_on else change.measure_on
    return day <= today


def _figures(actor: Actor, given: Collaboration, changes: Collection[Change], at: datetime) -> Iterable[tuple[str, Again]]:
    ids = {change.measure_id for change in changes if change.measure_kind == MeasureKind.INDICATOR}
    indicators = (
        list(Indicator.objects.filter(pk__in=ids, collaboration=given).select_related("collaboration")) if ids else []
    )
    if not indicators:
        return
    today = clock.day(at)
    found = _measured(given, indicators, sees_in(actor, given, at), today)
    for change in changes:
        if change.measure_id in found:
            again = _between(change, found[change.measure_id])
            if again:
                yield change.pk, again


def _measured(given: Collaboration, indicators: Sequence[Indicator], sees: Sees, today: date) -> Mapping[str, Measured]:
    measured = measured_in(given, indicators, heirs(given), sees, today)
    return {one.id: one for rows in measured.values() for one in rows}


def _between(change: Change, measured: Measured) -> Again | None:
    """From the last figure before the change to the latest since, in figures that can be compared."""
    since = clock.day(change.closed_at) if change.closed_at else clock.day(change.planned_at)
    for part in measured.parts:
        told = sorted((one for one in part.moments if one.value is not None), key=lambda one: one.ends_on)
        after = [one for one in told if one.ends_on >= since]
        if after:
            before = [one for one in told if one.ends_on < since]
            return _again(part, before[-1] if before else None, after[-1], measured.direction)
    return None


def _again(part: Part, before: Moment | None, after: Moment, direction: str) -> Again:
    then = before.value if before else part.baseline
    if then is None or after.value is None:
        return Again(id=after.period, text=f"{after.text}, {after.label}")
    kind = EffectKind.UNCHANGED
    if after.value != then:
        rose = after.value > then
        kind = EffectKind.BETTER if rose == (direction == Direction.UP) else EffectKind.WORSE
    told = "" if direction == Direction.KEEP else str(kind)
    return Again(id=after.period, text=f"{figure(readable(then))} → {after.text}, {after.label}", kind=told)


def _waves(changes: Collection[Change], at: datetime) -> Iterable[tuple[str, Again]]:
    """The latest wave of each questionnaire that has closed since the change was made."""
    asked = [change for change in changes if change.measure_kind == MeasureKind.QUESTIONNAIRE]
    if not asked:
        return
    ids, today = {change.measure_id for change in asked}, clock.day(at)
    waves = Wave.objects.filter(version__questionnaire__in=ids).select_related("version").order_by("-closes_on", "pk")
    closed = [one for one in waves if standing(one, today) == Standing.CLOSED]
    for change in asked:
        since = clock.day(change.closed_at) if change.closed_at else today
        later = (one for one in closed if one.version.questionnaire_id == change.measure_id and one.closes_on >= since)
        wave = next(later, None)
        if wave is not None:
            yield change.pk, Again(id=wave.pk, text=_("asked again in %(wave)s") % {"wave": wave.title})
