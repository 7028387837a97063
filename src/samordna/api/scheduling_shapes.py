"""The shapes of series and of times that are looked for as JSON."""

from __future__ import annotations

from datetime import date, datetime, time

from ninja import Field, Schema

from samordna.api.common_shapes import Made, ReasonIn
from samordna.api.foundation import Page
from samordna.domain.forums.rhythm import LONGEST_RULE
from samordna.domain.scheduling.limits import LARGEST_CALENDAR, MOST_ASKED, MOST_DATES, MOST_TIMES

__all__ = ["Made", "ReasonIn"]


class SeriesIn(Schema):
    """When meetings come again: by a rule as RFC 5545 writes it, on dates, or both. Times as the clocks show them in
    `zone`, which is the installation's when it is empty."""

    starts_on: date
    begins: time
    ends: time
    rule: str = Field("", max_length=LONGEST_RULE + 100)
    dates: list[date] = Field([], max_length=MOST_DATES + 1)
    left_out: list[date] = Field([], max_length=MOST_DATES + 1)
    title: str = ""
    place: str = ""
    link: str = ""
    zone: str = ""


class SeriesAgainIn(SeriesIn):
    """How it comes again from `starts_on` on. `seen`: the fingerprint of what one began from."""

    seen: str = ""


class SeriesEndIn(Schema):
    """From when no more meetings come, and whether those that are planned already are kept."""

    from_on: date
    keep: bool = False


class ComingDayOut(Schema):
    """A day of a series, with what is odd about it or is on the same day."""

    on: date
    starts_at: datetime
    ends_at: datetime
    remarks: list[str]


class PreviewOut(Schema):
    """What a series would give in the year ahead."""

    sentence: str
    days: list[ComingDayOut]


class OccurrenceOut(Schema):
    """A meeting of a series; `moved`: somebody has changed it by hand."""

    meeting_id: str
    on: date
    starts_at: datetime
    ends_at: datetime
    place: str
    state: str
    moved: bool


class SeriesOut(Schema):
    """A series with its meetings to come."""

    id: str
    forum_id: str
    sentence: str
    title: str
    place: str
    link: str
    rule: str
    dates: list[date]
    left_out: list[date]
    starts_on: date
    ends_on: date | None
    zone: str
    fingerprint: str
    coming: list[OccurrenceOut]


class SeriesList(Page):
    """Series."""

    items: list[SeriesOut]


class StayedOut(Schema):
    """A meeting that stays because somebody has moved it."""

    id: str
    starts_at: datetime


class FollowedOut(Schema):
    """What a change did to the meetings of the series."""

    followed: int
    made: int
    cancelled: int
    stayed: list[StayedOut]


class SoughtIn(Schema):
    """What is looked for. `wanted`: must, should or may, by role; `weekdays`: 0 is Monday."""

    minutes: int
    first_on: date
    last_on: date
    opens: time
    closes: time
    wanted: dict[str, str] = Field(max_length=MOST_ASKED + 1)
    weekdays: list[int] = Field([0, 1, 2, 3, 4], max_length=7)
    answer_by: date | None = None
    title: str = ""


class SoughtAgainIn(SoughtIn):
    """What is looked for from now on. `seen`: the fingerprint of what one began from."""

    seen: str = ""


class SpotIn(Schema):
    """Where one could meet. `travel`: minutes from each organisation, by its id."""

    name: str
    seats: int | None = None
    online: bool = False
    travel: dict[str, int] = Field({}, max_length=MOST_ASKED)


class TimeIn(Schema):
    """A time that is proposed by hand, as the clocks show it."""

    on: date
    begins: time
    spot_id: str = ""


class AnswersIn(Schema):
    """What a role says, by time: yes, if_need_be or no; and why, by time."""

    answers: dict[str, str] = Field(max_length=MOST_TIMES)
    reasons: dict[str, str] = Field({}, max_length=MOST_TIMES)


class CalendarIn(Schema):
    """A calendar as iCalendar writes it."""

    calendar: str = Field(max_length=LARGEST_CALENDAR + 1)


class ChoiceIn(Schema):
    """Whether the meeting is called to at once."""

    call: bool = False


class QuestionRowOut(Schema):
    """A question about a time in a list."""

    id: str
    forum_id: str
    forum: str
    title: str
    first_on: date
    last_on: date
    minutes: int
    answer_by: date | None
    closed_at: datetime | None
    meeting_id: str
    mine: bool
    answered: bool


class QuestionList(Page):
    """Questions about times."""

    items: list[QuestionRowOut]


class TimeReplyOut(Schema):
    """What a role says of a time; "" when nothing."""

    option_id: str
    suits: str
    reason: str
    by: str


class AskedRoleOut(Schema):
    """A role that is asked."""

    id: str
    role_id: str
    role: str
    organisation: str
    holders: list[str]
    wanted: str
    mine: bool
    silent: bool
    calendars: int
    cells: list[TimeReplyOut]


class TimeOptionOut(Schema):
    """A proposed time with what speaks against it."""

    id: str
    starts_at: datetime
    ends_at: datetime
    place: str
    by_hand: bool
    counts: dict[str, int]
    possible: bool
    best: bool
    sentences: list[str]
    busy: list[str]
    collides: list[str]


class SpotOut(Schema):
    """A place where one could meet."""

    id: str
    name: str
    seats: int | None
    online: bool
    ways: list[str]


class TimeQuestionOut(Schema):
    """A question about a time: the times, who says what, and which is best."""

    row: QuestionRowOut
    opens: time
    closes: time
    weekdays: list[int]
    dropped_reason: str
    options: list[TimeOptionOut]
    asked: list[AskedRoleOut]
    spots: list[SpotOut]
    refused: str
    fingerprint: str
