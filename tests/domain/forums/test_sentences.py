"""What is decided, when, and what is refused, in words: both languages say the whole of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.utils.translation import override

from samordna.domain.forums import calendar_reading, rhythm
from samordna.domain.forums.ballots import Reservation, Routine
from samordna.domain.forums.calendar_reading import Gap
from samordna.domain.forums.enums import Method
from samordna.domain.forums.finding_times import Search
from samordna.domain.forums.methods import settle
from samordna.domain.forums.sentences import (
    SIZES,
    gap_sentences,
    order_sentence,
    outcome_sentences,
    refused_sentence,
    why_not_sentences,
)
from samordna.domain.forums.time_wishes import Engaged, Need, Person, Place, TooMuch, Wish
from tests.domain.forums.voting import asked, at, ranks, says
from tests.domain.forums.wishes import at as half

NAMES = {"p0": "Norrvik", "p1": "Söderby", "p2": "Regionen", "a": "Måndagar", "b": "Tisdagar", "c": "Onsdagar"}


def name(key: str) -> str:
    return NAMES.get(key, key)


def said(routine: Routine, ballots: list, **facts: object) -> list[str]:
    with override("sv"):
        return outcome_sentences(settle(asked(3, **facts), routine, ballots)[1], name)


@pytest.mark.parametrize(
    ("method", "ballots", "expected"),
    [
        ("consent", ["yes", "yes"], ["Beslutat: ja."]),
        (
            "consent",
            ["yes", "object"],
            [
                "Inte beslutat: det finns hinder.",
                "Det finns en invändning från Söderby. Den gäller tills den som gjort den tar tillbaka den.",
            ],
        ),
        (
            "consensus",
            ["yes", "abstain"],
            ["Inte beslutat: det finns hinder.", "Har varken sagt ja eller ställt sig åt sidan: Söderby."],
        ),
        ("majority", ["yes", "yes", "no"], ["Beslutat: ja.", "2 av 3 sade ja; det behövdes 2."]),
        (
            "majority",
            ["yes", "no"],
            [
                "Inte beslutat: lika många sade ja som nej, och ingen utslagsröst avgjorde.",
                "1 av 2 sade ja; det behövdes 2.",
            ],
        ),
        ("approval", ["ab", "b"], ["Beslutat: Tisdagar.", "2 av 3 röster godtar det."]),
        (
            "approval",
            ["a", "b"],
            ["Inte beslutat: det blev lika mellan Måndagar, Tisdagar, och ingen utslagsröst avgjorde."],
        ),
        (
            "ranked",
            ["a b", "a c"],
            ["Beslutat: Måndagar.", "Par för par föredrar fler röster det framför vart och ett av de andra än tvärtom."],
        ),
        ("coordinator", ["yes"], ["Inte beslutat: ingen har tagit ställning."]),
    ],
)
def test_an_outcome_says_what_was_decided_and_what_it_rests_on(
    method: str, ballots: list[str], expected: list[str]
) -> None:
    among = method in ("approval", "ranked")
    cast = [ranks(f"m{n}", each) if among else says(f"m{n}", each) for n, each in enumerate(ballots)]
    found = said(Routine(method=Method(method)), cast)
    assert [each for each in found if not each.startswith("Har inte sagt något")] == expected
    assert (found != expected) == (len(ballots) == 2)  # whoever is silent is named, where anything was weighed


def test_quorum_casting_voice_and_reservations_are_said() -> None:
    routine = Routine(method=Method.MAJORITY, quorum=2, casting="p1")
    ballots = [says("m0", "yes"), says("m1", "no")]
    made = [Reservation(member="m0", made_by="x", at=at(-5), text="Vi bär kostnaden.")]
    with override("sv"):
        found = outcome_sentences(settle(asked(3), routine, ballots, made)[1], name)
    assert found[0] == "Beslutat: nej."
    assert found[2:] == [
        "Det blev lika, och utslagsrösten från Söderby avgjorde.",
        "Har inte sagt något: Regionen.",
        "2 av 3 röster var med; det behövdes 2.",
        "Reservationer: m0.",
    ]
    assert said(replace(routine, quorum=3), ballots) == ["Inte beslutat: 2 av 3 röster var med, och det behövdes 3."]
    ring = [ranks(f"m{n % 9}", order) for n, order in enumerate(["a b c"] * 4 + ["b c a"] * 3 + ["c a b"] * 2)]
    with override("sv"):
        found = outcome_sentences(settle(asked(9), Routine(method=Method.RANKED), ring)[1], name)
    assert "Måndagar → Tisdagar → Onsdagar håller med 6 röster i varje steg" in found[1]


def test_why_not_then() -> None:
    busy = (Engaged(start=half(0), end=half(1)),)
    wish = Wish(
        starts=(half(0), half(1), half(2)),
        minutes=30,
        persons=(
            Person(id="Anna", organisation="p0", need=Need.MUST, engaged=busy),
            Person(id="Bo", organisation="p1", engaged=busy),
        ),
        places=(Place(id="Rum 3", taken=busy),),
        represented=frozenset({"p1"}),
        quorum=2,
    )
    search = Search(wish)
    best = search.best()[0]
    with override("sv"):
        assert why_not_sentences(search.candidate(0, 0), best, name) == [
            "Anna måste vara med och är upptagen.",
            "Ingen kan komma från Söderby.",
            "Det fattas 2 organisationer.",
            "Rum 3 är upptaget.",
        ]
        assert why_not_sentences(search.candidate(2, 0), best, name) == ["Möjlig, men den är lika bra men inte lika tidig."]
        assert why_not_sentences(best, best, name) == []
        assert order_sentence().startswith("Den bästa tiden är den då flest organisationer")


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_refusal_has_a_sentence_that_names_its_limit(language: str) -> None:
    refused = [
        *(rhythm.Refused(fault, "XYZ") for fault in rhythm.Fault),
        *(calendar_reading.Unreadable(fault, 4711) for fault in calendar_reading.Fault),
        *(TooMuch(limit, 4711) for limit in SIZES),
    ]
    with override(language):
        words = [refused_sentence(each) for each in refused]
        assert len(list(gap_sentences(dict.fromkeys(Gap, 3)))) == len(Gap)
    assert len(set(words)) == len(refused)
    assert not any("%(" in each for each in words)
    assert all(each.endswith(".") for each in words)
    assert sum("XYZ" in each or "4711" in each for each in words) == len(refused) - 4
