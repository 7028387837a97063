"""What a file of roles and people would change: the same for the preview and for carrying it out, and without writing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from samordna.core.tables import folded, words_for
from samordna.domain.organisations.enums import RoleKind
from samordna.domain.organisations.external_ids import kept_as, wrong_with
from samordna.domain.organisations.roster import (
    HEADINGS,
    HELD,
    IDS,
    KINDS,
    ROLES,
    TITLES,
    Fault,
    Known,
    KnownHolding,
    KnownPerson,
    KnownRole,
    Line,
    Plan,
    Step,
    key_of,
)

LONGEST = {"role": 120, "name": 120, "email": 254, "register_id": 120}
LONGEST_TEXT = 10_000
COLUMNS_OF_WORDS = ("role", "purpose", "responsibilities", "authority")


def plan_of(lines: tuple[Line, ...], known: Known) -> Plan:
    """What the rows would do."""
    reader = _Reader(known)
    reader.look_ahead(lines)
    for line in sorted(lines, key=lambda each: each.sheet != ROLES):
        before = (len(reader.steps), len(reader.faults))
        (reader.role if line.sheet == ROLES else reader.person)(line)
        reader.same += before == (len(reader.steps), len(reader.faults))
    reader.leave_an_administrator()
    return Plan(steps=tuple(reader.steps), faults=tuple(reader.faults), same=reader.same)


def _by_person_and_role(holdings: Iterable[KnownHolding]) -> dict[tuple[str, str], list[KnownHolding]]:
    found: dict[tuple[str, str], list[KnownHolding]] = {}
    for held in holdings:
        found.setdefault((held.person_id, held.role_id), []).append(held)
    return found


def _says_so(role: KnownRole, kind: str, words: Mapping[str, str]) -> bool:
    """Is all that a row says of a role so already?"""
    return kind in ("", role.kind) and all(not value or getattr(role, each) == value for each, value in words.items())


class _Reader:
    """Goes through the rows, and remembers what those before have said."""

    def __init__(self, known: Known) -> None:
        self.known, self.steps, self.faults, self.same = known, list[Step](), list[Fault](), 0
        self.roles: dict[str, list[KnownRole]] = {}
        for role in known.roles:
            self.roles.setdefault(folded(role.name), []).append(role)
        self.opened: dict[str, int] = {}
        self.begins: dict[str, date] = {}
        self.people = {key_of(person.id): person for person in known.people}
        self.found: dict[str, list[str]] = {}
        """The keys of the people by address, and of those without one by name."""
        for key, person in self.people.items():
            self.found.setdefault(person.email.lower() or folded(person.name), []).append(key)
        self.registers = {person.register_id: key for key, person in self.people.items() if person.register_id}
        self.numbered: dict[str, str] = {}
        self.holdings, self.others = _by_person_and_role(known.holdings), _by_person_and_role(known.others)
        self.named: dict[str, str] = {}
        self.ids = {which: key_of(person_id) if person_id else "" for which, person_id in known.recorded.items()}
        self.ends: list[tuple[Line, Step]] = []
        self.spans: dict[tuple[str, str], list[tuple[date, date | None]]] = {}
        self.kinds, self.held = words_for(KINDS), words_for(HELD)

    def look_ahead(self, lines: tuple[Line, ...]) -> None:
        """A role that the file opens begins when the first one in the file takes it, or today."""
        for line in lines:
            try:
                first = date.fromisoformat(line.cells.get("valid_from", "")[:10])
            except ValueError:
                continue
            role = folded(line.cells.get("role", ""))
            self.begins[role] = max(self.known.since, min(first, self.begins.get(role, self.known.on)))

    def fault(self, line: Line, column: str, what: str, todo: str) -> None:
        """Something that is wrong in a cell."""
        where = {"sheet": str(TITLES[line.sheet]), "row": line.row, "column": str(HEADINGS[column])}
        self.faults.append(Fault(**where, what=what, todo=todo))  # type: ignore[arg-type]

    def step(self, line: Line, act: str, sentence: str, /, person: str = "", role: str = "", **values: str | None) -> None:
        """Something that would be done."""
        self.steps.append(
            Step(kind=act, row=line.row, sheet=line.sheet, sentence=sentence, person=person, role=role, values=values)
        )

    def role(self, line: Line) -> None:
        """A role to open, or to describe anew."""
        name, cells = line.cells.get("role", ""), line.cells
        if not self._fits(line, *COLUMNS_OF_WORDS):
            return
        key = folded(name)
        if not name:
            self.fault(line, "role", _("The role's name is missing."), _("Write what the role is called."))
        elif key in self.opened and len(self.roles.get(key, [])) < 2:
            where = {"row": self.opened[key]}
            self.fault(line, "role", _("The role stands in row %(row)s already.") % where, _("Let each role stand once."))
        else:
            self.opened[key] = line.row
            kind = self._word(line, "kind", self.kinds)
            words = {each: cells.get(each, "") for each in COLUMNS_OF_WORDS if each != "role"}
            if kind is not None:
                self._open_or_describe(line, name, kind, words)

    def _open_or_describe(self, line: Line, name: str, kind: str, words: Mapping[str, str]) -> None:
        same_name = self.roles.get(folded(name), [])
        if len(same_name) > 1:
            if not any(_says_so(role, kind, words) for role in same_name):
                self._two_roles(line, name)
            return
        if not same_name:
            kind = kind or RoleKind.OFFICER
            sentence = _("Opens the role %(role)s") % {"role": name}
            first = self.begins.setdefault(folded(name), self.known.on).isoformat()
            self.step(line, "role", sentence, role=folded(name), name=name, kind=kind, valid_from=first, **words)
            return
        (there,) = same_name
        if kind and kind != there.kind:
            what = _("The role is there already, for something else.")
            self.fault(line, "kind", what, _("A role keeps what it is for. Open another one under another name."))
            return
        new = {each: value or getattr(there, each) for each, value in words.items()}
        if any(getattr(there, each) != value for each, value in new.items()):
            sentence = _("Describes the role %(role)s anew") % {"role": there.name}
            self.step(line, "words", sentence, role=folded(name), name=there.name, **new)

    def person(self, line: Line) -> None:
        """Somebody to know, ids to record, a role to give or to end."""
        if not self._fits(line, *LONGEST):
            return
        key = self._who(line)
        if key is None:
            return
        self._ids(line, key)
        if line.cells.get("role"):
            self._holding(line, key)

    def _who(self, line: Line) -> str | None:
        """The key of the person in this file: the address in small letters, or the name."""
        name, email = line.cells.get("name", ""), line.cells.get("email", "").lower()
        if not name:
            self.fault(line, "name", _("The name is missing."), _("Write the person's name."))
            return None
        try:
            if email:
                validate_email(email)
        except ValidationError:
            self.fault(line, "email", _("This is not an e-mail address."), _("Write it as name@example.se."))
            return None
        if email and self.named.setdefault(email, folded(name)) != folded(name):
            what = _("The same address stands with another name further up.")
            self.fault(line, "email", what, _("Let each person have one address and one name."))
            return None
        key = self._key(line, name, email)
        return key if key is not None and self._known_or_new(line, key, name, email) else None

    def _key(self, line: Line, name: str, email: str) -> str | None:
        """Whom the row is about; None, and a fault unless the row says what is so, when it could be more than one."""
        register_id, alike = line.cells.get("register_id", ""), self.found.get(email or folded(name), [])
        if not email and register_id:
            told_apart = [each for each in alike if self.people[each].register_id == register_id]
            without = any(not self.people[each].register_id for each in alike)
            alike = told_apart or (alike if without else [])  # another id is another person
        if len(alike) > 1:
            if not any(self._holds_exactly(line, each) for each in alike):
                what = _("More than one here is called %(name)s and has no address.") % {"name": name}
                todo = _("Give the id in the own register, or the e-mail address, so that it is clear who is meant.")
                self.fault(line, "name", what, todo)
            return None
        new = email or f"{folded(name)}\n{register_id}"
        return alike[0] if alike else new

    def _known_or_new(self, line: Line, key: str, name: str, email: str) -> bool:
        """Take in or number whom the row is about; False, and a fault, when the id in the register names somebody else."""
        register_id, there = line.cells.get("register_id", ""), self.people.get(key)
        if register_id and self.registers.setdefault(register_id, key) != key:
            what = _("Somebody else has this id, in the organisation or further up.")
            self.fault(line, "register_id", what, _("Each id names one person only."))
            return False
        if register_id and self.numbered.setdefault(key, register_id) != register_id:
            what = _("The same person stands with another id further up.")
            self.fault(line, "register_id", what, _("Let each person have one id in the own register."))
            return False
        if there is None:
            sentence = _("Takes in %(name)s") % {"name": name}
            self.step(line, "person", sentence, person=key, name=name, email=email, register_id=register_id)
            self.people[key] = KnownPerson(id="", name=name, email=email, register_id=register_id, active=True, ids={})
            self.found.setdefault(email or folded(name), []).append(key)
        elif register_id and register_id != there.register_id:
            sentence = _("Notes the own register's id for %(name)s") % {"name": there.name}
            self.step(line, "person", sentence, person=key, name=there.name, register_id=register_id)
            self.people[key] = replace(there, register_id=register_id)
        return True

    def _holds_exactly(self, line: Line, key: str) -> bool:
        """Does somebody hold a role of this name from and to the very days of the row?"""
        first, last = line.cells.get("valid_from", "")[:10], line.cells.get("valid_to", "")[:10]
        roles = self.roles.get(folded(line.cells.get("role", "")), [])
        days = {
            (each.valid_from.isoformat(), each.valid_to.isoformat() if each.valid_to else "")
            for role in roles
            for each in self.holdings.get((self.people[key].id, role.id), [])
        }
        return (first, last) in days

    def _ids(self, line: Line, key: str) -> None:
        for kind in IDS:
            value = kept_as(kind, line.cells.get(kind, ""))
            if not value or self.ids.get((kind, value)) == key:
                continue
            if (kind, value) in self.ids:
                what = _("This id is in use already.")
                self.fault(line, kind, what, _("Each id names one person only."))
            elif sentence := wrong_with(kind, value, self.known.number):
                self.fault(line, kind, _("“%(text)s” cannot be right.") % {"text": value[:40]}, sentence)
            else:
                self.ids[kind, value] = key
                sentence = _("Notes %(kind)s for %(name)s") % {"kind": HEADINGS[kind], "name": line.cells["name"]}
                self.step(line, "id", sentence, person=key, kind=kind, value=value)

    def _holding(self, line: Line, key: str) -> None:
        name = line.cells["role"]
        role, held = folded(name), self._word(line, "held", self.held)
        first, last = self._day(line, "valid_from"), self._day(line, "valid_to")
        if role not in self.roles and role not in self.opened:
            what = _("The organisation has no role %(role)s.") % {"role": name}
            self.fault(line, "role", what, _("Write it as it is called, or add it to the sheet of roles."))
        elif held is None or first is False or last is False:
            return
        elif len(self.roles.get(role, [])) > 1:
            if not self._holds_exactly(line, key):
                self._two_roles(line, name)
        else:
            days = (first if isinstance(first, date) else None, last if isinstance(last, date) else None)
            self._give(line, key, role, held, *days)

    def _give(self, line: Line, key: str, role: str, held: str, given: date | None, last: date | None) -> None:
        own = self._own(key, role)
        there = next((each for each in own if given in (None, each.valid_from) and self._runs(each.valid_to)), None)
        facts = {"name": line.cells["name"], "role": line.cells["role"]}
        first = given or (there.valid_from if there else self.known.on)
        if last is not None and last <= first:
            what = _("The last day does not come after the first.")
            self.fault(line, "valid_to", what, _("The time runs up to, but not including, the day you give."))
        elif sentence := self._outside(role, first, last):
            self.fault(line, "valid_from", sentence, _("Choose days on which the role exists."))
        elif there is not None and last is not None and there.valid_to is not None and last > there.valid_to:
            what = _("%(name)s holds the role %(role)s until %(day)s.") % (facts | {"day": there.valid_to.isoformat()})
            todo = _("A time that has an end is not made longer. Write a row of its own that begins on that day.")
            self.fault(line, "valid_to", what, todo)
        elif there is not None:
            self.spans.setdefault((key, role), []).append((there.valid_from, last))
            if last is not None and last != there.valid_to:
                sentence = _("%(name)s leaves the role %(role)s") % facts
                self.step(line, "end", sentence, person=key, role=role, holding=there.id, valid_to=last.isoformat())
                self.ends.append((line, self.steps[-1]))
        elif self._overlaps(key, role, first, last):
            what = _("%(name)s holds the role %(role)s already during some of that time.") % facts
            self.fault(line, "valid_from", what, _("Choose days that do not overlap, or leave the row out."))
        else:
            self.spans.setdefault((key, role), []).append((first, last))
            sentence = _("Gives %(name)s the role %(role)s") % facts
            days = {"valid_from": first.isoformat(), "valid_to": last.isoformat() if last else None}
            self.step(line, "holding", sentence, person=key, role=role, held=held or "ordinary", **days)

    def _outside(self, role: str, first: date, last: date | None) -> str:
        """Why the days are not among the role's own; "" when they are."""
        known = self.roles.get(role)
        begins, ends = (known[0].valid_from, known[0].valid_to) if known else (self.begins[role], None)
        if first < begins:
            return _("The role opens later, on %(day)s.") % {"day": begins.isoformat()}
        if ends is not None and (last is None or last > ends):
            return _("The role closes on %(day)s; choose that day or earlier.") % {"day": ends.isoformat()}
        return ""

    def _own(self, key: str, role: str) -> list[KnownHolding]:
        known = self.roles.get(role)
        return self.holdings.get((self.people[key].id, known[0].id), []) if known else []

    def _runs(self, last: date | None) -> bool:
        return last is None or last > self.known.on

    def _overlaps(self, key: str, role: str, first: date, last: date | None) -> bool:
        known = self.roles.get(role)
        others = self.others.get((self.people[key].id, known[0].id), []) if known else []
        taken = list(self.spans.get((key, role), ()))
        taken += [(each.valid_from, each.valid_to) for each in (*self._own(key, role), *others)]
        return any((end is None or first < end) and (last is None or start < last) for start, end in taken)

    def _word(self, line: Line, column: str, known: Mapping[str, str]) -> str | None:
        """The key of a word of a list; "" where nothing is said, None (and a fault) for one that is not in it."""
        text = line.cells.get(column, "")
        found = known.get(folded(text)) if text else ""
        if found is None:
            shown = ", ".join(str(each) for each in (KINDS if column == "kind" else HELD).values())
            what = _("“%(text)s” means nothing here.") % {"text": text[:40]}
            self.fault(line, column, what, _("Write one of: %(words)s.") % {"words": shown})
        return found

    def _day(self, line: Line, column: str) -> date | bool:
        """The day; True where nothing is said, False (and a fault) for what is none."""
        text = line.cells.get(column, "")
        if not text:
            return True
        try:
            return date.fromisoformat(text[:10])
        except ValueError:
            what = _("“%(text)s” is not a date.") % {"text": text[:40]}
            self.fault(line, column, what, _("Write it as 2027-03-31."))
            return False

    def _two_roles(self, line: Line, name: str) -> None:
        what = _("The organisation has more than one role %(role)s.") % {"role": name}
        self.fault(line, "role", what, _("Give the roles names of their own in Samordna first, and fetch the file anew."))

    def leave_an_administrator(self) -> None:
        """No end that would leave nobody to administer the organisation."""
        kept = {key for key, roles in self.roles.items() if roles[0].kind == RoleKind.ADMINISTRATOR}
        kept |= {step.role for step in self.steps if step.kind == "role" and step.values["kind"] == RoleKind.ADMINISTRATOR}
        ending = {step.values["holding"]: step.values["valid_to"] for _line, step in self.ends}
        names = {role.id: folded(role.name) for role in self.known.roles}
        spans = [
            (each.valid_from.isoformat(), ending.get(each.id) or (each.valid_to.isoformat() if each.valid_to else "9999"))
            for each in self.known.holdings
            if names[each.role_id] in kept
        ]
        spans += [
            (str(step.values["valid_from"]), step.values["valid_to"] or "9999")
            for step in self.steps
            if step.kind == "holding" and step.role in kept
        ]
        for line, step in self.ends:
            last = str(step.values["valid_to"])
            if step.role in kept and not any(first <= last < end for first, end in spans):
                self.steps.remove(step)
                what = _("Nobody would look after the organisation's roles then.")
                self.fault(line, "valid_to", what, _("Give somebody else an administrator's role from that day."))

    def _fits(self, line: Line, *columns: str) -> bool:
        before = len(self.faults)
        for column in columns:
            text, most = line.cells.get(column, ""), LONGEST.get(column, LONGEST_TEXT)
            if len(text) > most:
                what = _("The text has %(count)s characters.") % {"count": len(text)}
                self.fault(line, column, what, _("Write at most %(limit)s characters.") % {"limit": most})
        return len(self.faults) == before
