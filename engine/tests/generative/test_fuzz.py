"""Whatever comes in, comes back as a right question or as faults in words, and soon.

Documents are broken in two ways: their bytes are cut, doubled and changed, and their values are replaced by others, as
somebody might who writes documents by hand, by a faulty program or in bad faith.
"""

import json
import time
from copy import deepcopy
from functools import cache
from random import Random

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from examples import EXAMPLES
from questions import problems
from readings import READINGS
from samordna_engine import Malformed, Problem, TooLarge, settle
from samordna_engine.answers import ANSWERS
from samordna_engine.documents import (
    problem_of,
    problem_plain,
    read_answer,
    read_outcome,
    read_problem,
    write_answer,
    write_problem,
)
from samordna_engine.limits import Limits
from samordna_engine.remarks import remarks

TEXTS = [path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.glob("*.json"))]
SECONDS = 1.0
MANY = settings(max_examples=max(150, 2 * settings().max_examples))
ODD = [
    None, True, False, 0, -1, 1,
    2**63, 10**400, 1.5, float("nan"), float("inf"), "", " ", "x", "\x00", "\ud800", "a" * 5000,
    [], {}, [[]], [None], {"": None}, {"id": "coordination"}, {"aspect": "grund", "is": []}, {"is": ["individ"]},
    {"all_of": []}, {"if": [], "then": []}, {"low": 3, "likely": 2, "high": 1}, {"aspect": 1, "at_least": []},
    {"aspects": ["grund", "grund"], "allowed": [["individ"]]}, {"aspects": [], "forbidden": []},
    {"aspects": ["fria-dagar"], "sum_at_most": 10**30}, "coordination", ["id"], {"__class__": "Problem"},
]  # fmt: skip


def answered(read, source):
    """Reads, and sees that it is one or the other, in words, with a place, and soon."""
    start = time.process_time()
    problem, faults = None, None
    try:
        problem = read(source)
    except Malformed as malformed:
        faults = malformed.faults
    except TooLarge as refusal:
        faults = (refusal,)
    # Generous, since others may be at work on the machine; what hangs, hangs for minutes.
    assert time.process_time() - start < 10 * SECONDS
    assert isinstance(problem, Problem) or (faults and all(0 < len(str(fault)) < 20_000 for fault in faults))
    return problem


def broken_bytes(random, text):
    data = bytearray(text.encode())
    for _ in range(random.randint(1, 4)):
        at, to = sorted(random.randrange(len(data) + 1) for _ in range(2))
        to = min(to, at + random.choice([1, 2, 30, 3000]))
        piece = bytes(data[at:to])
        match random.randrange(5):
            case 0:
                del data[at:to]
            case 1:
                data[at:at] = piece
            case 2:
                data[at:to] = bytes(random.randrange(256) for _ in range(min(len(piece), 8)))
            case 3:
                data[at:to] = random.choice(
                    [b'"', b"{", b"}", b"[", b"]", b",", b":", b"NaN", b"-Infinity", b"1e999", b"\\u"]
                )
            case 4:
                data[at:at] = random.choice([b"[" * 3000, b'{"a":' * 3000, b"9" * 6000, b"\xef\xbb\xbf", b"\x00"])
        if not data:
            break
    return bytes(data)


def places(value, path=()):
    """Every place in a JSON value."""
    yield path
    if isinstance(value, dict | list):
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from places(item, (*path, key))


def changed(random, value, times):
    value = deepcopy(value)
    for _ in range(times):
        path = random.choice(list(places(value))[1:] or [()])
        if not path:
            return random.choice(ODD)
        inside = value
        for key in path[:-1]:
            inside = inside[key]
        change(random, inside, path[-1])
    return value


def change(random, inside, key):
    match random.randrange(6):
        case 0:
            inside[key] = random.choice(ODD)
        case 1:
            del inside[key]
        case 2 if isinstance(inside, list):
            inside.insert(key, deepcopy(inside[key]))
        case 3 if isinstance(inside, dict):
            inside[random.choice(["id", "rule", "is", "allowed", "kind", "x", "", "weight", "joint"])] = inside[key]
        case 4:
            inside[key] = [deepcopy(inside[key])]
        case _:
            others = list(inside) if isinstance(inside, dict) else range(len(inside))
            inside[key] = deepcopy(inside[random.choice(list(others))])


@MANY
@given(st.sampled_from(TEXTS), st.integers(0, 10**9))
def test_broken_bytes_give_faults_or_a_question(text, seed):
    data = broken_bytes(Random(seed), text)
    problem = answered(read_problem, data)
    event("a question" if problem else "faults")
    if problem is not None:
        assert read_problem(write_problem(problem)) == problem
    for read in (read_outcome, read_answer):
        with pytest.raises(Malformed):
            read(data)


@cache
def answer_texts():
    answers = (read(read_problem(text)) for text in TEXTS for read in READINGS.values())
    return [write_answer(answer) for answer in answers if isinstance(answer, tuple(ANSWERS.values()))]


@MANY
@given(st.integers(0, 10**9), st.integers(0, 3))
def test_broken_answers_give_faults_or_an_answer(seed, times):
    """Broken in their bytes, or in their values."""
    random = Random(seed)
    text = random.choice(answer_texts())
    data = json.dumps(changed(random, json.loads(text), times)) if times else broken_bytes(random, text)
    start, answer, faults = time.process_time(), None, None
    try:
        answer = read_answer(data)
    except Malformed as malformed:
        faults = malformed.faults
    assert time.process_time() - start < 10 * SECONDS
    event("faults" if answer is None else type(answer).__name__)
    if answer is None:
        assert faults
        assert all(0 < len(str(fault)) < 20_000 for fault in faults)
    else:
        assert read_answer(write_answer(answer)) == answer


@MANY
@given(st.sampled_from(TEXTS), st.integers(0, 10**9), st.integers(1, 5))
def test_changed_values_give_faults_or_a_question_that_is_answered(text, seed, times):
    plain = changed(Random(seed), json.loads(text), times)
    problem = answered(problem_of, plain)
    event("a question" if problem else "faults")
    if problem is None:
        with pytest.raises(Malformed):
            read_problem(json.dumps(plain))
    else:
        assert problem_of(problem_plain(problem)) == problem
        if seed % 3 == 0:  # it takes longer to answer than to read
            settle(problem, limits=Limits(seconds=2))


@given(problems(), st.integers(0, 10**9))
def test_changed_questions_of_every_kind_give_faults_or_a_question(problem, seed):
    answered(problem_of, changed(Random(seed), problem_plain(problem), 3))


@given(
    st.recursive(
        st.sampled_from(ODD),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    )
)
def test_any_value_at_all_is_refused(value):
    with pytest.raises(Malformed):
        problem_of(value)
    for name in ("aspects", "participants", "conditions", "needs", "joint", "price_of_difference"):
        answered(problem_of, minimal(**{name: value}))


def minimal_aspect():
    options = [{"id": o, "label": o} for o in "xy"]
    return {"id": "a", "label": "A", "kind": "choice", "sharing": "common", "options": options}


def minimal(**more):
    return {
        "format": "samordna-problem",
        "version": 1,
        "id": "m",
        "title": "M",
        "aspects": [minimal_aspect()],
        "participants": [{"id": "p", "label": "P"}],
        **more,
    }


def stated(i, option="x"):
    return {"id": f"c{i}", "owner": "p", "reason": "r", "rule": {"aspect": "a", "is": [option]}}


def faults_of(plain):
    with pytest.raises(Malformed) as caught:
        problem_of(plain)
    return [(fault.path, fault.code) for fault in caught.value.faults]


def test_a_million_conditions_too_many_are_refused_before_any_is_read():
    start = time.process_time()
    same = [stated(0)] * 1_000_001
    assert faults_of(minimal(conditions=same)) == [("conditions", "too_many")]
    assert time.process_time() - start < 5


def test_text_with_too_many_conditions_is_refused_without_walking_all_of_it():
    text = json.dumps(minimal(conditions=[]))[:-2] + ",".join(["{}"] * 1_000_001) + "]}"
    start = time.process_time()
    with pytest.raises(Malformed) as caught:
        read_problem(text)
    assert [(fault.line, fault.path, fault.code) for fault in caught.value.faults] == [(1, "conditions", "too_many")]
    assert time.process_time() - start < 10


def test_many_conditions_that_say_the_same_are_read_in_seconds():
    one = json.dumps(stated(0))
    many = ",".join([one.replace('"c0"', f'"c{i}"') for i in range(50_000)])
    start = time.process_time()
    problem = read_problem(json.dumps(minimal(conditions=[])).replace("[]", f"[{many}]"))
    assert time.process_time() - start < 5
    assert len(problem.conditions) == 50_000
    assert len({id(condition.rule) for condition in problem.conditions}) == 1


@pytest.mark.parametrize(
    ("wrong", "path", "code"),
    [
        ({"colour": 1}, "colour", "unknown_field"),
        ({"title": 3}, "title", "wrong_type"),
        ({"aspects": [{**minimal_aspect(), "options": []}]}, "aspects[0].options", "too_few"),
        ({"conditions": [stated(1), stated(1)]}, "conditions[1].id", "duplicate_id"),
        (
            {"conditions": [{**stated(1), "rule": {"all_of": [{"all_of": []}]}}]},
            "conditions[0].rule.all_of[0]",
            "unknown_rule",
        ),
        ({"price_of_difference": float("nan")}, "price_of_difference", "wrong_type"),
        ({"price_of_difference": 10**400}, "price_of_difference", "wrong_type"),
        ({"price_of_difference": 10**12}, "price_of_difference", "out_of_range"),
        ({"conditions": [{**stated(1), "owner": "q"}]}, "conditions[0].owner", "unknown_owner"),
        ({"conditions": [{**stated(1), "rule": {"aspect": "b", "is": ["x"]}}]}, "conditions[0].rule", "unknown_aspect"),
    ],
)
def test_what_is_wrong_is_one_error_with_its_path(wrong, path, code):
    text = json.dumps(minimal(**wrong))
    with pytest.raises(Malformed) as caught:
        read_problem(text)
    assert [(fault.path, fault.code) for fault in caught.value.faults] == [(path, code)]


def test_an_owner_that_contradicts_itself_is_told_as_such():
    """A question like any other, answered with a clash whose only owner it is; and remarked on before it is asked."""
    problem = problem_of(minimal(conditions=[stated(1, "x"), stated(2, "y")]))
    clash = settle(problem)
    assert (clash.owners, clash.conditions) == (("p",), ("c1", "c2"))
    assert remarks(problem)


def test_the_same_condition_twice_counts_once_and_is_remarked_on():
    problem = problem_of(minimal(conditions=[stated(1), stated(2)]))
    assert settle(problem).proposal.frame == {"a": "x"}
    assert remarks(problem)


def test_lists_inside_a_part_are_refused_before_they_are_read():
    options = [{"id": "x", "label": "x"}] * 10_001
    aspects = [{"id": "a", "label": "A", "kind": "choice", "sharing": "common", "options": options}]
    assert faults_of(minimal(aspects=aspects)) == [("aspects[0].options", "too_many")]
    many = {f"o{i}": 1 for i in range(10_001)}
    people = [{"id": "p", "label": "P", "costs": {"a": many}}]
    assert faults_of(minimal(participants=people)) == [("participants[0].costs.a", "too_many")]


def test_only_so_many_faults_are_told_as_anybody_reads():
    told = faults_of(minimal(conditions=[stated(i, "z") for i in range(3000)]))
    assert len(told) == 1001
    assert told[-1] == ("", "too_many_faults")
    assert set(told[:-1]) == {(f"conditions[{i}].rule", "unknown_option") for i in range(1000)}
    told = faults_of(minimal(conditions=[{} for _ in range(3000)]))
    assert told[-1] == ("", "too_many_faults")
    assert len(told) == 1001
    told = faults_of(minimal() | {f"x{i}": 1 for i in range(3000)})
    assert len(told) == 1001


def test_what_is_shown_of_a_value_is_short():
    endless = "k" * 1_000_000
    for plain in (minimal(**{endless: 1}), minimal(aspects=[{**minimal()["aspects"][0], "kind": endless}])):
        with pytest.raises(Malformed) as caught:
            problem_of(plain)
        assert all(len(str(fault)) < 1000 for fault in caught.value.faults)


@pytest.mark.parametrize(
    "number", ["NaN", "Infinity", "-Infinity", "1e999", "9" * 4000, "-" + "9" * 4000, "1.0", "true"]
)
def test_numbers_beyond_reason_are_refused_with_their_place(number):
    text = json.dumps(minimal(price_of_difference=0)).replace(
        '"price_of_difference": 0', f'"price_of_difference": {number}'
    )
    with pytest.raises(Malformed) as caught:
        read_problem(text)
    assert [(fault.path, fault.code) for fault in caught.value.faults] == [("price_of_difference", "wrong_type")]


@pytest.mark.parametrize("where", ["price_of_difference", "version", "format", "title", "aspects"])
def test_number_too_long_to_be_written_is_refused_all_the_same(where):
    for number in (10**12, 10**5000, -(10**5000)):
        assert where in {path for path, _ in faults_of(minimal(**{where: number}))}


@pytest.mark.parametrize("empty", ["aspects[0].options"])
def test_empty_domain_is_refused_with_its_place(empty):
    aspects = [{**minimal()["aspects"][0], "options": []}]
    assert faults_of(minimal(aspects=aspects)) == [(empty, "too_few")]
