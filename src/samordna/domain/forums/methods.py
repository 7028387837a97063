"""Methods of decision: what comes of a tally, and why.

Concept. `ballots.count` makes the tally: what was said, by whom, and what does not count and why not. `decide` makes the
*outcome* of it: carried or not, with what it rests on as data. Sentences are made outside, in Swedish or English.

- *Consent*: carried unless somebody objects with a reason. An objection stands until its voice has said something else.
  There is no plain no: whoever is against objects with the reason, or stands aside.
- *Consensus*: every voice that is present says yes or stands aside, and at least one says yes. Silence is not consent.
- *Majority*: more than half say yes. *Qualified majority*: at least a given share do. Of what (of yes and no, of those
  present, of all) is the routine's to say. May, Econometrica 20 (1952): between two ways, only simple majority is at the
  same time anonymous, neutral and positively responsive.
- *Ranked*: what beats each other option in pairs; when nothing does, the strongest path (see `ranking`).
- *Approval*: what most voices can approve of. Brams and Fishburn, American Political Science Review 72 (1978).
- *The coordinator decides*, within its mandate; what the others say is advice and is kept.

No method draws lots. Two that come out equal are told as equal, unless the routine gives somebody the casting voice.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from samordna.domain.forums.ballots import Ballot, Base, Choice, Question, Reservation, Routine, Tally, count
from samordna.domain.forums.enums import Method
from samordna.domain.forums.ranking import Path, before_all, strongest


class Result(StrEnum):
    """What came of it."""

    CARRIED = "carried"
    NOT_CARRIED = "not_carried"
    BLOCKED = "blocked"  # an objection stands, or somebody who is there has not been heard
    TIED = "tied"
    NO_QUORUM = "no_quorum"
    NOTHING_SAID = "nothing_said"
    OUTSIDE_MANDATE = "outside_mandate"


@dataclass(frozen=True, slots=True, kw_only=True)
class QuorumTold:
    """How many voices had to be present, how many were, and of how many."""

    needed: int
    present: int
    of: int

    @property
    def met(self) -> bool:
        """Were they enough?"""
        return self.present >= self.needed


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """What came out equal ("yes" and "no", or options), at how many, and whose casting voice settled it; "" if nobody's."""

    equal: tuple[str, ...]
    at: int
    settled_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What was decided, and what it rests on.

    `needed` voices of `base` were asked for, and `got` came. `winner`: the option, where there were several. `paths`: how
    it beats each other option. `standing`: voices that block, by an objection or by not having been heard. `silent`: voices
    that have said nothing.
    """

    method: Method
    result: Result
    quorum: QuorumTold
    needed: int = 0
    got: int = 0
    base: int = 0
    winner: str = ""
    tie: Tie | None = None
    standing: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    paths: tuple[Path, ...] = ()
    reservations: tuple[Reservation, ...] = ()


def settle(
    question: Question, routine: Routine, ballots: Iterable[Ballot], reservations: Iterable[Reservation] = ()
) -> tuple[Tally, Outcome]:
    """The tally and the outcome of it."""
    tally = count(question, routine, ballots)
    return tally, decide(question, routine, tally, reservations)


def quorum_of(routine: Routine, voices: int) -> int:
    """How many voices must be present, of so many."""
    share = routine.quorum_share * voices
    least = int(share) + 1 if routine.over else -int(-share // 1)
    return max(routine.quorum, least if routine.quorum_share else 0)


def decide(question: Question, routine: Routine, tally: Tally, reservations: Iterable[Reservation] = ()) -> Outcome:
    """The outcome of a tally. Reservations of those who sit are kept in the order they were made."""
    sitting = {seat.member for seat in question.seats}
    told = Outcome(
        method=routine.method,
        result=Result.NOTHING_SAID,
        quorum=QuorumTold(needed=quorum_of(routine, len(tally.voices)), present=len(tally.there), of=len(tally.voices)),
        silent=tally.silent,
        reservations=tuple(sorted((each for each in reservations if each.member in sitting), key=lambda each: each.at)),
    )
    if routine.method is Method.COORDINATOR:
        return _by_coordinator(question, tally, told)
    if not told.quorum.met:
        return replace(told, result=Result.NO_QUORUM)
    if all(ballot.choice is Choice.ABSTAIN for ballot in tally.counted.values()):
        return told
    match routine.method:
        case Method.CONSENT:
            return _by_consent(tally, told)
        case Method.CONSENSUS:
            return _by_consensus(tally, told)
        case Method.MAJORITY | Method.QUALIFIED:
            return _by_majority(routine, tally, told)
        case Method.APPROVAL:
            return _by_approval(routine, tally, told)
        case Method.RANKED:
            return _by_rank(routine, tally, told)


def _by_coordinator(question: Question, tally: Tally, told: Outcome) -> Outcome:
    if not question.within_mandate:
        return replace(told, result=Result.OUTSIDE_MANDATE)
    said = tally.by_coordinator
    if said is None or said.choice is Choice.ABSTAIN:
        return told
    if said.ranks:
        best = said.ranks[0]
        if len(best) > 1:
            return replace(told, result=Result.TIED, tie=Tie(equal=best, at=1))
        return replace(told, result=Result.CARRIED, winner=best[0])
    return replace(told, result=Result.CARRIED if said.choice is Choice.YES else Result.NOT_CARRIED)


def _by_consent(tally: Tally, told: Outcome) -> Outcome:
    objecting = _who(tally, Choice.OBJECT)
    agreeing = tally.said(Choice.YES, Choice.STAND_ASIDE)
    result = Result.BLOCKED if objecting else Result.CARRIED
    return replace(told, result=result, got=agreeing, base=len(tally.voices), standing=objecting)


def _by_consensus(tally: Tally, told: Outcome) -> Outcome:
    """Also an abstention stands in the way: whoever wants to let the others go on says so by standing aside."""
    agree = set(_who(tally, Choice.YES, Choice.STAND_ASIDE))
    standing = tuple(voice for voice in tally.voices if voice in tally.present and voice not in agree)
    counts = replace(told, needed=len(tally.present), got=len(agree), base=len(tally.present), standing=standing)
    if standing:
        return replace(counts, result=Result.BLOCKED)
    return replace(counts, result=Result.CARRIED if tally.said(Choice.YES) else Result.NOT_CARRIED)


def _who(tally: Tally, *choices: Choice) -> tuple[str, ...]:
    return tuple(each for each in tally.voices if each in tally.counted and tally.counted[each].choice in choices)


def _by_majority(routine: Routine, tally: Tally, told: Outcome) -> Outcome:
    yes, no = tally.said(Choice.YES), tally.said(Choice.NO, Choice.OBJECT)
    base = {Base.CAST: yes + no, Base.PRESENT: len(tally.present), Base.ALL: len(tally.voices)}[routine.base]
    needed = base // 2 + 1 if routine.method is Method.MAJORITY else -int(-routine.share * base // 1)
    counts = replace(told, needed=needed, got=yes, base=base)
    if base and yes >= needed:
        return replace(counts, result=Result.CARRIED)
    if routine.method is Method.MAJORITY and yes == no:
        return _settled_by_chair(routine, tally, counts, yes)
    return replace(counts, result=Result.NOT_CARRIED)


def _settled_by_chair(routine: Routine, tally: Tally, counts: Outcome, at: int) -> Outcome:
    """The casting voice settles what is equal only where it makes up the majority: of those who said yes or no."""
    chair = tally.counted.get(routine.casting)
    tie = Tie(equal=("yes", "no"), at=at)
    if chair is None or chair.choice in (Choice.ABSTAIN, Choice.STAND_ASIDE) or routine.base is not Base.CAST:
        return replace(counts, result=Result.TIED, tie=tie)
    result = Result.CARRIED if chair.choice is Choice.YES else Result.NOT_CARRIED
    return replace(counts, result=result, tie=replace(tie, settled_by=routine.casting))


def _by_approval(routine: Routine, tally: Tally, told: Outcome) -> Outcome:
    most = max(tally.approvals.values())
    best = tuple(option for option, approved in tally.approvals.items() if approved == most)
    if not most:
        return replace(told, result=Result.NOT_CARRIED, base=len(tally.voices))
    return _chosen(routine, tally, replace(told, got=most, base=len(tally.voices)), best, most)


def _by_rank(routine: Routine, tally: Tally, told: Outcome) -> Outcome:
    paths = strongest(tally.pairs)
    best = before_all(tally.pairs, paths)
    at = min((paths[one][other].strength for one in best for other in best if other in paths[one]), default=0)
    chosen = _chosen(routine, tally, replace(told, base=len(tally.voices)), best, at)
    return replace(chosen, paths=tuple(paths[chosen.winner].values())) if chosen.winner else chosen


def _chosen(routine: Routine, tally: Tally, told: Outcome, best: tuple[str, ...], at: int) -> Outcome:
    """The one that came out best; of several, the one that the casting voice alone puts first among them."""
    if len(best) == 1:
        return replace(told, result=Result.CARRIED, winner=best[0])
    tie = Tie(equal=best, at=at)
    chair = tally.counted.get(routine.casting)
    first = (
        next(([each for each in group if each in best] for group in chair.ranks if set(group) & set(best)), [])
        if chair
        else []
    )
    if len(first) != 1:
        return replace(told, result=Result.TIED, tie=tie)
    return replace(told, result=Result.CARRIED, winner=first[0], tie=replace(tie, settled_by=routine.casting))
