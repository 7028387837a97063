"""What minutes say, as data: what is kept, compared, locked by its digest, and rendered as a page, as PDF and as Word.

Words and days are in the language of the minutes already; who reads them does not change them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from typing import Any

from samordna.core.journal import canonical

FORMAT = 1
Pairs = tuple[tuple[str, str], ...]
Triples = tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordItem:
    """What is written of one item. `decided`: (number or "", statement); `reserved`: (who, why); `todo`: (what, who,
    by)."""

    item_id: str
    title: str
    kind: str
    text: str
    decided: Pairs = ()
    reserved: Pairs = ()
    todo: Triples = ()

    @property
    def said(self) -> tuple[str, ...]:
        """Everything that is said of it, a text each."""
        decided = tuple(f"{number} {statement}".strip() for number, statement in self.decided)
        rows = tuple(", ".join(part for part in row if part) for row in (*self.reserved, *self.todo))
        return (self.title, self.text, *decided, *rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """The minutes of one meeting. `there` and `absent`: (who, in which role, for whom it speaks)."""

    forum: str
    title: str
    when: str
    place: str
    language: str
    there: Triples
    absent: Triples
    items: tuple[RecordItem, ...]
    todo: Triples = ()

    def as_json(self) -> dict[str, Any]:
        """The record as it is stored."""
        return {"format": FORMAT, **asdict(self)}

    @property
    def texts(self) -> dict[str, str]:
        """What is written of each item, by item."""
        return {item.item_id: item.text for item in self.items}

    def written(self, texts: Mapping[str, str]) -> Record:
        """The same with these texts."""
        items = tuple(replace(item, text=texts.get(item.item_id, item.text)) for item in self.items)
        return replace(self, items=items)

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Record:
        """The record as it was stored; raises `ValueError` for a format that is not known."""
        if stored["format"] != FORMAT:
            raise ValueError(f"Minutes of format {stored['format']} are not known to this version.")
        plain = {name: stored[name] for name in ("forum", "title", "when", "place", "language")}
        rows = {name: _rows(stored[name]) for name in ("there", "absent", "todo")}
        return cls(**plain, **rows, items=tuple(_item(item) for item in stored["items"]))


def _item(stored: Mapping[str, Any]) -> RecordItem:
    plain = {name: stored[name] for name in ("item_id", "title", "kind", "text")}
    return RecordItem(**plain, **{name: _rows(stored[name]) for name in ("decided", "reserved", "todo")})


def _rows(stored: Sequence[Sequence[str]]) -> Any:
    return tuple(tuple(row) for row in stored)


def digest_of(stored: Mapping[str, Any]) -> str:
    """The digest (SHA-256) of a record as it is stored."""
    return sha256(canonical(stored)).hexdigest()
