"""A version of a document as data: what is sealed, signed, compared, and rendered as a page, as PDF and as Word.

Words and days are already in the document's own language; who reads it does not change it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from samordna.domain.agreements.prose import Block, blocks

FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """An organisation that is to sign, and the party whose voice it is part of."""

    organisation_id: str
    organisation: str
    party: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One section: its prose, and its data as a table (empty where it has none)."""

    heading: str
    title: str
    text: str
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The prose as paragraphs, lists and headings."""
        return blocks(self.text)

    @property
    def labelled(self) -> tuple[tuple[tuple[str, str], ...], ...]:
        """The rows with each cell beside its column's name, for narrow screens."""
        return tuple(tuple(zip(self.columns, row, strict=True)) for row in self.rows)

    @property
    def empty(self) -> bool:
        """Does the section say nothing?"""
        return not self.text and not self.rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Something that stands beneath a part's own prose: a heading, prose, a picture (`drawing`: SVG, `alt`: what it shows),
    a table. It is printed, and is no part of what is sealed. `under`: it belongs to the one before it that does not."""

    title: str = ""
    text: str = ""
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    drawing: str = ""
    alt: str = ""
    under: bool = False


Beneath = Mapping[str, Sequence[Piece]]
"""The pieces that stand beneath each part, by its heading."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A whole version. `head`: what stands on its first page, as (term, value)."""

    title: str
    kind: str
    collaboration: str
    language: str
    reference: str
    head: tuple[tuple[str, str], ...]
    parts: tuple[Part, ...]
    signers: tuple[Signer, ...] = field(default=())

    def as_json(self) -> dict[str, Any]:
        """The document as it is stored."""
        return {"format": FORMAT, **asdict(self)}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Document:
        """The document as it was stored; raises `ValueError` for a format that is not known."""
        if stored["format"] != FORMAT:
            raise ValueError(f"Documents of format {stored['format']} are not known to this version.")
        given = {name: stored[name] for name in ("title", "kind", "collaboration", "language", "reference")}
        return cls(
            **given,
            head=tuple((term, value) for term, value in stored["head"]),
            parts=tuple(
                Part(
                    heading=part["heading"],
                    title=part["title"],
                    text=part["text"],
                    columns=tuple(part["columns"]),
                    rows=tuple(tuple(row) for row in part["rows"]),
                )
                for part in stored["parts"]
            ),
            signers=tuple(Signer(**signer) for signer in stored["signers"]),
        )
