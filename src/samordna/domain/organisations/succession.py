"""Who came after whom, and what of the organisations' own is touched when somebody does."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samordna.core.reading import once_until_written
from samordna.domain.organisations.carrying import Kind, Way, register, stays
from samordna.domain.organisations.enums import Outcome, ReorganisationKind
from samordna.domain.organisations.models import (
    ApiToken,
    Carried,
    ContactPath,
    ExternalId,
    Holding,
    Membership,
    Organisation,
    Reorganisation,
    Role,
    Side,
    Succession,
    known_as,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class After:
    """An organisation that came after another, or before it: its name, from which day, and whether in law."""

    id: str
    name: str
    since: date
    in_law: bool


@once_until_written
def successions() -> tuple[Succession, ...]:
    """Every succession by which one organisation came after another, the earliest first: one query, and few rows."""
    found = Succession.objects.exclude(new__isnull=True).exclude(old_id=F("new_id")).select_related("new")
    return tuple(found.order_by("on", "pk"))


def successors() -> dict[str, tuple[After, ...]]:
    """Who came directly after each organisation that somebody came after."""
    found: dict[str, list[After]] = defaultdict(list)
    for row in successions():
        if row.new is not None:
            found[row.old_id].append(After(id=row.new.pk, name=row.new.name, since=row.on, in_law=row.in_law))
    return {old: tuple(new) for old, new in found.items()}


def now_called(organisation_id: str) -> tuple[After, ...]:
    """Who stands in the organisation's place today, after every succession since; empty while it stands there itself."""
    after, found, seen = successors(), [], {organisation_id}
    waiting = list(after.get(organisation_id, ()))
    while waiting:
        one = waiting.pop(0)
        if one.id in seen:
            continue
        seen.add(one.id)
        waiting += after.get(one.id, ())
        if one.id not in after:
            found.append(one)
    return tuple(found)


def successor_in_law(organisation_id: str) -> str:
    """Who stands in the organisation's place in law today; the organisation itself where nobody came after it."""
    return _last(organisation_id, successors())


@once_until_written
def in_law() -> dict[str, str]:
    """Everybody that somebody came after, to whoever stands in their place in law today; one query."""
    after = successors()
    return {old: current for old in after if (current := _last(old, after)) != old}


def _last(organisation_id: str, after: Mapping[str, Sequence[After]]) -> str:
    current, seen = organisation_id, {organisation_id}
    while (one := next((each for each in after.get(current, ()) if each.in_law), None)) and one.id not in seen:
        current = one.id
        seen.add(current)
    return current


def predecessors(organisation_id: str) -> frozenset[str]:
    """Everybody whose place in law the organisation has taken."""
    return frozenset(old for old, current in in_law().items() if current == organisation_id)


def forerunners() -> dict[str, frozenset[str]]:
    """Everybody that each organisation came after, directly or through others, whether or not it took over in law: what
    they knew it knows; one query."""
    direct: dict[str, set[str]] = defaultdict(set)
    for row in successions():
        direct[row.new_id or ""].add(row.old_id)
    found = {}
    for new in direct:
        there, waiting = set[str](), [new]
        while waiting:
            more = direct.get(waiting.pop(), set()) - there
            there |= more
            waiting += more
        found[new] = frozenset(there - {new})
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """What an organisation was called, or what it was part of, until a day; `parent` is "" for nothing."""

    kind: str
    name: str
    parent: str
    until: date


def renamed(organisation_id: str) -> tuple[Before, ...]:
    """The organisation's earlier names and places, the latest first; one query."""
    rows = Succession.objects.filter(old_id=organisation_id, new_id=organisation_id).select_related("old_parent")
    return tuple(
        Before(kind=row.kind, name=row.old_name, parent=row.old_parent.name if row.old_parent else "", until=row.on)
        for row in rows.order_by("-on", "-pk")
    )


def name_on(name: str, before: Sequence[Before], on: date) -> str:
    """What an organisation was called on a day, given what it is called now and its earlier names, the latest first."""
    for one in before:
        if one.kind == ReorganisationKind.RENAME and on < one.until:
            name = one.name
    return name


def came_from(organisation_id: str) -> tuple[After, ...]:
    """Whom the organisation came directly after."""
    rows = (row for row in successions() if row.new_id == organisation_id)
    return tuple(After(id=row.old_id, name=row.old_name, since=row.on, in_law=row.in_law) for row in rows)


def told_now(names: Mapping[str, str]) -> dict[str, str]:
    """Names as old pages show them: what it was called then, and who stands in its place now; one query."""
    after = successors()
    found = dict(names)
    for old in names.keys() & after.keys():
        now = now_called(old)
        if now:
            told = {"old": names[old], "new": ", ".join(one.name for one in now), "day": date_format(now[0].since, "j F Y")}
            found[old] = _("%(old)s (now: %(new)s, since %(day)s)") % told
    return found


def stands_for(organisation_id: str) -> frozenset[str]:
    """The organisation and everybody whose place in law it has taken."""
    return predecessors(organisation_id) | {organisation_id}


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOn:
    """A thing that nobody had to touch went from one organisation to another in law, on a day; to nobody: it ended."""

    of: str
    to: str
    since: date


@once_until_written
def handed_on(kind: str) -> dict[str, tuple[HandedOn, ...]]:
    """By thing, who has taken it over from whom since, the earliest first; one query."""
    taken = Q(outcome=Outcome.GOES) | Q(outcome=Outcome.ENDS) | Q(takes_over=True)
    rows = Carried.objects.filter(taken, kind=kind, reorganisation__carried_out_on__isnull=False)
    found: dict[str, list[HandedOn]] = defaultdict(list)
    columns = ("thing_id", "of_id", "to_id", "reorganisation__carried_out_on")
    for thing, of, to, on in rows.order_by("reorganisation__carried_out_at", "pk").values_list(*columns):
        found[thing].append(HandedOn(of=of, to=to or "", since=on))
    return {thing: tuple(steps) for thing, steps in found.items()}


def open_then(on: date) -> Q:
    """Has not ended on this day; what has not begun yet counts, for it would be left behind too."""
    return Q(valid_to__isnull=True) | Q(valid_to__gt=on)


def _end_roles(ids: Sequence[str], on: date, at: datetime) -> None:
    """A role that ends takes its holders' days and its contact paths with it."""
    for model, path in ((Holding, "role__in"), (ContactPath, "to_role__in")):
        rows = model._default_manager.filter(open_then(on), **{path: ids})
        rows.filter(valid_from__lt=on).update(valid_to=on)
    Role.objects.filter(pk__in=ids, valid_from__lt=on).update(valid_to=on)


def _loose(ids: Sequence[str], on: date, at: datetime) -> None:
    Organisation.objects.filter(pk__in=ids).update(parent=None)


def role_homes(on: date) -> dict[str, str]:
    """Roles that belonged to another organisation on this day than they do now: the role and whose it was; one query."""
    moved = Carried.objects.filter(kind="role", outcome=Outcome.GOES, reorganisation__carried_out_on__gt=on)
    rows = moved.order_by("-reorganisation__carried_out_on", "-reorganisation__carried_out_at")
    return dict(rows.values_list("thing_id", "of_id"))  # the earliest move after the day comes last, and stands


def roles_then(organisation_ids: Collection[str], on: date, prefix: str = "") -> Q:
    """The roles that were these organisations' on a day, whoever has them now; one query. `prefix`: to the role."""
    homes = role_homes(on)
    elsewhere = [role for role, of in homes.items() if of not in organisation_ids]
    left_since = [role for role, of in homes.items() if of in organisation_ids]
    here_now = Q(**{f"{prefix}organisation_id__in": list(organisation_ids)}) & ~Q(**{f"{prefix}pk__in": elsewhere})
    return here_now | Q(**{f"{prefix}pk__in": left_since})


register(
    Kind(
        name="role",
        label=gettext_lazy("Roles"),
        way=Way.POINT,
        model=Role,
        live=open_then,
        title=("name",),
        began="valid_from",
        end_with=_end_roles,
    ),
    Kind(
        name="holding",
        label=gettext_lazy("Those who hold roles"),
        way=Way.ROLE,
        model=Holding,
        path="role__organisation",
        live=open_then,
        title=("known_as",),
        named={"known_as": known_as("role__organisation", "person")},
        place=("role__name",),
        began="valid_from",
        until="valid_to",
    ),
    Kind(
        name="contact_path",
        label=gettext_lazy("Contact paths"),
        way=Way.ROLE,
        model=ContactPath,
        path="to_role__organisation",
        live=open_then,
        title=("topic",),
        place=("to_role__name",),
        began="valid_from",
        until="valid_to",
    ),
    Kind(
        name="api_token",
        label=gettext_lazy("Keys to the API"),
        way=Way.ROLE,
        model=ApiToken,
        path="holding__role__organisation",
        live=lambda on: Q(revoked_at__isnull=True, expires_at__date__gt=on),
        title=("known_as",),
        named={"known_as": known_as("holding__role__organisation", "holding__person")},
        place=("holding__role__name",),
        ended="revoked_at",
    ),
    Kind(
        name="membership",
        label=gettext_lazy("Persons as the organisation knows them"),
        way=Way.POINT,
        model=Membership,
        live=lambda on: Q(released_at__isnull=True),
        title=("name",),
        group=("person_id",),
        sole=1,
        ended="released_at",
        sets={"register_id": ""},  # a register names people for its own organisation only
    ),
    Kind(
        name="external_id",
        label=gettext_lazy("External ids of persons"),
        way=Way.POINT,
        model=ExternalId,
        live=lambda on: Q(ended_at__isnull=True),
        title=("known_as",),
        named={"known_as": known_as("organisation", "person")},
        ended="ended_at",
    ),
    Kind(
        name="part",
        label=gettext_lazy("Organisations that are part of it"),
        way=Way.POINT,
        model=Organisation,
        path="parent",
        live=open_then,
        title=("name",),
        end_with=_loose,
    ),
)
stays(Succession, "old", "new", "old_parent")
stays(Carried, "of", "to")
stays(Side, "organisation")
stays(Reorganisation, "new_parent")
