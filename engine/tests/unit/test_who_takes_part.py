"""Who takes part, in questions small enough to be followed by hand; and what its proof would not let through."""

from dataclasses import replace

import pytest

from families import family
from matters import aspect, condition, is_, matter, need, participant
from samordna_engine import COORDINATION, If, IsNot, Limits, Malformed, Sharing, TooLarge, Unproved
from samordna_engine.problem import Depth, Joint, JointKind
from samordna_engine.takes_part import who_takes_part
from samordna_engine.takes_part.prove import prove

SYSTEM = aspect("system", "one", "other")
HOURS = aspect("hours", "day", "night", sharing=Sharing.FRAMED)
PLACE = aspect("place", "here", "there", sharing=Sharing.LOCAL)


def towns(**more):
    """Three towns of which two gain by the one system, and the third only by the other."""
    people = [
        participant("east", 10, system={"other": 30}, hours={"night": 4}),
        participant("west", 8, system={"other": 30}),
        participant("north", 5, system={"one": 9}),
    ]
    return matter([SYSTEM, HOURS, PLACE], people, **more)


def test_those_who_gain_take_part_and_the_others_are_told_why():
    forbidden = condition("nights", "west", is_("hours", "night"))
    answer = who_takes_part(towns(conditions=[forbidden]))
    assert answer.frame == {"system": "one", "hours": "night"}
    assert answer.members == ("east", "west")
    assert answer.nets == {"east": 6, "west": 8}
    assert (answer.net, answer.bound, answer.proved, answer.worth_it) == (14, 14, True, True)
    (left,) = answer.left
    assert (left.participant, left.net, left.forbidden_by, left.reason.kind) == ("north", -4, (), "would_lose")


def test_conditions_that_forbid_somebody_the_frame_are_named():
    conditions = [
        condition("never", "north", is_("system", "other")),
        condition("if_one", "west", If(all_of=(is_("hours", "day"),), then=(is_("place", "here"),))),
        condition("not_here", "west", IsNot(aspect="place", options=("here",))),
    ]
    answer = who_takes_part(towns(conditions=conditions), given={"hours": "day", "system": "one"})
    assert answer.members == ("east",)
    assert {left.participant: left.forbidden_by for left in answer.left} == {
        "west": ("if_one", "not_here"),
        "north": ("never",),
    }
    assert all(left.net is None and left.reason.kind == "forbidden" for left in answer.left)
    assert [reason.facts for reason in answer.left[1].reason.because] == [{"condition": "never"}]


def test_when_nobody_gains_the_answer_is_not_to_and_the_best_attempt_is_told():
    poor = matter([SYSTEM], [participant("east", 3, system={"one": 5, "other": 4}), participant("west", 0)])
    answer = who_takes_part(poor)
    assert (answer.members, answer.net, answer.worth_it, answer.proved) == ((), 0, False, True)
    assert answer.frame is not None
    assert [left.reason.kind for left in answer.left] == ["would_lose", "gains_nothing"]


def test_what_the_whole_loses_can_outweigh_what_members_gain():
    lost = need("common", COORDINATION, is_("system", "other"), 25)
    answer = who_takes_part(towns(needs=[lost]))
    assert (answer.net, answer.common_loss, answer.members) == (5, 0, ("north",))
    answer = who_takes_part(towns(needs=[lost]), given={"system": "one"})
    assert (answer.net, answer.common_loss, answer.members) == (18 - 25, 25, ())
    assert [left.reason.kind for left in answer.left] == ["whole_loses", "whole_loses", "would_lose"]


def test_unmet_needs_count_like_costs_and_local_aspects_are_made_as_good_as_can_be():
    needs = [need("light", "west", is_("hours", "night"), 3)]
    where = [condition("there", "east", is_("place", "there"))]
    problem = towns(needs=needs, conditions=where)
    answer = who_takes_part(problem, given={"hours": "day"})
    assert answer.nets == {"east": 10, "west": 5}
    assert answer.own == {"east": {"place": "there"}, "west": {"place": "here"}}


def test_where_all_must_take_part_nobody_may_leave():
    answer = who_takes_part(towns(), depth=Depth.MANDATORY)
    assert answer.members == ("east", "west", "north")
    assert (answer.net, answer.left) == (10 + 8 + 5 - 9, ())
    conditions = [condition("one", "east", is_("system", "one")), condition("other", "north", is_("system", "other"))]
    answer = who_takes_part(towns(conditions=conditions), depth=Depth.MANDATORY)
    assert (answer.frame, answer.net, answer.bound, answer.proved) == (None, None, None, True)
    assert not answer.possible


def test_where_each_follows_aspect_by_aspect_all_are_members():
    answer = who_takes_part(towns(), depth=Depth.VOLUNTARY)
    assert answer.members == ("east", "west", "north")
    assert answer.frame == {"system": "one", "hours": "day"}
    # benefits of 23 over two aspects and three towns: 3 is lost by each difference, and north differs once
    assert answer.own["north"] == {"place": "here", "system": "other"}
    assert (answer.net, answer.proved) == (23 - 3, True)


@pytest.mark.parametrize("limit", [0, 1, 2])
def test_joint_conditions_are_kept_and_a_bound_told_when_that_may_not_be_the_best(limit):
    few = Joint(id="few", kind=JointKind.CAPACITY, limit=limit, reason="two places", aspect="system", option="one")
    answer = who_takes_part(replace(towns(), joint=(few,)))
    assert answer.members == ("east", "west")[:limit]
    assert answer.bound == 18
    assert answer.proved == (limit == 2)
    assert answer.worth_it == (limit > 0)
    kinds = {left.participant: left.reason.kind for left in answer.left}
    assert kinds == {**dict.fromkeys(("east", "west")[limit:], "joint"), "north": "would_lose"}


def test_joint_condition_that_all_together_break_leaves_no_answer():
    none = Joint(id="none", kind=JointKind.CAPACITY, limit=0, reason="no place", aspect="hours", option="day")
    answer = who_takes_part(replace(towns(), joint=(none,)), depth=Depth.MANDATORY, given={"hours": "day"})
    assert (answer.frame, answer.proved) == (None, False)
    assert answer.bound is not None


def test_nothing_to_decide_and_nobody_to_decide_it():
    assert who_takes_part(matter([], [participant("east", 3)])).members == ("east",)
    answer = who_takes_part(matter([SYSTEM], []))
    assert (answer.members, answer.net, answer.proved) == ((), 0, True)


def test_no_frame_may_be():
    conditions = [
        condition("a", COORDINATION, is_("system", "one")),
        condition("b", COORDINATION, is_("system", "other")),
    ]
    answer = who_takes_part(towns(conditions=conditions))
    assert (answer.frame, answer.bound, answer.proved, answer.possible) == (None, None, True, False)


def test_out_of_time_is_said():
    problem = family(12, 14, 1)
    whole, stopped = who_takes_part(problem), who_takes_part(problem, limits=Limits(seconds=0))
    assert whole.proved
    assert not stopped.proved
    assert "bound_reached" not in stopped.proof.checks
    assert stopped.net <= whole.net < stopped.bound


def test_what_does_not_exist_is_refused():
    with pytest.raises(Malformed) as caught:
        who_takes_part(towns(), given={"place": "here", "system": "third", "year": "now"})
    codes = [(fault.path, fault.code) for fault in caught.value.faults]
    assert codes == [("place", "no_frame_value"), ("system", "unknown_option"), ("year", "unknown_aspect")]


def test_local_aspects_that_hang_together_too_widely_are_refused():
    wide = [aspect(f"a{i}", *range(30), sharing=Sharing.LOCAL) for i in range(5)]
    ties = [condition(f"c{i}", "east", If(all_of=(is_("a0", "0"),), then=(is_(f"a{i}", "0"),))) for i in range(1, 5)]
    with pytest.raises(TooLarge, match="local aspects"):
        who_takes_part(matter(wide, [participant("east", 3)], conditions=ties))


def answered():
    problem = towns(conditions=[condition("never", "north", is_("system", "other"))])
    return problem, who_takes_part(problem)


@pytest.mark.parametrize(
    "fault",
    [
        {"net": 19},
        {"nets": {"east": 11, "west": 7}},
        {"frame": {"system": "other", "hours": "day"}},
        {"frame": {"system": "one"}},
        {"frame": {"system": "one", "hours": "noon"}},
        {"members": ("east",)},
        {"members": ("east", "west", "north"), "left": ()},
        {"own": {}},
        {"common_loss": 1},
    ],
)
def test_proof_lets_no_fault_through(fault):
    problem, answer = answered()
    own = {"north": {"place": "here"}}
    prove(problem, answer, {}, own)
    with pytest.raises(Unproved):
        prove(problem, replace(answer, **fault), {}, own)


def test_proof_lets_no_false_reason_through():
    problem, answer = answered()
    (left,) = answer.left
    assert left.forbidden_by == ("never",)
    for false in (replace(left, net=1, forbidden_by=()), replace(left, forbidden_by=())):
        with pytest.raises(Unproved):
            prove(problem, replace(answer, left=(false,)), {}, {"north": {"place": "here"}})
    with pytest.raises(Unproved):
        prove(problem, answer, {"system": "other"}, {})
    few = Joint(id="few", kind=JointKind.CAPACITY, limit=1, reason="one place", aspect="system", option="one")
    with pytest.raises(Unproved):
        prove(replace(problem, joint=(few,)), answer, {}, {})
