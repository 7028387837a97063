"""The shapes of questionnaires, waves, feedback and thanks as JSON."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from ninja import Schema

from samordna.api.common_shapes import Made
from samordna.api.foundation import Page

__all__ = ["Made"]


class QuestionnaireRowOut(Schema):
    """One questionnaire."""

    id: str
    title: str
    kind: str
    waves: int
    weeks_between: int | None
    next_on: date | None


class WaveRowOut(Schema):
    """One wave; `standing` is coming, open or closed."""

    id: str
    title: str
    questionnaire: str
    opens_on: date
    closes_on: date
    standing: str
    anonymous: bool
    answers: int


class QuestionnairesOut(Page):
    """A page of what a collaboration asks about itself."""

    items: list[QuestionnaireRowOut]


class WavesOut(Page):
    """A page of the times that it has asked."""

    items: list[WaveRowOut]


class ShippedIn(Schema):
    """One that comes with the installation: self, self_short, integration or pulse."""

    key: str


class TitleIn(Schema):
    """A questionnaire of one's own."""

    title: str


class AddedQuestionIn(Schema):
    """One more question."""

    kind: str
    text: str
    options: list[str] = []
    section: str = ""
    required: bool = False
    needed: bool = False


class WaveVersionOut(Schema):
    """Which version it is now."""

    number: int


class RhythmIn(Schema):
    """How often it is asked; `weeks` null: not by itself."""

    weeks: int | None
    first_on: date | None = None


class WaveIn(Schema):
    """When it is asked, and of whom."""

    opens_on: date
    closes_on: date
    title: str = ""
    why: str = ""
    anonymous: bool = True
    together: int = 5
    role_kinds: list[str] = []
    ask_level: bool = False


class WaveGroupOut(Schema):
    """A group that does not sign in."""

    id: str
    name: str
    organisation: str
    links: int
    used: int


class WaveOut(Schema):
    """One wave. `refused`: why one cannot answer it now, or ""."""

    row: WaveRowOut
    why: str
    together: int
    roles: list[str]
    on_paper: int
    groups: list[WaveGroupOut]
    refused: str
    drafted: bool


class WaveQuestionOut(Schema):
    """One thing to answer; `name` is its key among the answers."""

    name: str
    label: str
    help: str
    kind: str
    options: list[tuple[str, str]]
    section: str
    required: bool


class WaveToAnswerOut(Schema):
    """A wave to answer; `typed`: what one has kept."""

    title: str
    lead: str
    why: str
    closes_on: date
    anonymous: bool
    together: int
    ask_level: bool
    asked: list[WaveQuestionOut]
    typed: dict[str, list[str]]
    refused: str


class WaveReplyIn(Schema):
    """What is answered, by the names of what is asked, each a list of what was chosen or typed."""

    answers: dict[str, list[str]]
    level: str = ""


class PaperReplyIn(WaveReplyIn):
    """An answer on paper; `whose`: a group's or a participant's id."""

    whose: str


class WaveGroupIn(Schema):
    """A group that does not sign in."""

    name: str
    organisation_id: str = ""


class WaveLinksIn(Schema):
    """So many links, and letters to these addresses."""

    number: int = 0
    recipients: list[str] = []


class LinksOut(Schema):
    """The links' secrets: not kept, and never shown again."""

    tokens: list[str]


class WaveColumnOut(Schema):
    """A group of answers; `n` null: not told."""

    label: str
    n: int | None


class WaveSeenOut(Schema):
    """What a group said; null: not shown."""

    now: Decimal | None
    needed: Decimal | None
    n: int | None
    top: int | None


class ChoiceOut(Schema):
    """How many chose an alternative."""

    text: str
    n: int
    share: int


class QuestionResultOut(Schema):
    """One question, `seen` by column."""

    key: str
    text: str
    kind: str
    n: int | None
    seen: list[WaveSeenOut]
    choices: list[ChoiceOut]
    lines: list[str]


class GapOut(Schema):
    """Where it is a step or more from what is needed."""

    key: str
    text: str
    who: str
    now: Decimal
    needed: Decimal


class MatrixOut(Schema):
    """What each says about each of the others."""

    text: str
    columns: list[str]
    rows: list[tuple[str, list[WaveSeenOut | None]]]


class TrendOut(Schema):
    """The means of a question, wave after wave."""

    text: str
    means: list[Decimal | None]


class ApartOut(Schema):
    """A question that groups of the same kind see differently: the lowest and the highest of them."""

    key: str
    text: str
    low: str
    low_mean: Decimal
    high: str
    high_mean: Decimal


class WaveDataLineOut(Schema):
    """One value of one variable in one group, or its mean."""

    variable: str
    group_kind: str
    group: str
    n: int
    value: str
    count: int | str
    mean: str


class WaveDataOut(Schema):
    """A closed wave's result, value by value."""

    lines: list[WaveDataLineOut]


class WaveVariableOut(Schema):
    """What a variable asked."""

    variable: str
    section: str
    text: str
    about: str
    asked: str
    kind: str
    values: str


class WaveCodebookOut(Schema):
    """The variables of a wave."""

    variables: list[WaveVariableOut]


class WaveResultOut(Schema):
    """What a closed wave came to. `hidden`: why nothing is shown, or ""."""

    row: WaveRowOut
    hidden: str
    columns: list[WaveColumnOut]
    results: list[QuestionResultOut]
    matrices: list[MatrixOut]
    gaps: list[GapOut]
    apart: list[ApartOut]
    trend_waves: list[date]
    trend: list[TrendOut]


class FeedbackOut(Schema):
    """What was thought and what was done about it."""

    id: str
    organisation: str
    decision_id: str
    decision: str
    text: str
    given_at: datetime
    outcome: str
    answer: str
    answered_at: datetime | None


class RecognitionOut(Schema):
    """Thanks."""

    id: str
    giver: str
    receiver: str
    text: str
    helped: str
    decision_id: str
    matter_id: str
    given_at: datetime


class FeedbackListOut(Page):
    """A page of feedback; what is not answered yet has no `answered_at`."""

    items: list[FeedbackOut]


class ThanksListOut(Page):
    """A page of thanks."""

    items: list[RecognitionOut]


class FeedbackIn(Schema):
    """What one thinks; without a decision it is about the coordination."""

    text: str
    decision_id: str = ""


class FeedbackAnswerIn(Schema):
    """What came of it: changed, planned or kept, and what was done."""

    outcome: str
    answer: str


class ThanksIn(Schema):
    """Thanks to another organisation."""

    organisation_id: str
    text: str
    helped: str
    decision_id: str = ""
    matter_id: str = ""


Content = dict[str, Any]
"""A questionnaire as its file has it."""
