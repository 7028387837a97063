"""A matter to decide is "fråga"; what a questionnaire asks is "enkätfråga", so that nobody takes one for the other."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCALE = ROOT / "src" / "samordna" / "locale"
PLAIN = re.compile(r"\b[Ff]råg(a|an|or|orna)\b")
MATTERS = ("En fråga som det gällde", "Välj en av samverkans frågor.", "fråga var i organisationen")
"""Where the area of questionnaires speaks of matters, or asks as a verb."""


def test_what_a_questionnaire_asks_is_called_one_thing():
    catalogue = (LOCALE / "assessments" / "sv" / "LC_MESSAGES" / "django.po").read_text()
    said = [line for line in catalogue.splitlines() if line.startswith(("msgstr", '"'))]
    assert [line for line in said if PLAIN.search(line) and not any(words in line for words in MATTERS)] == []


@pytest.mark.parametrize("area", ["journal"])
def test_the_journal_tells_of_it_so_too(area):
    catalogue = (LOCALE / area / "sv" / "LC_MESSAGES" / "django.po").read_text()
    assert not re.search(r"fråga (i|ur) en enkät", catalogue)


def test_the_glossary_has_a_word_for_each():
    words = [
        line.split("|")[1].strip() for line in (ROOT / "GLOSSARY.md").read_text().splitlines() if line.startswith("| ")
    ]
    for word in ("fråga", "enkätfråga", "beslutsfråga", "fråga om tid"):
        assert words.count(word) == 1, word
