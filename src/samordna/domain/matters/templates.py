"""The usual kinds of matter, drawn beforehand with aspects and options, so that nobody starts from an empty page.

Each kind is a file in `kinds/` with every text in Swedish and English; a matter is filled in the language of the one who
opens it, and everything can be changed while it is a draft. The payment model is the public example of who pays for days
after a patient is ready for discharge: the aspects are those on which counties are known to differ.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import get_language

from samordna.domain.matters.enums import AspectKind, MatterKind, Sharing

KINDS = Path(__file__).parent / "kinds"


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """One aspect of a template: options are (label, number) in order."""

    label: str
    explanation: str
    kind: AspectKind
    sharing: Sharing
    weight: int
    unit: str
    options: tuple[tuple[str, int | None], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A kind of matter, drawn beforehand."""

    title: str = ""
    purpose: str = ""
    for_the_individual: str = ""
    convenience: str = ""
    unit: str = ""
    aspects: tuple[Drawn, ...] = ()


def template_of(kind: MatterKind) -> Template:
    """The template of this kind in the language that is active now; empty for a kind without one."""
    return _read(kind, "en" if (get_language() or "sv").startswith("en") else "sv")


@cache
def _read(kind: MatterKind, language: str) -> Template:
    path = KINDS / f"{kind.value}.toml"
    if not path.exists():
        return Template()
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    words = {
        name: _said(data[name], language) for name in ("title", "purpose", "for_the_individual", "convenience", "unit")
    }
    return Template(**words, aspects=tuple(_drawn(aspect, language) for aspect in data["aspects"]))


def _said(text: Mapping[str, str], language: str) -> str:
    return text[language]


def _drawn(data: Mapping[str, Any], language: str) -> Drawn:
    kind = AspectKind(data["kind"])
    return Drawn(
        label=_said(data["label"], language),
        explanation=_said(data["explanation"], language),
        kind=kind,
        sharing=Sharing(data.get("sharing", "framed")),
        weight=data.get("weight", 1),
        unit=_said(data["unit"], language) if "unit" in data else "",
        options=_options(kind, data, language),
    )


def _options(kind: AspectKind, data: Mapping[str, Any], language: str) -> tuple[tuple[str, int | None], ...]:
    match kind:
        case AspectKind.YES_NO:
            return (("yes", None), ("no", None)) if language == "en" else (("ja", None), ("nej", None))
        case AspectKind.RANGE:
            low, high, step = data["scale"]
            return tuple((str(number), number) for number in range(low, high + 1, step))
        case AspectKind.CHOICE | AspectKind.ORDERED:
            labels = [_said(option, language) for option in data["options"]]
            return tuple((label, place if kind is AspectKind.ORDERED else None) for place, label in enumerate(labels))
