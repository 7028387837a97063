"""The rule language: what it takes, what it refuses and with which sentence, what it means."""

from __future__ import annotations

from itertools import product

import pytest
from django.utils.translation import override

from samordna.core.errors import Invalid
from samordna.domain.matters import rules
from samordna.domain.matters.enums import AspectKind, Sharing
from samordna.domain.matters.limits import MAX_COMBINATIONS, MAX_RULE_ASPECTS
from samordna.domain.matters.phrases import sentence_of
from samordna.domain.matters.rules import Choice, Subject


def subject(name, labels, kind=AspectKind.CHOICE, label="", unit=""):
    options = tuple(Choice(id=f"{name}-{text}", label=text) for text in labels)
    return Subject(id=name, label=label or name, kind=kind, sharing=Sharing.FRAMED, unit=unit, options=options)


SUBJECTS = {
    "basis": subject("basis", ["individuell", "månadsmedel", "årsmedel"], label="Beräkningsgrund"),
    "days": subject("days", ["0", "1", "2", "3", "4", "5"], AspectKind.RANGE, "Fristdagar", "dagar"),
    "zero": subject("zero", ["ja", "nej"], AspectKind.YES_NO, "Dag noll inräknad"),
    "it": subject("it", ["SAMSA", "Lifecare SP"], AspectKind.ORDERED, "IT-stöd"),
}


def says(aspect, comparison, *labels):
    return {"aspect": aspect, "is": comparison, "options": [f"{aspect}-{label}" for label in labels]}


def refusal(data):
    with override("en"), pytest.raises(Invalid) as raised:
        rules.read(data, SUBJECTS)
    assert list(raised.value.fields) == ["rule"]
    return raised.value.fields["rule"]


@pytest.mark.parametrize(
    ("data", "english", "swedish"),
    [
        ({"then": [says("days", "at_least", "3")]}, "Fristdagar is at least 3 dagar", "Fristdagar är minst 3 dagar"),
        ({"then": [says("days", "at_most", "3")]}, "Fristdagar is at most 3 dagar", "Fristdagar är högst 3 dagar"),
        (
            {"then": [says("basis", "one_of", "månadsmedel", "årsmedel")]},
            "Beräkningsgrund is månadsmedel or årsmedel",
            "Beräkningsgrund är månadsmedel eller årsmedel",
        ),
        (
            {"then": [says("basis", "none_of", "årsmedel")]},
            "Beräkningsgrund is not årsmedel",
            "Beräkningsgrund är inte årsmedel",
        ),
        (
            {"if": [says("basis", "one_of", "månadsmedel")], "then": [says("zero", "one_of", "ja")]},
            "If beräkningsgrund is månadsmedel then dag noll inräknad is ja",
            "Om beräkningsgrund är månadsmedel så är dag noll inräknad ja",
        ),
        (
            {
                "if": [says("it", "at_least", "Lifecare SP")],
                "then": [says("days", "at_most", "2"), says("basis", "none_of", "årsmedel")],
            },
            "If IT-stöd is at least Lifecare SP then fristdagar is at most 2 dagar and beräkningsgrund is not årsmedel",
            "Om IT-stöd är minst Lifecare SP så är fristdagar högst 2 dagar och beräkningsgrund inte årsmedel",
        ),
    ],
)
def test_rules_are_read_aloud_in_both_languages(data, english, swedish):
    with override("en"):
        assert sentence_of(data, SUBJECTS) == english
    with override("sv"):
        assert sentence_of(data, SUBJECTS) == swedish


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ("days ≥ 3", 'A rule is written as {"if": […], "then": […]}, where "if" may be left out.'),
        ({"then": [], "else": []}, 'A rule is written as {"if": […], "then": […]}, where "if" may be left out.'),
        ({"then": "days"}, "What shall hold is written as a list."),
        ({"then": []}, "Say what shall hold: choose at least one aspect."),
        ({"then": [3]}, 'What shall hold, line 1: write "aspect", "is" and "options".'),
        ({"then": [says("colour", "one_of", "red")]}, "What shall hold, line 1: choose one of the matter's aspects."),
        (
            {"then": [says("zero", "one_of", "ja"), says("days", "more", "3")]},
            "What shall hold, line 2: “is” must be one of one_of, none_of, at_least, at_most.",
        ),
        (
            {"if": [says("basis", "at_least", "årsmedel")], "then": [says("zero", "one_of", "ja")]},
            (
                "The part after “if”, line 1: "
                "the options of “Beräkningsgrund” have no order, so nothing is at least or at most."
            ),
        ),
        (
            {"then": [says("days", "at_least", "3", "4")]},
            "What shall hold, line 1: at least and at most take exactly one option.",
        ),
        (
            {"then": [{"aspect": "days", "is": "one_of", "options": []}]},
            "What shall hold, line 1: choose at least one of the options of “Fristdagar”.",
        ),
        (
            {"then": [{"aspect": "days", "is": "one_of", "options": [["days-1"]]}]},
            "What shall hold, line 1: choose at least one of the options of “Fristdagar”.",
        ),
        (
            {"then": [says("days", "at_least", "4"), says("days", "at_most", "3")]},
            "This can never be met: no option of “Fristdagar” is left.",
        ),
        (
            {
                "if": [says("zero", "one_of", "ja"), says("zero", "one_of", "nej")],
                "then": [says("days", "at_most", "3")],
            },
            "The part after “if” can never be so: “Dag noll inräknad” would need to be two things at once.",
        ),
        (
            {"then": [says("days", "at_least", "0")]},
            "This says nothing of “Fristdagar”: every option fits. Choose fewer.",
        ),
    ],
)
def test_a_rule_that_cannot_be_used_is_refused_with_a_sentence(data, sentence):
    assert refusal(data) == sentence


def test_reading_what_was_written_gives_the_same_rule():
    data = {"if": [says("it", "one_of", "SAMSA")], "then": [says("basis", "one_of", "årsmedel", "individuell")]}
    rule = rules.read(data, SUBJECTS)
    assert rules.read(rules.data_of(rule), SUBJECTS) == rule
    assert rule.aspects == ("it", "basis")
    assert rule.then[0].options == ("basis-individuell", "basis-årsmedel")


def test_a_rule_may_be_about_as_many_aspects_as_the_limit_and_no_more():
    many = {f"a{n}": subject(f"a{n}", ["x", "y"]) for n in range(MAX_RULE_ASPECTS + 1)}
    lines = [says(name, "one_of", "x") for name in many]
    assert len(rules.read({"then": lines[:-1]}, many).aspects) == MAX_RULE_ASPECTS
    with override("en"), pytest.raises(Invalid, match="at most 6 aspects; this is about 7"):
        rules.read({"then": lines}, many)


def test_a_rule_may_have_as_many_combinations_as_the_limit_and_no_more():
    numbers = [str(n) for n in range(64)]
    wide = {name: subject(name, numbers, AspectKind.RANGE) for name in ("p", "q")} | {"z": subject("z", ["x", "y"])}
    lines = [says("p", "at_least", "3"), says("q", "at_most", "9"), says("z", "one_of", "x")]
    assert MAX_COMBINATIONS == 64 * 64
    rules.read({"then": lines[:2]}, wide)
    with override("en"), pytest.raises(Invalid, match="at most 4096 combinations of options; these have 8192"):
        rules.read({"then": lines}, wide)


def test_meaning_is_as_the_sentence_says_on_every_combination():
    """Against a meaning written out by hand: no rule of its own."""
    data = {"if": [says("basis", "none_of", "individuell")], "then": [says("days", "at_least", "3")]}
    rule = rules.read(data, SUBJECTS)
    for basis, days in product(("individuell", "månadsmedel", "årsmedel"), range(6)):
        expected = basis == "individuell" or days >= 3
        assert rules.holds(rule, {"basis": f"basis-{basis}", "days": f"days-{days}"}, SUBJECTS) is expected


def test_only_ordered_aspects_offer_at_least_and_at_most():
    assert [c.value for c, _ in rules.comparisons_for(SUBJECTS["basis"])] == ["one_of", "none_of"]
    assert [c.value for c, _ in rules.comparisons_for(SUBJECTS["days"])] == ["at_least", "at_most", "one_of", "none_of"]


@pytest.mark.parametrize(
    ("comparison", "labels", "fits"),
    [
        ("at_least", ["3"], "345"),
        ("at_most", ["3"], "0123"),
        ("one_of", ["1", "4"], "14"),
        ("none_of", ["1", "4"], "0235"),
    ],
)
def test_each_comparison_fits_exactly_the_options_it_says(comparison, labels, fits):
    literal = rules.read({"then": [says("days", comparison, *labels)]}, SUBJECTS).then[0]
    assert rules.allowed(literal, SUBJECTS["days"]) == tuple(f"days-{label}" for label in fits)
