"""The methods of decision: what each promises, as laws over any ballots, and the cases that a chair meets."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise, permutations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samordna.domain.forums.ballots import (
    ABOUT_ONE,
    Ballot,
    Base,
    Choice,
    Malformed,
    Question,
    Reservation,
    Routine,
    Seat,
    count,
)
from samordna.domain.forums.enums import Method, Quorum, Share, Voice
from samordna.domain.forums.methods import Outcome, Result, quorum_of, settle
from samordna.domain.forums.ranking import against_each, before_all, strongest
from tests.domain.forums.voting import OPTIONS, WHOLE, asked, at, orders, ranks, sayable, says, votes

Vote = tuple[Question, Routine, list[Ballot]]


def outcome(question: Question, routine: Routine, ballots: list[Ballot]) -> Outcome:
    return settle(question, routine, ballots)[1]


def said(outcome: Outcome) -> tuple[object, ...]:
    """What an outcome says, without the order in which equals are told."""
    tie = outcome.tie and (frozenset(outcome.tie.equal), outcome.tie.at)
    return outcome.result, outcome.winner, outcome.got, outcome.needed, outcome.base, tie


class TestLaws:
    """What holds whatever is said."""

    @given(vote=votes())
    def test_every_ballot_is_kept_in_one_place_and_with_who_cast_it(self, vote: Vote) -> None:
        question, routine, ballots = vote
        tally = count(question, routine, ballots)
        kept = [*tally.counted.values(), *tally.replaced, *tally.late, *tally.stray]
        assert sorted(kept, key=lambda each: each.at) == sorted(ballots, key=lambda each: each.at)
        assert set(tally.counted) | set(tally.silent) == set(tally.voices)
        assert not set(tally.counted) & set(tally.silent)

    @given(vote=votes(), late=st.lists(st.sampled_from(WHOLE), max_size=4))
    def test_late_ballots_never_count(self, vote: Vote, late: list[str]) -> None:
        question, routine, ballots = vote
        on_time = [each for each in ballots if each.at < question.closes]
        assert outcome(question, routine, ballots) == outcome(question, routine, on_time)
        if routine.method in ABOUT_ONE:
            heard = [choice for choice in late if choice in sayable(routine.method)]
            more = [says("m0", choice, -number) for number, choice in enumerate(heard)]
            tally, after = settle(question, routine, [*on_time, *more])
            assert after == outcome(question, routine, on_time)
            assert list(tally.late) == more

    @given(vote=votes())
    def test_one_voice_however_many_members_and_the_latest_before_closing_is_it(self, vote: Vote) -> None:
        question, routine, ballots = vote
        party = {seat.member: seat.party if routine.voice is Voice.PARTY else seat.member for seat in question.seats}
        latest: dict[str, Ballot] = {}
        for ballot in sorted(ballots, key=lambda each: each.at):
            if ballot.member in party and ballot.at < question.closes:
                latest[party[ballot.member]] = ballot
        assert count(question, routine, ballots).counted == latest
        assert outcome(question, routine, ballots) == outcome(question, routine, list(latest.values()))

    @given(vote=votes(), order=st.randoms(use_true_random=False))
    def test_anonymous_it_does_not_matter_who_said_what(self, vote: Vote, order: Random) -> None:
        question, routine, ballots = vote
        tally = count(question, replace(routine, voice=Voice.MEMBER), ballots)
        members = [seat.member for seat in question.seats]
        shuffled = members[:]
        order.shuffle(shuffled)
        other = dict(zip(members, shuffled, strict=True))
        moved = [replace(ballot, member=other[ballot.member]) for ballot in tally.counted.values()]
        each_own = replace(routine, voice=Voice.MEMBER)
        assert said(outcome(question, each_own, moved)) == said(outcome(question, each_own, list(tally.counted.values())))

    @given(vote=votes(Method.RANKED, Method.APPROVAL), names=st.permutations(OPTIONS))
    def test_neutral_among_options(self, vote: Vote, names: list[str]) -> None:
        question, routine, ballots = vote
        name = dict(zip(OPTIONS, names, strict=True))
        renamed = [replace(each, ranks=tuple(tuple(name[o] for o in group) for group in each.ranks)) for each in ballots]
        before, after = outcome(question, routine, ballots), outcome(question, routine, renamed)
        assert after.result is before.result
        assert after.winner == name.get(before.winner, "")
        assert {name[each] for each in (before.tie.equal if before.tie else ())} == set(
            after.tie.equal if after.tie else ()
        )

    @given(vote=votes(Method.MAJORITY))
    def test_neutral_between_yes_and_no(self, vote: Vote) -> None:
        question, routine, ballots = vote
        routine = replace(routine, base=Base.CAST)
        turned = {Choice.YES: Choice.NO, Choice.NO: Choice.YES, Choice.OBJECT: Choice.YES}
        other = [replace(each, choice=turned.get(each.choice, each.choice)) for each in ballots]
        swap = {Result.CARRIED: Result.NOT_CARRIED, Result.NOT_CARRIED: Result.CARRIED}
        before = outcome(question, routine, ballots).result
        assert outcome(question, routine, other).result is swap.get(before, before)

    @given(vote=votes(*sorted(ABOUT_ONE)))
    def test_monotone_a_yes_more_never_stops_what_was_carried(self, vote: Vote) -> None:
        question, routine, ballots = vote
        counted = list(count(question, routine, ballots).counted.values())
        carried = outcome(question, routine, counted).result is Result.CARRIED
        for place, ballot in enumerate(counted):
            counted[place] = replace(ballot, choice=Choice.YES)
            after = outcome(question, routine, counted).result is Result.CARRIED
            assert after or not carried
            carried = after

    @given(vote=votes(Method.RANKED, Method.APPROVAL))
    def test_monotone_the_winner_liked_better_still_wins(self, vote: Vote) -> None:
        question, routine, ballots = vote
        counted = list(count(question, routine, ballots).counted.values())
        winner = outcome(question, routine, counted).winner
        for place, ballot in enumerate(counted if winner else []):
            rest = [tuple(option for option in group if option != winner) for group in ballot.ranks]
            approval = routine.method is Method.APPROVAL
            ranked = ((winner, *rest[0]),) if approval else ((winner,), *(group for group in rest if group))
            counted[place] = replace(ballot, ranks=ranked)
            assert outcome(question, routine, counted).winner == winner

    @given(share=st.fractions(0, 1), voices=st.integers(0, 60), over=st.booleans(), least=st.integers(0, 9))
    def test_the_quorum_is_the_smallest_number_that_is_enough(
        self, share: Fraction, voices: int, over: bool, least: int
    ) -> None:
        needed = quorum_of(Routine(quorum=least, quorum_share=share, over=over), voices)

        def enough(present: int) -> bool:
            part = not share or (present > share * voices if over else present >= share * voices)
            return part and present >= least

        assert enough(needed)
        assert not any(enough(fewer) for fewer in range(needed))


class TestRanking:
    """The strongest path, against its definition and a published example."""

    @settings(max_examples=40)
    @given(numbers=st.lists(st.integers(0, 9), min_size=30, max_size=30))
    def test_the_strength_is_the_best_over_all_paths_there_are(self, numbers: list[int]) -> None:
        """Six options: with fewer, the steps of the search can be taken in the wrong order and still come out right."""
        options = "abcdef"
        dice = iter(numbers)
        pairs = {a: {b: next(dice) for b in options if b != a} for a in options}
        step = {(a, b): pairs[a][b] if pairs[a][b] > pairs[b][a] else 0 for a, b in permutations(options, 2)}
        found = strongest(pairs)
        most = {}
        for a, b in permutations(options, 2):
            others = [each for each in options if each not in (a, b)]
            rows = [(a, *via, b) for size in range(len(others) + 1) for via in permutations(others, size)]
            most[a, b] = max(min(step[pair] for pair in pairwise(row)) for row in rows)
        for a, b in permutations(options, 2):
            path = found[a].get(b)
            assert (path.strength if path else 0) == most[a, b]
            if path:
                assert (path.steps[0], path.steps[-1], path.back) == (a, b, most[b, a])
                assert min(step[pair] for pair in pairwise(path.steps)) == path.strength
        best = [a for a in options if all(most[a, b] >= most[b, a] for b in options if b != a)]
        assert list(before_all(pairs, found)) == best

    @given(ballots=st.lists(orders(), max_size=9))
    def test_what_beats_every_other_is_the_answer_when_there_is_one(
        self, ballots: list[tuple[tuple[str, ...], ...]]
    ) -> None:
        pairs = against_each(OPTIONS, ballots)
        place = [{option: number for number, group in enumerate(each) for option in group} for each in ballots]
        for a, b in permutations(OPTIONS, 2):
            assert pairs[a][b] == sum(each.get(a, 9) < each.get(b, 9) for each in place)
        face_to_face = [a for a in OPTIONS if all(pairs[a][b] > pairs[b][a] for b in OPTIONS if b != a)]
        assert not face_to_face or list(before_all(pairs, strongest(pairs))) == face_to_face

    def test_the_example_that_the_method_was_published_with(self) -> None:
        orders_of = {"acbed": 5, "adecb": 5, "bedac": 8, "cabed": 3, "caebd": 7, "cbade": 2, "dceba": 7, "ebadc": 8}
        ballots = [tuple((option,) for option in order) for order, times in orders_of.items() for _ in range(times)]
        pairs = against_each(tuple("abcde"), ballots)
        paths = strongest(pairs)
        assert before_all(pairs, paths) == ("e",)
        assert [paths["e"][each].strength for each in "abcd"] == [25, 28, 28, 31]
        assert paths["e"]["b"].steps == ("e", "d", "c", "b") or paths["e"]["b"].strength == 28

    def test_a_ring_is_told_with_its_paths_and_its_ties(self) -> None:
        question = asked(9)
        ring = [ranks(f"m{n}", order) for n, order in enumerate(["a b c"] * 4 + ["b c a"] * 3 + ["c a b"] * 2)]
        decided = outcome(question, Routine(method=Method.RANKED), ring)
        assert decided.winner == "a"
        through = next(path for path in decided.paths if path.steps[-1] == "c")
        assert (through.steps, through.strength, through.back, through.direct) == (("a", "b", "c"), 6, 5, False)
        even = [ranks(f"m{n}", order) for n, order in enumerate(["a b c d", "b c a d", "c a b d"])]
        tied = outcome(question, Routine(method=Method.RANKED), even)
        assert tied.result is Result.TIED
        assert tied.tie is not None
        assert (set(tied.tie.equal), tied.tie.settled_by) == (set("abc"), "")
        by_chair = outcome(question, Routine(method=Method.RANKED, casting="p1"), even)
        assert by_chair.winner == "b"
        assert by_chair.tie is not None
        assert by_chair.tie.settled_by == "p1"


class TestCases:
    """What a chair meets."""

    @pytest.mark.parametrize(
        ("method", "choices", "result"),
        [
            (Method.CONSENT, "yes yes stand_aside", Result.CARRIED),
            (Method.CONSENT, "yes object yes", Result.BLOCKED),
            (Method.CONSENT, "abstain stand_aside abstain", Result.CARRIED),
            (Method.CONSENT, "abstain abstain", Result.NOTHING_SAID),
            (Method.CONSENSUS, "yes yes yes yes yes", Result.CARRIED),
            (Method.CONSENSUS, "yes yes yes yes stand_aside", Result.CARRIED),
            (Method.CONSENSUS, "yes yes yes yes abstain", Result.BLOCKED),
            (Method.CONSENSUS, "stand_aside stand_aside", Result.NOT_CARRIED),
            (Method.MAJORITY, "yes yes no abstain abstain", Result.CARRIED),
            (Method.MAJORITY, "yes yes no object", Result.TIED),
            (Method.MAJORITY, "yes no no", Result.NOT_CARRIED),
            (Method.QUALIFIED, "yes yes no", Result.CARRIED),
            (Method.QUALIFIED, "yes yes yes no no", Result.NOT_CARRIED),
        ],
    )
    def test_what_comes_of_what_is_said(self, method: Method, choices: str, result: Result) -> None:
        ballots = [says(f"m{number}", choice) for number, choice in enumerate(choices.split())]
        assert outcome(asked(), Routine(method=method), ballots).result is result

    def test_an_objection_stands_until_its_own_voice_has_said_something_else(self) -> None:
        question = asked(4, parties=2)
        blocked = [says("m0", "yes", 30), says("m1", "object", 20), says("m2", "yes", 10)]
        assert outcome(question, Routine(), blocked).standing == ("p1",)
        cleared = outcome(question, Routine(), [*blocked, says("m3", "yes", 5)])
        assert (cleared.result, cleared.standing) == (Result.CARRIED, ())

    def test_who_is_there_and_silent_stands_in_the_way_of_consensus_but_not_of_the_quorum(self) -> None:
        question = replace(asked(5), present=frozenset({"m0", "m1", "m2"}))
        routine = Routine(method=Method.CONSENSUS, quorum_share=Fraction(1, 2), over=True)
        decided = outcome(question, routine, [says("m0", "yes"), says("m1", "yes")])
        assert (decided.result, decided.standing) == (Result.BLOCKED, ("p2",))
        assert (decided.quorum.needed, decided.quorum.present, decided.quorum.of, decided.quorum.met) == (3, 3, 5, True)
        fewer = outcome(replace(question, present=frozenset({"m0"})), routine, [says("m0", "yes")])
        assert (fewer.result, fewer.quorum.met) == (Result.NO_QUORUM, False)

    @pytest.mark.parametrize(
        ("base", "needed", "result"), [("cast", 2, "carried"), ("present", 3, "not_carried"), ("all", 4, "not_carried")]
    )
    def test_a_majority_of_those_who_vote_who_are_there_or_of_all(self, base: str, needed: int, result: str) -> None:
        question = replace(asked(7), present=frozenset({"m0", "m1", "m2", "m3", "m4"}))
        ballots = [says("m0", "yes"), says("m1", "yes"), says("m2", "no")]
        decided = outcome(question, Routine(method=Method.MAJORITY, base=Base(base)), ballots)
        assert (decided.needed, decided.got, decided.result) == (needed, 2, Result(result))

    @pytest.mark.parametrize(
        ("chair", "result", "settled"), [("yes", "carried", "p3"), ("no", "not_carried", "p3"), ("abstain", "tied", "")]
    )
    def test_the_casting_voice_settles_what_is_equal(self, chair: str, result: str, settled: str) -> None:
        others = {"yes": ["no", "no", "yes"], "no": ["yes", "yes", "no"], "abstain": ["yes", "no", "abstain"]}[chair]
        ballots = [says(f"m{number}", choice) for number, choice in enumerate([*others, chair])]
        decided = outcome(asked(4), Routine(method=Method.MAJORITY, casting="p3"), ballots)
        assert decided.tie is not None
        assert (decided.result, decided.tie.settled_by) == (Result(result), settled)

    def test_approval_chooses_what_most_can_approve_of(self) -> None:
        ballots = [ranks("m0", "ab"), ranks("m1", "bc"), ranks("m2", "c"), ranks("m3", "b")]
        tally, decided = settle(asked(), Routine(method=Method.APPROVAL), ballots)
        assert (decided.winner, decided.got, tally.approvals) == ("b", 3, {"a": 1, "b": 3, "c": 2, "d": 0})
        none = outcome(asked(), Routine(method=Method.APPROVAL), [ranks("m0", "")])
        assert (none.result, none.winner) == (Result.NOT_CARRIED, "")

    def test_the_coordinator_decides_within_its_mandate_and_the_others_advise(self) -> None:
        question, routine = asked(3, coordinator="k"), Routine(method=Method.COORDINATOR)
        advice = [says("m0", "no"), says("m1", "no")]
        assert outcome(question, routine, advice).result is Result.NOTHING_SAID
        tally, decided = settle(question, routine, [*advice, says("k", "no", 9), says("k", "yes", 8)])
        assert (decided.result, tally.said(Choice.NO)) == (Result.CARRIED, 2)
        assert tally.by_coordinator == says("k", "yes", 8)
        assert (
            outcome(replace(question, within_mandate=False), routine, [says("k", "yes")]).result is Result.OUTSIDE_MANDATE
        )
        assert outcome(question, routine, [ranks("k", "b a")]).winner == "b"
        assert outcome(question, routine, [ranks("k", "ab")]).result is Result.TIED
        sitting = replace(question, coordinator="m0")
        assert outcome(sitting, routine, [says("m1", "yes")]).result is Result.NOTHING_SAID

    def test_reservations_are_kept_and_change_nothing(self) -> None:
        ballots = [says("m0", "yes"), says("m1", "yes"), says("m2", "no")]
        routine = Routine(method=Method.MAJORITY)
        made = Reservation(member="m2", made_by="deputy", at=at(-30), text="Vi bär kostnaden ensamma.")
        stranger = replace(made, member="x")
        decided = settle(asked(), routine, ballots, [stranger, made])[1]
        assert decided == replace(outcome(asked(), routine, ballots), reservations=(made,))

    def test_what_a_forum_has_chosen_is_its_routine(self) -> None:
        for quorum, needed in ((Quorum.NONE, 0), (Quorum.OVER_HALF, 4), (Quorum.TWO_THIRDS, 4), (Quorum.ALL, 6)):
            chosen = Routine.chosen(method="qualified", voice="party", quorum=quorum, share="three_quarters")
            assert (quorum_of(chosen, 6), chosen.share, chosen.voice) == (needed, Fraction(3, 4), Voice.PARTY)
        for share in Share:
            assert Routine.chosen(method="consent", voice="member", quorum="none", share=share).voice is Voice.MEMBER

    def test_what_is_no_ballot_or_routine_is_refused(self) -> None:
        speechless = replace(asked(), seats=(Seat(member="m0", party=""), Seat(member="m1", party="")))
        assert count(speechless, Routine(voice=Voice.MEMBER), []).voices == ("m0", "m1")
        for wrong in (
            lambda: Ballot(member="m0", cast_by="m0", at=at(1)),
            lambda: Ballot(member="m0", cast_by="m0", at=at(1), choice=Choice.OBJECT, reason=" "),
            lambda: Ballot(member="m0", cast_by="m0", at=at(1), ranks=(("a",), ("a",))),
            lambda: Routine(share=Fraction(1, 2)),
            lambda: Routine(quorum_share=Fraction(3, 2)),
            lambda: replace(asked(), options=("a", "a")),
            lambda: count(asked(), Routine(method=Method.RANKED), [ranks("m0", "x")]),
            lambda: count(asked(), Routine(method=Method.RANKED), [says("m0", "yes")]),
            lambda: count(asked(), Routine(method=Method.APPROVAL), [ranks("m0", "a b")]),
            lambda: count(asked(), Routine(method=Method.CONSENT), [ranks("m0", "a b")]),
            lambda: count(replace(asked(), options=()), Routine(method=Method.APPROVAL), []),
            lambda: count(asked(), Routine(), [says("m0", "yes"), says("m1", "no")]),
            lambda: count(asked(1, coordinator="k"), Routine(method=Method.COORDINATOR), [ranks("k", "")]),
            lambda: Ballot(member="m0", cast_by="m0", at=at(1), ranks=(("a",), ())),
            lambda: count(speechless, Routine(method=Method.MAJORITY), []),
        ):
            with pytest.raises(Malformed):
                wrong()
