"""A wave's result for analysis elsewhere, with its codebook: exactly what may be shown, never finer."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import datetime
from importlib import import_module
from typing import Any

from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Refused
from samordna.core.tables import Cell, guarded
from samordna.domain.assessments.access import READ, wave_for
from samordna.domain.assessments.asking import standing
from samordna.domain.assessments.content import said
from samordna.domain.assessments.enums import Standing
from samordna.domain.assessments.queries.results import Counted, count

Line = tuple[Cell, ...]
DATA = ("variable", "group_kind", "group", "n", "value", "count", "mean")
BOOK = ("variable", "section", "text", "about", "asked", "kind", "values")


def exported(actor: Actor, wave_id: str, at: datetime) -> Counted:
    """The wave, counted, for whoever reads it, when it has closed and enough have answered."""
    wave = wave_for(actor, wave_id, READ, at)
    if standing(wave, clock.day(at)) != Standing.CLOSED:
        raise Refused(_("Results are shown when the wave has closed, so that no single answer can be told."))
    return count(wave)


def data_lines(counted: Counted) -> Iterator[Line]:
    """A line for each value of each variable in each group that may be shown; a mean has its own line, without a value."""
    labels = {column.row: column.label for column in counted.columns}
    for variable in counted.variables:
        for row, figure in counted.tally.figures.get(variable.name, {}).items():
            head = (variable.name, row[0], labels[row], figure.n)
            if figure.mean is not None:
                yield (*head, "", "", str(figure.mean))
            for value, n in figure.counts.items():
                yield (*head, value, n, "")


def codebook_lines(counted: Counted) -> Iterator[Line]:
    """A line for each variable: what was asked, about whom, in which of two ways, and what its values mean."""
    names = {one.pk: one.name for one in counted.about}
    headings = {question.key: said(s.title) for s in counted.content.sections for question in s.questions}
    for variable in counted.variables:
        question = variable.question
        values = "; ".join(f"{option.key} = {said(option.text)}" for option in question.options)
        asked = ("needed" if variable.needed else "now") if question.needed else ""
        about = names.get(variable.about, "")
        yield variable.name, headings[question.key], said(question.text), about, asked, str(question.kind), values


def text_lines(counted: Counted) -> Iterator[Line]:
    """What was written in own words, in the order of the alphabet, of no group."""
    for name, lines in counted.tally.texts.items():
        yield from ((name, line) for line in lines)


def as_table(lines: Iterator[Line], heads: tuple[str, ...]) -> bytes:
    """Text with semicolons, as Swedish spreadsheets read it."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(heads)
    writer.writerows([guarded(cell) for cell in line] for line in lines)
    return out.getvalue().encode("utf-8-sig")


def as_spreadsheet(counted: Counted) -> bytes:
    """A spreadsheet: data, codebook, own words and what holds for them."""
    writer = import_module("xlsxwriter")  # slow: 40 ms that no other page should wait for
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with writer.Workbook(buffer, options) as book:
        bold = book.add_format({"bold": True})
        sheets: tuple[tuple[str, tuple[str, ...], Iterator[Line]], ...] = (
            (_("Data"), DATA, data_lines(counted)),
            (_("Codebook"), BOOK, codebook_lines(counted)),
            (_("Own words"), ("variable", "text"), text_lines(counted)),
            (_("Read this"), (_("What holds"),), ((line,) for line in _terms(counted))),
        )
        for title, heads, lines in sheets:
            _sheet(book.add_worksheet(title), heads, lines, bold)
    return buffer.getvalue()


def _sheet(page: Any, heads: tuple[str, ...], lines: Iterator[Line], bold: Any) -> None:
    for place, head in enumerate(heads):
        page.write_string(0, place, head, bold)
    for row, line in enumerate(lines, start=1):
        for place, cell in enumerate(line):
            if isinstance(cell, int):
                page.write_number(row, place, cell)
            else:
                page.write_string(row, place, guarded(cell))


def _terms(counted: Counted) -> list[str]:
    """What whoever uses the file has to know."""
    told = [_("%(title)s, %(n)s answers.") % {"title": counted.wave.title, "n": counted.tally.answers}]
    if counted.wave.anonymous:
        least = {"least": counted.wave.together}
        told.append(
            _("Groups of fewer than %(least)s, and those that could be worked out from others, are left out.") % least
        )
    if counted.content.holder:
        told.append(_("Licensed by %(holder)s.") % {"holder": counted.content.holder})
        told.append(counted.content.conditions)
    return told
