"""Rows into drafts, noting everything that is wrong with where it stands; what is right is kept all the same."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from samordna.core.errors import Invalid
from samordna.core.tables import folded, words_for
from samordna.domain.matters import rules
from samordna.domain.matters.enums import Confidence
from samordna.domain.matters.exchange import sheets
from samordna.domain.matters.exchange.drafts import Bounds, Draft, Fault, Said
from samordna.domain.matters.exchange.sheets import ANSWERS, CONDITIONS, COSTS, NEEDS, Asked
from samordna.domain.matters.limits import MAX_AMOUNT, MAX_CONDITIONS, MAX_NEEDS, MAX_TEXT, MAX_WORTH
from samordna.domain.matters.rules import Subject

MAX_FAULTS = 500
WHOLE = re.compile(r"-?[0-9]{1,11}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a sheet: its number there, and its cells by the keys of the columns, empty ones left out."""

    number: int
    cells: Mapping[str, str]


Tables = Mapping[str, Sequence[Row]]


@dataclass(slots=True)
class _Draft:
    """A draft while it is gathered."""

    benefit: Bounds | None = None
    benefit_note: str = ""
    note: str = ""
    practices: dict[str, str] = field(default_factory=dict)
    costs: dict[str, Bounds] = field(default_factory=dict)
    conditions: list[Said] = field(default_factory=list)
    needs: list[Said] = field(default_factory=list)


def read(tables: Tables, asked: Asked, on: date) -> tuple[tuple[Draft, ...], tuple[Fault, ...]]:
    """The drafts that the rows hold, and everything that is wrong with the others. `on` is today."""
    reader = _Reader(asked, on)
    reader.answers(tables.get(ANSWERS, ()))
    reader.costs(tables.get(COSTS, ()))
    for sheet in (CONDITIONS, NEEDS):
        reader.stated(sheet, tables.get(sheet, ()))
    drafts = (
        Draft(
            organisation=organisation,
            benefit=draft.benefit,
            benefit_note=draft.benefit_note,
            note=draft.note,
            practices=draft.practices,
            costs=draft.costs,
            conditions=tuple(draft.conditions),
            needs=tuple(draft.needs),
        )
        for organisation, draft in reader.drafts.items()
    )
    return tuple(draft for draft in drafts if not draft.empty), tuple(reader.faults[:MAX_FAULTS])


class _Reader:
    def __init__(self, asked: Asked, on: date) -> None:
        self.asked, self.on = asked, on
        self.drafts: dict[str, _Draft] = {}
        self.faults: list[Fault] = []
        self.names = {folded(name): organisation for organisation, name in asked.participants.items()}
        self.names |= {folded(organisation): organisation for organisation in asked.participants}
        self.aspects = {folded(subject.label): subject for subject in asked.subjects.values()}
        self.aspects |= {folded(subject.id): subject for subject in asked.subjects.values()}
        self.by_option = {option.id: subject for subject in asked.subjects.values() for option in subject.options}
        self.parts = words_for(sheets.PARTS)
        self.comparisons = words_for(sheets.COMPARISONS)
        self.confidences = words_for(sheets.CONFIDENCES)

    def fault(self, sheet: str, row: Row, column: str, what: str, todo: str) -> None:
        heading = sheets.HEADINGS.get(column)
        subject = self.asked.subjects.get(column)
        shown = str(heading) if heading else f"{sheets.TODAY} {subject.label}" if subject else column
        self.faults.append(Fault(sheet=str(sheets.TITLES[sheet]), row=row.number, column=shown, what=what, todo=todo))

    def _of(self, sheet: str, row: Row) -> str | None:
        """Whose row it is."""
        name = row.cells.get("participant", "")
        organisation = self.names.get(folded(name))
        if organisation is None:
            what = (
                _("“%(name)s” is not asked in this matter.") % {"name": name}
                if name
                else _("It is not said whose row it is.")
            )
            self.fault(sheet, row, "participant", what, _("Choose one of the participants in the list."))
        return organisation

    def _draft(self, organisation: str) -> _Draft:
        return self.drafts.setdefault(organisation, _Draft())

    def answers(self, rows: Iterable[Row]) -> None:
        """One row per participant; a second one makes both unsure, and neither is kept."""
        by: dict[str, list[Row]] = {}
        for row in rows:
            if organisation := self._of(ANSWERS, row):
                by.setdefault(organisation, []).append(row)
        for organisation, mine in by.items():
            if len(mine) > 1:
                for row in mine:
                    others = ", ".join(str(other.number) for other in mine if other is not row)
                    what = _("The participant has another answer, in row %(rows)s.") % {"rows": others}
                    self.fault(ANSWERS, row, "participant", what, _("Keep one of them and take the other away."))
                continue
            self._answer(organisation, mine[0])

    def _answer(self, organisation: str, row: Row) -> None:
        draft = self._draft(organisation)
        draft.benefit = self._bounds(ANSWERS, row)
        draft.benefit_note = self._text(ANSWERS, row, "benefit_note")
        draft.note = self._text(ANSWERS, row, "note")
        for subject in self.asked.subjects.values():
            if text := row.cells.get(subject.id):
                option = self._option(ANSWERS, row, subject.id, subject, text)
                if option:
                    draft.practices[subject.id] = option

    def costs(self, rows: Iterable[Row]) -> None:
        """One row per participant and option."""
        seen: dict[tuple[str, str], int] = {}
        for row in rows:
            organisation, text = self._of(COSTS, row), row.cells.get("option", "")
            subject = self.by_option.get(text) or self._aspect(COSTS, row)
            if organisation is None or subject is None:
                continue
            option = self._option(COSTS, row, "option", subject, text)
            bounds = self._bounds(COSTS, row)
            if option is None:
                continue
            if (organisation, option) in seen:
                what = _("The same option has a cost already, in row %(row)s.") % {"row": seen[organisation, option]}
                self.fault(COSTS, row, "option", what, _("Keep one of them and take the other away."))
                continue
            seen[organisation, option] = row.number
            if bounds:
                self._draft(organisation).costs[option] = bounds

    def stated(self, sheet: str, rows: Iterable[Row]) -> None:
        """Conditions or needs: rows of one participant with the same number are one statement."""
        groups: dict[tuple[str, str], list[Row]] = {}
        for row in rows:
            if organisation := self._of(sheet, row):
                number = row.cells.get("number") or f"row {row.number}"
                groups.setdefault((organisation, number), []).append(row)
        for (organisation, _number), group in groups.items():
            before = len(self.faults)
            said = self._said(sheet, group)
            if len(self.faults) > before:
                continue
            draft = self._draft(organisation)
            held, most = (draft.conditions, MAX_CONDITIONS) if sheet == CONDITIONS else (draft.needs, MAX_NEEDS)
            if len(held) >= most:
                what = _("A participant states at most %(limit)s in a matter.") % {"limit": most}
                self.fault(sheet, group[0], "participant", what, _("Take some away, or join them."))
            elif said in held:
                what = _("The participant says the same twice.")
                self.fault(sheet, group[0], "aspect", what, _("Take one of them away."))
            else:
                held.append(said)

    def _said(self, sheet: str, group: Sequence[Row]) -> Said:
        first = group[0]
        prose = self._text(sheet, first, "prose")
        rule = self._rule(sheet, group, prose)
        reason = self._text(sheet, first, "reason")
        if not reason:
            self.fault(sheet, first, "reason", _("There is no reason."), _("Say why: others cannot weigh it without."))
        if sheet == NEEDS:
            weight = self._number(sheet, first, "weight", 1, MAX_WORTH)
            return Said(rule=rule, reason=reason, weight=1 if weight is None else weight)
        return Said(
            rule=rule,
            prose=prose,
            reason=reason,
            legal_ground=self._text(sheet, first, "legal_ground", 160),
            relax_price=self._number(sheet, first, "relax_price", 0),
            confidence=self._confidence(sheet, first),
            valid_to=self._day(sheet, first),
        )

    def _rule(self, sheet: str, group: Sequence[Row], prose: str) -> dict[str, Any] | None:
        said = [row for row in group if row.cells.keys() & {"part", "aspect", "comparison", "options"}]
        if prose and not said:
            return None
        if prose or not said:
            what = _("It is said both as a rule and in own words.") if prose else _("It does not say what shall hold.")
            todo = _("State it as a rule or in own words, not both.")
            self.fault(sheet, group[0], "prose" if sheet == CONDITIONS else "aspect", what, todo)
            return None
        lines: dict[str, list[dict[str, Any]]] = {"if": [], "then": []}
        for row in said:
            self._literal(sheet, row, lines)
        data = {"if": lines["if"], "then": lines["then"]} if lines["if"] else {"then": lines["then"]}
        if sum(map(len, lines.values())) < len(said):
            return data
        try:
            return rules.data_of(rules.read(data, self.asked.subjects))
        except Invalid as invalid:
            self.fault(sheet, group[0], "aspect", invalid.fields["rule"], _("Change the rows of this statement."))
            return None

    def _literal(self, sheet: str, row: Row, lines: dict[str, list[dict[str, Any]]]) -> None:
        part = self._word(sheet, row, "part", self.parts, "then")
        comparison = self._word(sheet, row, "comparison", self.comparisons, rules.Comparison.ONE_OF)
        subject = self._aspect(sheet, row)
        if subject is None:
            return
        found = [
            self._option(sheet, row, "options", subject, text) for text in _several(row.cells.get("options", ""), subject)
        ]
        if part and comparison and found and all(found):
            lines[part].append({"aspect": subject.id, "is": str(comparison), "options": found})

    def _word(self, sheet: str, row: Row, column: str, known: Mapping[str, str], otherwise: str) -> str | None:
        text = row.cells.get(column, "")
        if not text:
            return otherwise
        found = known.get(folded(text))
        if found is None:
            shown = ", ".join(sorted({word for word in known if not word.isascii() or "_" not in word}))
            what = _("“%(text)s” means nothing here.") % {"text": text}
            self.fault(sheet, row, column, what, _("Write one of: %(words)s.") % {"words": shown})
        return found

    def _confidence(self, sheet: str, row: Row) -> str:
        return self._word(sheet, row, "confidence", self.confidences, Confidence.OPEN) or Confidence.OPEN

    def _aspect(self, sheet: str, row: Row) -> Subject | None:
        text = row.cells.get("aspect", "")
        subject = self.aspects.get(folded(text))
        if subject is None:
            what = _("The matter has no aspect “%(text)s”.") % {"text": text} if text else _("The aspect is missing.")
            self.fault(sheet, row, "aspect", what, _("Choose one of the matter's aspects."))
        return subject

    def _option(self, sheet: str, row: Row, column: str, subject: Subject, text: str) -> str | None:
        wanted = folded(text)
        for option in subject.options:
            if wanted and wanted in (folded(option.label), folded(option.id), str(option.number)):
                return option.id
        words = {"text": text, "aspect": subject.label}
        what = _("“%(text)s” is not an option of “%(aspect)s”.") % words if text else _("The option is missing.")
        listed = ", ".join(option.label for option in subject.options[:12])
        self.fault(sheet, row, column, what, _("Choose one of: %(options)s.") % {"options": listed})
        return None

    def _bounds(self, sheet: str, row: Row) -> Bounds | None:
        before = len(self.faults)
        low, likely, high = (self._number(sheet, row, name, -MAX_AMOUNT) for name in ("low", "likely", "high"))
        if len(self.faults) > before or (low, likely, high) == (None, None, None):
            return None
        if likely is None:
            what = _("The likely figure is missing.")
            self.fault(sheet, row, "likely", what, _("State it; the lowest and the highest are optional."))
            return None
        bounds = (likely if low is None else low, likely, likely if high is None else high)
        if not bounds[0] <= bounds[1] <= bounds[2]:
            what = _("The figures are not in rising order.")
            self.fault(sheet, row, "low", what, _("State lowest, likely and highest in that order."))
            return None
        return bounds

    def _number(self, sheet: str, row: Row, column: str, least: int, most: int = MAX_AMOUNT) -> int | None:
        text = row.cells.get(column, "")
        if not text:
            return None
        digits = "".join(text.split()).replace("−", "-")
        number = int(digits) if WHOLE.fullmatch(digits) else None
        if number is None or not least <= number <= most:
            what = _("“%(text)s” is not a whole number that fits here.") % {"text": text[:40]}
            todo = _("Write a whole number from %(least)s to %(most)s.") % {"least": least, "most": most}
            self.fault(sheet, row, column, what, todo)
            return None
        return number

    def _day(self, sheet: str, row: Row) -> date | None:
        text = row.cells.get("valid_to", "")
        if not text:
            return None
        try:
            day = date.fromisoformat(text[:10])
        except ValueError:
            what = _("“%(text)s” is not a date.") % {"text": text[:40]}
            self.fault(sheet, row, "valid_to", what, _("Write it as 2027-03-31."))
            return None
        if day <= self.on:
            what = _("The day %(day)s has passed.") % {"day": day.isoformat()}
            self.fault(sheet, row, "valid_to", what, _("Choose a day to come, or leave it empty."))
        return day

    def _text(self, sheet: str, row: Row, column: str, most: int = MAX_TEXT) -> str:
        text = row.cells.get(column, "").strip()
        if len(text) > most:
            what = _("The text has %(count)s characters.") % {"count": len(text)}
            self.fault(sheet, row, column, what, _("Write at most %(limit)s characters.") % {"limit": most})
        return text


def _several(text: str, subject: Subject) -> list[str]:
    """The options in one cell: on lines of their own, or with semicolons between, unless an option has one in its name."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    labels = {folded(option.label) for option in subject.options}
    if len(lines) == 1 and folded(lines[0]) not in labels:
        lines = [part.strip() for part in lines[0].split(";") if part.strip()]
    return lines or [""]
