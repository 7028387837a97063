"""toulbar2 (INRAE): cost function networks, by soft arc consistency and hybrid best-first search. The peer to beat."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytoulbar2
from pytoulbar2 import pytb2

from bench.answer import Answer, Status
from bench.changes import changed
from bench.families import Question


def settle(question: Question, limit: float) -> Answer:
    """The frame and every participant's own values as variables; each cost and condition as a function on them."""
    return _solved(_whole(question), limit)


def option_prices(question: Question, limit: float) -> Answer:
    """What the whole would lose with each option of the frame: one search more for each option."""
    best = settle(question, limit).value
    if best is None:
        return Answer(status=Status.NONE)
    total = 0
    for a, size in enumerate(question.sizes):
        for v in range(size):
            network = _whole(question)
            _add(network, [a], [0 if v == other else _top(question) for other in range(size)])
            answer = _solved(network, limit)
            total += 0 if answer.value is None else answer.value - best
    return Answer(status=Status.PROVED, value=total)


def what_if(question: Question, limit: float) -> Answer:
    """Each changed question answered anew, for toulbar2 keeps nothing between two questions."""
    answers = [settle(other, limit) for other in changed(question)]
    return Answer(status=Status.PROVED, value=sum(answer.value or 0 for answer in answers), per=len(answers))


def condition_prices(question: Question, limit: float) -> Answer:
    """What the whole gains without each condition: one search more for each condition."""
    best = settle(question, limit).value
    if best is None:
        return Answer(status=Status.NONE)
    gained = 0
    for row in range(len(question.owner)):
        other = replace(question, owner=np.delete(question.owner, row), stated=np.delete(question.stated, row))
        gained += best - (settle(other, limit).value or 0)
    return Answer(status=Status.PROVED, value=gained)


def takes_part(question: Question, limit: float) -> Answer:
    """One variable more per participant, in or out; costs and conditions count for those who are in."""
    top = int(question.benefit.sum()) + 1
    network = _network(top)
    frame = [_variable(network, size) for size in question.sizes]
    tables = [[0] * allowed.size + _forbidden(allowed, top) for _, allowed in question.shapes]
    for p in range(question.count):
        inside = _variable(network, 2)
        _add(network, [inside], [int(question.benefit[p]), 0])
        for a, size in enumerate(question.sizes):
            cost = question.cost[a][p].tolist()
            if any(cost):
                _add(network, [inside, frame[a]], [0] * size + cost)
        for shape in question.conditions_of(p):
            scope = question.shapes[shape][0]
            _add(network, [inside, *(frame[a] for a in scope)], tables[shape])
    lost = _solved(network, limit)
    if lost.value is None:
        return lost
    return Answer(status=lost.status, value=int(question.benefit.sum()) - lost.value)


def ways_out(question: Question, limit: float) -> Answer:
    """Every condition costs one when broken, and nothing else costs anything."""
    top = len(question.owner) + 1
    network = _network(top)
    frame = [_variable(network, size) for size in question.sizes]
    tables = [_forbidden(allowed, 1) for _, allowed in question.shapes]
    for p in range(question.count):
        own: dict[int, int] = {}
        for shape in question.conditions_of(p):
            scope = question.shapes[shape][0]
            for a in scope:
                if a not in own:
                    own[a] = frame[a] if question.common[a] else _variable(network, question.sizes[a])
            _add(network, [own[a] for a in scope], tables[shape])
    return _solved(network, limit)


def _whole(question: Question) -> Any:
    top = _top(question)
    network = _network(top)
    frame = [_variable(network, size) for size in question.sizes]
    differences = [
        [0 if i == j else question.difference(a) for i in range(size) for j in range(size)]
        for a, size in enumerate(question.sizes)
    ]
    tables = [_forbidden(allowed, top) for _, allowed in question.shapes]
    for a, share in enumerate(question.common):
        if share:
            _add(network, [frame[a]], question.cost[a].sum(axis=0).tolist())
    for p in range(question.count):
        own = list(frame)
        for a, size in enumerate(question.sizes):
            if not question.common[a]:
                own[a] = _variable(network, size)
                _add(network, [own[a], frame[a]], differences[a])
                _add(network, [own[a]], question.cost[a][p].tolist())
        for shape in question.conditions_of(p):
            _add(network, [own[a] for a in question.shapes[shape][0]], tables[shape])
    return network


def _network(top: int) -> Any:
    """An empty network. The settings are made afresh, for a network without a solution leaves them changed."""
    pytb2.init()
    return pytoulbar2.CFN(top, verbose=-1)


def _variable(network: Any, size: int) -> int:
    """A variable with so many values; without names for them, which take longer to make than to solve."""
    return int(network.CFN.wcsp.makeEnumeratedVariable("", 0, size - 1))


def _add(network: Any, scope: list[int], costs: list[int]) -> None:
    """A cost function, handed straight to the library; its Python front looks through every list several times."""
    space = network.CFN.wcsp
    if len(scope) == 1:
        space.postUnaryConstraint(scope[0], costs, False)
    elif len(scope) == 2:
        space.postBinaryConstraint(*scope, costs, False)
    elif len(scope) == 3:
        space.postTernaryConstraint(*scope, costs, False)
    else:
        network.AddFunction(scope, costs)


def _top(question: Question) -> int:
    """More than any answer costs."""
    dearest = sum(int(table.max(axis=1).sum()) for table in question.cost)
    framed = sum(question.difference(a) for a, share in enumerate(question.common) if not share)
    return framed * question.count + dearest + 1


def _forbidden(allowed: Any, price: int) -> list[int]:
    return [0 if cell else price for cell in allowed.reshape(-1).tolist()]


def _solved(network: Any, limit: float) -> Answer:
    found = network.Solve(timeLimit=max(1, int(limit)))
    if found is None:
        return Answer(status=Status.IMPOSSIBLE)
    value = round(found[1])
    proved = network.GetDDualBound() >= found[1] - 0.5
    return Answer(status=Status.PROVED if proved else Status.STOPPED, value=value)
