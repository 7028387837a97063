"""The short way of reading a document tells the same as the long way, whatever is in the document."""

import json
from copy import deepcopy
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from examples import example
from questions import problems
from samordna_engine import Malformed, documents, settle
from samordna_engine.documents import outcome_of, outcome_plain, problem_of, problem_plain
from samordna_engine.documents.canonical import canonical
from samordna_engine.documents.plain import plain

ODD = (None, True, -1, 0, 10**10, 1.5, "", "x", "p0", [], [1], {}, {"id": "x"}, {"low": 1}, [["a0o0"]])


def told(read, document):
    try:
        return read(document)
    except Malformed as malformed:
        return malformed.faults


def told_both_ways(monkeypatch, read, document):
    short = told(read, document)
    with monkeypatch.context() as patched:
        patched.setattr(documents, "_at_once", lambda *_: None)
        return short, told(read, document)


def places(value, path=()):
    """Every place in a document, as the steps that lead there."""
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, item in steps:
        yield (*path, step)
        yield from places(item, (*path, step))


def changed(document, random):
    """The document with one thing in it taken away, put in, or made something else."""
    document = deepcopy(document)
    *path, last = random.choice(list(places(document)))
    around = document
    for step in path:
        around = around[step]
    kind = random.choice(["odd", "odd", "gone", "more"])
    if kind == "gone":
        del around[last]
    elif kind == "more" and isinstance(around, dict):
        around["surprise"] = 1
    else:
        around[last] = random.choice(ODD)
    return document


@pytest.fixture(scope="module")
def patching():
    with pytest.MonkeyPatch.context() as patched:
        yield patched


@given(problem=problems(), seed=st.integers(0, 10**6))
def test_question_is_read_alike_both_ways(patching, problem, seed):
    document = json.loads(json.dumps(problem_plain(problem)))
    assert told_both_ways(patching, problem_of, document) == (problem, problem)
    text = json.dumps(plain(problem), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert canonical(problem) == text
    random = Random(seed)
    for _ in range(10):
        short, long = told_both_ways(patching, problem_of, changed(document, random))
        assert short == long


@pytest.mark.parametrize("name", ["betalningsansvar", "betalningsansvar-krock"])
def test_answer_is_read_alike_both_ways(monkeypatch, name):
    outcome = settle(example(name))
    document = json.loads(json.dumps(outcome_plain(outcome)))
    assert told_both_ways(monkeypatch, outcome_of, document) == (outcome, outcome)
    random = Random(name)
    for _ in range(60):
        short, long = told_both_ways(monkeypatch, outcome_of, changed(document, random))
        assert short == long
