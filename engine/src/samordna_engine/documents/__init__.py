"""Versioned JSON documents, in and out.

A document says its format and version first. Reading lists everything that is wrong, with the line and the field of
each; writing gives the same bytes for the same value, so that a digest can stand for it.
"""

import hashlib
import json
import typing
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any, Final, TypeVar

from samordna_engine.answers import ANSWERS, Answer
from samordna_engine.documents.canonical import canonical
from samordna_engine.documents.plain import Plain, plain
from samordna_engine.documents.positions import positions
from samordna_engine.documents.quick import NotQuick, made
from samordna_engine.documents.reading import BAD, MAX_FAULTS, MAX_PARTS, Reader
from samordna_engine.errors import Fault, Malformed, shown
from samordna_engine.memory import uncollected
from samordna_engine.outcome import Clash, Outcome, Settled, Unfinished
from samordna_engine.problem import Problem, reference_faults

__all__ = [
    "answer_of",
    "answer_plain",
    "digest",
    "outcome_of",
    "outcome_plain",
    "problem_of",
    "problem_plain",
    "read_answer",
    "read_json",
    "read_outcome",
    "read_problem",
    "write_answer",
    "write_outcome",
    "write_problem",
]

Read = TypeVar("Read")
PROBLEM_FORMAT: Final = "samordna-problem"
OUTCOME_FORMAT: Final = "samordna-outcome"
ANSWER_FORMAT: Final = "samordna-answer"
VERSION: Final = 1
KINDS: Final[Mapping[str, type[Outcome]]] = {"settled": Settled, "clash": Clash, "unfinished": Unfinished}
PARTS: Final = ("aspects", "participants", "conditions", "needs", "joint")
_HEAD: Final = ("format", "version")
_LONGEST_NUMBER: Final = 18
_LONGEST_SHARE: Final = 40
"""Digits of the longest number in a question or an outcome, and in an answer, where shares have fractions."""


def problem_plain(problem: Problem) -> dict[str, Plain]:
    """A problem document as plain JSON values."""
    return {"format": PROBLEM_FORMAT, "version": VERSION, **plain(problem)}


def outcome_plain(outcome: Outcome) -> dict[str, Plain]:
    """An outcome document as plain JSON values."""
    return _with_head(outcome, OUTCOME_FORMAT, KINDS)


def answer_plain(answer: Answer) -> dict[str, Plain]:
    """An answer document as plain JSON values."""
    return _with_head(answer, ANSWER_FORMAT, ANSWERS)


def _with_head(value: object, wanted: str, kinds: Mapping[str, type[Any]]) -> dict[str, Plain]:
    kind = next(name for name, of in kinds.items() if isinstance(value, of))
    return {"format": wanted, "version": VERSION, "kind": kind, **plain(value)}


def write_problem(problem: Problem) -> str:
    """A problem document, indented for people."""
    return json.dumps(problem_plain(problem), ensure_ascii=False, indent=1) + "\n"


def write_outcome(outcome: Outcome) -> str:
    """An outcome document, indented for people."""
    return json.dumps(outcome_plain(outcome), ensure_ascii=False, indent=1) + "\n"


def write_answer(answer: Answer) -> str:
    """An answer document, indented for people."""
    return json.dumps(answer_plain(answer), ensure_ascii=False, indent=1) + "\n"


def digest(problem: Problem) -> str:
    """SHA-256, in hexadecimal, of the canonical bytes of the problem document: sorted fields and no spaces."""
    with uncollected():
        text = canonical(problem, format=PROBLEM_FORMAT, version=VERSION)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def read_problem(text: str | bytes) -> Problem:
    """The problem in a document. Raises `Malformed` with every fault, its line and its field."""
    return _read(text, problem_of)


def read_outcome(text: str | bytes) -> Outcome:
    """The outcome in a document. Raises `Malformed` with every fault, its line and its field."""
    return _read(text, outcome_of)


def read_answer(text: str | bytes) -> Answer:
    """The answer in a document. Raises `Malformed` with every fault, its line and its field."""
    return _read(text, answer_of, _LONGEST_SHARE)


def _read(text: str | bytes, of: Callable[[Plain], Read], longest: int = _LONGEST_NUMBER) -> Read:
    source = _decoded(text)
    with uncollected():
        value = _parsed(source, longest)
        try:
            return of(value)
        except Malformed as malformed:
            raise _with_lines(malformed, source) from None


def read_json(text: str | bytes) -> Plain:
    """The JSON value in a text, read as strictly as any document. Raises `Malformed`."""
    return _parsed(_decoded(text))


def problem_of(value: Plain) -> Problem:
    """The problem in a document that is plain JSON values by now. Raises `Malformed` with every fault and its field."""
    if quick := _at_once(Problem, value, (PROBLEM_FORMAT, VERSION)):
        assert isinstance(quick, Problem)
        return quick
    reader = Reader()
    _check_head(reader, value, PROBLEM_FORMAT)
    given = reader.fields_of(Problem, value, "", skip=_HEAD) or {}
    lists = {name: given.get(name, ()) for name in PARTS}
    known = {name: items if items is not BAD else () for name, items in lists.items()}
    reader.checks.faults.extend(_reference_faults(reader, known))
    problem = BAD if reader.checks.faults else reader.build(Problem, given, "")
    reader.finish()
    assert isinstance(problem, Problem)
    return problem


def outcome_of(value: Plain) -> Outcome:
    """The outcome in a document that is plain JSON values by now. Raises `Malformed` with every fault and its field."""
    return _of_a_kind(value, OUTCOME_FORMAT, KINDS)


def answer_of(value: Plain) -> Answer:
    """The answer in a document that is plain JSON values by now. Raises `Malformed` with every fault and its field."""
    return _of_a_kind(value, ANSWER_FORMAT, ANSWERS)


def _of_a_kind(value: Plain, wanted: str, kinds: Mapping[str, type[Read]]) -> Read:
    """What is in a document whose kind says which type it has."""
    reader = Reader(MAX_PARTS)
    _check_head(reader, value, wanted)
    kind = value.get("kind") if isinstance(value, dict) else None
    if quick := _at_once(kinds.get(str(kind)), value, (wanted, VERSION, kind)):
        return typing.cast("Read", quick)
    known = isinstance(kind, str) and kind in kinds
    read: Any = BAD
    if reader.checks.require(known, "kind", "wrong_choice", value=shown(kind), allowed=", ".join(kinds)):
        body = {name: item for name, item in value.items() if name not in (*_HEAD, "kind")}
        read = reader.object(kinds[str(kind)], body, "")
    reader.finish()
    return typing.cast("Read", read)


def _at_once(wanted: type[Any] | None, value: Plain, head: tuple[Any, ...]) -> Any:
    """What a document without a fault holds; None where there may be something to say about it."""
    names = ("format", "version", "kind")[: len(head)]
    if wanted is None or type(value) is not dict or tuple(map(value.get, names)) != head:
        return None
    if type(value["version"]) is not int:
        return None
    try:
        return made(wanted, {name: item for name, item in value.items() if name not in names})
    except NotQuick:
        return None


def _decoded(text: str | bytes) -> str:
    if isinstance(text, str):
        return text
    try:
        return text.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = text[: error.start].count(b"\n") + 1
        raise Malformed([Fault(path="", code="bad_json", facts={"what": "the text is not UTF-8"}, line=line)]) from None


def _parsed(text: str, longest: int = _LONGEST_NUMBER) -> Any:
    """The JSON value. Only what JSON itself allows: no doubled fields, no numbers beyond reason, no NaN."""
    doubled: list[str] = []

    def joined(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        if len(result := dict(pairs)) < len(pairs):
            doubled.append("")
        return result

    try:
        value = json.loads(text, object_pairs_hook=joined, parse_int=partial(_whole, longest=longest))
    except json.JSONDecodeError as error:
        raise Malformed([Fault(path="", code="bad_json", facts={"what": error.msg}, line=error.lineno)]) from None
    except RecursionError:
        raise Malformed([Fault(path="", code="too_deep", line=1)]) from None
    if doubled:
        twice = positions(text).twice[:MAX_FAULTS]
        raise Malformed(
            Fault(path=path, code="duplicate_key", facts={"name": name}, line=line) for path, name, line in twice
        )
    return value


def _whole(digits: str, longest: int) -> int | float:
    """A number with too many digits becomes infinite, which no field accepts."""
    return int(digits) if len(digits) <= longest else float("inf")


def _check_head(reader: Reader, value: Plain, wanted: str) -> None:
    if reader.checks.of_type("", value, dict, "an object"):
        given = value.get("format")
        reader.checks.require(given == wanted, "format", "wrong_choice", value=shown(given), allowed=wanted)
        version = value.get("version")
        right = version == VERSION and type(version) is int
        reader.checks.require(right, "version", "wrong_choice", value=shown(version), allowed=str(VERSION))


def _reference_faults(reader: Reader, known: dict[str, Any]) -> list[Fault]:
    """Faults between the parts, but none about a part that could not itself be read."""
    faults = reference_faults(*(known[name] for name in PARTS))
    broken = reader.broken_ids
    return [_placed(fault, reader) for fault in faults if broken.isdisjoint(str(fact) for fact in fault.facts.values())]


def _placed(fault: Fault, reader: Reader) -> Fault:
    """The fault with the place its part has in the document, where the unreadable parts before it count too."""
    name, _, rest = fault.path.partition("[")
    place, _, field = rest.partition("]")
    return replace(fault, path=f"{name}[{reader.places[name][int(place)]}]{field}")


def _with_lines(malformed: Malformed, text: str) -> Malformed:
    """The same faults, with the lines where they stand, from the top down."""
    where = positions(text, {fault.path for fault in malformed.faults})
    placed = [replace(fault, line=where.line_of(fault.path)) for fault in malformed.faults]
    return Malformed(sorted(placed, key=lambda fault: (fault.line or 0, fault.path)))
