"""Change needs: found, handed over, answered, let go."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Forbidden, Refused, TooLarge
from samordna.core.operation import operation
from samordna.domain.change.access import WRITE, chain_for, check_side, need_for, stands_for
from samordna.domain.change.enums import NeedState, PlacingAnswer
from samordna.domain.change.limits import MOST_NEEDS, MOST_PLACINGS
from samordna.domain.change.models import Cause, ChangeNeed, Placing
from samordna.domain.change.operations.analysing import share
from samordna.domain.change.operations.holding import future, held, held_need, latest_of, own_need, tell, whoever
from samordna.domain.change.rules import TO_ANSWER, Side, state_of
from samordna.domain.collaborations.models import Participation
from samordna.domain.organisations.findings import Findings

COORDINATION = "coordination"
"""Given as the organisation where a change need goes to the coordination."""


@operation(WRITE)
def add_change_need(
    *, actor: Actor, chain_id: str, text: str, cause_id: str = "", at: datetime | None = None
) -> ChangeNeed:
    """Say what has to change, and which cause that comes of."""
    chain = chain_for(actor, chain_id, WRITE, at)
    check_side(actor, chain, chain.organisation_id, at)
    at = at or clock.now()
    chain = held(chain)
    turn = chain.turns.order_by("-number")[0]
    found = Findings()
    text = found.text("text", text)
    cause = Cause.objects.filter(pk=cause_id, turn=turn, ended_at__isnull=True).first() if cause_id else None
    if cause_id and cause is None:
        found.say("cause_id", _("Choose one of the causes of this analysis."))
    if turn.none_reason:
        raise Refused(_("The analysis says that nothing has to change. What is seen now begins another turn."))
    found.insist()
    if turn.needs.filter(ended_at__isnull=True).count() >= MOST_NEEDS:
        raise TooLarge(_("A turn has at most %(most)s change needs.") % {"most": MOST_NEEDS})
    need = ChangeNeed.objects.create(turn=turn, cause=cause, text=text, added_at=at, added_by_id=actor.holding_id)
    tell(actor, "need_found", chain, at, need=need.pk)
    return need


@operation(WRITE)
def place_need(
    *,
    actor: Actor,
    need_id: str,
    to: str,
    words: str = "",
    answer_by: date | None = None,
    at: datetime | None = None,
) -> Placing:
    """Say whose a change need is: one's own (`to` is one's own organisation, or `coordination` for the coordinator), the
    coordination's, or, from the coordinator, a participant's. Whoever it is given to answers by a day; one's own is taken
    on at once. What is given away is shared: the whole chain may be read from then on.
    """
    need = need_for(actor, need_id, WRITE, at)
    at = at or clock.now()
    need, facts, holder = own_need(actor, need, at)
    chain, state = need.turn.chain, state_of(facts)
    if need.turn.concluded_at is None:
        raise Refused(_("The analysis is not done yet. Say that it is, and then whose the change need is."))
    if state in (NeedState.CHANGING, NeedState.MEASURING, NeedState.JUDGED):
        raise Refused(_("A change is made for this need already. Drop the change first, with a reason."))
    found = Findings()
    side = _side(found, to, holder, chain.collaboration_id, at)
    words = found.text("words", words, required=False)
    by = future(found, "answer_by", answer_by or clock.day(at) + timedelta(days=TO_ANSWER), at)
    latest = latest_of(need)
    if latest and latest.answer == PlacingAnswer.TAKEN and side == latest.organisation_id:
        found.say("to", _("It is there already."))
    found.insist()
    if latest and not latest.answer:
        _answered(latest, PlacingAnswer.TAKEN_BACK, "", actor, at)
    if side != holder and latest and latest.number >= MOST_PLACINGS:
        raise TooLarge(_("This has been handed over %(most)s times. Let it go, or take it on.") % {"most": MOST_PLACINGS})
    placing = _given(actor, need, latest, side, words, by, at)
    if side == holder:
        _answered(placing, PlacingAnswer.TAKEN, "", actor, at)
        tell(actor, "need_kept", chain, at, need=need.pk)
        return placing
    if not chain.shared:
        share(actor, chain, at)
    if side is None:
        tell(actor, "need_sent_up", chain, at, need=need.pk)
    else:
        tell(actor, "need_handed", chain, at, need=need.pk, organisations=[side])
    return placing


def _given(
    actor: Actor, need: ChangeNeed, latest: Placing | None, side: Side, words: str, by: date, at: datetime
) -> Placing:
    return Placing.objects.create(
        need=need,
        number=(latest.number if latest else 0) + 1,
        organisation_id=side,
        words=words,
        placed_at=at,
        placed_by_id=actor.holding_id,
        answer_by=by,
    )


def _side(found: Findings, to: str, holder: Side, collaboration_id: str, at: datetime) -> Side:
    if to == COORDINATION:
        return None
    if to and to == holder:
        return holder
    if holder is not None:
        raise Forbidden(_("You keep it, or give it to the coordination, which may hand it on to another organisation."))
    there = Participation.objects.on(clock.day(at)).filter(collaboration_id=collaboration_id, organisation_id=to)
    if not there.exists():
        found.say("to", _("Choose an organisation that takes part."))
    return to


def _answered(placing: Placing, answer: PlacingAnswer, reason: str, actor: Actor, at: datetime) -> None:
    placing.answer, placing.reason = answer, reason
    placing.answered_at, placing.answered_by = at, whoever(actor)
    placing.save()


@operation(WRITE)
def answer_need(*, actor: Actor, need_id: str, answer: str, reason: str = "", at: datetime | None = None) -> Placing:
    """Answer a change need that one was given: take it on, send it back or say no, the latter two with a reason."""
    need = need_for(actor, need_id, WRITE, at)
    at = at or clock.now()
    need, _facts, holder = held_need(actor, need, at)
    latest = latest_of(need)
    if latest is None or latest.answer:
        raise Refused(_("Nobody is asked about this change need now."))
    chain = need.turn.chain
    check_side(actor, chain, latest.organisation_id, at)
    if stands_for(chain, latest.organisation_id, at) != latest.organisation_id:
        raise Refused(_("The organisation that was asked does not take part any more. Give the change need to another."))
    found = Findings()
    choices = [PlacingAnswer.TAKEN, PlacingAnswer.SENT_BACK, PlacingAnswer.REFUSED]
    answer = found.choice("answer", answer, [str(one) for one in choices])
    reason = found.text("reason", reason, required=answer in (PlacingAnswer.SENT_BACK, PlacingAnswer.REFUSED))
    found.insist()
    _answered(latest, PlacingAnswer(answer), reason, actor, at)
    taken = answer == PlacingAnswer.TAKEN
    if holder is None:
        tell(actor, "handed_need_taken" if taken else "handed_need_returned", chain, at, need=need.pk, answer=answer)
    else:
        named = [holder]
        tell(actor, "need_taken" if taken else "need_returned", chain, at, need=need.pk, organisations=named)
    return latest


@operation(WRITE)
def let_need_go(*, actor: Actor, need_id: str, reason: str, at: datetime | None = None) -> ChangeNeed:
    """Let a change need go that one has, with a reason. Changes that are under way are dropped first; one that is made but
    cannot be measured any more does not hold the need."""
    need = need_for(actor, need_id, WRITE, at)
    at = at or clock.now()
    need, facts, _holder = own_need(actor, need, at)
    if state_of(facts) == NeedState.CHANGING:
        raise Refused(_("A change for this need is not finished. Finish it or drop it first."))
    found = Findings()
    reason = found.text("reason", reason)
    found.insist()
    latest = latest_of(need)
    if latest and not latest.answer:
        _answered(latest, PlacingAnswer.TAKEN_BACK, "", actor, at)
    need.ended_at, need.ended_by, need.ended_reason = at, whoever(actor), reason
    need.save(update_fields=["ended_at", "ended_by", "ended_reason"])
    tell(actor, "need_let_go", need.turn.chain, at, need=need.pk)
    return need
