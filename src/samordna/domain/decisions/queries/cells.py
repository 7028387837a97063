"""The board's table: a line per option, a column per participant (or per group that says and gets exactly the same)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from samordna.domain.decisions.queries.acceptance import refused, refused_in, tied
from samordna.domain.decisions.queries.facts import Facts, Said, Stated, Topic
from samordna.domain.decisions.queries.shape import EMPTY, Own, Shape
from samordna.domain.matters.enums import PositionState

ALONE = 16
"""Up to so many participants each has a column of its own; above it those that are exactly alike share one."""
PAGE = 24
"""So many columns on a page of the board."""
LINES = 8
"""So many options of an aspect are shown as lines; of more, those that matter to somebody."""

NOTHING: frozenset[str] = frozenset()
SILENT = frozenset({PositionState.SILENT, PositionState.STARTED})


class Says(StrEnum):
    """What one cell says of a participant and an option."""

    FRAME = "frame"  # proposed here, as for the others
    ADAPTED = "adapted"  # proposed here, though the frame is another
    NEEDLESS = "needless"  # as above, but nothing needs it
    LOCAL = "local"  # the participant's own choice where each decides for itself
    BROKEN = "broken"  # proposed here, though a condition forbids it
    REFUSES = "refuses"  # a condition forbids it
    UNLESS = "unless"  # acceptable together with something else
    ACCEPTS = "accepts"
    UNKNOWN = "unknown"  # the participant has not answered


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """`today`: this is how it is done today, by all that share the column ("all"), by some ("some"), or by none ("").

    `clash`: the option takes part in a clash. `anew`: a what-if moved the proposal here.
    """

    says: Says
    today: str = ""
    clash: bool = False
    anew: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A participant, or a group of `count` that say and get exactly the same. `members` are their names."""

    organisations: tuple[str, ...]
    name: str
    short_name: str
    position_id: str
    state: str
    silent: bool
    own: bool
    members: tuple[str, ...]
    adaptations: int

    @property
    def count(self) -> int:
        """How many share the column."""
        return len(self.organisations)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One option of an aspect, across all columns. `refused_by`: how many of the participants forbid it."""

    option_id: str
    label: str
    framed: bool
    anew: bool
    common_refuses: bool
    refused_by: int
    today_of: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One aspect. `open`: it has no frame value. `left_out`: how many of its options are not shown as lines."""

    topic: Topic
    lines: tuple[Line, ...]
    frame_label: str
    differing: int
    left_out: int

    @property
    def open(self) -> bool:
        """Does the proposal leave it open?"""
        return not self.frame_label


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """The whole table. `pages`: how many pages of columns there are; `page` is the one that is shown, from 1."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    page: int
    pages: int
    participants: int
    grouped: bool

    @property
    def previous(self) -> int:
        """The page of columns before this."""
        return self.page - 1

    @property
    def following(self) -> int:
        """The page of columns after this."""
        return self.page + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """What is drawn over the facts: the shape, the shape it is compared with, and the conditions in a clash."""

    shape: Shape
    before: Shape | None = None
    clashing: frozenset[str] = frozenset()


Saying = tuple[Says, bool, bool]
"""What a cell says, whether the option clashes, and whether a what-if moved the proposal there."""


def grid(facts: Facts, drawing: Drawing, page: int = 1) -> Grid:
    """The table for one page of columns."""
    sayings = _all_sayings(facts, drawing)
    groups = _groups(facts.saids, sayings)
    pages = max(1, -(-len(groups) // PAGE))
    page = min(max(page, 1), pages)
    shown = groups[(page - 1) * PAGE : page * PAGE]
    return Grid(
        columns=tuple(_column(group, drawing.shape) for group in shown),
        rows=tuple(_row(facts, topic, drawing, sayings, shown) for topic in facts.topics),
        page=page,
        pages=pages,
        participants=len(facts.saids),
        grouped=len(groups) < len(facts.saids),
    )


def _all_sayings(facts: Facts, drawing: Drawing) -> dict[str, dict[str, Saying]]:
    """What each participant says. Those who state the same rules and have no value of their own say the same."""
    apart = {organisation for shape in (drawing.shape, drawing.before or EMPTY) for organisation, _aspect in shape.own}
    known: dict[object, dict[str, Saying]] = {}
    found = {}
    for said in facts.saids:
        rules = frozenset((id(one.rule), one.id in drawing.clashing) for one in said.conditions if one.rule and one.live)
        alike = said.organisation_id if said.organisation_id in apart else (said.state in SILENT, rules)
        if alike not in known:
            known[alike] = _sayings(facts, said, drawing)
        found[said.organisation_id] = known[alike]
    return found


def _sayings(facts: Facts, said: Said, drawing: Drawing) -> dict[str, Saying]:
    """What one participant says of every option of every aspect, by option."""
    conditions = [(stated.id, stated.rule) for stated in said.conditions if stated.rule and stated.live]
    rules = [rule for _id, rule in conditions]
    clashing = [rule for pk, rule in conditions if pk in drawing.clashing]
    together, clash_ties = tied(rules), tied(clashing)
    refusals, in_clashes = refused_in(facts.subjects, rules), refused_in(facts.subjects, clashing)
    found: dict[str, Saying] = {}
    for topic in facts.topics:
        no, in_clash = refusals.get(topic.id, NOTHING), in_clashes.get(topic.id, NOTHING)
        for option in [choice.id for choice in topic.options]:
            says = _says(said, topic, option, drawing.shape, option in no, topic.id in together)
            clash = option in in_clash or topic.id in clash_ties
            found[option] = (says, clash, _moved_here(said, topic, option, drawing))
    return found


def _says(said: Said, topic: Topic, option: str, shape: Shape, no: bool, together: bool) -> Says:
    if shape.value(said.organisation_id, topic.id) == option:
        return _proposed(shape.own.get((said.organisation_id, topic.id)), no)
    if no:
        return Says.REFUSES
    if said.state in SILENT:
        return Says.UNKNOWN
    return Says.UNLESS if together else Says.ACCEPTS


def _proposed(own: Own | None, no: bool) -> Says:
    if no:
        return Says.BROKEN
    if own is None:
        return Says.FRAME
    if own.local:
        return Says.LOCAL
    return Says.NEEDLESS if own.needless else Says.ADAPTED


def _moved_here(said: Said, topic: Topic, option: str, drawing: Drawing) -> bool:
    if drawing.before is None:
        return False
    value = drawing.shape.value(said.organisation_id, topic.id)
    return value == option and drawing.before.value(said.organisation_id, topic.id) != option


def _groups(saids: Sequence[Said], sayings: Mapping[str, dict[str, Saying]]) -> list[tuple[Said, ...]]:
    """The actor's own organisation first and alone; the others by name, or by how many are exactly alike."""
    own: list[tuple[Said, ...]] = [(said,) for said in saids if said.own]
    others = [said for said in saids if not said.own]
    if len(saids) <= ALONE:
        return own + [(said,) for said in others]
    alike: dict[object, list[Said]] = defaultdict(list)
    for said in others:
        alike[(said.state in SILENT, tuple(sayings[said.organisation_id].values()))].append(said)
    return own + [tuple(group) for group in sorted(alike.values(), key=lambda group: (-len(group), group[0].name))]


def _column(group: tuple[Said, ...], shape: Shape) -> Column:
    first = group[0]
    mine = {said.organisation_id for said in group}
    return Column(
        organisations=tuple(said.organisation_id for said in group),
        name=first.name,
        short_name=first.short_name,
        position_id=first.position_id,
        state=first.state,
        silent=first.state in SILENT,
        own=first.own,
        members=tuple(said.name for said in group),
        adaptations=sum(1 for organisation_id, _aspect in shape.differences if organisation_id in mine),
    )


def _row(
    facts: Facts,
    topic: Topic,
    drawing: Drawing,
    sayings: Mapping[str, dict[str, Saying]],
    groups: Sequence[tuple[Said, ...]],
) -> Row:
    framed = drawing.shape.frame.get(topic.id, "")
    shown = _shown_options(topic, drawing.shape, facts)
    rules = [stated.rule for stated in facts.common if stated.rule and stated.live]
    never = refused(topic.subject, rules)
    counted = Counter(said.today.get(topic.id) for said in facts.saids)
    lines = tuple(
        Line(
            option_id=option,
            label=topic.label_of(option),
            framed=option == framed,
            anew=option == framed and drawing.before is not None and drawing.before.frame.get(topic.id, "") != framed,
            common_refuses=option in never,
            refused_by=sum(1 for said in sayings.values() if said[option][0] in (Says.REFUSES, Says.BROKEN)),
            today_of=counted[option],
            cells=tuple(_cell(topic, option, group, sayings) for group in groups),
        )
        for option in shown
    )
    return Row(
        topic=topic,
        lines=lines,
        frame_label=topic.label_of(framed),
        differing=sum(1 for _organisation, aspect in drawing.shape.differences if aspect == topic.id),
        left_out=len(topic.options) - len(shown),
    )


def _cell(topic: Topic, option: str, group: tuple[Said, ...], sayings: Mapping[str, dict[str, Saying]]) -> Cell:
    says, clash, anew = sayings[group[0].organisation_id][option]
    doing = sum(1 for said in group if said.today.get(topic.id) == option)
    today = "all" if doing == len(group) else "some" if doing else ""
    return Cell(says=says, today=today, clash=clash, anew=anew)


def _shown_options(topic: Topic, shape: Shape, facts: Facts) -> list[str]:
    """All options where they are few; else those proposed, practised or named in a condition, or beside the frame."""
    options = [choice.id for choice in topic.options]
    if len(options) <= LINES:
        return options
    framed = shape.frame.get(topic.id, "")
    wanted = Counter(shape.value(said.organisation_id, topic.id) for said in facts.saids)
    wanted.update(said.today.get(topic.id, "") for said in facts.saids)
    named = Counter(_named(topic, facts.conditions.values()))
    beside = [] if framed not in options else options[max(0, options.index(framed) - 1) : options.index(framed) + 2]
    ranked = [framed, *beside, *(option for option, _n in (named + wanted).most_common()), options[0], options[-1]]
    kept = [option for option in dict.fromkeys(ranked) if option in options][:LINES]
    return [option for option in options if option in kept]


def _named(topic: Topic, conditions: Iterable[Stated]) -> Iterator[str]:
    """The options where a condition about this aspect begins or ends."""
    for stated in conditions:
        for literal in stated.rule.literals if stated.rule and stated.live else ():
            if literal.aspect == topic.id and len(literal.options) < LINES:
                yield from literal.options
