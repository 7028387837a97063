"""What a matter asks, as a file: its words, its aspects and their options, out and in again.

The two sheets stand in the same file as the answers. A new matter is opened from them as a draft; when that has been sent
out, the answers are taken in from the same file.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Any, Final, Literal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.utils.translation import pgettext_lazy as _p
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from samordna.core.errors import Invalid
from samordna.core.tables import folded, words_for
from samordna.domain.matters.enums import AspectKind, MatterKind, Sharing
from samordna.domain.matters.exchange.drafts import Fault
from samordna.domain.matters.limits import MAX_AMOUNT, MAX_ASPECTS, MAX_OPTIONS, MAX_TEXT, MAX_WEIGHT

FORMAT: Final = "samordna-outline/1"
Raw = Mapping[str, Sequence[tuple[int, list[str]]]]

MATTER_SHEET = _p("sheet", "The matter")
ASPECTS_SHEET = _p("sheet", "Aspects")
WHAT, SAYS = _p("column of a file", "What"), _p("column of a file", "Says")
WORDS: Mapping[str, Promise] = {
    "kind": _l("Kind"),
    "title": _l("Title"),
    "purpose": _l("What the matter is for"),
    "for_the_individual": _l("What it does for the individual"),
    "convenience": _l("Whose convenience it serves"),
    "area": _l("Area"),
    "unit": _l("Unit of cost and benefit"),
    "price_of_difference": _l("What one difference costs"),
}
COLUMNS: Mapping[str, Promise] = {
    "label": _l("What has to be settled"),
    "explanation": _l("Explanation"),
    "kind": _l("Kind of answer"),
    "options": _l("Options"),
    "unit": _l("Unit"),
    "sharing": _l("How alike must it be?"),
    "weight": _l("How much likeness matters here"),
}
NEEDED = ("title", "purpose", "for_the_individual", "area")
MOST_OF_MATTER = {"title": 160, "unit": 40, "purpose": MAX_TEXT, "for_the_individual": MAX_TEXT, "convenience": MAX_TEXT}
MOST_OF_ASPECT = {"label": 80, "unit": 20, "explanation": MAX_TEXT}
MOST_OF_OPTION = 80
"""So many characters of each; what opens the matter has the same bounds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AspectOutline:
    """One aspect; a whole number's options are its numbers, evenly spaced, and yes or no has none of its own."""

    label: str
    explanation: str = ""
    kind: str = AspectKind.CHOICE
    options: tuple[str, ...] = ()
    unit: str = ""
    sharing: str = Sharing.FRAMED
    weight: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """What a matter asks. `area` is the name of one of the collaboration's areas."""

    title: str
    purpose: str
    for_the_individual: str
    area: str
    convenience: str = ""
    unit: str = ""
    price_of_difference: int | None = None
    kind: str = MatterKind.OTHER
    aspects: tuple[AspectOutline, ...] = ()


def plain_outline(outline: Outline) -> dict[str, Any]:
    """As JSON carries it."""
    return {"format": FORMAT, **json.loads(json.dumps(asdict(outline)))}


def matter_rows(outline: Outline) -> Iterator[tuple[str, str | int | None]]:
    """The sheet about the matter: the headings, then what each field says."""
    yield str(WHAT), str(SAYS)
    for name, word in WORDS.items():
        value = getattr(outline, name)
        yield str(word), str(MatterKind(value).label) if name == "kind" else value


def aspect_rows(outline: Outline) -> Iterator[tuple[str | int, ...]]:
    """The sheet with the aspects: the headings, then one row for each."""
    yield tuple(str(word) for word in COLUMNS.values())
    for one in outline.aspects:
        kind, sharing = str(AspectKind(one.kind).label), str(Sharing(one.sharing).label)
        yield (one.label, one.explanation, kind, "\n".join(one.options), one.unit, sharing, one.weight)


class _Aspect(BaseModel):
    model_config = ConfigDict(extra="forbid")
    label: str
    explanation: str = ""
    kind: str = AspectKind.CHOICE
    options: list[str] = Field(default=[], max_length=MAX_OPTIONS)
    unit: str = ""
    sharing: str = Sharing.FRAMED
    weight: int = 1


class OutlineIn(BaseModel):
    """A matter to open, as a document has it."""

    model_config = ConfigDict(extra="forbid")
    format: Literal["samordna-outline/1"] = FORMAT
    title: str
    purpose: str
    for_the_individual: str
    area: str
    convenience: str = ""
    unit: str = ""
    price_of_difference: int | None = None
    kind: str = MatterKind.OTHER
    aspects: list[_Aspect] = Field(default=[], max_length=MAX_ASPECTS)


def parsed_outline(content: bytes) -> Raw:
    """A JSON document as the rows of the sheets, so that both are checked alike. Raises `Invalid({"file": …})`."""
    try:
        return raw_of(OutlineIn.model_validate(json.loads(content)))
    except ValidationError as error:
        faults = [f"{'.'.join(map(str, fault['loc']))}: {_misshapen(fault['type'])}" for fault in error.errors()[:20]]
        sentence = _("The document does not have the right form. %(what)s")
        raise Invalid({"file": sentence % {"what": " ".join(faults)}}) from error
    except (ValueError, RecursionError) as error:
        raise Invalid({"file": _("This is not JSON.")}) from error


def _misshapen(fault: str) -> str:
    """What Pydantic's word for a fault means, in the reader's language."""
    match fault:
        case "missing":
            return _("Nothing stands here.")
        case "extra_forbidden":
            return _("There is no such field.")
        case "too_long":
            most = {"aspects": MAX_ASPECTS, "options": MAX_OPTIONS}
            return _("Too many: at most %(aspects)s aspects, and %(options)s options of each.") % most
        case "literal_error":
            return _("This has to be %(format)s.") % {"format": FORMAT}
        case _:
            return _("Something else has to stand here.")


def raw_of(given: OutlineIn) -> Raw:
    """What a document says as rows; the row of an aspect is its place in the document and one more."""
    words = [(n, [name, _cell(getattr(given, name))]) for n, name in enumerate(WORDS, start=2)]
    rows = [(n, [_cell(getattr(one, name)) for name in COLUMNS]) for n, one in enumerate(given.aspects, start=2)]
    return {str(MATTER_SHEET): [(1, []), *words], str(ASPECTS_SHEET): [(1, list(COLUMNS)), *rows]}


def _cell(value: object) -> str:
    text = "\n".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)
    return text.replace("\x00", "")


def read_outline(raw: Raw, areas: Sequence[str]) -> tuple[Outline | None, tuple[Fault, ...]]:
    """What the sheets say, and everything wrong with it; None when something is wrong. Raises `Invalid` without a sheet."""
    found: list[Fault] = []
    known = words_for({"matter": MATTER_SHEET, "aspects": ASPECTS_SHEET})
    sheets = {known[folded(title)]: rows for title, rows in raw.items() if folded(title) in known}
    if "matter" not in sheets:
        raise Invalid({"file": _("The file has no sheet “%(sheet)s”.") % {"sheet": MATTER_SHEET}})
    words = _words(sheets["matter"], areas, found)
    aspects = _aspects(sheets.get("aspects", ()), found)
    return (None if found else Outline(**words, aspects=aspects)), tuple(found)


def _words(rows: Sequence[tuple[int, list[str]]], areas: Sequence[str], faults: list[Fault]) -> dict[str, Any]:
    known, sheet = words_for(WORDS), str(MATTER_SHEET)
    said = {known[folded(row[0])]: (n, row[1].strip()) for n, row in rows if len(row) > 1 and folded(row[0]) in known}
    at = {name: said.get(name, (0, "")) for name in WORDS}
    for name in NEEDED:
        if not at[name][1]:
            faults.append(_fault(sheet, at[name][0], WORDS[name], _("Nothing stands here."), _("Fill it in.")))
    kinds = words_for({kind.value: kind.label for kind in MatterKind})
    values: dict[str, Any] = {name: value for name, (_n, value) in at.items()}
    values["kind"] = kinds.get(folded(values["kind"] or MatterKind.OTHER), "")
    if not values["kind"]:
        faults.append(_unknown(sheet, at["kind"], WORDS["kind"], [str(kind.label) for kind in MatterKind]))
    by_name = {folded(area): area for area in areas}
    values["area"] = by_name.get(folded(values["area"]), "")
    if at["area"][1] and not values["area"]:
        faults.append(_unknown(sheet, at["area"], WORDS["area"], areas))
    values["price_of_difference"] = _number(sheet, at["price_of_difference"], WORDS["price_of_difference"], 0, faults)
    for name, most in MOST_OF_MATTER.items():
        _check_length(sheet, at[name], WORDS[name], most, faults)
    return values


def _aspects(rows: Sequence[tuple[int, list[str]]], faults: list[Fault]) -> tuple[AspectOutline, ...]:
    if not rows:
        return ()
    sheet, known = str(ASPECTS_SHEET), words_for(COLUMNS)
    keys = [known.get(folded(heading), "") for heading in rows[0][1]]
    said = [(n, {key: cell.strip() for key, cell in zip(keys, cells, strict=False) if key}) for n, cells in rows[1:]]
    asked = [(number, row) for number, row in said if any(row.values())]
    if len(asked) > MAX_ASPECTS:
        told = _("There are %(count)s aspects; a matter has at most %(limit)s.")
        count = {"count": len(asked), "limit": MAX_ASPECTS}
        faults.append(_fault(sheet, rows[0][0], COLUMNS["label"], told % count, _("Divide it into several matters.")))
        return ()
    found: dict[str, AspectOutline] = {}
    for number, row in asked:
        one = _aspect(sheet, number, row, faults)
        if one.label in found:
            told = _("“%(label)s” stands there twice.") % {"label": one.label}
            faults.append(_fault(sheet, number, COLUMNS["label"], told, _("Take one of them away, or name them apart.")))
        found[one.label] = one
    return tuple(found.values())


def _aspect(sheet: str, number: int, row: Mapping[str, str], faults: list[Fault]) -> AspectOutline:
    def chosen(name: str, kinds: type[AspectKind] | type[Sharing], default: str) -> str:
        known = words_for({kind.value: kind.label for kind in kinds})
        value = known.get(folded(row.get(name, "") or default), "")
        if not value:
            at = (number, row.get(name, ""))
            faults.append(_unknown(sheet, at, COLUMNS[name], [str(kind.label) for kind in kinds]))
        return value or default

    if not row.get("label"):
        faults.append(_fault(sheet, number, COLUMNS["label"], _("Nothing stands here."), _("Fill it in.")))
    for name, most in MOST_OF_ASPECT.items():
        _check_length(sheet, (number, row.get(name, "")), COLUMNS[name], most, faults)
    kind = chosen("kind", AspectKind, AspectKind.CHOICE)
    weight = _number(sheet, (number, row.get("weight", "") or "1"), COLUMNS["weight"], 1, faults)
    if weight is not None and weight > MAX_WEIGHT:
        what = _("The highest weight is %(most)s.") % {"most": MAX_WEIGHT}
        faults.append(_fault(sheet, number, COLUMNS["weight"], what, _("Write a lower number.")))
    return AspectOutline(
        label=row.get("label", ""),
        explanation=row.get("explanation", ""),
        kind=kind,
        options=_options(sheet, number, kind, row.get("options", ""), faults),
        unit=row.get("unit", ""),
        sharing=chosen("sharing", Sharing, Sharing.FRAMED),
        weight=weight or 1,
    )


def _options(sheet: str, number: int, kind: str, text: str, faults: list[Fault]) -> tuple[str, ...]:
    if kind == AspectKind.YES_NO:
        return ()
    options = tuple(line.strip() for line in text.split("\n") if line.strip())
    what = ""
    if len(options) < 2:
        what = _("There are fewer than two options.")
    elif len(options) > MAX_OPTIONS:
        what = _("There are more than %(limit)s options.") % {"limit": MAX_OPTIONS}
    elif len(set(options)) < len(options):
        what = _("An option stands there twice.")
    elif kind == AspectKind.RANGE and not _evenly(options):
        what = _("These are not whole numbers, rising by the same step.")
    elif kind == AspectKind.RANGE and max(abs(int(option)) for option in options) > MAX_AMOUNT:
        what = _("The figures go from −%(most)s to %(most)s.") % {"most": MAX_AMOUNT}
    elif (longest := max(map(len, options))) > MOST_OF_OPTION:
        what = _too_long(MOST_OF_OPTION, longest)
    if what:
        faults.append(_fault(sheet, number, COLUMNS["options"], what, _("Write the options, one on each line.")))
    return options


def _evenly(options: Sequence[str]) -> bool:
    try:
        numbers = [int(option) for option in options]
    except ValueError:
        return False
    step = numbers[1] - numbers[0]
    return step > 0 and all(after - before == step for before, after in pairwise(numbers))


def _number(sheet: str, at: tuple[int, str], column: object, least: int, faults: list[Fault]) -> int | None:
    number, text = at
    if not text:
        return None
    if not text.isdecimal() or len(text) > 10 or int(text) < least:
        what = _("“%(text)s” is not a whole number from %(least)s up.") % {"text": text[:40], "least": least}
        faults.append(_fault(sheet, number, column, what, _("Write a whole number, or leave it empty.")))
        return None
    if int(text) > MAX_AMOUNT:
        what = _("The figure is at most %(most)s.") % {"most": MAX_AMOUNT}
        faults.append(_fault(sheet, number, column, what, _("Write a lower number.")))
    return int(text)


def _check_length(sheet: str, at: tuple[int, str], column: object, most: int, faults: list[Fault]) -> None:
    number, text = at
    if len(text) > most:
        faults.append(_fault(sheet, number, column, _too_long(most, len(text)), _("Write it shorter.")))


def _too_long(most: int, count: int) -> str:
    return _("Write at most %(limit)s characters; this is %(count)s.") % {"limit": most, "count": count}


def _unknown(sheet: str, at: tuple[int, str], column: object, choices: Sequence[str]) -> Fault:
    what = _("“%(text)s” is not one of those there are.") % {"text": at[1][:40]}
    return _fault(sheet, at[0], column, what, _("Choose one of: %(choices)s.") % {"choices": ", ".join(choices)})


def _fault(sheet: str, row: int, column: object, what: str, todo: str) -> Fault:
    return Fault(sheet=sheet, row=row, column=str(column), what=what, todo=todo)
