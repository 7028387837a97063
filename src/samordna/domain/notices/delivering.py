"""Letters about notices: one letter for all that is due to a person, written in one transaction with what it holds.

Each notice is settled once: in a letter, or without one because its reader wants none, has no address that works, no longer
holds the role, or may no longer see what it is about. So nothing is sent twice, whatever the clock or a worker does.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from samordna.core import clock
from samordna.core.models import DeadAddress
from samordna.core.outbox import Letter, address, put
from samordna.core.reading import only_reading
from samordna.domain.notices.enums import Group, Rhythm
from samordna.domain.notices.kinds import kind_of
from samordna.domain.notices.limits import LISTED_IN_A_LETTER
from samordna.domain.notices.models import Notice
from samordna.domain.notices.stopping import stop_address
from samordna.domain.notices.subjects import Subject, keys_of, subjects_of
from samordna.domain.notices.wishes import chosen_at, language_of, rhythms_of
from samordna.domain.organisations.access import actor_of
from samordna.domain.organisations.models import Holding, Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One notice with what it is about, as its reader may see it now."""

    notice: Notice
    group: Group
    sentence: str
    subject: Subject


def deliver(person_id: str, rhythms: Collection[str], at: datetime) -> str:
    """Settle what is due to the person in these rhythms; returns the letter's id, or "" when none was written."""
    wished = rhythms_of(person_id)
    unsettled = Notice.objects.select_for_update().filter(person_id=person_id, settled_at__isnull=True)
    due = [notice for notice in unsettled.order_by("at", "pk") if _is_due(notice, {*rhythms, Rhythm.NEVER}, wished)]
    if not due:
        return ""
    person = Person.objects.filter(pk=person_id, is_active=True).exclude(email=None).first()
    letter_id = ""
    if person is not None and not DeadAddress.objects.filter(address=str(person.email).lower()).exists():
        wanted = [notice for notice in due if _is_due(notice, rhythms, wished)]
        with override(language_of(person_id)):
            lines = lines_of(person, wanted, at)
            if lines:
                letter_id = put([_letter(person, lines)], at)[0].pk
    Notice.objects.filter(pk__in=[notice.pk for notice in due]).update(settled_at=at, letter_id=letter_id)
    return letter_id


def _is_due(notice: Notice, rhythms: Collection[str], wished: Mapping[Group, Rhythm]) -> bool:
    kind = kind_of(notice.kind)
    if kind is None:
        return Rhythm.NEVER in rhythms  # a kind that this version no longer knows is settled without a letter
    return wished[kind.group] in rhythms


def lines_of(person: Person, notices: Sequence[Notice], at: datetime) -> list[Line]:
    """The notices whose reader still holds the role and may see what they are about, in the language in use."""
    roles = {notice.role_id for notice in notices}
    held = Holding.objects.on(clock.day(at)).filter(person=person, role__in=roles).select_related("role")
    found: list[Line] = []
    with only_reading():
        for holding in {each.role_id: each for each in held.order_by("role_id", "pk")}.values():
            own = [notice for notice in notices if notice.role_id == holding.role_id]
            found.extend(_lines(own, holding, at))
    return sorted(found, key=lambda line: (line.notice.at, line.notice.pk))


def _lines(own: Sequence[Notice], holding: Holding, at: datetime) -> Iterator[Line]:
    subjects = subjects_of(actor_of(holding), keys_of(own), at)
    for notice in own:
        kind, subject = kind_of(notice.kind), subjects.get((notice.about, notice.about_id))
        if kind is not None and subject is not None:
            yield Line(notice=notice, group=kind.group, sentence=str(kind.sentence), subject=subject)


def _letter(person: Person, lines: Sequence[Line]) -> Letter:
    groups = {line.group for line in lines}
    subject = ngettext("Samordna: %(n)d notice", "Samordna: %(n)d notices", len(lines)) % {"n": len(lines)}
    if len(groups) == 1:
        subject = _("Samordna: %(kind)s") % {"kind": Group(next(iter(groups))).label}
    parts = [_paragraph(line) for line in lines[:LISTED_IN_A_LETTER]]
    more = len(lines) - len(parts)
    if more > 0:
        said = ngettext("And %(n)d notice more: %(address)s", "And %(n)d notices more: %(address)s", more)
        parts.append(said % {"n": more, "address": address("notices")})
    parts.append(_("Choose what you want letters about: %(address)s") % {"address": address("notice_choices")})
    group = _most_of(lines)
    return Letter(
        recipient=str(person.email),
        person_id=person.pk,
        subject=subject,
        body="\n\n".join(parts),
        stop=stop_address(person.pk, group, chosen_at(person.pk, group)),
    )


def _most_of(lines: Sequence[Line]) -> Group:
    """The kind that the link to end letters is about: the letter's own, or the commonest one in a digest."""
    groups = [line.group for line in lines]
    return max(sorted(set(groups)), key=groups.count)


def _paragraph(line: Line) -> str:
    subject, due = line.subject, line.notice.due
    said = [f"{line.sentence}: {subject.title}" + (f" ({subject.where})" if subject.where else "")]
    if due is not None:
        said.append(_("Last day: %(day)s") % {"day": formats.date_format(due, "j F Y")})
    said.append(address(subject.url_name, *subject.url_args))
    return "\n".join(said)
