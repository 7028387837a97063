"""Gathering: asking every participant, reminding, and recording that somebody declines. Silence is never consent."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

from samordna.core import clock
from samordna.core.actor import Actor, Duty
from samordna.core.errors import Refused
from samordna.core.operation import operation
from samordna.core.outbox import Letter, address, languages_of, put
from samordna.domain.collaborations.enums import CollaborationState
from samordna.domain.collaborations.models import Participation
from samordna.domain.matters.enums import MatterStage, PositionState
from samordna.domain.matters.limits import check_participants
from samordna.domain.matters.models import Matter, Position
from samordna.domain.matters.operations.carrying import carry_over
from samordna.domain.matters.operations.held import check_answerable, held_draft_for, held_matter_for, held_position_for
from samordna.domain.matters.operations.telling import tell_of_matter, tell_of_position
from samordna.domain.matters.states import TRANSITIONS, UNHEARD
from samordna.domain.matters.typed import Typed
from samordna.domain.organisations.enums import DUTIES
from samordna.domain.organisations.models import Holding


@operation("matter.lead")
def start_gathering(*, actor: Actor, matter_id: str, answer_by: date | None = None, at: datetime | None = None) -> Matter:
    """Send the matter out: everybody who takes part gets a position, silent until it answers.

    In a next turn, what a participant said before is there when it comes, to be confirmed or changed. Until it has done
    either it is silent: an old answer is not an answer to the new question.
    """
    matter = held_draft_for(actor, matter_id, at)
    on = clock.day(at or clock.now())
    if matter.collaboration.state != CollaborationState.ACTIVE:
        raise Refused(_("The collaboration is not active yet. Activate it first; then its matters can be sent out."))
    typed = Typed()
    typed.later_day("answer_by", answer_by, on, _("Choose a day that lies ahead, so that there is time to answer."))
    typed.finish()
    asked = _ask(matter, on)
    if not asked:
        raise Refused(_("Nobody takes part in the collaboration yet. Let in the participants first."))
    carried = carry_over(matter, on)
    matter.stage, matter.answer_by = MatterStage.GATHERING, answer_by
    matter.save(update_fields=["stage", "answer_by"])
    action = TRANSITIONS[(MatterStage.DRAFT, MatterStage.GATHERING)].action
    tell_of_matter(
        actor, action, matter, at, asked=asked, carried=carried, answer_by=answer_by.isoformat() if answer_by else None
    )
    return matter


@operation("matter.lead")
def ask_newcomers(*, actor: Actor, matter_id: str, at: datetime | None = None) -> Matter:
    """Give those who have joined since the matter was sent out a position of their own."""
    matter = held_matter_for(actor, matter_id, "matter.lead", at)
    check_answerable(matter)
    asked = _ask(matter, clock.day(at or clock.now()))
    if not asked:
        raise Refused(_("Everybody who takes part has already been asked."))
    tell_of_matter(actor, "newcomers_asked", matter, at, asked=asked)
    return matter


def _ask(matter: Matter, on: date) -> list[str]:
    """Make the positions that are missing; returns the ids of the organisations that got one."""
    running = Participation.objects.on(on).filter(collaboration_id=matter.collaboration_id)
    current = set(running.values_list("organisation_id", flat=True))
    check_participants(len(current))
    missing = sorted(current - set(matter.positions.values_list("organisation_id", flat=True)))
    Position.objects.bulk_create(Position(matter=matter, organisation_id=organisation) for organisation in missing)
    return missing


@operation("matter.lead")
def set_answer_day(*, actor: Actor, matter_id: str, answer_by: date, at: datetime | None = None) -> Matter:
    """Move the day by which answers are wanted."""
    matter = held_matter_for(actor, matter_id, "matter.lead", at)
    check_answerable(matter)
    typed = Typed()
    on = clock.day(at or clock.now())
    typed.later_day("answer_by", answer_by, on, _("Choose a day that lies ahead, so that there is time to answer."))
    typed.finish()
    matter.answer_by = answer_by
    matter.save(update_fields=["answer_by"])
    tell_of_matter(actor, "answer_day_set", matter, at, answer_by=answer_by.isoformat())
    return matter


@operation("matter.lead")
def record_declining(*, actor: Actor, position_id: str, reason: str, at: datetime | None = None) -> Position:
    """Record that a participant has said that it declines to answer, and why. Nobody's silence may be recorded as this.

    The participant may answer all the same: what it then says takes the place of the record.
    """
    position = held_position_for(actor, position_id, "position.read", at)
    held_matter_for(actor, position.matter_id, "matter.lead", at)
    if position.state not in UNHEARD:
        raise Refused(_("The participant has answered, so it does not decline."))
    typed = Typed()
    needed = _("Say how and why the participant declined. That it is silent is no reason.")
    position.declined_reason = typed.text("reason", reason, needed=needed)
    typed.finish()
    position.state = PositionState.DECLINED
    position.save(update_fields=["state", "declined_reason"])
    tell_of_position(actor, "declining_recorded", position, at, reason=position.declined_reason)
    return position


@operation("matter.lead")
def remind(
    *,
    actor: Actor,
    matter_id: str,
    position_ids: Collection[str] | None = None,
    origin: str = "",
    at: datetime | None = None,
) -> list[Letter]:
    """Write to those who may answer for participants that have not; returns the letters, which are in the outbox.

    `position_ids` limits whom to write to; None is everybody who is waited for.
    """
    matter = held_matter_for(actor, matter_id, "matter.lead", at)
    check_answerable(matter)
    waited_for = matter.positions.filter(state__in=UNHEARD).select_related("organisation").order_by("organisation__name")
    if position_ids is not None:
        waited_for = waited_for.filter(pk__in=list(position_ids))
    positions = list(waited_for)
    if not positions:
        raise Refused(_("Everybody has answered or been recorded as declining, so there is nobody to remind."))
    letters = _reminders(matter, positions, clock.day(at or clock.now()), origin)
    put(letters, at or clock.now())
    tell_of_matter(
        actor, "participants_reminded", matter, at, organisations=[position.organisation_id for position in positions]
    )
    return letters


def _reminders(matter: Matter, positions: list[Position], on: date, origin: str) -> list[Letter]:
    by_organisation = {position.organisation_id: position for position in positions}
    answering = [kind for kind, duties in DUTIES.items() if Duty.ANSWER in duties]
    holdings = Holding.objects.on(on).filter(role__organisation_id__in=by_organisation, role__kind__in=answering)
    people = (
        holdings.filter(person__is_active=True)
        .exclude(person__email=None)
        .values_list("role__organisation_id", "person__email", "person_id")
    )
    readers = list(people.distinct().order_by("role__organisation_id", "person__email"))
    languages, letters = languages_of(pk for _of, _email, pk in readers), []
    for organisation, email, pk in readers:
        with override(languages[pk]):
            letters.append(_reminder(matter, by_organisation[organisation], str(email), origin))
    return letters


def _reminder(matter: Matter, position: Position, email: str, origin: str) -> Letter:
    day = matter.answer_by.isoformat() if matter.answer_by else ""
    lines = [
        _("%(organisation)s is asked what it needs, and under what conditions, in the matter “%(matter)s”.")
        % {"organisation": position.organisation.name, "matter": matter.title},
        _("Answer by %(day)s.") % {"day": day} if day else "",
        address("position", matter.pk, position.pk, origin=origin),
        _("If you have no conditions, say so there: silence is not taken as consent."),
    ]
    return Letter(
        recipient=email,
        subject=_("Samordna: your answer is waited for"),
        body="\n\n".join(filter(None, lines)) + "\n",
        organisation=position.organisation.name,
    )
