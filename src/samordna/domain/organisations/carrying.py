"""What a reorganisation touches, kind by kind, and how each kind is carried over.

Concept. Every app says, in its module `succession`, which of its things touch an organisation, and in which *way* they
follow when the organisation is succeeded:

- *law*: whoever takes over in law stands in its place; nothing is written, the answer is worked out from who came after
  whom (a decision in force, a signature);
- *period*: the thing has a life in days, so it ends on the day and goes on from it under the new name (taking part,
  a mandate);
- *point*: the thing is work under way and goes over as it is (a position, a role);
- *role*: it points to a role and goes where the role goes (a contact path, a held mandate);
- *history*: it tells what somebody did and stays for ever with the one who did it.

A reorganisation costs as many queries as there are kinds, however many things there are of each. Nothing is orphaned:
a thing that is alive belongs to an organisation that is alive, or it is listed as asked about.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.db import connection, models
from django.db.models import Q, QuerySet
from django.utils.functional import Promise

from samordna.domain.organisations.enums import Outcome

LONGEST = 200  # characters of a thing's title and place in the list


class Way(StrEnum):
    """How things of a kind follow a succession."""

    LAW = "law"
    PERIOD = "period"
    POINT = "point"
    ROLE = "role"
    HISTORY = "history"


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """One thing that a reorganisation touches.

    `of`: the organisation before. `role_id`: the role it follows. `group`: what has to be the same for two things to be the
    same one twice (the matter of a position), so that one successor gets it once; "" where there may be any number.
    `hidden`: it is not shared yet, so others are not told even that it is there.
    """

    kind: str
    id: str
    title: str
    place: str
    of: str
    role_id: str = ""
    group: str = ""
    hidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A thing with what becomes of it. `to`: the side that gets it or is asked; "" where nobody does."""

    thing: Touched
    outcome: Outcome
    to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hand:
    """What a kind's own code is given when things of it are carried: from which day, when, and which rows go where.

    `goes`: pairs of the thing's id and the organisation that takes it over. `of`: by the thing's id the organisation
    before. `new`: old row to new row, for those that began anew.
    """

    on: date
    at: datetime
    goes: Sequence[tuple[str, str]]
    old: Mapping[str, str] = field(default_factory=dict)
    new: Mapping[str, str] = field(default_factory=dict)
    joins: Sequence[tuple[str, str]] = ()
    of: Mapping[str, str] = field(default_factory=dict)


Live = Callable[[date], Q]
Gather = Callable[[Sequence[str], date], Iterable[Touched]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of thing that touches organisations.

    `path`: the field with the organisation, or the path to it through a role. `live`: which rows count on a day.
    `title`, `place`: value paths for the list. `began`, `until`: the fields of a life in days; `ended`: a moment's field
    that closes it. `group`: see `Touched`. `endable`: may it simply end? `asks`: may it be asked about? `alike`: asked
    about in a merger unless everybody who merges has one of the same group. `sole`: at most one at a successor of those
    whose group begins with as many equal parts; -1 for any number. `taken_by`: rows that do not count any more and still
    take that one place at whoever takes over.
    `unseen`: a value path and the value with which the thing is listed without its name, for it is not shared yet.
    `sets`: fields that are given another value when the thing goes over.
    `named`: expressions that `title` and `place` may name besides the model's own fields.
    `leaving`: where one leaves it otherwise, when it ends with the organisation itself and never by a placement alone; ""
    for what one may end as one likes.
    `before_taking_over`: why an organisation that is asked cannot take over the thing on a day; "" when it can.
    `may_rest`: what is not taken over may rest where it is without being left to nobody.
    """

    name: str
    label: str | Promise
    way: Way
    model: type[models.Model]
    path: str = "organisation"
    live: Live = lambda on: Q()
    title: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    named: Mapping[str, Any] = field(default_factory=dict)
    began: str = ""
    until: str = ""
    ended: str = ""
    group: tuple[str, ...] = ()
    sole: int = -1
    taken_by: Live | None = None
    endable: bool = True
    asks: bool = False
    unseen: tuple[str, str | bool] | None = None
    may_rest: bool = False
    leaving: str | Promise = ""
    before_taking_over: Callable[[str, str, date], str] | None = None
    alike: Callable[[Touched], bool] | None = None
    sets: Mapping[str, Any] = field(default_factory=dict)
    gather: Gather | None = None
    carry: Callable[[Hand], None] | None = None
    end_with: Callable[[Sequence[str], date, datetime], None] | None = None

    def once(self, thing: Touched) -> str:
        """What two things have in common of which a successor can have only one."""
        return "/".join(thing.group.split("/")[: self.sole])

    @property
    def role_path(self) -> str:
        """The field that points to a role, for a kind that follows one."""
        return self.path.rpartition("__")[0]


KINDS: dict[str, Kind] = {}
HISTORY: set[tuple[str, str]] = set()


def register(*kinds: Kind) -> None:
    """Say what an app has that touches organisations; called once by each app's `succession`."""
    for kind in kinds:
        KINDS[kind.name] = kind


def stays(model: type[models.Model], *fields: str) -> None:
    """Say that these pointers tell what somebody did, and stay with the one who did it."""
    HISTORY.update((str(model._meta.label), name) for name in fields)


def touched(organisation_ids: Sequence[str], on: date) -> list[Touched]:
    """Everything alive on the day that touches these organisations: one query for each kind."""
    return [thing for kind in KINDS.values() for thing in things_of(kind, organisation_ids, on)]


def things_of(kind: Kind, organisation_ids: Sequence[str], on: date) -> Iterable[Touched]:
    """The things of one kind; one query."""
    if kind.gather is not None:
        return kind.gather(organisation_ids, on)
    return _things(kind, live_things(kind, on), organisation_ids)


def taking_places(organisation_ids: Sequence[str], on: date) -> list[Touched]:
    """What these organisations are done with that still takes the one place there is; one query for each such kind."""
    found: list[Touched] = []
    for kind in KINDS.values():
        if kind.taken_by is not None and organisation_ids:
            found += _things(kind, kind.model._default_manager.filter(kind.taken_by(on)), organisation_ids)
    return found


def _things(kind: Kind, among: QuerySet[Any], organisation_ids: Sequence[str]) -> list[Touched]:
    path = f"{kind.path}_id" if "__" not in kind.path else kind.path
    roles = (f"{kind.role_path}_id",) if kind.way is Way.ROLE else ()
    unseen = kind.unseen[:1] if kind.unseen else ()
    columns = ("pk", path, *unseen, *roles, *kind.title, *kind.place, *kind.group)
    rows = among.filter(**{f"{kind.path}__in": list(organisation_ids)}).annotate(**kind.named)
    order = (*kind.title, "pk")
    return [_thing(kind, row) for row in rows.values_list(*columns).order_by(*order)]


def live_things(kind: Kind, on: date) -> QuerySet[Any]:
    """The rows of a kind that count on a day."""
    return kind.model._default_manager.filter(kind.live(on))


def _thing(kind: Kind, row: Sequence[Any]) -> Touched:
    key, of, *rest = row
    hidden = kind.unseen is not None and rest.pop(0) == kind.unseen[1]
    role_id = rest.pop(0) if kind.way is Way.ROLE else ""
    titles, rest = rest[: len(kind.title)], rest[len(kind.title) :]
    places, groups = rest[: len(kind.place)], rest[len(kind.place) :]
    return Touched(
        kind=kind.name,
        id=str(key),
        title="" if hidden else " · ".join(str(part) for part in titles if part)[:LONGEST],
        place="" if hidden else " · ".join(str(part) for part in places if part)[:LONGEST],
        of=of,
        role_id=role_id,
        group="/".join(str(part) for part in groups),
        hidden=hidden,
    )


def insert_all(model: type[models.Model], rows: Sequence[models.Model]) -> None:
    """Insert rows in one go, however many: `bulk_create` splits them by the number of columns on some databases."""
    if not rows:
        return
    fields = model._meta.local_concrete_fields
    quote = connection.ops.quote_name
    columns, marks = ", ".join(quote(f.column or f.name) for f in fields), ", ".join(["%s"] * len(fields))
    values = [[f.get_db_prep_save(f.pre_save(row, True), connection) for f in fields] for row in rows]
    with connection.cursor() as cursor:
        insert = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({marks})"  # noqa: S608  # the models' names
        cursor.executemany(insert, values)
