"""What has been measured since a change was made, for whoever is to judge what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Absent
from samordna.domain.assessments.enums import Standing
from samordna.domain.assessments.queries.lists import questionnaire_page
from samordna.domain.change.access import change_for
from samordna.domain.change.enums import MeasureKind
from samordna.domain.change.queries.again import Again, for_everybody, measured_again
from samordna.domain.followup.queries.pages import indicator_page


@dataclass(frozen=True, slots=True, kw_only=True)
class Later:
    """Something that was measured after the change. `key`: the period of a figure."""

    label: str
    text: str
    url_name: str
    id: str
    key: str = ""
    colour: str = ""


def later_than(actor: Actor, change_id: str, at: datetime) -> tuple[Later, ...]:
    """Figures of the whole for periods that ended after the change was made, or waves that closed after it; as the reader
    may see them, the latest first. Nothing where it is seen by something else, or nothing has been measured since."""
    change = change_for(actor, change_id, at=at)
    if not change.done or change.closed_at is None:
        return ()
    since = clock.day(change.closed_at)
    try:
        match change.measure_kind:
            case MeasureKind.INDICATOR:
                return _figures(actor, change.measure_id, since, at)
            case MeasureKind.QUESTIONNAIRE:
                return _waves(actor, change.measure_id, since, at)
    except Absent:
        return ()
    return ()


def _figures(actor: Actor, indicator_id: str, since: date, at: datetime) -> tuple[Later, ...]:
    page = indicator_page(actor, indicator_id, at)
    found = [
        Later(
            label=moment.label,
            text=f"{moment.text}. {moment.way_sentence}",
            url_name="indicator",
            id=indicator_id,
            key=moment.period,
            colour=moment.colour,
        )
        for part in page.indicator.parts
        for moment in part.moments
        if moment.value is not None and moment.ends_on >= since
    ]
    return tuple(reversed(found))


def _waves(actor: Actor, questionnaire_id: str, since: date, at: datetime) -> tuple[Later, ...]:
    page = questionnaire_page(actor, questionnaire_id, at)
    return tuple(
        Later(label=row.title, text="", url_name="wave_result", id=row.id)
        for row in page.waves
        if row.standing == Standing.CLOSED and row.closes_on >= since
    )


def again_for(actor: Actor, change_id: str, at: datetime) -> tuple[Again | None, bool]:
    """What shows whether a change helped, and whether everybody who reads the chain may read the figures of that."""
    change = change_for(actor, change_id, at=at)
    again = measured_again(actor, change.need.turn.chain.collaboration, [change], at).get(change.pk)
    return again, again is not None and for_everybody(change, again, at)
