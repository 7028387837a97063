"""Ballots: what is asked, of whom, what each has said, and the tally of it. See `methods` for what comes of a tally.

Concept. A *seat* is a member of a forum and the party it speaks for. A *voice* is what counts once: the party or the
member, as the forum's routine has it. Whoever sits for a party may cast its voice; the last ballot before the closing
counts, and all the others are kept with who cast them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from fractions import Fraction

from samordna.domain.forums.enums import QUORUMS, SHARES, Method, Quorum, Share, Voice
from samordna.domain.forums.ranking import Ranks, against_each

MOST_OPTIONS = 20
MOST_SEATS = 2_000


AMONG_OPTIONS = frozenset({Method.RANKED, Method.APPROVAL})
"""Methods that choose one of several."""
ABOUT_ONE = frozenset({Method.CONSENT, Method.CONSENSUS, Method.MAJORITY, Method.QUALIFIED})
"""Methods that answer yes or no to one proposal. The coordinator can do either."""


class Base(StrEnum):
    """Of what a majority is counted."""

    CAST = "cast"  # those who said yes or no
    PRESENT = "present"
    ALL = "all"


class Choice(StrEnum):
    """What a ballot says about one proposal."""

    YES = "yes"
    NO = "no"  # everywhere but in consent, where an objection with its reason says it
    ABSTAIN = "abstain"
    OBJECT = "object"  # consent and consensus: blocks, and needs a reason
    STAND_ASIDE = "stand_aside"  # does not agree, and does not stop the others


class Malformed(ValueError):
    """This is no routine, question or ballot; an operation has refused it with a sentence before it comes here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Routine:
    """How a forum decides. `quorum`: so many voices, and `quorum_share` of all, must be present (`over`: more than the
    share).

    `share`: what a qualified majority needs of `base`. `casting`: the voice that settles what comes out equal, or "".
    """

    method: Method = Method.CONSENT
    voice: Voice = Voice.PARTY
    quorum: int = 0
    quorum_share: Fraction = Fraction(0)
    over: bool = False
    share: Fraction = Fraction(2, 3)
    base: Base = Base.CAST
    casting: str = ""

    def __post_init__(self) -> None:
        if self.quorum < 0 or not 0 <= self.quorum_share <= 1:
            raise Malformed("a quorum is a number of voices, and a share of them between none and all")
        if not Fraction(1, 2) < self.share <= 1:
            raise Malformed("a qualified majority is more than half and at most all")

    @classmethod
    def chosen(cls, *, method: str, voice: str, quorum: str, share: str, casting: str = "") -> Routine:
        """The routine of what a forum has chosen, in the words it is kept in."""
        part, over = QUORUMS[Quorum(quorum)]
        return cls(
            method=Method(method),
            voice=Voice(voice),
            quorum_share=part,
            over=over,
            share=SHARES[Share(share)],
            casting=casting,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """One member of the forum, and the party it speaks for."""

    member: str
    party: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked, of whom, until when. `present`: members who are there at the closing; None: nobody has noted who is,
    and whoever votes is there.

    `coordinator`: the member that decides where the coordinator does; `within_mandate`: whether its mandate reaches.
    """

    seats: tuple[Seat, ...]
    closes: datetime
    options: tuple[str, ...] = ()
    present: frozenset[str] | None = None
    coordinator: str = ""
    within_mandate: bool = True

    def __post_init__(self) -> None:
        if len({seat.member for seat in self.seats}) != len(self.seats) or len(self.seats) > MOST_SEATS:
            raise Malformed("each member sits once")
        if len(set(self.options)) != len(self.options) or len(self.options) > MOST_OPTIONS:
            raise Malformed("each option is there once")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ballot:
    """What somebody said for a member: `choice` about one proposal, or `ranks` among options, the best group first.

    An approval has one group, empty when nothing is approved of. Options left out of a ranking come after those in it, and
    are equal.
    """

    member: str
    cast_by: str
    at: datetime
    choice: Choice | None = None
    ranks: tuple[tuple[str, ...], ...] = ()
    reason: str = ""

    def __post_init__(self) -> None:
        named = [option for group in self.ranks for option in group]
        if len(set(named)) != len(named):
            raise Malformed("an option is ranked once")
        if (self.choice is None) == (not self.ranks):
            raise Malformed("a ballot says one thing: a choice, or an order")
        if len(self.ranks) > 1 and not all(self.ranks):
            raise Malformed("each group of an order has an option")
        if self.choice is Choice.OBJECT and not self.reason.strip():
            raise Malformed("an objection has a reason")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reservation:
    """A voice that wants it written down that it did not agree, and why; it changes no outcome."""

    member: str
    made_by: str
    at: datetime
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What was said. Every ballot is in exactly one of `counted`, `replaced`, `late`, `stray` and `by_coordinator`.

    `present`: voices that have been heard or are there; `there`: those that are there at the closing, whom a quorum counts.
    `approvals` and `pairs` are there for the methods among options; `pairs[a][b]`: voices that put a before b.
    """

    voices: tuple[str, ...]
    counted: Mapping[str, Ballot]
    silent: tuple[str, ...]
    present: frozenset[str]
    there: frozenset[str]
    replaced: tuple[Ballot, ...] = ()
    late: tuple[Ballot, ...] = ()
    stray: tuple[Ballot, ...] = ()
    choices: Mapping[Choice, int] = field(default_factory=dict)
    approvals: Mapping[str, int] = field(default_factory=dict)
    pairs: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    by_coordinator: Ballot | None = None

    def said(self, *choices: Choice) -> int:
        """How many voices said any of these."""
        return sum(self.choices.get(each, 0) for each in choices)


def count(question: Question, routine: Routine, ballots: Iterable[Ballot]) -> Tally:
    """The tally. The order of the ballots matters only between two of the same moment: the later in the list counts.

    What the coordinator says where the coordinator decides is no voice; if it also sits for a party, the party's voice is
    its other members'.
    """
    if routine.method in AMONG_OPTIONS and not question.options:
        raise Malformed("there is something to choose among")
    if routine.voice is Voice.PARTY and not all(seat.party for seat in question.seats):
        raise Malformed("where the voice is the party's, each seat speaks for one")
    voice_of = {seat.member: _voice(seat, routine) for seat in question.seats}
    voices = tuple(dict.fromkeys(voice_of.values()))
    deciding = question.coordinator if routine.method is Method.COORDINATOR else ""
    counted: dict[str, Ballot] = {}
    decided: list[Ballot] = []
    replaced, late, stray = [], [], []
    for ballot in sorted(ballots, key=lambda each: each.at):
        _fits(ballot, question, routine)
        if ballot.member not in voice_of and ballot.member != deciding:
            stray.append(ballot)
        elif ballot.at >= question.closes:
            late.append(ballot)
        elif ballot.member == deciding:
            decided.append(ballot)
        else:
            voice = voice_of[ballot.member]
            if voice in counted:
                replaced.append(counted[voice])
            counted[voice] = ballot
    ranks = [ballot.ranks for ballot in counted.values() if ballot.ranks]
    noted = question.present
    there = frozenset(counted if noted is None else (voice_of[member] for member in noted & voice_of.keys()))
    return Tally(
        voices=voices,
        counted=counted,
        silent=tuple(each for each in voices if each not in counted),
        present=there | set(counted),
        there=there,
        replaced=(*replaced, *decided[:-1]),
        late=tuple(late),
        stray=tuple(stray),
        choices=Counter(ballot.choice for ballot in counted.values() if ballot.choice is not None),
        approvals=_approvals(question.options, ranks) if routine.method is Method.APPROVAL else {},
        pairs=against_each(question.options, ranks) if routine.method is Method.RANKED else {},
        by_coordinator=decided[-1] if decided else None,
    )


def _voice(seat: Seat, routine: Routine) -> str:
    return seat.party if routine.voice is Voice.PARTY else seat.member


def _fits(ballot: Ballot, question: Question, routine: Routine) -> None:
    if any(option not in question.options for group in ballot.ranks for option in group):
        raise Malformed("an option that was not asked about")
    if routine.method in AMONG_OPTIONS and ballot.choice not in (None, Choice.ABSTAIN):
        raise Malformed("this method chooses among options")
    if routine.method in ABOUT_ONE and ballot.choice is None:
        raise Malformed("this method answers yes or no")
    if routine.method is Method.CONSENT and ballot.choice is Choice.NO:
        raise Malformed("where one consents, whoever is against objects with a reason or stands aside")
    if routine.method is Method.COORDINATOR and ballot.ranks and not ballot.ranks[0]:
        raise Malformed("an order of the coordinator's begins with an option")
    if routine.method is Method.APPROVAL and len(ballot.ranks) > 1:
        raise Malformed("an approval has no order")


def _approvals(options: Sequence[str], ranks: Iterable[Ranks]) -> dict[str, int]:
    approved = Counter(option for ballot in ranks for option in ballot[0])
    return {option: approved[option] for option in options}
