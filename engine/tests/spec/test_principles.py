"""The principles of coordination, each in the smallest question that shows it."""

import pytest

from matters import aspect, condition, is_, matter, need, participant
from samordna_engine import (
    COORDINATION,
    AspectKind,
    AtLeast,
    AtMost,
    Clash,
    If,
    Malformed,
    Necessity,
    Range,
    Settled,
    Sharing,
    Verdict,
    assess,
    check,
    settle,
)
from samordna_engine.explain import necessity
from samordna_engine.problem import Condition


def test_s3_condition_without_a_reason_is_not_accepted():
    """A condition must say why; one without a reason is refused."""
    with pytest.raises(Malformed) as caught:
        Condition(id="c", owner="a", rule=is_("time", "day"), reason="   ")
    assert [(fault.path, fault.code) for fault in caught.value.faults] == [("reason", "blank")]


def test_l2_likeness_comes_first_and_cost_decides_between_equals():
    """Without a price of difference the most alike decision wins, however dear; between equals the cheapest."""
    times = aspect("time", "day", "night", sharing=Sharing.FRAMED)
    people = [participant("a", time={"day": 900}), participant("b", time={"night": 1000})]
    outcome = settle(matter([times], people))
    assert outcome.proposal.frame == {"time": "day"}
    assert outcome.proposal.likeness.deviations == 0
    assert outcome.proposal.cost == 900


def test_l2_difference_may_be_worth_its_price():
    """With a price of difference, a participant differs when following would cost it more than the price."""
    times = aspect("time", "day", "night", sharing=Sharing.FRAMED)
    people = [participant("a", time={"day": 900}), participant("b", time={"night": 1000})]
    outcome = settle(matter([times], people, price=100))
    (adaptation,) = outcome.proposal.adaptations
    assert adaptation.necessity is Necessity.WORTH_IT
    assert adaptation.because == ()
    assert (adaptation.going_back.likeness, adaptation.going_back.cost) == (
        -1,
        900 if adaptation.participant == "a" else 1000,
    )
    assert outcome.proposal.cost == 0


def test_l2_at_the_same_sum_the_more_alike_decision_is_taken():
    """When differing costs exactly what it saves, there is no difference."""
    times = aspect("time", "day", "night", sharing=Sharing.FRAMED)
    people = [participant("a", time={"day": 100}), participant("b", time={"night": 100})]
    outcome = settle(matter([times], people, price=100))
    assert outcome.proposal.likeness.deviations == 0


def test_l2_difference_that_nothing_needs_is_shown_as_unnecessary():
    """In a proposal made by hand, a difference that no condition and no cost explains is told to be unnecessary."""
    times = aspect("time", "day", "night", sharing=Sharing.FRAMED)
    problem = matter([times], [participant("a"), participant("b")])
    proposal = assess(problem, {"time": "day"}, {"b": {"time": "night"}})
    (adaptation,) = proposal.adaptations
    assert adaptation.necessity is Necessity.UNNECESSARY
    assert adaptation.going_back.likeness == -1


def test_l2_difference_may_stand_in_for_another():
    """A participant that could follow here, but would then have to differ as much elsewhere, is told so."""
    first = aspect("first", "x", "y", sharing=Sharing.FRAMED)
    second = aspect("second", "x", "y", sharing=Sharing.FRAMED)
    either = If(all_of=(is_("first", "x"),), then=(is_("second", "y"),))
    common = [condition("fx", "a", is_("first", "x")), condition("sx", "a", is_("second", "x"))]
    others = [condition("fx2", "c", is_("first", "x")), condition("sx2", "c", is_("second", "x"))]
    people = [participant("a"), participant("b"), participant("c")]
    outcome = settle(matter([first, second], people, [*common, *others, condition("either", "b", either)]))
    (adaptation,) = outcome.proposal.adaptations
    assert adaptation.participant == "b"
    assert adaptation.necessity is Necessity.ELSEWHERE
    assert adaptation.because == ("either",)
    assert adaptation.reason.because[0].facts == {"condition": "either", "owner": "b"}


def test_l2_necessity_names_only_conditions_that_are_needed_for_it():
    """When several conditions together forbid to follow the frame, all of them are named, and no others."""
    first = aspect("first", "x", "y", sharing=Sharing.FRAMED)
    second = aspect("second", "x", "y", sharing=Sharing.LOCAL)
    conditions = [
        condition("1-if", "b", If(all_of=(is_("first", "x"),), then=(is_("second", "y"),))),
        condition("2-not", "b", is_("second", "x")),
        condition("3-idle", "b", If(all_of=(is_("second", "y"),), then=(is_("first", "y"),))),
        condition("4-other", "a", is_("first", "x")),
        condition("5-other", "c", is_("first", "x")),
    ]
    problem = matter([first, second], [participant("a"), participant("b"), participant("c")], conditions)
    outcome = settle(problem)
    told = necessity(problem, outcome.proposal.frame, outcome.proposal.own(), participant="b", aspect="first")
    assert told.because == ("1-if", "2-not")
    assert told.necessity is Necessity.NECESSARY
    assert told == outcome.proposal.adaptations[0]


def test_p2_clash_names_conditions_and_owners_and_needs_all_of_them():
    """Three who each rule out one of three options clash together; any two of them can be satisfied."""
    colour = aspect("colour", "red", "green", "blue")
    conditions = [
        condition("no-red", "a", is_("colour", "green", "blue")),
        condition("no-green", "b", is_("colour", "red", "blue")),
        condition("no-blue", "c", is_("colour", "red", "green")),
    ]
    outcome = settle(matter([colour], [participant("a"), participant("b"), participant("c")], conditions))
    assert isinstance(outcome, Clash)
    assert outcome.conditions == ("no-blue", "no-green", "no-red")
    assert outcome.owners == ("a", "b", "c")
    assert [member.example["colour"] for member in outcome.members] == ["blue", "green", "red"]
    assert [step.facts["owner"] for step in outcome.reason.because] == ["c", "b", "a"]


def test_p2_smallest_clash_with_fewest_owners_is_told_first():
    """Where there are several clashes, the one with fewest conditions is told, then fewest owners, then by name."""
    days = aspect("days", 1, 2, 3, 4)
    conditions = [
        condition("a-low", "a", AtMost(aspect="days", value=1)),
        condition("b-high", "b", AtLeast(aspect="days", value=3)),
        condition("c-high", "a", AtLeast(aspect="days", value=4)),
    ]
    outcome = settle(matter([days], [participant("a"), participant("b")], conditions))
    assert outcome.conditions == ("a-low", "c-high")
    assert outcome.owners == ("a",)
    assert [(m.condition, m.unlocks) for m in outcome.members] == [("a-low", True), ("c-high", False)]
    assert outcome.others_exist


def test_c2_whole_is_weighed_against_the_sum_of_each_alone():
    """What each would choose alone is the measure: net is benefit minus what is given up, for each and for all."""
    hours = aspect("hours", "short", "long")
    people = [
        participant("a", benefit=50, hours={"short": 10, "long": 0}),
        participant("b", benefit=5, hours={"short": 0, "long": 20}),
    ]
    outcome = settle(matter([hours], people, [condition("need", "a", is_("hours", "long"))]))
    by_owner = {balance.owner: balance for balance in outcome.proposal.balances}
    assert (by_owner["a"].given_up.likely, by_owner["a"].net.likely) == (0, 50)
    assert (by_owner["b"].given_up.likely, by_owner["b"].net.likely) == (20, -15)
    assert outcome.proposal.whole.net == Range.exactly(35)
    assert outcome.proposal.worse_off == ("b",)


def test_k1_adaptation_cost_is_stated_per_participant_and_option():
    """Among equally alike decisions, the one that costs least to adapt to is chosen."""
    form = aspect("form", "paper", "digital")
    people = [
        participant("a", form={"paper": 3}),
        participant("b", form={"digital": 5}),
        participant("c", form={"paper": 3}),
    ]
    outcome = settle(matter([form], people))
    assert outcome.proposal.frame == {"form": "digital"}
    assert outcome.option_prices["form"]["paper"].price.cost == 1


@pytest.mark.parametrize(
    ("benefit", "expected"),
    [((11, 20, 30), Verdict.WORTH_IT), ((0, 5, 9), Verdict.NOT_WORTH_IT), ((5, 11, 30), Verdict.CANNOT_SAY)],
)
def test_k3_estimates_that_span_nothing_gained_cannot_say(benefit, expected):
    """Worth it only if certainly a gain, not worth it only if certainly a loss; otherwise nobody can say."""
    form = aspect("form", "paper", "digital")
    problem = matter(
        [form],
        [participant("a", benefit, form={"digital": 10})],
        [condition("c", "coordination", is_("form", "digital"))],
    )
    assert settle(problem).proposal.verdict is expected


def test_k3_uncertain_cost_that_is_borne_anyway_is_not_given_up():
    """A participant that would do the same alone gives nothing up, however uncertain what it costs."""
    form = aspect("form", "paper", "digital")
    alone = participant("a", (1, 1, 1), form={"digital": (0, 50, 100), "paper": (60, 70, 80)})
    outcome = settle(matter([form], [alone]))
    assert outcome.proposal.balances[0].given_up == Range.exactly(0)
    assert outcome.proposal.balances[0].verdict is Verdict.WORTH_IT


def test_s3_unmet_need_costs_its_weight():
    """A need may go unmet; that is counted as a loss for its owner and told."""
    form = aspect("form", "paper", "digital")
    needs = [need("wish", "a", is_("form", "paper"), 4), need("want", "b", is_("form", "digital"), 5)]
    outcome = settle(matter([form], [participant("a"), participant("b")], needs=needs))
    assert outcome.proposal.frame == {"form": "digital"}
    assert outcome.proposal.broken_needs == ("wish",)
    assert outcome.proposal.balances[0].need_loss == 4
    assert outcome.proposal.cost == 4


def test_o4_common_need_counts_once_for_the_whole():
    """A need of the coordination is about the frame, and counts once however many take part."""
    form = aspect("form", "paper", "digital")
    people = [participant(name, form={"digital": 1}) for name in "abc"]
    outcome = settle(matter([form], people, needs=[need("wish", COORDINATION, is_("form", "digital"), 2)]))
    assert outcome.proposal.frame == {"form": "paper"}
    assert outcome.proposal.whole.need_loss == 2


def test_l1_local_aspect_is_each_ones_own_affair():
    """Local aspects have no value in the frame and no price of difference; each does what suits it."""
    room = aspect("room", "own", "shared", sharing=Sharing.LOCAL)
    people = [participant("a", room={"own": 1}), participant("b", room={"shared": 1})]
    outcome = settle(matter([room], people))
    assert outcome.proposal.frame == {}
    assert outcome.proposal.local == {"a": {"room": "shared"}, "b": {"room": "own"}}
    assert outcome.proposal.likeness.possible == 0


def test_d1_whoever_does_not_take_part_neither_decides_nor_pays():
    """A participant that stays out has no say in the frame, and no balance."""
    form = aspect("form", "paper", "digital")
    people = [participant("a"), participant("b", takes_part=False, form={"paper": 9})]
    outcome = settle(matter([form], people, [condition("c", "b", is_("form", "digital"))]))
    assert outcome.proposal.frame == {"form": "paper"}
    assert [balance.owner for balance in outcome.proposal.balances] == ["a"]


def test_p2_check_of_a_proposal_by_hand_names_condition_owner_and_place():
    """What a proposal made by hand breaks is named: which condition, whose, and with which values."""
    days = aspect("days", 1, 2, 3)
    transition = aspect("transition", "none", "half", "year", sharing=Sharing.FRAMED, kind=AspectKind.ORDERED)
    rule = If(all_of=(AtLeast(aspect="days", value=2),), then=(AtLeast(aspect="transition", value="half"),))
    problem = matter([days, transition], [participant("a"), participant("b")], [condition("slowly", "b", rule)])
    frame = {"days": "3", "transition": "none"}
    (violation,) = check(problem, frame, {})
    assert (violation.kind, violation.condition, violation.owner, violation.participant) == (
        "condition",
        "slowly",
        "b",
        "b",
    )
    assert violation.values == {"days": "3", "transition": "none"}
    assert check(problem, frame, {"b": {"transition": "half"}}) == []


def test_c1_matter_without_aspects_settles():
    """A matter without aspects, such as a text to adopt, settles at once."""
    outcome = settle(matter([], [participant("a", benefit=2)]))
    assert isinstance(outcome, Settled)
    assert outcome.proposal.frame == {}
    assert outcome.proposal.verdict is Verdict.WORTH_IT


def test_c1_matter_that_nobody_takes_part_in_settles_without_gain_or_loss():
    """With nobody taking part there is still a frame, and nothing to gain or lose."""
    form = aspect("form", "paper", "digital", sharing=Sharing.FRAMED)
    outcome = settle(matter([form], [participant("a", takes_part=False)]))
    assert outcome.proposal.frame == {"form": "paper"}
    assert outcome.proposal.verdict is Verdict.CANNOT_SAY
