"""Words as a search compares them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samordna.core.words import asked, likeness, one_slip, stems


@pytest.mark.parametrize(
    ("written", "looked_for"),
    [
        ("samordnade", "samordnad"),
        ("fastställda beslut", "besluten fastställdes"),
        ("kontaktvägar", "kontaktvägen"),
        ("Överenskommelser", "överenskommelsens"),
        ("SIP-möten", "sip möte"),
    ],
)
def test_forms_of_a_word_have_one_stem(written, looked_for):
    assert set(stems(looked_for)) & set(stems(written))


def test_a_question_is_reduced_to_what_it_is_about():
    assert asked("Vem kontaktar jag om utskrivning hos Lillviken?") == stems("utskrivning Lillviken")
    assert asked("vem är vi") == stems("vem är vi")
    assert asked("") == ()


def test_a_better_likeness_has_a_higher_figure():
    (stem,) = stems("vårdplanering")
    typed = ["vårdplaneringen", "vårdplan", "planering", "vardplanering", "vårdplaenring", "möte"]
    figures = [likeness(*stems(word), stem) for word in typed]
    assert figures == sorted(figures, reverse=True)
    assert figures[0] == 100
    assert figures[-2] > 0
    assert figures[-1] == 0


@pytest.mark.parametrize("short", ["in", "av", "sip"])
def test_a_short_word_is_no_part_of_a_joined_one(short):
    assert likeness(short, "insatsavsipkor") == 0


@given(st.text(alphabet="aåbcdeö", min_size=1, max_size=6), st.data())
def test_one_slip_is_forgiven_both_ways(word, data):
    place = data.draw(st.integers(0, len(word) - 1))
    letter = data.draw(st.sampled_from("aåbö"))
    slipped = data.draw(
        st.sampled_from(
            [
                word[:place] + letter + word[place + 1 :],
                word[:place] + word[place + 1 :],
                word[:place] + letter + word[place:],
            ]
        )
    )
    assert one_slip(word, slipped)
    assert one_slip(slipped, word)
    assert not one_slip(word, word + "xy")


@given(st.text(max_size=200))
def test_any_text_has_stems_and_asking_gives_some_of_them(text):
    assert set(asked(text)) <= set(stems(text))
