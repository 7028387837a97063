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
    peopled = set(
        Holding.objects.filter(role__organisation__in=register.values()).values_list("role__organisation_id", flat=True)
    )
    taking_part = set(
        Participation.objects.filter(
            Q(left_on__isnull=True) | Q(left_on__gt=clock.day(at)), collaboration=collaboration
        ).values_list("organisation_id", flat=True)
    )
    waiting = Invitation.objects.unanswered().filter(collaboration=collaboration)
    invited = {value.casefold() for row in waiting.values_list("email", "organisation_name") for value in row if value}
    seen: dict[str, int] = {}
    return [_judge(line, register, peopled, taking_part, invited, seen) for line in placed]


def _register(lines: Iterable[Line], at: datetime) -> dict[str, Organisation]:
    """Registered organisations that a line may mean, by number and by name."""
    alive = Q(valid_to__isnull=True) | Q(valid_to__gt=clock.day(at))
    wanted = Q(number__in=[line.number for line in lines if line.number]) | Q(name__in=[line.name for line in lines])
    rows = list(Organisation.objects.filter(alive & wanted))
    return {row.name.casefold(): row for row in rows} | {row.number: row for row in rows if row.number}


def _judge(
    line: Line,
    register: Mapping[str, Organisation],
    peopled: set[str],
    taking_part: set[str],
    invited: set[str],
    seen: dict[str, int],
) -> Line:
    organisation = register.get(line.number) if line.number else None
    organisation = organisation or register.get(line.name.casefold())
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
