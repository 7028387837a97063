"""From question to proved answer."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from samordna_engine.checking import OwnValues, Values, check, measure
from samordna_engine.clash import explain, vast_clash
from samordna_engine.clash.sights import is_vast
from samordna_engine.documents import digest
from samordna_engine.errors import Checks, Malformed, Unproved
from samordna_engine.limits import Deadline, Limits, OutOfTime, Stopped
from samordna_engine.necessity import adaptations
from samordna_engine.outcome import (
    OptionPrice,
    Outcome,
    Price,
    PriceState,
    Proof,
    Proposal,
    Settled,
    Unfinished,
)
from samordna_engine.problem import COORDINATION, LikenessBy, Problem, Sharing
from samordna_engine.projection.branch import WITH_TREE, Found, minimise
from samordna_engine.projection.facets import facets
from samordna_engine.projection.matter import BROKEN, Matter, Numbering
from samordna_engine.projection.options import Least, per_option
from samordna_engine.projection.own import Under
from samordna_engine.projection.project import Projection, project
from samordna_engine.projection.tables import Numbers
from samordna_engine.size import refuse_if_too_large
from samordna_engine.version import VERSION
from samordna_engine.weigh import balances, need_loss, whole

ENGINE: Final = f"samordna-engine {VERSION}"
Blockers = Mapping[tuple[int, int], Sequence[str]]
SETTLED_CHECKS: Final = ("conditions_hold", "numbers_agree", "bound_reached")


def settle(problem: Problem, *, limits: Limits | None = None, given: Mapping[str, str] | None = None) -> Outcome:
    """The decision that is as alike as possible and as different as necessary, or why there is none.

    `given` fixes options of the frame. Raises `TooLarge` before solving where a limit is exceeded, `Malformed` where
    `given` names what does not exist or the question has joint conditions or counts variants, which others answer, and
    `Unproved` rather than give an answer whose proof failed.
    """
    limits, given = limits or Limits(), dict(given or {})
    check_asked_here(problem)
    refuse_if_too_large(problem, limits)
    check_given(problem, given)
    deadline = limits.start()
    try:
        if is_vast(problem) and (clash := vast_clash(problem, given, deadline, _proof(problem, ()))) is not None:
            return clash
        return _settle(Numbering(problem), limits, deadline, given)
    except OutOfTime:
        return Unfinished(**limits.stopped(deadline))


def check_asked_here(problem: Problem) -> None:
    """Raise `Malformed` where a question is not one that the participants can answer each by itself under a frame."""
    checks = Checks()
    checks.require(not problem.joint, "joint", "asked_elsewhere", function="settle_jointly")
    by_deviations = problem.likeness is LikenessBy.DEVIATIONS
    checks.require(by_deviations, "likeness", "asked_elsewhere", function="settle_fewest_variants")
    checks.finish()


def assess(problem: Problem, frame: Values, own: OwnValues, *, limits: Limits | None = None) -> Proposal:
    """Weigh a proposal made by hand: adaptations and whether they are needed, likeness, balance.

    It need not respect the conditions; `check` says what it breaks. A participant's own value in a common aspect is
    taken to be the frame's. Raises `Malformed` where a value is missing or
    unknown, and `TooLarge` as `settle` does. Takes no notice of a time limit.
    """
    limits = limits or Limits()
    refuse_if_too_large(problem, limits)
    _check_values(problem, frame, own)
    numbering = Numbering(problem)
    matter = numbering.matter({})
    at = _frame_numbers(numbering, frame)
    under = Under(matter, facets(matter, limits.own_cells), at, limits.cells, Deadline.never())
    chosen = np.array([at] * matter.count, np.int64).reshape(matter.count, len(at))
    for p, participant in enumerate(numbering.people):
        for aspect, option in own.get(participant.id, {}).items():
            a = numbering.index[aspect]
            if numbering.aspects[a].sharing is not Sharing.COMMON:
                chosen[p, a] = numbering.options[a][option]
    return _proposal(numbering, under, chosen, limits)


def _settle(numbering: Numbering, limits: Limits, deadline: Deadline, given: Mapping[str, str]) -> Outcome:
    matter = numbering.matter(given)
    deadline.price = lambda number: price_of(matter, matter.scale.bound(number)) if number < BROKEN else None
    projection = project(matter, limits.own_cells, deadline)
    deadline.tell("project", done=True)
    found = minimise(projection.network, limits.cells, deadline, WITH_TREE)
    deadline.tell("search", found.value, found.bound, done=True)
    if found.bound >= BROKEN:
        return explain(numbering, given, limits, deadline, _proof(numbering.problem, ()))
    if found.value >= BROKEN:
        bound = price_of(matter, matter.scale.bound(found.bound))
        return Unfinished(**limits.stopped(deadline), bound=bound)
    at = tuple(found.values.get(a, 0) for a in range(len(matter.sizes)))
    under = Under(matter, projection.facets, at, limits.cells, Deadline.never())
    proposal = _proposal(numbering, under, under.best(), limits)
    deadline.tell("weigh", found.value, found.bound, done=True)
    if not found.proved:
        found = _as_arranged(matter, found, proposal)
    objective = price_of(matter, matter.scale.split(found.value))
    _prove(numbering.problem, proposal, objective)
    deadline.tell("prove", found.value, found.bound, done=True)
    if not found.proved:
        return _unfinished(matter, found, proposal, limits.stopped(deadline))
    return Settled(
        proposal=proposal,
        option_prices=option_prices(numbering, projection, found, blockers_of(numbering), limits.cells, deadline),
        objective=objective,
        bound=objective,
        proof=_proof(numbering.problem, SETTLED_CHECKS),
    )


def _as_arranged(matter: Matter, found: Found, proposal: Proposal) -> Found:
    """What was found when the search was stopped, with own values arranged as well as its frame allows."""
    price = Price(likeness=proposal.likeness.weighted, cost=proposal.cost - matter.floor)
    return replace(found, value=min(found.value, matter.scale.join(price)))


def _unfinished(matter: Matter, found: Found, proposal: Proposal, stopped: Stopped) -> Unfinished:
    """Stopped while searching: the best found and how far the bound is from it."""
    scale = matter.scale
    best, bound = scale.bound(found.value), scale.bound(found.bound)
    return Unfinished(
        **stopped,
        best=proposal,
        bound=price_of(matter, bound),
        gap=Price(likeness=best.likeness - bound.likeness, cost=best.cost - bound.cost),
    )


def _proof(problem: Problem, checks: tuple[str, ...]) -> Proof:
    return Proof(digest=digest(problem), engine=ENGINE, checks=checks)


def price_of(matter: Matter, price: Price) -> Price:
    """A sum of the solver's, with the cost put back that was taken off to begin at zero."""
    return Price(likeness=price.likeness, cost=price.cost + matter.floor)


def _prove(problem: Problem, proposal: Proposal, objective: Price) -> None:
    """The independent checker must find no fault, and its sums must be the solver's and those of the balance."""
    own = proposal.own()
    if violations := check(problem, proposal.frame, own):
        raise Unproved(f"the proposal breaks {len(violations)} conditions or rules; the first is {violations[0]}")
    measured = Price(likeness=proposal.likeness.weighted, cost=proposal.cost)
    weighed = proposal.whole.cost.likely + proposal.whole.need_loss
    if objective != measured or weighed != proposal.cost:
        raise Unproved(f"the numbers do not agree: solved {objective}, measured {measured}, weighed {weighed}")


def _proposal(numbering: Numbering, under: Under, chosen: Numbers, limits: Limits) -> Proposal:
    """Everything there is to say about a frame and everybody's own values. Likeness and cost are the checker's."""
    problem = numbering.problem
    frame = {problem.aspects[a].id: problem.aspects[a].options[under.frame[a]].id for a in under.matter.frame_aspects()}
    local = _local(numbering, chosen)
    differences = adaptations(numbering, under, chosen)
    own = {participant: dict(values) for participant, values in local.items()}
    for adaptation in differences:
        own.setdefault(adaptation.participant, {})[adaptation.aspect] = adaptation.option
    likeness, cost, broken = measure(problem, frame, own)
    each = balances(numbering, chosen, _alone(numbering, under, chosen, limits))
    common_needs = [need for need in problem.needs if need.owner == COORDINATION]
    return Proposal(
        frame=frame,
        adaptations=differences,
        local=local,
        likeness=likeness,
        cost=cost,
        balances=each,
        whole=whole(each, need_loss(numbering, common_needs, under.frame)),
        broken_needs=broken,
    )


def _alone(numbering: Numbering, under: Under, chosen: Numbers, limits: Limits) -> Numbers:
    """What each would choose alone; the same as here for those whose own conditions cannot be met in any way."""
    matter = numbering.alone(under.matter)
    alone = Under(matter, facets(matter, limits.own_cells), under.frame, limits.cells, under.deadline).best()
    stuck = np.zeros(matter.count, np.bool_)
    hard = matter.own.penalty >= BROKEN
    for number in np.unique(matter.own.shape[hard]).tolist():
        shape = matter.shapes[number]
        people = matter.own.owner[hard & (matter.own.shape == number)]
        stuck[people] |= ~shape.allowed[tuple(alone[people, a] for a in shape.scope)]
    alone[stuck] = chosen[stuck]
    return alone


def _local(numbering: Numbering, chosen: Numbers) -> dict[str, dict[str, str]]:
    aspects = [(a, aspect) for a, aspect in enumerate(numbering.aspects) if aspect.sharing is Sharing.LOCAL]
    if not aspects:
        return {}
    return {
        participant.id: {aspect.id: aspect.options[int(chosen[p, a])].id for a, aspect in aspects}
        for p, participant in enumerate(numbering.people)
    }


def option_prices(
    numbering: Numbering, projection: Projection, found: Found, blockers: Blockers, cells: int, deadline: Deadline
) -> dict[str, dict[str, OptionPrice]]:
    """The price of every option of the frame, exact where that does not take too long to find out."""
    matter = projection.matter
    least = per_option(projection.network, found, matter.frame_aspects(), cells, deadline.silent())
    prices = {}
    for a in matter.frame_aspects():
        of = [_option_price(matter, found, option) for option in least[a]]
        named = [_named(price, blockers.get((a, v), ())) for v, price in enumerate(of)]
        prices[numbering.aspects[a].id] = dict(zip(numbering.aspects[a].option_ids(), named, strict=True))
    return prices


def _named(price: OptionPrice, blockers: Sequence[str]) -> OptionPrice:
    """A blocked option says which conditions forbid it alone."""
    return replace(price, blocked_by=tuple(sorted(blockers))) if price.state is PriceState.BLOCKED else price


def _option_price(matter: Matter, found: Found, least: Least) -> OptionPrice:
    if least.value >= BROKEN:
        return OptionPrice(state=PriceState.BLOCKED, price=None)
    if least.exact:
        return OptionPrice(state=PriceState.EXACT, price=matter.scale.split(least.value - found.value))
    certain = matter.scale.bound(max(least.value - found.value, 0))
    return OptionPrice(state=PriceState.AT_LEAST, price=certain)


def blockers_of(numbering: Numbering) -> Blockers:
    """For options of the frame, by aspect and option, the conditions that each alone forbid them."""
    found: dict[tuple[int, int], list[str]] = {}
    for condition in numbering.problem.conditions:
        shape = numbering.shape(condition)
        own = condition.owner in numbering.person and numbering.common_scope.issuperset(shape.scope)
        if len(shape.scope) == 1 and (own or condition.owner == COORDINATION):
            for v in np.nonzero(~shape.allowed)[0].tolist():
                found.setdefault((shape.scope[0], v), []).append(condition.id)
    return found


def _frame_numbers(numbering: Numbering, frame: Values) -> tuple[int, ...]:
    return tuple(
        numbering.options[a][frame[aspect.id]] if aspect.id in frame else 0
        for a, aspect in enumerate(numbering.aspects)
    )


def check_given(problem: Problem, given: Mapping[str, str]) -> None:
    """Raise `Malformed` where fixed options of the frame do not exist."""
    known = {aspect.id: aspect for aspect in problem.aspects}
    checks = Checks()
    for name, option in given.items():
        if checks.require(name in known, name, "unknown_aspect", aspect=name):
            checks.require(known[name].sharing is not Sharing.LOCAL, name, "no_frame_value", aspect=name)
            checks.require(option in known[name].option_ids(), name, "unknown_option", aspect=name, option=option)
    checks.finish()


def _check_values(problem: Problem, frame: Values, own: OwnValues) -> None:
    """Raise `Malformed` where a proposal lacks a value or has one that does not exist."""
    checks = Checks()
    for violation in check(problem, frame, own):
        for aspect, option in violation.values.items() if violation.kind == "value" else ():
            place = f"{violation.participant}.{aspect}" if violation.participant else aspect
            checks.require(
                False, place, "unknown_option" if option else "missing", aspect=aspect, option=option, name=aspect
            )
    if checks.faults:
        raise Malformed(checks.faults)
