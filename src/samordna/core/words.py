"""Swedish words as a search compares them: their stems, so that "samordnad" finds "samordnade".

One place for the whole installation: what is kept in an index and what somebody asks for go through the same functions.
Inflections and joined words are forgiven here; which texts are compared, and who may see them, is somebody else's business.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

import snowballstemmer

WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")  # both apostrophes are typed
LONGEST_WORD = 64
"""Characters of a word that count; a longer one is no word of any language."""
SHORTEST_PART = 4
"""A part of a joined word has so many letters, or it would be found everywhere ("in" in "insats")."""
SWEDISH_FUNCTION_WORDS = """
    alla allt att av bli blir de dem den denna det detta din där då en er ert ett från får för ha han har hennes hon hos
    hur hör i ifrån in inom inte jag kan kontakta kontaktar man med men mig min mina mitt måste mot när någon något nån
    och om oss på ringa ringer sig ska skall som så till under upp ut vad var vara varför vem vems vi vid vilka vilken
    vilket vår våra vårt vänder är å åt
"""
ENGLISH_FUNCTION_WORDS = """
    a about an and are can contact do for from how i in is me my of on or our the to turn we what when where who whom
    with you your
"""
FUNCTION_WORDS = frozenset((SWEDISH_FUNCTION_WORDS + ENGLISH_FUNCTION_WORDS).split())
"""Words that say nothing about what is looked for."""

_lock = threading.Lock()
_swedish = snowballstemmer.stemmer("swedish")


def stems(text: str) -> tuple[str, ...]:
    """The stem of every word of a text, in its order; a word with hyphens gives its parts and, joined, itself."""
    return tuple(_stem(word) for word in _words(text))


def asked(text: str) -> tuple[str, ...]:
    """What somebody looks for, once each: without "vem", "hos" and their like, unless there is nothing else."""
    words = list(dict.fromkeys(_words(text)))
    telling = [word for word in words if word not in FUNCTION_WORDS]
    return tuple(dict.fromkeys(_stem(word) for word in telling or words))


def likeness(wanted: str, stem: str) -> int:
    """How well a stem that is looked for fits one of a text, in percent: the same, its beginning, a part of a joined word,
    the same without its dots and rings, one letter wrong; 0 when they have nothing to do with each other."""
    if wanted == stem:
        return 100
    if min(len(wanted), len(stem)) >= SHORTEST_PART:
        if stem.startswith(wanted):
            return 80
        if wanted.startswith(stem):
            return 70
        if wanted in stem or stem in wanted:
            return 60
    bare = (without_marks(wanted), without_marks(stem))
    if bare[0] == bare[1] or (len(bare[0]) >= SHORTEST_PART and bare[1].startswith(bare[0])):
        return 50
    return 30 if len(wanted) > SHORTEST_PART and one_slip(*bare) else 0


def without_marks(word: str) -> str:
    """The word as somebody without å, ä and ö on the keyboard writes it."""
    parts = unicodedata.normalize("NFD", word)
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


def one_slip(one: str, other: str) -> bool:
    """Do the words differ by one letter: changed, left out, put in, or in the wrong place?"""
    if one == other:
        return True
    if len(one) > len(other):
        one, other = other, one
    if len(other) - len(one) > 1:
        return False
    place = next((i for i, letter in enumerate(one) if letter != other[i]), len(one))
    if len(one) < len(other):
        return one[place:] == other[place + 1 :]
    swapped = one[place : place + 2] == other[place : place + 2][::-1] and one[place + 2 :] == other[place + 2 :]
    return swapped or one[place + 1 :] == other[place + 1 :]


def _words(text: str) -> Iterable[str]:
    for found in WORD.findall(unicodedata.normalize("NFC", text).casefold()):
        parts = re.split("[-'’]", found)
        yield from (part[:LONGEST_WORD] for part in parts)
        if len(parts) > 1:
            yield "".join(parts)[:LONGEST_WORD]


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    with _lock:  # the stemmer keeps the word it works on in itself
        return str(_swedish.stemWord(word))
