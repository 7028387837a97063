"""Questions, ballots and what a method promises, for the tests of methods of decision."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from samordna.domain.forums.ballots import (
    ABOUT_ONE,
    Ballot,
    Base,
    Choice,
    Method,
    Question,
    Routine,
    Seat,
    Voice,
)

CLOSES = datetime(2026, 3, 2, 12, tzinfo=UTC)
OPTIONS = ("a", "b", "c", "d")
EITHER = tuple(each for each in Method if each is not Method.COORDINATOR)
WHOLE = ("yes", "no", "abstain", "stand_aside", "object")


def sayable(method: Method) -> tuple[str, ...]:
    """What can be said: where one consents there is no plain no."""
    return tuple(each for each in WHOLE if each != "no" or method is not Method.CONSENT)


def at(minutes: int) -> datetime:
    """So many minutes before the closing."""
    return CLOSES - timedelta(minutes=minutes)


def asked(members: int = 5, *, parties: int | None = None, **facts: object) -> Question:
    """A question to members m0, m1 … of parties p0, p1 …, each member its own party unless there are fewer."""
    seats = tuple(Seat(member=f"m{n}", party=f"p{n % (parties or members)}") for n in range(members))
    return Question(seats=seats, closes=CLOSES, options=OPTIONS, **facts)


def says(member: str, choice: str, minutes: int = 10, by: str = "") -> Ballot:
    """A ballot about one proposal."""
    reason = "Vi hinner inte." if choice == "object" else ""
    return Ballot(member=member, cast_by=by or member, at=at(minutes), choice=Choice(choice), reason=reason)


def ranks(member: str, order: str, minutes: int = 10) -> Ballot:
    """A ballot among options: "a bc d" puts a first, then b and c alike, then d."""
    return Ballot(
        member=member, cast_by=member, at=at(minutes), ranks=tuple(tuple(group) for group in order.split()) or ((),)
    )


@st.composite
def orders(draw: st.DrawFn) -> tuple[tuple[str, ...], ...]:
    """Some of the options in order, some of them equal."""
    chosen = draw(st.lists(st.sampled_from(OPTIONS), unique=True))
    groups: list[tuple[str, ...]] = []
    for option in chosen:
        if groups and draw(st.booleans()):
            groups[-1] += (option,)
        else:
            groups.append((option,))
    return tuple(groups) or ((),)


@st.composite
def votes(draw: st.DrawFn, *methods: Method) -> tuple[Question, Routine, list[Ballot]]:
    """A question, a routine and ballots at different moments, some by strangers and some too late."""
    method = draw(st.sampled_from(methods or EITHER))
    routine = Routine(
        method=method, voice=draw(st.sampled_from(Voice)), quorum=draw(st.integers(0, 3)), base=draw(st.sampled_from(Base))
    )
    parties = draw(st.integers(1, 6))
    question = asked(draw(st.integers(parties, 9)), parties=parties)
    moments = draw(st.lists(st.integers(-9, 60), unique=True, max_size=14))
    ballots = []
    for minutes in moments:
        member = f"m{draw(st.integers(0, 9))}"
        if method in ABOUT_ONE:
            ballots.append(says(member, draw(st.sampled_from(sayable(method))), minutes))
        else:
            order = draw(orders()) if method is Method.RANKED else (tuple(draw(st.sets(st.sampled_from(OPTIONS)))),)
            ballots.append(Ballot(member=member, cast_by=member, at=at(minutes), ranks=order))
    return question, routine, ballots
