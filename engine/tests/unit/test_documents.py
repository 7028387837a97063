"""Documents in and out: everything that is wrong is told at once, with its line and its field."""

import json
from pathlib import Path

import jsonschema
import pytest

import samordna_engine
from examples import EXAMPLES, example
from matters import aspect, matter, participant
from readings import READINGS
from samordna_engine import Malformed, settle
from samordna_engine.answers import ANSWERS, ShapleyShares
from samordna_engine.documents import (
    answer_plain,
    digest,
    outcome_plain,
    problem_plain,
    read_answer,
    read_outcome,
    read_problem,
    write_answer,
    write_outcome,
    write_problem,
)
from samordna_engine.documents.canonical import canonical
from samordna_engine.documents.plain import plain
from samordna_engine.documents.positions import positions
from samordna_engine.documents.schema import written

SCHEMAS = Path(samordna_engine.__file__).parent / "schema"
NAMES = sorted(path.stem for path in EXAMPLES.glob("*.json"))
MINIMAL = """{
 "format": "samordna-problem", "version": 1,
 "id": "m", "title": "M",
 "aspects": [
  {"id": "a", "label": "A", "kind": "range", "sharing": "common",
   "options": [{"id": "1", "label": "one", "number": 1}, {"id": "2", "label": "two", "number": 2}]},
  {"id": "b", "label": "B", "kind": "choice", "sharing": "framed",
   "options": [{"id": "x", "label": "X"}, {"id": "y", "label": "Y"}]}
 ],
 "participants": [
  {"id": "p", "label": "P", "benefit": {"low": 1, "likely": 2, "high": 3},
   "costs": {"b": {"x": 5}},
   "current": {"a": "1"}}
 ],
 "conditions": [
  {"id": "c", "owner": "p", "reason": "because",
   "rule": {"if": [{"aspect": "a", "at_least": 2}],
            "then": [{"aspect": "b", "is": ["y"]}]}}
 ]
}
"""


def faults_of(text):
    with pytest.raises(Malformed) as caught:
        read_problem(text)
    return [(fault.line, fault.path, fault.code) for fault in caught.value.faults]


def test_minimal_document_is_read():
    problem = read_problem(MINIMAL)
    assert [a.id for a in problem.aspects] == ["a", "b"]
    assert problem.participants[0].costs["b"]["x"].likely == 5
    assert settle(problem).proposal.frame == {"a": "1", "b": "y"}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('"reason": "because"', '"reason": " "', [(16, "conditions[0].reason", "blank")]),
        ('"owner": "p"', '"owner": "q"', [(16, "conditions[0].owner", "unknown_owner")]),
        ('"at_least": 2', '"at_least": "9"', [(17, "conditions[0].rule.if[0]", "unknown_option")]),
        ('"is": ["y"]', '"is": ["z"]', [(18, "conditions[0].rule.then[0]", "unknown_option")]),
        ('"is": ["y"]', '"at_most": "y"', [(18, "conditions[0].rule.then[0]", "not_ordered")]),
        ('"is": ["y"]', '"is": []', [(18, "conditions[0].rule.then[0].is", "too_few")]),
        ('"is": ["y"]', '"equals": "y"', [(18, "conditions[0].rule.then[0]", "unknown_rule")]),
        ('"costs": {"b": {"x": 5}}', '"costs": {"b": {"x": NaN}}', [(12, "participants[0].costs.b.x", "wrong_type")]),
        ('"costs": {"b": {"x": 5}}', '"costs": {"b": {"x": 1e9}}', [(12, "participants[0].costs.b.x", "wrong_type")]),
        ('"costs": {"b": {"x": 5}}', '"costs": {"b": {"q": 5}}', [(12, "participants[0].costs.b.q", "unknown_option")]),
        ('"costs": {"b": {"x": 5}}', '"costs": {"q": {"x": 5}}', [(12, "participants[0].costs.q.x", "unknown_aspect")]),
        ('"low": 1', '"low": 9', [(11, "participants[0].benefit", "low_likely_high")]),
        ('"high": 3', '"high": 5000000000', [(11, "participants[0].benefit.high", "out_of_range")]),
        ('"high": 3', f'"high": {"9" * 5000}', [(11, "participants[0].benefit.high", "wrong_type")]),
        ('"number": 2', '"number": 1', [(6, "aspects[0].options", "rising_numbers")]),
        (', "number": 2', "", [(6, "aspects[0].options", "number_needed")]),
        ('"kind": "range"', '"kind": "scale"', [(5, "aspects[0].kind", "wrong_choice")]),
        ('"kind": "choice"', '"kind": "choice", "colour": 1', [(7, "aspects[1].colour", "unknown_field")]),
        ('"label": "B", ', "", [(7, "aspects[1]", "missing")]),
        ('"id": "b", "label": "B"', '"id": "b", "label": "B", "id": "b"', [(7, "aspects[1]", "duplicate_key")]),
        ('"id": "y"', '"id": "x"', [(8, "aspects[1].options[1].id", "duplicate_id")]),
        ('"current": {"a": "1"}', '"current": [1]', [(13, "participants[0].current", "wrong_type")]),
        ('"current": {"a": "1"}', '"takes_part": 1', [(13, "participants[0].takes_part", "wrong_type")]),
        ('"version": 1', '"version": 2', [(2, "version", "wrong_choice")]),
        ('"version": 1', '"version": true', [(2, "version", "wrong_choice")]),
        ('"format": "samordna-problem"', '"format": "other"', [(2, "format", "wrong_choice")]),
        (
            ' "conditions": [',
            ' "conditions": {},\n "x": [',
            [(15, "conditions", "wrong_type"), (16, "x", "unknown_field")],
        ),
        ('"title": "M",', '"title": "M"', [(4, "", "bad_json")]),
    ],
)
def test_fault_is_told_with_its_line_and_field(old, new, expected):
    assert old in MINIMAL
    assert faults_of(MINIMAL.replace(old, new, 1)) == expected


def test_number_is_not_compared_with_options_that_have_none():
    changed = MINIMAL.replace('"kind": "choice"', '"kind": "ordered"').replace('"is": ["y"]', '"at_most": 3')
    assert faults_of(changed) == [(18, "conditions[0].rule.then[0]", "no_numbers")]


def test_every_fault_is_told_and_none_twice():
    changed = MINIMAL.replace('"kind": "choice"', '"kind": "?"').replace('"owner": "p"', '"owner": "q"')
    changed = changed.replace('"current": {"a": "1"}', '"current": {"a": "7"}')
    assert faults_of(changed) == [
        (7, "aspects[1].kind", "wrong_choice"),
        (13, "participants[0].current.a", "unknown_option"),
        (16, "conditions[0].owner", "unknown_owner"),
    ]


@pytest.mark.parametrize("text", ["", "[1, 2", "nonsense", "3", "null", "[]", '"x"', "[" * 100_000, b"\xff\xfe{}"])
def test_what_is_not_a_document_is_refused_in_words(text):
    with pytest.raises(Malformed) as caught:
        read_problem(text)
    assert all(fault.message and fault.line for fault in caught.value.faults)
    with pytest.raises(Malformed):
        read_outcome(text)


def test_rule_that_is_too_wide_or_too_large_is_refused():
    plain = json.loads(MINIMAL)
    options = [{"id": f"{i}", "label": f"{i}"} for i in range(9)]
    plain["aspects"] += [
        {"id": f"w{i}", "label": "W", "kind": "choice", "sharing": "local", "options": options} for i in range(7)
    ]
    literals = [{"aspect": f"w{i}", "is": ["1"]} for i in range(7)]
    plain["conditions"][0]["rule"] = {"any_of": literals}
    codes = [code for _, _, code in faults_of(json.dumps(plain))]
    assert codes == ["too_wide", "table_too_large"]
    plain["conditions"][0]["rule"] = {"any_of": literals[:3]}
    assert read_problem(json.dumps(plain)).conditions[0].id == "c"


@pytest.mark.parametrize("name", NAMES)
def test_examples_come_back_as_they_were(name):
    text = (EXAMPLES / f"{name}.json").read_text(encoding="utf-8")
    assert write_problem(example(name)) == text
    outcome = settle(example(name))
    assert read_outcome(write_outcome(outcome)) == outcome


@pytest.mark.parametrize("name", NAMES)
def test_examples_and_answers_fit_the_published_schemas(name):
    schemas = {kind: json.loads((SCHEMAS / f"{kind}-1.json").read_text()) for kind in ("problem", "outcome")}
    jsonschema.Draft202012Validator(schemas["problem"]).validate(problem_plain(example(name)))
    jsonschema.Draft202012Validator(schemas["outcome"]).validate(outcome_plain(settle(example(name))))


@pytest.mark.parametrize("reading", READINGS)
@pytest.mark.parametrize("name", NAMES)
def test_answers_of_every_kind_come_back_and_fit_the_published_schema(name, reading):
    answer = READINGS[reading](example(name))
    if not isinstance(answer, tuple(ANSWERS.values())):
        assert read_outcome(write_outcome(answer)) == answer
        return
    text = write_answer(answer)
    assert read_answer(text) == answer
    assert write_answer(read_answer(text)) == text
    jsonschema.Draft202012Validator(json.loads((SCHEMAS / "answer-1.json").read_text())).validate(answer_plain(answer))


def test_a_faulty_answer_is_told_with_its_line_and_field():
    text = write_answer(READINGS["shares"](example(NAMES[0])))
    for old, new, expected in (
        ('"exact": true', '"exact": 1', ("exact", "wrong_type")),
        ('"whole": ', '"hole": ', ("hole", "unknown_field")),
        ('"kind": "shapley_shares"', '"kind": "shares"', ("kind", "wrong_choice")),
        ('"format": "samordna-answer"', '"format": "samordna-outcome"', ("format", "wrong_choice")),
    ):
        with pytest.raises(Malformed) as caught:
            read_answer(text.replace(old, new))
        assert expected in [(fault.path, fault.code) for fault in caught.value.faults]
        assert all(fault.line for fault in caught.value.faults)


def test_shares_of_large_sums_come_back_whole():
    """Twelve factorial times what is shared has more digits than any sum in a question."""
    wide = ShapleyShares(
        shares={"p": 10**9},
        numerators={"p": 10**9 * 479_001_600},
        denominator=479_001_600,
        bounds={"p": 0},
        whole=10**9,
        exact=True,
        error_per_thousand=50,
    )
    assert read_answer(write_answer(wide)) == wide


@pytest.mark.parametrize("change", ['"kind": "?"', '"kind": "choice", "colour": 1', '"kind": 3'])
def test_schema_refuses_what_the_reader_refuses(change):
    validator = jsonschema.Draft202012Validator(json.loads((SCHEMAS / "problem-1.json").read_text()))
    assert validator.is_valid(json.loads(MINIMAL))
    changed = MINIMAL.replace('"kind": "choice"', change)
    assert faults_of(changed)
    assert not validator.is_valid(json.loads(changed))


def test_published_schemas_are_those_of_the_types():
    for name, text in written().items():
        assert (SCHEMAS / name).read_text(encoding="utf-8") == text


def test_digest_stands_for_the_question():
    problem = matter([aspect("a", "x", "y")], [participant("p")])
    again = matter([aspect("a", "x", "y")], [participant("p")])
    assert digest(problem) == digest(again) == digest(read_problem(write_problem(problem)))
    assert digest(problem) != digest(matter([aspect("a", "x", "z")], [participant("p")]))
    assert digest(problem) == "3832edda3b5a771989134b0410a74de40e9b63c10b54fca55df80d3db0df2f68"


def test_positions_of_strings_with_signs_in_them():
    text = '{"a]": "{[,:\\"",\n "b": [\n  {"c": 1}, []],\n "b": 2}'
    found = positions(text)
    assert found.lines["a]"] == 1
    assert found.lines["b[0].c"] == 3
    assert found.twice == [("", "b", 4)]
    assert found.line_of("b[0].c.d") == 3
    assert found.line_of("nowhere") == 1


def test_canonical_text_is_that_of_the_sorted_document_whatever_the_names_are():
    odd = ('"', "100 %", "%s", "\\", "å", "x\u2028", "x\x7f", "a")
    costs = {name: dict.fromkeys(reversed(odd), 2) | {"a": (1, 2, 3)} for name in odd}
    problem = matter([aspect(name, *odd) for name in odd], [participant("%", **costs), participant("é")])
    assert canonical(problem) == json.dumps(plain(problem), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
