"""Drafts as JSON: by ids, as the interface for programs has them. Every fault is told with its path."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _
from pydantic import BaseModel, ConfigDict, ValidationError

from samordna.core.errors import Invalid
from samordna.domain.matters.exchange.drafts import Draft, Fault, plain
from samordna.domain.matters.exchange.reading import Row, Tables, read
from samordna.domain.matters.exchange.sheets import ANSWERS, CONDITIONS, COSTS, NEEDS, Asked

FORMAT: Final = "samordna-positions/1"
SHOWN_FAULTS: Final = 20


class SaidIn(BaseModel):
    """A condition or a need."""

    model_config = ConfigDict(extra="forbid")
    rule: dict[str, Any] | None = None
    prose: str = ""
    reason: str = ""
    legal_ground: str = ""
    relax_price: int | None = None
    confidence: str = ""
    valid_to: date | None = None
    weight: int | None = None


class DraftIn(BaseModel):
    """What one participant says."""

    model_config = ConfigDict(extra="forbid")
    organisation: str
    benefit: tuple[int, int, int] | None = None
    benefit_note: str = ""
    note: str = ""
    practices: dict[str, str] = {}
    costs: dict[str, tuple[int, int, int]] = {}
    conditions: list[SaidIn] = []
    needs: list[SaidIn] = []


class DraftsIn(BaseModel):
    """A whole document."""

    model_config = ConfigDict(extra="forbid")
    format: str = FORMAT
    matter: str = ""
    positions: list[DraftIn]


def document_of(drafts: Sequence[Draft], asked: Asked) -> dict[str, Any]:
    """The drafts as a document."""
    return {"format": FORMAT, "matter": asked.matter_id, "positions": [plain(draft) for draft in drafts]}


def parsed(content: bytes) -> DraftsIn:
    """The document in a file. Raises `Invalid({"file": sentence})` with the path of each of the first faults."""
    try:
        return DraftsIn.model_validate(json.loads(content))
    except ValidationError as error:
        faults = [f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in error.errors()[:SHOWN_FAULTS]]
        raise Invalid(
            {"file": _("The document does not have the right form. %(what)s.") % {"what": "; ".join(faults)}}
        ) from error
    except (ValueError, RecursionError) as error:
        raise Invalid({"file": _("This is not JSON.")}) from error


def read_drafts(given: Sequence[DraftIn], asked: Asked, on: date) -> tuple[tuple[Draft, ...], tuple[Fault, ...]]:
    """The drafts checked as those of a spreadsheet are; a fault's row is the place of the draft, from 1."""
    return read(_tables(given), asked, on)


def _tables(given: Sequence[DraftIn]) -> Tables:
    rows: dict[str, list[Row]] = {ANSWERS: [], COSTS: [], CONDITIONS: [], NEEDS: []}
    for place, draft in enumerate(given, start=1):
        whose = {"participant": draft.organisation}
        figures = _figures(draft.benefit) if draft.benefit else {}
        words = {"benefit_note": draft.benefit_note, "note": draft.note, **draft.practices}
        rows[ANSWERS].append(Row(number=place, cells=whose | figures | words))
        for option, bounds in draft.costs.items():
            rows[COSTS].append(Row(number=place, cells=whose | {"option": option} | _figures(bounds)))
        for sheet, stated in ((CONDITIONS, draft.conditions), (NEEDS, draft.needs)):
            for number, said in enumerate(stated, start=1):
                rows[sheet] += _stated(place, whose | {"number": str(number)}, said)
    return rows


def _figures(bounds: Sequence[int]) -> dict[str, str]:
    return {name: str(figure) for name, figure in zip(("low", "likely", "high"), bounds, strict=True)}


def _stated(place: int, whose: Mapping[str, str], said: SaidIn) -> list[Row]:
    whole = {name: str(value) for name, value in said.model_dump(exclude={"rule"}).items() if value not in (None, "")}
    if said.rule is None:
        return [Row(number=place, cells={**whose, **whole})]
    found = []
    for part in ("if", "then"):
        for literal in said.rule.get(part, ()):
            line = literal if isinstance(literal, dict) else {}
            cells = {"part": part, "aspect": str(line.get("aspect", "")), "comparison": str(line.get("is", ""))}
            options = line.get("options", ())
            cells["options"] = "\n".join(map(str, options)) if isinstance(options, list | tuple) else str(options)
            found.append(Row(number=place, cells={**whose, **cells, **whole}))
            whole = {}
    return found or [Row(number=place, cells={**whose, **whole})]
