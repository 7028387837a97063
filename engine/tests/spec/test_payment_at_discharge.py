"""A county decides who pays when a patient is ready for discharge. Organisations and numbers are made up."""

from dataclasses import replace

from examples import example
from samordna_engine import (
    COORDINATION,
    Clash,
    Condition,
    Is,
    Necessity,
    Settled,
    Verdict,
    cheapest_ways_out,
    check,
    settle,
    what_if,
    why_not,
)
from samordna_engine.changes import DropCondition, FixOption
from samordna_engine.outcome import PriceState


def test_p2_decision_works_under_everybodys_conditions():
    """Every stated condition holds in the decision, for the frame and for each participant's own values."""
    problem = example("betalningsansvar")
    outcome = settle(problem)
    assert isinstance(outcome, Settled)
    assert check(problem, outcome.proposal.frame, outcome.proposal.own()) == []
    assert "conditions_hold" in outcome.proof.checks


def test_p2_region_and_island_leave_exactly_three_days():
    """The region accepts at most three free days and the island needs at least three, so all other options are blocked.

    Each blocked option names the conditions that forbid it.
    """
    outcome = settle(example("betalningsansvar"))
    prices = outcome.option_prices["fria-dagar"]
    assert outcome.proposal.frame["fria-dagar"] == "3"
    assert [option for option, price in prices.items() if price.state is not PriceState.BLOCKED] == ["3"]
    assert prices["2"].blocked_by == ("farja-holmo",)
    assert prices["4"].blocked_by == ("hogst-tre",)


def test_l1_frame_is_common_and_the_rest_is_local_room():
    """Calculation, kind of days and amount are the same for all; psychiatric care is left to each participant."""
    outcome = settle(example("betalningsansvar"))
    assert {adaptation.aspect for adaptation in outcome.proposal.adaptations} == {
        "lang-vistelse",
        "overgang",
        "it-stod",
    }
    assert outcome.proposal.local["region"] == {"psykiatri": "egen"}
    assert outcome.proposal.local["ankarvik"] == {"psykiatri": "samma"}
    assert "psykiatri" not in outcome.proposal.frame


def test_l2_as_alike_as_possible_and_as_different_as_necessary():
    """Transition and the rule for long stays differ where a condition makes it necessary, and only there."""
    outcome = settle(example("betalningsansvar"))
    different = {(a.participant, a.aspect): (a.option, a.because) for a in outcome.proposal.adaptations}
    assert different == {
        ("ankarvik", "it-stod"): ("vardbryggan", ("vardbryggan-stad",)),
        ("tallmo", "lang-vistelse"): ("individ-7", ("lang-vistelse-tallmo",)),
        ("tallmo", "overgang"): ("6-manader", ("helger-tallmo",)),
        ("lovsele", "lang-vistelse"): ("individ-7", ("lang-vistelse-lovsele",)),
        ("lovsele", "overgang"): ("12-manader", ("helger-lovsele",)),
        ("holmo", "overgang"): ("12-manader", ("helger-holmo",)),
    }
    assert {a.necessity for a in outcome.proposal.adaptations} == {Necessity.NECESSARY}
    assert outcome.proposal.likeness.deviations == 6
    assert outcome.proposal.likeness.possible == 24


def test_n4_best_for_each_best_for_the_whole_and_the_difference():
    """Each participant sees what it would cost alone, what it gives up, and whether it is worse off.

    The island certainly loses, though the whole certainly gains; that is told, not hidden in the sum.
    """
    proposal = settle(example("betalningsansvar")).proposal
    assert proposal.verdict is Verdict.WORTH_IT
    assert proposal.worse_off == ("holmo",)
    holmo = next(balance for balance in proposal.balances if balance.owner == "holmo")
    assert holmo.own_best_cost == 0
    assert holmo.given_up.likely == 60 + 8 + 15 + 12
    assert holmo.net.likely == 10 - holmo.given_up.likely
    assert proposal.whole.net.likely == sum(balance.net.likely for balance in proposal.balances)


def test_p2_statutory_default_clashes_with_those_who_need_an_average():
    """Counting per individual, as the law has it when nothing is agreed, clashes with whoever needs an average."""
    found = why_not(example("betalningsansvar"), "grund", "individ")
    assert isinstance(found, Clash)
    assert found.given == {"grund": "individ"}
    assert found.conditions == ("genomsnitt-stad",)
    assert found.others_exist
    without_city = replace(
        example("betalningsansvar"),
        conditions=tuple(c for c in example("betalningsansvar").conditions if c.id != "genomsnitt-stad"),
    )
    assert why_not(without_city, "grund", "individ").conditions == ("genomsnitt-tallmo",)


def test_p2_fixed_date_clashes_with_reliable_data():
    """Start on a date, and start when the data can be relied on: these two clash, and nothing else is part of it.

    The owners are the region and the IT unit, and lifting either condition settles the whole matter.
    """
    outcome = settle(example("betalningsansvar-krock"))
    assert isinstance(outcome, Clash)
    assert outcome.conditions == ("fast-datum", "saker-data")
    assert outcome.owners == ("it-enheten", "region")
    assert outcome.smallest
    assert not outcome.others_exist
    assert all(member.unlocks for member in outcome.members)
    starts = {member.condition: member.example["start"] for member in outcome.members}
    assert starts == {"fast-datum": "saker-data", "saker-data": "datum"}


def test_s4_cheapest_way_out_of_the_clash():
    """The region may give up its date for a price; the IT unit's condition may not be given up at all."""
    problem = example("betalningsansvar-krock")
    ways = cheapest_ways_out(problem, settle(problem))
    assert [(way.conditions, way.owners, way.price) for way in ways] == [(("fast-datum",), ("region",), 350)]
    assert isinstance(what_if(problem, DropCondition(condition="fast-datum")), Settled)


def test_l2_likeness_costs_and_the_price_is_told():
    """Every option of the frame has its price for the whole, also where it is merely dearer."""
    outcome = settle(example("betalningsansvar"))
    dearer = outcome.option_prices["belopp"]["eget"]
    assert dearer.state is PriceState.EXACT
    changed = what_if(example("betalningsansvar"), FixOption(aspect="belopp", option="eget"))
    assert dearer.price.cost == changed.objective.cost - outcome.objective.cost > 0
    assert dearer.price.likeness == 0


def test_k3_when_collaborating_costs_more_than_it_gives_the_answer_is_do_not():
    """A joint weekend rota costs everybody more than it can give, whatever the estimates: not worth it."""
    outcome = settle(example("helgjour-avsta"))
    assert isinstance(outcome, Settled)
    assert outcome.proposal.verdict is Verdict.NOT_WORTH_IT
    assert outcome.proposal.whole.net.high < 0
    assert set(outcome.proposal.worse_off) == {"brunnsby", "tallmo", "holmo"}


def test_o4_common_condition_is_met_by_the_frame_and_by_everybody():
    """A condition owned by the coordination binds the frame and every participant's own values."""
    problem = example("betalningsansvar")
    rule = Is(aspect="lang-vistelse", options=("individ-7",))
    common = Condition(id="alla-individ", owner=COORDINATION, rule=rule, reason="for the test")
    outcome = settle(replace(problem, conditions=(*problem.conditions, common)))
    assert isinstance(outcome, Clash)
    assert outcome.conditions[0] == "alla-individ"
    assert len(outcome.conditions) == 2
