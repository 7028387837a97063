"""What a closed wave came to, in groups that tell of nobody; its gaps, and the trend of its questionnaire.

A result costs the same number of questions to the database whatever was asked and however many answered: the replies of
the wave once, and those of earlier waves of the same questionnaire once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby

from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.domain.assessments.access import READ, asked_about, wave_for
from samordna.domain.assessments.answers import NEEDED, Variable, variables
from samordna.domain.assessments.asking import standing
from samordna.domain.assessments.content import Content, Question, said
from samordna.domain.assessments.enums import Level, QuestionKind, Standing
from samordna.domain.assessments.groups import BY_LINK, HANDED, ON_PAPER, SIGNED_IN
from samordna.domain.assessments.limits import MOST_WAVES_SHOWN
from samordna.domain.assessments.models import OutsideGroup, Wave, WaveReply
from samordna.domain.assessments.queries.lists import WaveRow, wave_row
from samordna.domain.assessments.reading import content_of
from samordna.domain.assessments.tally import GAP, Answered, Figure, Row, Tally, tally
from samordna.domain.organisations.models import Organisation

ALL: Row = ("all", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One group of the answers. `n`: how many answered, None where that is not told."""

    row: Row
    label: str
    n: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What one group said of one question, None where it is not shown. `gap`: needed less now."""

    now: Decimal | None
    needed: Decimal | None
    n: int | None
    top: int | None

    @property
    def gap(self) -> Decimal | None:
        """How far it is from what is needed."""
        return self.needed - self.now if self.now is not None and self.needed is not None else None

    @property
    def wide(self) -> bool:
        """Is it a step or more?"""
        return self.gap is not None and self.gap >= GAP


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """How many chose an alternative, and in a hundred of those who answered."""

    text: str
    n: int
    share: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One question. `seen`: by column, where there is a mean; `choices`: of all; `lines`: own words."""

    key: str
    section: str
    text: str
    kind: str
    needed: bool
    steps: int
    first: int
    n: int | None
    seen: tuple[Seen, ...] = ()
    choices: tuple[Choice, ...] = ()
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A difference worth working on: what a group says is needed, and how it is. A change need can be made of it: it names
    where it was found (`wave_id`, `key`, `row`) and what it is, and leads nowhere by itself."""

    wave_id: str
    key: str
    text: str
    row: Row
    who: str
    now: Decimal
    needed: Decimal

    @property
    def size(self) -> Decimal:
        """How large it is."""
        return self.needed - self.now


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart:
    """A question that groups of the same kind see differently: the lowest and the highest of them."""

    key: str
    text: str
    low: str
    low_mean: Decimal
    high: str
    high_mean: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """A question about each of the others: who answered by row, about whom by column; None on the diagonal."""

    text: str
    steps: tuple[tuple[str, str], ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Seen | None, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """The means of one question in wave after wave, the oldest first; None where too few answered."""

    text: str
    means: tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultPage:
    """`hidden`: why nothing is shown, or ""."""

    row: WaveRow
    id: str
    collaboration_id: str
    collaboration: str
    questionnaire_id: str
    together: int
    on_paper: int
    hidden: str
    columns: tuple[Column, ...] = ()
    results: tuple[Result, ...] = ()
    matrices: tuple[Matrix, ...] = ()
    gaps: tuple[Gap, ...] = ()
    apart: tuple[Apart, ...] = ()
    trend_waves: tuple[date, ...] = ()
    trend: tuple[Trend, ...] = ()
    holder: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A wave with everything that may be told of it: what the page, the file and the API begin from."""

    wave: Wave
    content: Content
    about: tuple[Organisation, ...]
    variables: tuple[Variable, ...]
    tally: Tally
    columns: tuple[Column, ...]
    on_paper: int


def result_page(actor: Actor, wave_id: str, at: datetime) -> ResultPage:
    """The result of a wave, for whoever reads its collaboration: nothing until it has closed, for each answer that was
    added to what is shown would tell what it was."""
    wave = wave_for(actor, wave_id, READ, at)
    if standing(wave, clock.day(at)) != Standing.CLOSED:
        return _head(wave, 0, 0, at, _("Results are shown when the wave has closed, so that no single answer can be told."))
    counted = count(wave)
    answers = counted.tally.answers
    if answers < wave.together:
        told = _("Too few have answered to be shown without telling who answered what: at least %(least)s are needed.")
        return _head(wave, answers, counted.on_paper, at, told % {"least": wave.together})
    if all(n is None for n in counted.tally.rows.values()):
        told = _(
            "Too few to be shown: answers on paper, and by links that the coordinator has handed out, may be known to the "
            "coordinator and do not help the others to be many enough. At least %(least)s of those are needed."
        )
        return _head(wave, answers, counted.on_paper, at, told % {"least": wave.together})
    results = tuple(_results(counted))
    days, trend = _trend(wave, at)
    head = _head(wave, answers, counted.on_paper, at, "")
    return ResultPage(
        **{name: getattr(head, name) for name in HEAD},
        columns=counted.columns,
        results=results,
        matrices=tuple(_matrices(counted)),
        gaps=gaps_in(counted, results),
        apart=tuple(_apart(counted, results)),
        trend_waves=days,
        trend=trend,
        holder=counted.content.holder,
    )


HEAD = ("row", "id", "collaboration_id", "collaboration", "questionnaire_id", "together", "on_paper", "hidden")


def _head(wave: Wave, answers: int, on_paper: int, at: datetime, hidden: str) -> ResultPage:
    return ResultPage(
        row=wave_row(wave, answers, at),
        id=wave.pk,
        collaboration_id=wave.collaboration_id,
        collaboration=wave.collaboration.name,
        questionnaire_id=wave.version.questionnaire_id,
        together=wave.together,
        on_paper=on_paper,
        hidden=hidden,
    )


def count(wave: Wave) -> Counted:
    """Count a wave's replies, in groups that may be shown. Ask for the right, and that it has closed, first."""
    content, about = content_of(wave.version), tuple(asked_about(wave))
    asked = tuple(variables(content, [one.pk for one in about]))
    replies = WaveReply.objects.filter(wave=wave).order_by()
    rows = replies.values_list("organisation_id", "group__organisation_id", "group_id", "level", "values", *KINDS)
    answered, paper = [], 0
    for own, of_group, group, level, values, on_paper, handed in rows.iterator(2_000):
        cell = (own or of_group or group or "", level, _way(group, on_paper, handed))
        answered.append(Answered(cell=cell, values=values))
        paper += on_paper
    told = tally(asked, answered, wave.together)
    return Counted(
        wave=wave,
        content=content,
        about=about,
        variables=asked,
        tally=told,
        columns=tuple(_columns(wave, told, {one.pk: one.name for one in about})),
        on_paper=paper,
    )


KINDS = ("on_paper", "handed")


def _way(group: str | None, on_paper: bool, handed: bool) -> str:
    """How an answer came: only whoever has a link answers for a group outside, but on paper."""
    return ON_PAPER if on_paper else HANDED if handed else BY_LINK if group else SIGNED_IN


def _columns(wave: Wave, told: Tally, names: dict[str, str]) -> Iterator[Column]:
    missing = {key for kind, key in told.rows if kind == "organisation"} - names.keys()
    if missing:
        names |= dict(Organisation.objects.filter(pk__in=missing).values_list("pk", "name"))
        names |= dict(OutsideGroup.objects.filter(wave=wave, pk__in=missing).values_list("pk", "name"))
    order = {"all": 0, "level": 1, "organisation": 2}
    levels = {str(level): (place, str(level.label)) for place, level in enumerate(Level)}
    labelled = []
    for (kind, key), n in told.rows.items():
        place, label = levels.get(key, (0, "")) if kind == "level" else (0, names.get(key, "") or _("All"))
        labelled.append((order[kind], place, label, Column(row=(kind, key), label=label, n=n)))
    yield from (column for *_order, column in sorted(labelled, key=lambda one: one[:3]))


def _results(counted: Counted) -> Iterator[Result]:
    for section in counted.content.sections:
        for question in section.questions:
            if question.kind != QuestionKind.PAIRS:
                yield _result(counted, question, said(section.title))


def _result(counted: Counted, question: Question, section: str) -> Result:
    told, kind = counted.tally, question.kind
    whole = told.figure(question.key)
    means = kind in {QuestionKind.SCALE, QuestionKind.NUMBER}
    steps = [int(option.key) for option in question.options] if kind == QuestionKind.SCALE else []
    return Result(
        key=question.key,
        section=section,
        text=said(question.text),
        kind=str(kind),
        needed=question.needed,
        steps=max(steps, default=0),
        first=min(steps, default=0),
        n=whole.n if whole else None,
        seen=tuple(seen(told, question.key, column.row) for column in counted.columns) if means else (),
        choices=() if means else tuple(_choices(question, whole)),
        lines=told.texts.get(question.key, ()),
    )


def seen(told: Tally, name: str, row: Row) -> Seen:
    """What one group said."""
    now, needed = told.figure(name, row), told.figure(f"{name}.{NEEDED}", row)
    return Seen(
        now=now.mean if now else None,
        needed=needed.mean if needed else None,
        n=now.n if now else None,
        top=now.top if now else None,
    )


def _choices(question: Question, whole: Figure | None) -> Iterator[Choice]:
    if whole is None:
        return
    for option in question.options:
        n = whole.counts[option.key]
        yield Choice(text=said(option.text), n=n, share=round(100 * n / whole.n))


def _matrices(counted: Counted) -> Iterator[Matrix]:
    told = counted.tally
    asking = [column for column in counted.columns if column.row[0] == "organisation"]
    for question in counted.content.questions:
        if question.kind != QuestionKind.PAIRS:
            continue
        rows = []
        for column in asking:
            cells = [
                None if one.pk == column.row[1] else seen(told, f"{question.key}.{one.pk}", column.row)
                for one in counted.about
            ]
            rows.append((column.label, tuple(cells)))
        yield Matrix(
            text=said(question.text),
            steps=tuple((option.key, said(option.text)) for option in question.options),
            columns=tuple(one.short_name or one.name for one in counted.about),
            rows=tuple(rows),
        )


def gaps_in(counted: Counted, results: Sequence[Result]) -> tuple[Gap, ...]:
    """Where more is needed by a step or more, the largest first."""
    found = [
        Gap(
            wave_id=counted.wave.pk,
            key=result.key,
            text=result.text,
            row=column.row,
            who=column.label,
            now=one.now,
            needed=one.needed,
        )
        for result in results
        for column, one in zip(counted.columns, result.seen, strict=False)
        if one.wide and one.now is not None and one.needed is not None
    ]
    return tuple(sorted(found, key=lambda gap: (-gap.size, gap.text, gap.who)))


def _apart(counted: Counted, results: Sequence[Result]) -> Iterator[Apart]:
    """Where two organisations, or two levels, see it differently by a step or more."""
    for result in results:
        together = [
            (column, one.now)
            for column, one in zip(counted.columns, result.seen, strict=False)
            if one.now is not None and column.row != ALL and result.kind == QuestionKind.SCALE
        ]
        for _kind, group in groupby(together, key=lambda one: one[0].row[0]):
            means = sorted(((mean, column.label) for column, mean in group), key=lambda one: (one[0], one[1]))
            low, high = means[0], means[-1]
            if high[0] - low[0] >= GAP:
                yield Apart(key=result.key, text=result.text, low=low[1], low_mean=low[0], high=high[1], high_mean=high[0])


def _trend(wave: Wave, at: datetime) -> tuple[tuple[date, ...], tuple[Trend, ...]]:
    """The latest waves of the questionnaire up to this one; nothing when it is the first."""
    today = clock.day(at)
    others = Wave.objects.filter(version__questionnaire_id=wave.version.questionnaire_id, opens_on__lte=wave.opens_on)
    rows = list(others.select_related("version").order_by("-opens_on", "pk")[: MOST_WAVES_SHOWN * 2])
    waves = [one for one in rows if standing(one, today) == Standing.CLOSED][:MOST_WAVES_SHOWN][::-1]
    if len(waves) < 2:
        return (), ()
    answered: Mapping[str, list[Answered]] = defaultdict(list)
    replies = WaveReply.objects.filter(wave__in=waves).order_by().values_list("wave_id", "group_id", *KINDS, "values")
    for wave_id, group, on_paper, handed, values in replies.iterator(2_000):
        answered[wave_id].append(Answered(cell=("", "", _way(group, on_paper, handed)), values=values))
    scales = [one for one in content_of(wave.version).questions if one.kind == QuestionKind.SCALE]
    tallies = [tally(_asked_alike(scales, one), answered[one.pk], one.together) for one in waves]
    found = []
    for question in scales:
        figures = [one.figure(question.key) for one in tallies]
        found.append(Trend(text=said(question.text), means=tuple(figure.mean if figure else None for figure in figures)))
    return tuple(one.opens_on for one in waves), tuple(found)


def _asked_alike(scales: Sequence[Question], wave: Wave) -> list[Variable]:
    """The questions that a wave asked with the same steps: only those can be compared."""
    then = {one.key: (one.kind, one.options) for one in content_of(wave.version).questions}
    return [Variable(name=one.key, question=one) for one in scales if then.get(one.key) == (one.kind, one.options)]


def gaps_of(actor: Actor, wave_id: str, at: datetime) -> tuple[Gap, ...]:
    """The gaps of a closed wave, for making change needs of."""
    return result_page(actor, wave_id, at).gaps
