"""What stands in the forms of a series and of a question about a time, by what they are made of (`core.overtaking`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, time
from typing import Any

from samordna.domain.forums.enums import Weekday
from samordna.domain.scheduling.enums import Wanted
from samordna.domain.scheduling.models import Series, TimeQuestion
from samordna.domain.scheduling.patterns import ends_of


def series_words(series: Series) -> dict[str, str]:
    """How a series comes again and where, apart from the day from which it does."""
    return {
        "rule": series.rule,
        "dates": " ".join(series.dates),
        "left_out": " ".join(series.left_out),
        "begins": f"{series.begins:%H:%M}",
        "ends": f"{ends_of(series.begins, series.minutes):%H:%M}",
        "zone": series.zone,
        "title": series.title,
        "place": series.place,
        "link": series.link,
    }


def sought_words(
    title: str,
    minutes: int,
    window: tuple[date, date],
    hours: tuple[time, time],
    weekdays: Iterable[int],
    answer_by: date | None,
    wanted: Mapping[str, str],
) -> dict[str, Any]:
    """What is looked for, as the form has it: each role that is asked is a field of its own."""
    said: dict[str, Any] = {"title": title, "minutes": minutes, "answer_by": answer_by}
    said |= {"first_on": window[0], "last_on": window[1], "weekdays": " ".join(map(str, sorted(set(weekdays))))}
    said |= {"opens": f"{hours[0]:%H:%M}", "closes": f"{hours[1]:%H:%M}"}
    return said | {f"role_{role_id}": how for role_id, how in wanted.items()}


def question_words(question: TimeQuestion, wanted: Mapping[str, str]) -> dict[str, Any]:
    """What a question looks for now; `wanted`: how much each role is."""
    window, hours = (question.first_on, question.last_on), (question.opens, question.closes)
    return sought_words(question.title, question.minutes, window, hours, question.weekdays, question.answer_by, wanted)


def question_told(question: TimeQuestion, wanted: Mapping[str, str]) -> dict[str, str]:
    """What is stored, where the form's value is not what anybody reads."""
    told = {f"role_{role_id}": str(Wanted(how).label) for role_id, how in wanted.items()}
    return told | {"weekdays": ", ".join(str(Weekday(day).label) for day in question.weekdays)}
