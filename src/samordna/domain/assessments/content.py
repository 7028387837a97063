"""What a questionnaire says, as data, and reading it from a file without trusting it.

The same shape is kept in the database, comes in as a file and goes out as one: `format` samordna-questionnaire, version 1.
Everything that is wrong is told, each with its place in the file, as in `sections[0].questions[2].kind`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samordna.core.errors import Invalid, TooLarge
from samordna.domain.assessments.enums import QuestionKind
from samordna.domain.assessments.limits import MOST_BYTES, MOST_LANGUAGES, MOST_OPTIONS, MOST_QUESTIONS, MOST_SECTIONS

FORMAT: Final = "samordna-questionnaire"
KEY = re.compile(r"[a-z][a-z0-9_]{0,31}")
STEP = re.compile(r"[0-9]{1,2}")
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,8})?")
CHOSEN = frozenset({QuestionKind.SCALE, QuestionKind.SINGLE, QuestionKind.MULTIPLE, QuestionKind.PAIRS})
STEPPED = frozenset({QuestionKind.SCALE, QuestionKind.PAIRS})
Words = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One answer to choose; a scale's keys are whole numbers, from the least to the most."""

    key: str
    text: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question. `needed`: answered twice, as it is now and as it needs to be (scales only)."""

    key: str
    kind: QuestionKind
    text: Words
    help: Words
    required: bool
    needed: bool
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Questions under a heading."""

    key: str
    title: Words
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """A whole questionnaire, in one language or several; `languages[0]` is the one that always has every text."""

    languages: tuple[str, ...]
    title: Words
    lead: Words
    sections: tuple[Section, ...]
    holder: str
    conditions: str

    @property
    def questions(self) -> Iterator[Question]:
        """All questions, in order."""
        return (question for section in self.sections for question in section.questions)


def said(words: Words, language: str = "") -> str:
    """The text in a language, or in the first one that it has."""
    wanted = language or (get_language() or "sv").split("-")[0]
    return words.get(wanted) or next(iter(words.values()), "")


def as_data(content: Content) -> dict[str, Any]:
    """The content as it is kept and as a file has it."""
    licence = {"licence": {"holder": content.holder, "conditions": content.conditions}} if content.holder else {}
    return {
        "format": FORMAT,
        "version": 1,
        "languages": list(content.languages),
        "title": dict(content.title),
        "lead": dict(content.lead),
        "sections": [
            {"key": s.key, "title": dict(s.title), "questions": [_question_data(q) for q in s.questions]}
            for s in content.sections
        ],
    } | licence


def _question_data(question: Question) -> dict[str, Any]:
    data: dict[str, Any] = {"key": question.key, "kind": str(question.kind), "text": dict(question.text)}
    data |= {"help": dict(question.help), "required": question.required, "needed": question.needed}
    return data | {"options": [{"key": one.key, "text": dict(one.text)} for one in question.options]}


def too_large(size: int) -> str:
    """The sentence that refuses a file of so many bytes."""
    told = {"limit": MOST_BYTES // 1000, "size": -(-size // 1000)}
    return _("The file may be at most %(limit)s kB; this is %(size)s kB.") % told


def from_file(raw: bytes) -> Content:
    """A questionnaire out of a file. Raises `TooLarge`, or `Invalid({"file": …})` with every fault and its place."""
    if len(raw) > MOST_BYTES:
        raise TooLarge(too_large(len(raw)))
    try:
        data = json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Invalid({"file": _("The file is not text in UTF-8: byte %(place)s.") % {"place": error.start}}) from error
    except json.JSONDecodeError as error:
        place = {"line": error.lineno, "column": error.colno}
        raise Invalid({"file": _("The file is not JSON: line %(line)s, column %(column)s.") % place}) from error
    except RecursionError as error:
        raise Invalid({"file": _("The file is nested too deeply.")}) from error
    except ValueError as error:  # more digits than a number is read with
        raise Invalid({"file": _("The file has a number that is too long.")}) from error
    return from_data(data)


def from_data(data: object) -> Content:
    """A questionnaire out of data. Raises `Invalid({"file": …})` with every fault and its place, one on each line."""
    reader = _Reader()
    content = reader.content(data)
    if reader.faults:
        raise Invalid({"file": "\n".join(reader.faults)})
    return content


class _Reader:
    """Reads what may be anything; gathers what is wrong with it, and gives something harmless instead."""

    def __init__(self) -> None:
        self.faults: list[str] = []
        self.languages: tuple[str, ...] = ()
        self.keys: set[str] = set()

    def fault(self, place: str, sentence: str) -> None:
        if len(self.faults) < 100:
            self.faults.append(f"{place}: {sentence}".encode("utf-8", "replace").decode("utf-8"))

    def content(self, data: object) -> Content:
        root = self.mapping("", data)
        if root.get("format") != FORMAT or root.get("version") != 1:
            self.fault("format", _("This must be “%(format)s”, with version 1.") % {"format": FORMAT})
        self.languages = tuple(str(one) for one in self.items("languages", root.get("languages")))
        if not self.languages or not all(LANGUAGE.fullmatch(one) for one in self.languages):
            self.fault("languages", _('Name at least one language, as in ["sv", "en"].'))
        if len(self.languages) > MOST_LANGUAGES or len(set(self.languages)) < len(self.languages):
            self.fault("languages", _("At most %(most)s languages fit here, each once.") % {"most": MOST_LANGUAGES})
            self.languages = self.languages[:1]
        licence = self.mapping("licence", root.get("licence") or {})
        sections = self.items("sections", root.get("sections"))
        if not 1 <= len(sections) <= MOST_SECTIONS:
            self.fault("sections", _("Between 1 and %(most)s fit here.") % {"most": MOST_SECTIONS})
        read = tuple(self.section(f"sections[{n}]", one) for n, one in enumerate(sections[:MOST_SECTIONS]))
        if not 1 <= sum(len(section.questions) for section in read) <= MOST_QUESTIONS:
            self.fault("sections", _("A questionnaire has between 1 and %(most)s questions.") % {"most": MOST_QUESTIONS})
        return Content(
            languages=self.languages,
            title=self.words("title", root.get("title"), 200),
            lead=self.words("lead", root.get("lead"), 2_000, required=False),
            sections=read,
            holder=self.line("licence.holder", licence.get("holder", ""), 200),
            conditions=self.line("licence.conditions", licence.get("conditions", ""), 4_000),
        )

    def section(self, place: str, data: object) -> Section:
        given = self.mapping(place, data)
        questions = self.items(f"{place}.questions", given.get("questions"))[: MOST_QUESTIONS + 1]
        return Section(
            key=self.key(f"{place}.key", given.get("key")),
            title=self.words(f"{place}.title", given.get("title"), 200, required=False),
            questions=tuple(self.question(f"{place}.questions[{n}]", one) for n, one in enumerate(questions)),
        )

    def question(self, place: str, data: object) -> Question:
        given = self.mapping(place, data)
        kind = given.get("kind")
        if kind not in QuestionKind.values:
            told = {"kinds": ", ".join(QuestionKind.values)}
            self.fault(f"{place}.kind", _("This must be one of %(kinds)s.") % told)
            kind = QuestionKind.TEXT
        needed = self.flag(f"{place}.needed", given.get("needed", False))
        if needed and kind not in STEPPED:
            self.fault(
                f"{place}.needed", _("Only what is answered on a scale can be asked as it is and as it needs to be.")
            )
        return Question(
            key=self.key(f"{place}.key", given.get("key")),
            kind=QuestionKind(str(kind)),
            text=self.words(f"{place}.text", given.get("text"), 1_000),
            help=self.words(f"{place}.help", given.get("help"), 1_000, required=False),
            required=self.flag(f"{place}.required", given.get("required", False)),
            needed=needed,
            options=self.options(f"{place}.options", QuestionKind(str(kind)), given.get("options") or []),
        )

    def options(self, place: str, kind: QuestionKind, data: object) -> tuple[Option, ...]:
        given = self.items(place, data)
        if kind not in CHOSEN:
            if given:
                self.fault(place, _("A question of this kind has no options."))
            return ()
        if not 2 <= len(given) <= MOST_OPTIONS:
            self.fault(place, _("Between 2 and %(most)s options fit here.") % {"most": MOST_OPTIONS})
        read = [self.option(f"{place}[{n}]", kind, one) for n, one in enumerate(given[:MOST_OPTIONS])]
        if len({one.key for one in read}) < len(read):
            self.fault(place, _("Two options have the same key."))
        return tuple(sorted(read, key=lambda one: int(one.key)) if kind in STEPPED and not self.faults else read)

    def option(self, place: str, kind: QuestionKind, data: object) -> Option:
        given = self.mapping(place, data)
        key = str(given.get("key", ""))
        if kind in STEPPED and not STEP.fullmatch(key):
            self.fault(f"{place}.key", _("The steps of a scale are whole numbers, from 0 to 99."))
        elif not (KEY.fullmatch(key) or STEP.fullmatch(key)):
            self.fault(f"{place}.key", _("A key is small letters a–z, digits and underscores, and begins with a letter."))
        return Option(key=key, text=self.words(f"{place}.text", given.get("text"), 300))

    def key(self, place: str, data: object) -> str:
        key = data if isinstance(data, str) else ""
        if not KEY.fullmatch(key):
            self.fault(place, _("A key is small letters a–z, digits and underscores, and begins with a letter."))
        elif key in self.keys:
            self.fault(place, _("The key “%(key)s” stands in more than one place.") % {"key": key})
        self.keys.add(key)
        return key

    def words(self, place: str, data: object, longest: int, *, required: bool = True) -> dict[str, str]:
        given = {} if data is None and not required else self.mapping(place, data)
        found = {}
        for language in self.languages:
            text = self.line(f"{place}.{language}", given.get(language, ""), longest)
            if text:
                found[language] = text
            elif required:
                self.fault(f"{place}.{language}", _("The text in this language is missing."))
        for language in sorted(set(map(str, given)) - set(self.languages)):
            self.fault(f"{place}.{language[:20]}", _("This language is not among those of the questionnaire."))
        return found

    def line(self, place: str, data: object, longest: int) -> str:
        if not isinstance(data, str):
            self.fault(place, _("This must be text."))
            return ""
        if len(data) > longest or UNSTORABLE.search(data):
            self.fault(place, _("At most %(longest)s characters that can be stored fit here.") % {"longest": longest})
        return data.strip()

    def flag(self, place: str, data: object) -> bool:
        if not isinstance(data, bool):
            self.fault(place, _("This must be true or false."))
        return data is True

    def mapping(self, place: str, data: object) -> Mapping[str, Any]:
        if isinstance(data, Mapping):
            return data
        self.fault(place or _("The file"), _("This must be an object, in {}."))
        return {}

    def items(self, place: str, data: object) -> Sequence[Any]:
        if isinstance(data, list):
            return data
        self.fault(place, _("This must be a list, in []."))
        return []
