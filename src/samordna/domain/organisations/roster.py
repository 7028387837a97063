"""An organisation's roles and people as a file: its sheets and columns, its rows, and what the organisation has now.

A file adds and says anew; it ends nothing that it leaves out. Roles are known by their names, people by their addresses
(or, without one, by the name they have here). Nothing here writes: `operations.rosters` carries out what is right.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.utils.translation import pgettext_lazy as _p

from samordna.core.packages import unreadable
from samordna.core.tables import LANGUAGES, Cell, folded, words_for
from samordna.domain.organisations.enums import ExternalIdKind, HoldingKind, RoleKind

ROLES, PEOPLE = "roles", "people"
TITLES: Mapping[str, Promise] = {ROLES: _p("sheet", "Roles"), PEOPLE: _p("sheet", "People")}
HEADINGS: Mapping[str, Promise] = {
    "role": _p("column of a file", "Role"),
    "kind": _p("column of a file", "What the role is for"),
    "purpose": _p("column of a file", "Purpose"),
    "responsibilities": _p("column of a file", "Responsibilities"),
    "authority": _p("column of a file", "Authority"),
    "name": _p("column of a file", "Name"),
    "email": _p("column of a file", "E-mail address"),
    "held": _p("column of a file", "How the role is held"),
    "valid_from": _p("column of a file", "From and including"),
    "valid_to": _p("column of a file", "Up to, but not including"),
    "register_id": _p("column of a file", "Id in the own register"),
    "hsa_id": _p("column of a file", "HSA-id"),
    "org_affiliation": _p("column of a file", "orgAffiliation"),
}
COLUMNS: Mapping[str, tuple[str, ...]] = {
    ROLES: ("role", "kind", "purpose", "responsibilities", "authority"),
    PEOPLE: ("name", "email", "role", "held", "valid_from", "valid_to", "register_id", "hsa_id", "org_affiliation"),
}
KINDS: Mapping[str, Promise | str] = dict(RoleKind.choices)
HELD: Mapping[str, Promise | str] = {kind: HoldingKind(kind).label for kind in (HoldingKind.ORDINARY, HoldingKind.ACTING)}
IDS = (ExternalIdKind.HSA_ID, ExternalIdKind.ORG_AFFILIATION)
MOST_ROWS = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that is wrong: where, what, and what to do. `row` counts from 1 as the spreadsheet does."""

    sheet: str
    row: int
    column: str
    what: str
    todo: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A row below the headings, by the keys of its columns."""

    sheet: str
    row: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownRole:
    """A role that the organisation has now."""

    id: str
    name: str
    kind: str
    purpose: str
    responsibilities: str
    authority: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPerson:
    """Somebody whom the organisation knows. `ids`: kind → id."""

    id: str
    name: str
    email: str
    register_id: str
    active: bool
    ids: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownHolding:
    """A holding that runs or is to come, not a deputy's."""

    id: str
    person_id: str
    role_id: str
    kind: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the organisation has now. `on`: today, which a row without a first day begins on; `since`: its own first day.

    `others`: holdings of the same roles that have ended, and deputies', which new ones must not overlap. `recorded`: whom
    the ids of the file that are in force name already, "" when it is somebody whom the organisation does not know by them.
    """

    on: date
    since: date
    number: str
    roles: tuple[KnownRole, ...]
    people: tuple[KnownPerson, ...]
    holdings: tuple[KnownHolding, ...]
    others: tuple[KnownHolding, ...] = ()
    recorded: Mapping[tuple[str, str], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing that the file would do, with what it needs: "role", "words", "person", "id", "holding" or "end".

    `sentence` says it for the preview. People and roles are named by `person` (`key_of` somebody known, or the file's own
    key of somebody new) and `role` (its folded name).
    """

    kind: str
    row: int
    sheet: str
    sentence: str
    person: str = ""
    role: str = ""
    values: Mapping[str, str | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What the file would do, in order, and what is wrong with it."""

    steps: tuple[Step, ...]
    faults: tuple[Fault, ...]
    same: int
    """Rows that say what is so already."""


def key_of(person_id: str) -> str:
    """How steps name somebody whom the organisation knows."""
    return f"id:{person_id}"


def rows_of(known: Known) -> dict[str, list[dict[str, Cell]]]:
    """What the organisation has, as the rows of a file: taking it in again changes nothing."""
    roles: list[dict[str, Cell]] = [
        {
            "role": role.name,
            "kind": str(KINDS[role.kind]),
            "purpose": role.purpose,
            "responsibilities": role.responsibilities,
            "authority": role.authority,
        }
        for role in known.roles
    ]
    names = {role.id: role.name for role in known.roles}
    people: list[dict[str, Cell]] = []
    for person in known.people:
        own = [held for held in known.holdings if held.person_id == person.id]
        if not own and not (person.active and person.email):
            continue
        about: dict[str, Cell] = {"name": person.name, "email": person.email, "register_id": person.register_id}
        about |= {kind: person.ids.get(kind, "") for kind in IDS}
        for held in own:
            days: dict[str, Cell] = {"valid_from": held.valid_from, "valid_to": held.valid_to}
            people.append(about | {"role": names[held.role_id], "held": str(HELD[held.kind])} | days)
        if not own:
            people.append(about)
    return {ROLES: roles, PEOPLE: people}


def lines_of(raw: Mapping[str, Sequence[tuple[int, Sequence[str]]]]) -> tuple[Line, ...]:
    """The rows of the sheets that are ours. Raises `Invalid({"file": sentence})`."""
    titles = words_for(TITLES)
    found: list[Line] = []
    seen = False
    for title, rows in raw.items():
        sheet = titles.get(folded(title))
        if sheet is None or not rows:
            continue
        seen, keys = True, _keys(sheet, rows[0][1])
        for number, cells in rows[1:]:
            named = {key: cell.strip() for key, cell in zip(keys, cells, strict=False) if key and cell.strip()}
            if named:
                found.append(Line(sheet=sheet, row=number, cells=named))
    if not seen:
        raise unreadable(_("No sheet of the template is in it. Fetch the template anew and fill that in."))
    if len(found) > MOST_ROWS:
        raise unreadable(_("The file may have at most %(limit)s rows. Divide it into several.") % {"limit": MOST_ROWS})
    return tuple(found)


def _keys(sheet: str, headings: Iterable[str]) -> list[str | None]:
    known: dict[str, str] = {}
    for language in LANGUAGES:
        with override(language):
            known |= {folded(str(HEADINGS[key])): key for key in COLUMNS[sheet]}
    keys = [known.get(folded(heading)) for heading in headings]
    first = COLUMNS[sheet][0]
    if first not in keys:
        words = {"sheet": str(TITLES[sheet]), "heading": str(HEADINGS[first])}
        raise unreadable(
            _("The sheet “%(sheet)s” has no column “%(heading)s”: its first row must hold the headings.") % words
        )
    return keys
