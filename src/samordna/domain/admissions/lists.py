"""A list of organisations to let in, as it is typed or pasted: one a line, `name; organisation number; e-mail address`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from django.db.models import Q
from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.domain.admissions.models import Invitation
from samordna.domain.collaborations.models import Collaboration, Participation
from samordna.domain.organisations.enums import OrganisationKind
from samordna.domain.organisations.findings import Findings
from samordna.domain.organisations.models import Holding, Organisation
from samordna.domain.organisations.number import fault, written


class LineOutcome(StrEnum):
    """What happens with a line."""

    LET_IN = "let_in"  # registered, with people of its own: takes part at once
    INVITE = "invite"  # a letter goes to the address
    FAULT = "fault"  # something has to be corrected


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One organisation of the list, and what will happen with it. `sentence`: what is wrong, or ""."""

    place: int = 0
    name: str = ""
    number: str = ""
    kind: str = ""
    email: str = ""
    organisation_id: str = ""
    outcome: LineOutcome = LineOutcome.FAULT
    sentence: str = ""

    @classmethod
    def of(cls, row: Mapping[str, str]) -> Line:
        """From named values."""
        name, number, kind, email = (str(row.get(each, "")).strip() for each in ("name", "number", "kind", "email"))
        return cls(name=name, number=number, kind=kind, email=email)


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """Registered organisations that a list may mean. A number names one; a name may be that of several."""

    by_number: dict[str, Organisation]
    by_name: dict[str, list[Organisation]]

    def meant(self, line: Line) -> tuple[Organisation | None, str]:
        """The organisation that a line means, or none, or a sentence that says why it cannot be told."""
        if line.number in self.by_number:
            return self.by_number[line.number], ""
        named = self.by_name.get(line.name.casefold(), [])
        whole = [row for row in named if row.parent is None]
        if line.number:
            named = [row for row in whole if not row.number]
            return None, _("It is registered without this number. Leave the number out, or correct it.") if named else ""
        if len(whole) > 1:
            return None, _("Several organisations are called this. Give the organisation number of the one you mean.")
        if named and not whole:
            parent = named[0].parent.name if named[0].parent else ""
            return None, _(
                "There is one called this that is part of %(parent)s. Let that one in from the register, or write the "
                "name so that the two can be told apart."
            ) % {"parent": parent}
        return (whole[0] if whole else None), ""


def lines_in(text: str, kind: str = "") -> list[Line]:
    """The lines that say something. A part with @ is the address, one of ten digits the number, the first other the name.

    Parts are separated by semicolons or tabs, as they come out of a spreadsheet.
    """
    return [_line(text_line, kind) for text_line in text.replace("\t", ";").splitlines() if text_line.strip(" ;")]


def _line(text: str, kind: str) -> Line:
    parts = [part.strip() for part in text.split(";") if part.strip()]
    email = next((part for part in parts if "@" in part), "")
    digits = sum(character.isdigit() for character in "".join(parts))
    number = next((part for part in parts if part != email and _all_digits(part)), "") if digits else ""
    name = next((part for part in parts if part not in (email, number)), "")
    return Line(name=name, number=number, email=email, kind=kind)


def _all_digits(part: str) -> bool:
    return all(character.isdigit() or character in "- " for character in part)


def judged(collaboration: Collaboration, lines: Sequence[Line], at: datetime) -> list[Line]:
    """What would happen with each line, with four questions to the database however many there are."""
    placed = [replace(line, place=place, number=written(line.number)) for place, line in enumerate(lines, start=1)]
    register = _register(placed, at)
    rows = {row.pk for named in register.by_name.values() for row in named}
    peopled = set(Holding.objects.filter(role__organisation__in=rows).values_list("role__organisation_id", flat=True))
    taking_part = set(
        Participation.objects.filter(
            Q(left_on__isnull=True) | Q(left_on__gt=clock.day(at)), collaboration=collaboration
        ).values_list("organisation_id", flat=True)
    )
    waiting = Invitation.objects.unanswered().filter(collaboration=collaboration)
    invited = {value.casefold() for row in waiting.values_list("email", "organisation_name") for value in row if value}
    seen: dict[str, int] = {}
    return [_judge(line, register, peopled, taking_part, invited, seen) for line in placed]


def _register(lines: Iterable[Line], at: datetime) -> Register:
    """Registered organisations that a line may mean, by number and by name."""
    alive = Q(valid_to__isnull=True) | Q(valid_to__gt=clock.day(at))
    wanted = Q(number__in=[line.number for line in lines if line.number]) | Q(name__in=[line.name for line in lines])
    register = Register(by_number={}, by_name={})
    for row in Organisation.objects.filter(alive & wanted).select_related("parent").order_by("pk"):
        register.by_name.setdefault(row.name.casefold(), []).append(row)
        if row.number:
            register.by_number[row.number] = row
    return register


def _judge(
    line: Line,
    register: Register,
    peopled: set[str],
    taking_part: set[str],
    invited: set[str],
    seen: dict[str, int],
) -> Line:
    organisation, doubt = register.meant(line)
    if doubt:
        return replace(line, sentence=doubt)
    key = organisation.pk if organisation else line.number or line.name.casefold()
    earlier = seen.setdefault(key, line.place)
    if earlier != line.place:
        return replace(line, sentence=_("The same organisation as in line %(line)s.") % {"line": earlier})
    if organisation is None:
        return _newcomer(line, invited, seen)
    line = replace(line, organisation_id=organisation.pk, name=organisation.name, kind=organisation.kind)
    if organisation.pk in taking_part:
        return replace(line, sentence=_("Takes part already."))
    if organisation.pk in peopled:
        return replace(line, outcome=LineOutcome.LET_IN)
    if organisation.parent is not None:
        sentence = _("It is part of %(parent)s, whose administrator invites the first person of it.")
        return replace(line, sentence=sentence % {"parent": organisation.parent.name})
    return _newcomer(line, invited, seen)


def _newcomer(line: Line, invited: set[str], seen: dict[str, int]) -> Line:
    found = Findings()
    found.line("line", line.name, 120)
    if line.number and (sentence := fault(line.number)):
        found.say("line", sentence)
    if not line.email:
        found.say("line", _("It has nobody here yet, so the line needs an e-mail address to invite."))
    email = found.email("line", line.email)
    if line.kind and line.kind not in OrganisationKind.values:
        found.say("line", _("Choose what kind of organisation it is."))
    earlier = seen.setdefault(email, line.place) if email else line.place
    if earlier != line.place:
        found.say(
            "line",
            _("The same address as in line %(line)s. Each organisation has its own first person.") % {"line": earlier},
        )
    if email in invited or line.name.casefold() in invited:
        found.say("line", _("Is invited already. Send that invitation again instead."))
    sentence = found.fields.get("line", "")
    return replace(line, email=email, sentence=sentence, outcome=LineOutcome.FAULT if sentence else LineOutcome.INVITE)
