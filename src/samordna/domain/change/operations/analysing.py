"""A chain begun, analysed, shared, closed, and taken another turn."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Absent, Refused, TooLarge
from samordna.core.operation import operation
from samordna.core.overtaking import check_not_overtaken
from samordna.domain.change.access import WRITE, chain_for, check_side
from samordna.domain.change.enums import CauseKind, StartKind, Step
from samordna.domain.change.limits import MOST_CAUSES, MOST_OPEN, MOST_TURNS
from samordna.domain.change.models import Cause, Chain, Turn
from samordna.domain.change.operations.holding import future, held, hold, tell, whoever
from samordna.domain.change.queries.facts import facts_of
from samordna.domain.change.queries.starts import written
from samordna.domain.change.rules import TO_ANALYSE, Side, waits_of
from samordna.domain.collaborations.access import contribution_for
from samordna.domain.organisations.findings import Findings


@operation(WRITE)
def begin_chain(
    *,
    actor: Actor,
    collaboration_id: str,
    title: str,
    kind: str = StartKind.OBSERVED,
    thing_id: str = "",
    key: str = "",
    said: str = "",
    analyse_by: date | None = None,
    at: datetime | None = None,
) -> Chain:
    """Begin a chain from a result, a gap, feedback, an experience, or something seen (`said`).

    An organisation's chain is its own until it shares it; the coordinator's is everybody's from the beginning.
    """
    given, side = contribution_for(actor, collaboration_id, at)
    at = at or clock.now()
    hold(given.pk)
    _check_room(given.pk, side)
    found = Findings()
    title = found.line("title", title, 200)
    start = _start(actor, found, given.pk, (kind, thing_id, key, said), analyse_by, at)
    chain = Chain(
        collaboration=given,
        organisation_id=side,
        title=title,
        shared=side is None,
        begun_at=at,
        begun_by_id=actor.holding_id,
    )
    found.insist()
    chain.save()
    start.chain = chain
    start.save()
    tell(actor, "chain_begun", chain, at, kind=start.kind)
    return chain


def _check_room(collaboration_id: str, side: Side) -> None:
    """Has this side room for one more open chain? Each its own: nobody is told of, or stopped by, what is another's."""
    own = Chain.objects.filter(collaboration_id=collaboration_id, organisation_id=side, closed_at__isnull=True)
    if own.count() >= MOST_OPEN:
        raise TooLarge(_("There are %(most)s open chains here. Close some of them first.") % {"most": MOST_OPEN})


def _start(
    actor: Actor,
    found: Findings,
    collaboration_id: str,
    begins: tuple[str, str, str, str],
    analyse_by: date | None,
    at: datetime,
) -> Turn:
    """A turn that begins from something that the actor may read in the collaboration, with what that says now."""
    kind, thing_id, key, said = begins
    kind = found.choice("kind", kind, StartKind.values)
    by = future(found, "analyse_by", analyse_by or clock.day(at) + timedelta(days=TO_ANALYSE), at)
    if kind == StartKind.OBSERVED:
        thing_id, key, said = "", "", found.text("said", said)
    elif kind:
        try:
            source = written(actor, kind, thing_id, key, at)
        except Absent:
            source = None
        if source is None or source.collaboration_id != collaboration_id:
            found.say("kind", _("What it begins from is not there for you in this collaboration."))
        else:
            said = source.says[0]
    return Turn(
        number=1,
        kind=kind,
        thing_id=thing_id,
        key=key[:120],
        said=said,
        begun_at=at,
        begun_by_id=actor.holding_id,
        analyse_by=by,
    )


@operation(WRITE)
def write_finding(*, actor: Actor, chain_id: str, finding: str, seen: str = "", at: datetime | None = None) -> Turn:
    """Write what the result says: the first half of the analysis.

    `seen` is the fingerprint of what one began from; raises `Overtaken` with what is stored now when it is another.
    """
    chain, turn, at = _analysed_for(actor, chain_id, at)
    check_not_overtaken(seen, {"finding": turn.finding}, {"finding": finding})
    found = Findings()
    turn.finding = found.text("finding", finding)
    found.insist()
    turn.save(update_fields=["finding"])
    tell(actor, "chain_finding_written", chain, at, turn=turn.number)
    return turn


@operation(WRITE)
def add_cause(*, actor: Actor, chain_id: str, kind: str, text: str, at: datetime | None = None) -> Cause:
    """Say why it is so."""
    chain, turn, at = _analysed_for(actor, chain_id, at)
    found = Findings()
    kind = found.choice("kind", kind, CauseKind.values)
    text = found.text("text", text)
    found.insist()
    if turn.causes.filter(ended_at__isnull=True).count() >= MOST_CAUSES:
        raise TooLarge(_("An analysis has at most %(most)s causes.") % {"most": MOST_CAUSES})
    cause = Cause.objects.create(turn=turn, kind=kind, text=text, found_at=at, found_by_id=actor.holding_id)
    tell(actor, "chain_cause_added", chain, at, cause=cause.pk, kind=kind)
    return cause


@operation(WRITE)
def remove_cause(*, actor: Actor, chain_id: str, cause_id: str, at: datetime | None = None) -> Cause:
    """Take a cause away that was no cause."""
    chain, turn, at = _analysed_for(actor, chain_id, at)
    cause = Cause.objects.filter(pk=cause_id, turn=turn, ended_at__isnull=True).first()
    if cause is None:
        raise Absent
    if cause.needs.filter(ended_at__isnull=True).exists():
        raise Refused(_("A change need comes of this cause. Let the change need go first."))
    cause.ended_at = at
    cause.save(update_fields=["ended_at"])
    tell(actor, "chain_cause_removed", chain, at, cause=cause.pk)
    return cause


@operation(WRITE)
def conclude_analysis(*, actor: Actor, chain_id: str, none_reason: str = "", at: datetime | None = None) -> Turn:
    """Say that the analysis is done: with its change needs, or with a reason why nothing has to change.

    With a reason why nothing has to change the chain is closed. Raises `Invalid` with what the analysis lacks.
    """
    chain, turn, at = _analysed_for(actor, chain_id, at)
    found = Findings()
    reason = found.text("none_reason", none_reason, required=False)
    if not turn.finding:
        found.say("finding", _("Write what the result says."))
    needs = turn.needs.filter(ended_at__isnull=True).exists()
    if needs and reason:
        found.say("none_reason", _("There are change needs. Let them go, or leave the reason out."))
    if not needs and not reason:
        found.say("none_reason", _("Say what has to change, or why nothing has to."))
    if needs and not turn.causes.filter(ended_at__isnull=True).exists():
        found.say("cause", _("Say at least one cause: what has to change follows from why it is so."))
    found.insist()
    turn.none_reason, turn.concluded_at, turn.concluded_by = reason, at, whoever(actor)
    turn.save()
    tell(actor, "chain_analysed", chain, at, turn=turn.number, none=bool(reason))
    if reason and not _waits_besides(chain):
        _close(actor, chain, reason, at)
    return turn


def _waits_besides(chain: Chain) -> bool:
    return any(one.step != Step.SETTLE for one in waits_of(facts_of(chain)))


@operation(WRITE)
def share_chain(*, actor: Actor, chain_id: str, at: datetime | None = None) -> Chain:
    """Let everybody in the collaboration read one's own chain. It is not taken back: what was read is read."""
    chain = chain_for(actor, chain_id, WRITE, at)
    check_side(actor, chain, chain.organisation_id, at)
    at = at or clock.now()
    chain = held(chain)
    if chain.shared:
        raise Refused(_("The chain is shared already."))
    share(actor, chain, at)
    return chain


def share(actor: Actor, chain: Chain, at: datetime) -> None:
    """The chain is everybody's to read from now on."""
    chain.shared = True
    chain.save(update_fields=["shared"])
    tell(actor, "chain_shared", chain, at)


@operation(WRITE)
def close_chain(*, actor: Actor, chain_id: str, outcome: str, at: datetime | None = None) -> Chain:
    """Close a chain in which nothing is waited for any more, with what came of it."""
    chain = chain_for(actor, chain_id, WRITE, at)
    check_side(actor, chain, chain.organisation_id, at)
    at = at or clock.now()
    chain = held(chain)
    if _waits_besides(chain):
        raise Refused(_("Something is still waited for in the chain. What is not to be done is let go, with a reason."))
    found = Findings()
    outcome = found.text("outcome", outcome)
    found.insist()
    _close(actor, chain, outcome, at)
    return chain


def _close(actor: Actor, chain: Chain, outcome: str, at: datetime) -> None:
    chain.closed_at, chain.closed_by, chain.outcome = at, whoever(actor), outcome
    chain.save(update_fields=["closed_at", "closed_by", "outcome"])
    tell(actor, "chain_closed", chain, at)


@operation(WRITE)
def begin_turn(
    *,
    actor: Actor,
    chain_id: str,
    kind: str = StartKind.OBSERVED,
    thing_id: str = "",
    key: str = "",
    said: str = "",
    analyse_by: date | None = None,
    at: datetime | None = None,
) -> Turn:
    """Go another turn in the same chain: what is seen now is analysed anew. A closed chain is open again."""
    chain = chain_for(actor, chain_id, WRITE, at)
    check_side(actor, chain, chain.organisation_id, at)
    at = at or clock.now()
    hold(chain.collaboration_id)
    chain.refresh_from_db(fields=["closed_at", "closed_by", "outcome", "shared"])
    latest = chain.turns.order_by("-number").first()
    if latest is None or latest.concluded_at is None:
        raise Refused(_("The turn before is not analysed yet. Finish that first."))
    if latest.number >= MOST_TURNS:
        raise TooLarge(_("A chain has at most %(most)s turns. Close it, and begin a new one.") % {"most": MOST_TURNS})
    if chain.closed_at is not None:
        _check_room(chain.collaboration_id, chain.organisation_id)
    found = Findings()
    turn = _start(actor, found, chain.collaboration_id, (kind, thing_id, key, said), analyse_by, at)
    found.insist()
    turn.chain, turn.number = chain, latest.number + 1
    turn.save()
    if chain.closed_at is not None:
        latest.closed_at, latest.closed_by, latest.outcome = chain.closed_at, chain.closed_by, chain.outcome
        latest.save(update_fields=["closed_at", "closed_by", "outcome"])
    chain.closed_at, chain.closed_by, chain.outcome = None, None, ""
    chain.save(update_fields=["closed_at", "closed_by", "outcome"])
    tell(actor, "chain_turned", chain, at, turn=turn.number, kind=turn.kind)
    return turn


def _analysed_for(actor: Actor, chain_id: str, at: datetime | None) -> tuple[Chain, Turn, datetime]:
    """An open chain whose latest turn is being analysed, for whose it is."""
    chain = chain_for(actor, chain_id, WRITE, at)
    check_side(actor, chain, chain.organisation_id, at)
    chain = held(chain)
    turn = chain.turns.order_by("-number")[0]
    if turn.concluded_at is not None:
        raise Refused(_("The analysis is done. What is seen now begins another turn."))
    return chain, turn, at or clock.now()
