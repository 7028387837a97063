"""Who is trained in collaboration, in what, and until when: programmes, events of training, and what was filled in.

Told of what is there, never of what is not. Since silence tells, too, where all know that a programme is for a role, who is
trained by a programme is told within its own organisation and to the coordinator of a coordinated one, and to nobody else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.domain.events.access import visible_events
from samordna.domain.events.enums import EventKind
from samordna.domain.events.models import Enrolment
from samordna.domain.introductions.access import follows_own, led_by, visible_programmes
from samordna.domain.introductions.assigned import learnt_in
from samordna.domain.introductions.lasting import counted_at
from samordna.domain.introductions.models import EarlierTraining
from samordna.domain.introductions.queries.rows import TrainingRow
from samordna.domain.introductions.rules import progress
from samordna.domain.organisations.models import Holding
from samordna.domain.organisations.succession import in_law

NOWHERE: tuple[str, tuple[str, ...]] = ("", ())
COURSES = (EventKind.TRAINING, EventKind.INTRODUCTION)
Trained = dict[str, tuple[TrainingRow, ...]]


def trained_in_role(actor: Actor, role_id: str, at: datetime) -> tuple[tuple[str, tuple[TrainingRow, ...]], ...]:
    """Those who hold a role now and are trained, by name, with what the actor may know of it. Whoever asks may read the
    role."""
    holders = list(
        Holding.objects.on(clock.day(at)).filter(role=role_id).named().select_related("role").order_by("valid_from", "pk")
    )
    found = trained(actor, holders, at)
    return tuple((holder.known_as, rows) for holder in holders if (rows := found.get(holder.pk, ())))


def trained(actor: Actor, holders: Sequence[Holding], at: datetime) -> Trained:
    """What each holder is trained in, the latest first, by holding: seven questions, however many they are.

    Programmes for its own organisation and where it coordinates, events of forums that it may read, and earlier trainings
    that are its own or its to follow.
    """
    if not holders:
        return {}
    found = defaultdict(list)
    for rows in (_programmes(actor, holders, at), _events(actor, holders, at), _earlier(actor, holders, at)):
        for holding_id, row in rows:
            found[holding_id].append(row)
    return {pk: tuple(sorted(rows, key=lambda row: (row.lapsed, -row.on.toordinal()))) for pk, rows in found.items()}


Told = list[tuple[str, TrainingRow]]


def _programmes(actor: Actor, holders: Sequence[Holding], at: datetime) -> Told:
    on = clock.day(at)
    programmes = list(visible_programmes(actor, at).filter(published_on__isnull=False).order_by("name", "pk"))
    if not programmes:
        return []
    learnt = learnt_in(programmes, [holder.person_id for holder in holders])
    led = frozenset(led_by(actor, at))
    found = []
    for holder in holders:
        done, own = learnt.of(holder), actor.system or holder.role.organisation_id == actor.organisation_id
        for programme in (each for each in programmes if own or each.collaboration_id in led):
            asked = learnt.asked.get(programme.pk, ())
            told = progress(asked, done, on, on, programme.renewed_after, published_on=programme.published_on)
            if told.trained and told.done_on is not None:
                more = _("%(n)d new steps since") % {"n": told.new} if own and told.new else ""
                page = ("introduction", (programme.pk,))
                row = _row(programme.name, told.done_on, told.valid_to, on, more, str(_("Introduction")), page)
                found.append((holder.pk, row))
    return found


def _events(actor: Actor, holders: Sequence[Holding], at: datetime) -> Told:
    on, people = clock.day(at), [holder.person_id for holder in holders]
    came = Enrolment.objects.filter(
        was_there=True, holding__person__in=people, event__kind__in=COURSES, event__in=visible_events(actor, at)
    )
    related = ("event__meeting__forum", "holding__role")
    by_person = defaultdict(list)
    now = in_law()
    for row in came.select_related(*related).order_by("event__meeting__starts_at", "pk"):
        of = row.holding.role.organisation_id
        for place in {of, now.get(of, of)}:
            by_person[row.holding.person_id, place].append(row.event)
    found = []
    for holder in holders:
        for event in by_person.get((holder.person_id, holder.role.organisation_id), ()):
            title, day = event.meeting.title or event.meeting.forum.name, clock.day(event.meeting.starts_at)
            page = ("event", (event.pk,))
            found.append((holder.pk, _row(title, day, None, on, "", str(EventKind(event.kind).label), page)))
    return found


def _earlier(actor: Actor, holders: Sequence[Holding], at: datetime) -> Told:
    """What an organisation has filled in is told to whoever it is about and those who follow the introductions there, also
    where another organisation has taken its place."""
    on = clock.day(at)
    own = [holder for holder in holders if holder.role.organisation_id == actor.organisation_id]
    if not follows_own(actor, at):
        own = [holder for holder in own if holder.person_id == actor.person_id]
    if not own:
        return []
    people = {holder.person_id for holder in own}
    there = counted_at(actor.organisation_id or "")
    rows = EarlierTraining.objects.filter(
        withdrawn_at__isnull=True, holding__person__in=people, holding__role__organisation__in=there
    )
    found = []
    for row in rows.select_related("holding__role"):
        here = row.pk if row.holding.role.organisation_id == actor.organisation_id else ""
        for holder in own:
            if holder.person_id == row.holding.person_id:
                told = _row(row.what, row.on, row.valid_to, on, row.note, str(_("Earlier training")), pk=here)
                found.append((holder.pk, told))
    return found


def _row(
    what: str,
    on: date,
    valid_to: date | None,
    today: date,
    note: str,
    source: str,
    page: tuple[str, tuple[str, ...]] = NOWHERE,
    pk: str = "",
) -> TrainingRow:
    return TrainingRow(
        what=what,
        on=on,
        valid_to=valid_to,
        note=note,
        lapsed=valid_to is not None and valid_to <= today,
        source=source,
        url_name=page[0],
        url_args=page[1],
        id=pk,
    )
