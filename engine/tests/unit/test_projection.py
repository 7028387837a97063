"""Projecting everybody at once gives what projecting one at a time would, however it is divided."""

from dataclasses import replace
from random import Random

import numpy as np
import pytest
from hypothesis import given

from families import family
from matters import aspect, condition, is_, matter, participant
from questions import problems
from samordna_engine import If, Sharing, check, settle
from samordna_engine.documents import write_outcome
from samordna_engine.limits import Deadline
from samordna_engine.projection import facets as splitting
from samordna_engine.projection import project as projecting
from samordna_engine.projection.facets import facets
from samordna_engine.projection.matter import BROKEN, Numbering
from samordna_engine.projection.project import Sum, summed


def divided(monkeypatch):
    """Small batches, and nothing kept."""
    for module in (splitting, projecting):
        monkeypatch.setattr(module, "BATCH_ROWS", 2)
    monkeypatch.setattr(splitting, "BATCH_CELLS", 24)
    monkeypatch.setattr(splitting, "KEPT_CELLS", 0)


@pytest.mark.parametrize("price", [None, 4])
def test_batches_do_not_change_the_answer(price, monkeypatch):
    problem = family(30, 12, 1, price=price)
    whole = write_outcome(settle(problem))
    numbering = Numbering(problem)
    many = len(facets(numbering.matter({}), 1 << 14).batches)
    divided(monkeypatch)
    assert len(facets(numbering.matter({}), 1 << 14).batches) > many
    assert write_outcome(settle(problem)) == whole


def test_more_aspects_than_one_word_holds():
    random = Random(3)
    names = [f"a{i}" for i in range(130)]
    aspects = [aspect(name, "x", "y", sharing=random.choice([Sharing.COMMON, Sharing.FRAMED])) for name in names]
    people = [participant(f"p{p}", **{name: {"x": 1 + p} for name in names[::3]}) for p in range(5)]
    links = [(person.id, *random.sample(names, 2)) for person in people for _ in range(20)]
    conditions = [
        condition(f"c{i}", owner, If(all_of=(is_(one, "x"),), then=(is_(other, "x"),)))
        for i, (owner, one, other) in enumerate(links)
    ]
    order = random.sample(range(130), 130)
    one = settle(matter(aspects, people, conditions))
    other = settle(matter([aspects[i] for i in order], people, conditions))
    assert one.objective == other.objective
    assert check(matter(aspects, people, conditions), one.proposal.frame, one.proposal.own()) == []


@given(problems(max_aspects=5, max_participants=4, max_conditions=14))
def test_facets_are_what_meets_in_own_values_and_no_more(problem):
    numbering = Numbering(problem)
    question = numbering.matter({})
    found = facets(question, 1 << 14)
    held = np.zeros_like(found.held)
    said = []
    for batch in found.batches:
        for row, p in enumerate(batch.people.tolist()):
            places = [place for part in batch.parts for place in part.places[part.said == row].tolist()]
            said += places
            scopes = [set(question.shapes[int(question.own.shape[place])].scope) for place in places]
            assert set().union(*scopes) == set(batch.scope)
            assert {int(question.own.owner[place]) for place in places} == {p}
            free = [{a for a in scope if question.sharing[a] is not Sharing.COMMON} for scope in scopes]
            assert len(components(free)) == 1
            assert not held[p, sorted(set().union(*free))].any()
            held[p, sorted(set().union(*free))] = True
    several = [i for i, shape in enumerate(question.own.shape.tolist()) if len(question.shapes[shape].scope) > 1]
    assert sorted([*said, *found.shared.tolist()]) == several
    assert (held == found.held).all()


def components(sets):
    """Sets joined where they meet."""
    joined = []
    for one in sets:
        meeting = [other for other in joined if other & one]
        joined = [other for other in joined if not other & one] + [one.union(*meeting)]
    return joined


@given(problems(max_aspects=4, max_participants=4))
def test_sum_less_one_participant_is_that_of_the_others(problem):
    numbering = Numbering(problem)
    question = numbering.matter({})
    if not question.count:
        return
    whole = sums_of(question, range(question.count))
    first, others = sums_of(question, [0]), sums_of(question, range(1, question.count))
    for scope, total in whole.items():
        less = total.add(first[scope], -1) if scope in first else total
        rest = others.get(scope, Sum(np.int64(0), np.int64(0), 0))
        assert less.times == rest.times
        assert np.all(less.finite == rest.finite)
        assert np.all(less.broken == rest.broken)
        assert np.all(total.clipped(1) <= BROKEN)


def sums_of(question, people):
    """The tables of some participants, added up."""
    people = list(people)
    place = {p: i for i, p in enumerate(people)}
    kept = [i for i, p in enumerate(question.own.owner.tolist()) if p in place]
    own = splitting.Stated(
        np.array([place[p] for p in question.own.owner[kept].tolist()], np.int64),
        question.own.shape[kept],
        question.own.penalty[kept],
    )
    few = replace(question, count=len(people), cost=tuple(table[people] for table in question.cost), own=own)
    return summed(few, facets(few, 1 << 14), Deadline.never())
