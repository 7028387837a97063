"""Building a condition or a need in plain words, without script: every added line is a round trip, and nothing is lost.

Concept. A *builder* reads lines out of what was posted. A line is about one aspect: a comparison and some of its options.
Lines stand under “what shall hold” (`then`) or under “if” (`if`). A button whose name is `do` adds a line, drops one, asks
to see the sentence, or saves. Saving needs that the sentence, as it now reads, has been shown: it travels in `seen`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from samordna.core.errors import Invalid
from samordna.domain.matters import phrases, rules
from samordna.domain.matters.enums import AspectKind
from samordna.domain.matters.rules import Comparison, Subject

PARTS = ("if", "then")
MOST_LINES = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line as the form shows it. `single`: one option is chosen from a list; otherwise boxes are ticked."""

    part: str
    name: str
    subject: Subject
    comparison: str
    options: tuple[str, ...]

    @property
    def single(self) -> bool:
        """Whole numbers and ordered choices compare with one option."""
        return self.subject.ordered

    @property
    def yes_no(self) -> bool:
        """A yes or no needs no comparison."""
        return self.subject.kind is AspectKind.YES_NO

    @property
    def comparisons(self) -> tuple[tuple[Comparison, str], ...]:
        """What the line may say of its aspect."""
        return rules.comparisons_for(self.subject)

    @property
    def chosen(self) -> str:
        """The one option of a line that takes one."""
        return self.options[0] if self.options else ""

    def data(self) -> dict[str, Any]:
        """The line as a literal."""
        return {"aspect": self.subject.id, "is": self.comparison, "options": list(self.options)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Builder:
    """All lines, whether prose is written instead, and what the sentence was when it was last shown."""

    subjects: Mapping[str, Subject]
    lines: tuple[Line, ...] = ()
    prose: bool = False
    seen: str = ""

    @property
    def when(self) -> tuple[Line, ...]:
        """The lines after “if”."""
        return tuple(line for line in self.lines if line.part == "if")

    @property
    def then(self) -> tuple[Line, ...]:
        """What shall hold."""
        return tuple(line for line in self.lines if line.part == "then")

    @property
    def begun(self) -> bool:
        """Has anything been begun that is not saved?"""
        return bool(self.lines) or self.prose

    @property
    def full(self) -> bool:
        """Is there no room for another line?"""
        return len(self.lines) >= MOST_LINES

    @property
    def choices(self) -> tuple[Subject, ...]:
        """The aspects that can be spoken of."""
        return tuple(self.subjects.values())

    def data(self) -> dict[str, Any]:
        """The rule as the lines say it."""
        found: dict[str, Any] = {"then": [line.data() for line in self.then]}
        return {"if": [line.data() for line in self.when], **found} if self.when else found

    def sentence(self) -> str:
        """The rule read aloud; raises `Invalid` when the lines do not make one."""
        return phrases.sentence(rules.read(self.data(), self.subjects), self.subjects)


def read_builder(data: QueryDict, subjects: Sequence[Subject]) -> Builder:
    """The builder as it was posted; lines about aspects that do not exist are dropped."""
    known = {subject.id: subject for subject in subjects}
    lines = [
        _line(data, part, number, known)
        for part in PARTS
        for number in range(MOST_LINES)
        if data.get(f"{part}-{number}-aspect") in known
    ]
    return Builder(subjects=known, lines=tuple(lines), prose="prose" in data, seen=data.get("seen", ""))


def _line(data: QueryDict, part: str, number: int, known: Mapping[str, Subject]) -> Line:
    name = f"{part}-{number}"
    subject = known[data.get(f"{name}-aspect", "")]
    comparison = data.get(f"{name}-is") or Comparison.ONE_OF.value
    options = tuple(option for option in data.getlist(f"{name}-option") if option)
    return Line(part=part, name=name, subject=subject, comparison=comparison, options=options)


def changed(builder: Builder, do: str, data: QueryDict) -> Builder:
    """The builder after a button that adds or drops a line was pressed."""
    lines = list(builder.lines)
    prose = builder.prose
    if do == "prose":
        prose = True
    elif do.startswith("drop-"):
        lines = [line for line in lines if line.name != do.removeprefix("drop-")]
    elif do == "clear":
        lines, prose = [], False
    else:
        part = "if" if do == "add-if" else "then"
        aspect = do.removeprefix("about-") if do.startswith("about-") else data.get(f"{part}-new", "")
        if aspect in builder.subjects and not builder.full:
            lines.append(_fresh(part, builder.subjects[aspect]))
    return Builder(subjects=builder.subjects, lines=_numbered(lines), prose=prose, seen=builder.seen)


def _fresh(part: str, subject: Subject) -> Line:
    comparison = Comparison.AT_LEAST if subject.ordered else Comparison.ONE_OF
    return Line(part=part, name="", subject=subject, comparison=comparison.value, options=())


def _numbered(lines: Sequence[Line]) -> tuple[Line, ...]:
    numbered = []
    for part in PARTS:
        for number, line in enumerate(line for line in lines if line.part == part):
            numbered.append(
                Line(
                    part=part,
                    name=f"{part}-{number}",
                    subject=line.subject,
                    comparison=line.comparison,
                    options=line.options,
                )
            )
    return tuple(numbered)


def sentence_or_fault(builder: Builder) -> tuple[str, str]:
    """The sentence and "", or "" and what is wrong with the lines."""
    if builder.prose and not builder.lines:
        return "", ""
    if not builder.then:
        return "", _("Choose what it is about.")
    try:
        return builder.sentence(), ""
    except Invalid as invalid:
        return "", invalid.fields["rule"]
