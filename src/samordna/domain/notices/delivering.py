"""Letters about notices: one letter for all that is due to a person, written in one transaction with what it
holds, some persons at a time.

Each notice is settled once: in a letter, or without one because its reader wants none, has no address that works, no longer
holds the role, or may no longer see what it is about. So nothing is sent twice, whatever the clock or a worker does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, Value, When
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from samordna.core import clock
from samordna.core.models import DeadAddress
from samordna.core.outbox import Letter, address, languages_of, put
from samordna.core.reading import only_reading
from samordna.domain.notices.calling import call_of
from samordna.domain.notices.enums import Group, Rhythm
from samordna.domain.notices.kinds import kind_of
from samordna.domain.notices.limits import LISTED_IN_A_LETTER
from samordna.domain.notices.meetings import CALLING
from samordna.domain.notices.models import Notice
from samordna.domain.notices.stopping import stop_address
from samordna.domain.notices.subjects import Subject, keys_of, subjects_of
from samordna.domain.notices.wishes import chosen_by, rhythms_of
from samordna.domain.organisations.access import actor_of
from samordna.domain.organisations.models import Holding, Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One notice with what it is about, as its reader may see it now."""

    notice: Notice
    group: Group
    sentence: str
    subject: Subject


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A letter, and the notices that it holds."""

    letter: Letter
    notices: Sequence[str]


def deliver(people: Sequence[str], rhythms: Collection[str], at: datetime) -> Mapping[str, str]:
    """Settle what is due to these persons in these rhythms; returns the letter of each who gets one, the first of several.

    Twenty together cost a third of twenty one by one; what they may see is still asked for each of them alone.
    """
    wished = rhythms_of(people)
    unsettled = Notice.objects.select_for_update().filter(person_id__in=people, settled_at__isnull=True)
    due: dict[str, list[Notice]] = defaultdict(list)
    for notice in unsettled.order_by("at", "pk"):
        if _is_due(notice, {*rhythms, Rhythm.NEVER}, wished[notice.person_id]):
            due[notice.person_id].append(notice)
    if not due:
        return {}
    wanted = {pk: [notice for notice in own if _is_due(notice, rhythms, wished[pk])] for pk, own in due.items()}
    sent = _put(_letters(_reachable(due), wanted, at), at)
    Notice.objects.filter(pk__in=[notice.pk for own in due.values() for notice in own]).update(settled_at=at)
    which = [When(pk__in=written.notices, then=Value(letter)) for letter, written in sent.items()]
    if which:
        held = [pk for written in sent.values() for pk in written.notices]
        Notice.objects.filter(pk__in=held).update(letter_id=Case(*which, default=Value("")))
    return {written.letter.person_id: letter for letter, written in reversed(sent.items())}


def _reachable(people: Iterable[str]) -> list[Person]:
    """Those who may sign in and have an address from which nothing has come back."""
    found = list(Person.objects.filter(pk__in=list(people), is_active=True).exclude(email=None).order_by("pk"))
    addresses = [str(person.email).lower() for person in found]
    dead = set(DeadAddress.objects.filter(address__in=addresses).values_list("address", flat=True))
    return [person for person in found if str(person.email).lower() not in dead]


def _letters(people: Sequence[Person], wanted: Mapping[str, Sequence[Notice]], at: datetime) -> Mapping[str, list[Written]]:
    """The letters, by the language that each is in: one about each meeting that somebody is called to, for a calendar takes
    in one meeting of a letter, and one about everything else."""
    languages, chosen = languages_of(person.pk for person in people), chosen_by(person.pk for person in people)
    held: dict[str, list[Holding]] = defaultdict(list)
    running = Holding.objects.on(clock.day(at)).filter(person__in=people).select_related("role").order_by("role_id", "pk")
    for holding in running:
        held[holding.person_id].append(holding)
    found: dict[str, list[Written]] = defaultdict(list)
    with only_reading():
        for person in people:
            with override(languages[person.pk]):
                for lines in _together(lines_of(held[person.pk], wanted[person.pk], at)):
                    letter = _letter(person, lines, chosen, at)
                    found[languages[person.pk]].append(Written(letter=letter, notices=[each.notice.pk for each in lines]))
    return found


def _together(lines: Sequence[Line]) -> Iterator[Sequence[Line]]:
    """What stands in one letter."""
    calls: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        calls[line.notice.about_id if line.notice.kind in CALLING else ""].append(line)
    yield from (calls[key] for key in sorted(calls))


def _put(letters: Mapping[str, list[Written]], at: datetime) -> dict[str, Written]:
    """Put them in the outbox; returns them by the letters' own ids."""
    sent: dict[str, Written] = {}
    for language, own in letters.items():
        with override(language):
            rows = put([written.letter for written in own], at)
            sent |= {row.pk: written for row, written in zip(rows, own, strict=True)}
    return sent


def _is_due(notice: Notice, rhythms: Collection[str], wished: Mapping[Group, Rhythm]) -> bool:
    kind = kind_of(notice.kind)
    if kind is None:
        return Rhythm.NEVER in rhythms  # a kind that this version no longer knows is settled without a letter
    return wished[kind.group] in rhythms


def lines_of(held: Iterable[Holding], notices: Sequence[Notice], at: datetime) -> list[Line]:
    """The notices that came to roles which are still held and that tell of what may be seen, in the language in use."""
    found: list[Line] = []
    for holding in {each.role_id: each for each in held}.values():
        own = [notice for notice in notices if notice.role_id == holding.role_id]
        if own:
            found.extend(_lines(own, holding, at))
    return sorted(found, key=lambda line: (line.subject.order, line.notice.at, line.notice.pk))


def _lines(own: Sequence[Notice], holding: Holding, at: datetime) -> Iterator[Line]:
    subjects = subjects_of(actor_of(holding), keys_of(own), at)
    for notice in own:
        kind, subject = kind_of(notice.kind), subjects.get((notice.about, notice.about_id))
        if kind is not None and subject is not None:
            yield Line(notice=notice, group=kind.group, sentence=str(kind.sentence), subject=subject)


def _letter(
    person: Person, lines: Sequence[Line], chosen: Mapping[tuple[str, str], datetime | None], at: datetime
) -> Letter:
    parts = [_paragraph(line) for line in lines[:LISTED_IN_A_LETTER]]
    more = len(lines) - len(parts)
    if more > 0:
        said = ngettext("And %(n)d notice more: %(address)s", "And %(n)d notices more: %(address)s", more)
        parts.append(said % {"n": more, "address": address("notices")})
    last = lines[-1].notice
    call = call_of(last, str(person.email), at) if last.kind in CALLING else None
    parts += call.parts if call else ()
    parts.append(_("Choose what you want letters about: %(address)s") % {"address": address("notice_choices")})
    group = _most_of(lines)
    return Letter(
        recipient=str(person.email),
        person_id=person.pk,
        subject=call.subject if call else _subject(lines),
        body="\n\n".join(parts),
        stop=stop_address(person.pk, group, chosen.get((person.pk, group.value))),
        calendar=call.file if call else "",
        calendar_method=call.method if call else "",
    )


def _subject(lines: Sequence[Line]) -> str:
    groups = {line.group for line in lines}
    if len(groups) == 1:
        return _("Samordna: %(kind)s") % {"kind": Group(next(iter(groups))).label}
    return ngettext("Samordna: %(n)d notice", "Samordna: %(n)d notices", len(lines)) % {"n": len(lines)}


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
