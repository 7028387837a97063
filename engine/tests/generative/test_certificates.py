"""Certificates prove what they say, nothing else, and nothing after anybody has touched them."""

import ast
import json
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import assume, event, given
from hypothesis import strategies as st

import samordna_engine
from examples import example
from families import family
from matters import aspect, condition, is_, matter, participant
from questions import problems, question
from samordna_engine import (
    Clash,
    Limits,
    Malformed,
    Necessity,
    Settled,
    Sharing,
    TooLarge,
    Unfinished,
    Unproved,
    assess,
    settle,
)
from samordna_engine.certificates import (
    Impossibility,
    Optimum,
    certificate_of,
    certificate_plain,
    read_certificate,
    write_certificate,
)
from samordna_engine.certify import certify
from samordna_engine.outcome import Limit, Price
from samordna_engine.verifying import verify, verify_adaptations

SMALL = problems(max_aspects=4, max_participants=3, max_conditions=9)


@given(SMALL)
def test_every_small_answer_has_a_certificate_that_comes_back_from_its_document(problem):
    outcome = settle(problem)
    certificate = certify(problem, outcome)
    event(type(certificate).__name__)
    assert verify(problem, outcome, certificate) == ()
    text = write_certificate(certificate)
    assert read_certificate(text) == certificate
    assert write_certificate(certify(problem, outcome)) == text


def numbers_in(value, path=()):
    if isinstance(value, dict | list):
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from numbers_in(item, (*path, key))
    elif type(value) is int or value is None:
        yield path


def with_changed(value, path, new):
    changed = deepcopy(value)
    inside = changed
    for key in path[:-1]:
        inside = inside[key]
    inside[path[-1]] = new(inside[path[-1]])
    return changed


@given(SMALL, st.randoms(use_true_random=False))
def test_no_number_of_a_certificate_can_be_changed(problem, random):
    outcome = settle(problem)
    assume(isinstance(outcome, Settled))
    plain = certificate_plain(certify(problem, outcome))
    paths = list(numbers_in(plain))
    for path in random.sample(paths, min(len(paths), 12)):
        by = random.choice([-1, 1, 7, -(10**6), 1 << 50])
        for new in (lambda n, by=by: 3 if n is None else n + by, lambda n: 0 if n is None else None):
            touched = with_changed(plain, path, new)
            try:
                assert verify(problem, outcome, certificate_of(touched)), path
            except Malformed:
                event("malformed")


@given(SMALL, st.randoms(use_true_random=False))
def test_no_part_and_no_step_can_be_left_out_doubled_or_moved(problem, random):
    outcome = settle(problem)
    assume(isinstance(outcome, Settled))
    certificate = certify(problem, outcome)
    for name in ("parts", "steps"):
        items = getattr(certificate, name)
        if not items:
            continue
        i = random.randrange(len(items))
        for touched in (items[:i] + items[i + 1 :], items[: i + 1] + items[i:], (items[i],), ()):
            if touched != items:
                assert verify(problem, outcome, replace(certificate, **{name: touched}))


@given(SMALL, st.randoms(use_true_random=False))
def test_a_decision_that_is_not_the_best_has_no_certificate(problem, random):
    outcome = settle(problem)
    assume(isinstance(outcome, Settled))
    certificate = certify(problem, outcome)
    worse = [
        replace(outcome, objective=replace(outcome.objective, cost=outcome.objective.cost - 1)),
        replace(outcome, bound=replace(outcome.bound, likeness=outcome.bound.likeness - 1)),
    ]
    aspect_id = random.choice(sorted(outcome.proposal.frame) or [""])
    for option, price in outcome.option_prices.get(aspect_id, {}).items():
        if price.price and (price.price.likeness or price.price.cost):
            other = settle(problem, given={aspect_id: option})
            worse.append(replace(other, proof=outcome.proof))
    for claimed in worse:
        assert verify(problem, claimed, certificate)
        with pytest.raises(Unproved):
            certify(problem, claimed)


@given(SMALL, st.randoms(use_true_random=False))
def test_a_clash_with_a_member_more_or_less_is_not_proved(problem, random):
    clash = settle(problem)
    assume(isinstance(clash, Clash))
    certificate = certify(problem, clash)
    fewer = replace(clash, members=clash.members[:-1])
    assert verify(problem, fewer, certificate)
    assert verify(problem, fewer, replace(certificate, witnesses=certificate.witnesses[:-1]))
    rest = [c for c in problem.conditions if c.id not in clash.conditions]
    if rest:
        extra = random.choice(rest)
        member = replace(clash.members[0], condition=extra.id, owner=extra.owner)
        assert verify(problem, replace(clash, members=(*clash.members, member)), certificate)
    if len(clash.members) > 1:
        assert verify(problem, clash, replace(certificate, corrections=()))
        assert verify(problem, clash, replace(certificate, witnesses=certificate.witnesses[:1]))


@given(SMALL, st.randoms(use_true_random=False))
def test_a_refutation_that_is_touched_refutes_nothing_less(problem, random):
    """A touched tree may still be right, as when another owner is excluded too; a branch left out never is."""
    clash = settle(problem)
    if not isinstance(clash, Clash) or len(clash.members) < 2:
        return
    certificate = certify(problem, clash)
    tree = certificate.refutation
    event("branches" if tree.branches else "no branches")
    if not tree.branches:
        return
    option = random.choice(sorted(tree.branches))
    without = replace(tree, branches={o: branch for o, branch in tree.branches.items() if o != option})
    assert verify(problem, clash, replace(certificate, refutation=without))
    for wrong in (replace(tree, aspect="nothing"), replace(tree, excludes="nobody"), replace(tree, aspect=None)):
        assert verify(problem, clash, replace(certificate, refutation=wrong))


@given(SMALL, st.randoms(use_true_random=False))
def test_a_witness_that_breaks_something_is_none(problem, random):
    clash = settle(problem)
    assume(isinstance(clash, Clash) and len(clash.members) > 1)
    certificate = certify(problem, clash)
    first, *others = certificate.witnesses
    lying = replace(first, frame=others[0].frame, own=others[0].own, others=others[0].others)
    assert verify(problem, clash, replace(certificate, witnesses=(lying, *others)))
    missing = replace(first, frame={})
    assert verify(problem, clash, replace(certificate, witnesses=(missing, *others))) or not first.frame


@given(SMALL)
def test_a_certificate_proves_one_question_only(problem):
    outcome = settle(problem)
    certificate = certify(problem, outcome)
    other = replace(problem, title="Another matter")
    assert verify(other, outcome, certificate) == ("the certificate is about another question",)
    assert verify(problem, Unfinished(stopped_by=Limit.TIME, limit="1 s"), certificate)


@given(SMALL)
def test_reasons_of_differences_are_verified_and_wrong_ones_are_not(problem):
    outcome = settle(problem)
    assume(isinstance(outcome, Settled))
    proposal = outcome.proposal
    assert verify_adaptations(problem, proposal) == ()
    for i, adaptation in enumerate(proposal.adaptations):
        if adaptation.necessity is Necessity.NECESSARY:
            mine = [c for c in problem.conditions if c.owner == adaptation.participant]
            for because in (adaptation.because[:-1], tuple(c.id for c in mine) + adaptation.because):
                if set(because) != set(adaptation.because) or len(because) < len(adaptation.because):
                    wrong = replace(adaptation, because=because)
                    several = (*proposal.adaptations[:i], wrong, *proposal.adaptations[i + 1 :])
                    assert verify_adaptations(problem, replace(proposal, adaptations=several))


def test_reason_of_somebody_else_is_no_reason():
    form = aspect("form", "x", "y", sharing=Sharing.FRAMED)
    stated = [
        condition("a", "p", is_("form", "x")),
        condition("b", "q", is_("form", "x")),
        condition("c", "r", is_("form", "y")),
    ]
    proposal = assess(matter([form], map(participant, "pqr"), stated), {"form": "x"}, {"r": {"form": "y"}})
    (only,) = proposal.adaptations
    other = replace(proposal, adaptations=(replace(only, participant="p"),))
    assert verify_adaptations(matter([form], map(participant, "pqr"), stated), other) == (
        "p.form: a condition of somebody else is named",
    )


@pytest.mark.parametrize("name", ["betalningsansvar", "betalningsansvar-krock", "helgjour-avsta"])
def test_examples_have_certificates(name):
    problem = example(name)
    outcome = settle(problem)
    certificate = certify(problem, outcome)
    assert isinstance(certificate, Impossibility if isinstance(outcome, Clash) else Optimum)


def test_a_county_has_certificates_and_they_are_short():
    for clash in (False, True):
        problem = family(12, 20, 1, clash=clash)
        certificate = certify(problem, settle(problem))
        assert len(write_certificate(certificate)) < 200_000


def test_there_is_no_certificate_without_a_bound_or_where_pieces_prove_too_little():
    problem = family(12, 12, 0)
    assert certify(problem, Unfinished(stopped_by=Limit.TIME, limit="1 s")) is None
    assert certify(problem, settle(problem), limits=Limits(cells=2)) is None


@given(SMALL, st.sampled_from([2, 6, 1 << 20]), st.integers(-2, 2))
def test_a_bound_is_certified_only_where_no_decision_is_below(problem, cells, by):
    outcome = settle(problem)
    if not isinstance(outcome, Settled):
        return
    best = outcome.objective
    price = problem.price_of_difference
    at = Price(likeness=best.likeness, cost=best.cost) if price is None else Price(likeness=0, cost=summed(price, best))
    claimed = Unfinished(stopped_by=Limit.TIME, limit="1 s", bound=replace(at, cost=at.cost + by))
    certificate = certify(problem, claimed, limits=Limits(cells=cells))
    event(f"{by} {cells} {'proved' if certificate else 'not'}")
    if by > 0:
        assert certificate is None
    elif cells == 1 << 20:
        assert verify(problem, claimed, certificate) == ()
        higher = replace(claimed, bound=replace(at, cost=at.cost + 1))
        assert verify(problem, higher, certificate)
    certificate = certify(problem, outcome, limits=Limits(cells=cells))
    assert certificate is None or verify(problem, outcome, certificate) == ()


def summed(price, objective):
    return price * objective.likeness + objective.cost


def test_what_is_too_much_to_try_is_refused():
    many = [aspect(f"a{i}", *"vwxyz", sharing=Sharing.FRAMED) for i in range(10)]
    chain = [condition(f"c{i}", "p", is_any(many[i], many[i + 1])) for i in range(9)]
    problem = matter(many, [participant("p")], chain)
    outcome = settle(problem)
    with pytest.raises(TooLarge, match="one participant's conditions"):
        certify(problem, outcome)


def is_any(one, other):
    return samordna_engine.AnyOf(parts=(is_(one.id, "v", "w"), is_(other.id, "x", "y")))


def test_document_of_another_kind_is_refused_with_its_place():
    certificate = certificate_plain(certify(example("helgjour-avsta"), settle(example("helgjour-avsta"))))
    for path, value in (("format", "other"), ("version", 2), ("kind", "else"), ("total", "many"), ("x", 1)):
        with pytest.raises(Malformed) as caught:
            read_certificate(json.dumps({**certificate, path: value}))
        assert [fault.path for fault in caught.value.faults] == [path]
    with pytest.raises(Malformed):
        read_certificate("[]")


def imports_of(module):
    source = (Path(samordna_engine.__file__).parent / f"{module.replace('.', '/')}.py").read_text(encoding="utf-8")
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith("samordna_engine."):
            yield str(node.module).removeprefix("samordna_engine.")


def test_what_verifies_shares_no_code_with_what_solves():
    seen, waiting = set(), ["verifying"]
    while waiting:
        module = waiting.pop()
        if module in seen or module == "documents" or module.startswith("documents."):
            continue
        seen.add(module)
        waiting += list(imports_of(module))
    assert seen == {
        "verifying",
        "tabulating",
        "certificates",
        "checking",
        "errors",
        "outcome",
        "parts",
        "plain_search",
        "problem",
        "references",
        "rules",
    }
    assert not {name for module in ("documents.plain", "documents.reading") for name in imports_of(module)} - {
        "documents.plain",
        "errors",
        "problem",
        "rules",
    }


def test_generated_questions_hold_every_kind_of_certificate():
    kinds = set()
    for seed in range(40):
        problem = question(
            seed=seed, aspects=3, participants=3, conditions=7, price=None if Random(seed).random() < 0.5 else 2
        )
        certificate = certify(problem, settle(problem))
        kinds.add(
            (
                type(certificate),
                bool(getattr(certificate, "corrections", ())) or len(getattr(certificate, "steps", ())) > 1,
            )
        )
    assert kinds >= {(Optimum, True), (Impossibility, True)}
