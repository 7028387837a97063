"""Versioned JSON documents, in and out.

A document says its format and version first. Reading lists everything that is wrong, with the line and the field of
each; writing gives the same bytes for the same value, so that a digest can stand for it.
"""

import hashlib
import json
from dataclasses import replace
from typing import Any, Final

from samordna_engine.documents.plain import Plain, plain
from samordna_engine.documents.positions import positions
from samordna_engine.documents.quick import NotQuick, made
from samordna_engine.documents.reading import BAD, MAX_FAULTS, MAX_PARTS, Reader
from samordna_engine.errors import Fault, Malformed, shown
from samordna_engine.outcome import Clash, Outcome, Settled, Unfinished
from samordna_engine.problem import Problem, reference_faults

__all__ = [
    "digest",
    "outcome_of",
    "outcome_plain",
    "problem_of",
    "problem_plain",
    "read_json",
    "read_outcome",
    "read_problem",
    "write_outcome",
    "write_problem",
]

PROBLEM_FORMAT: Final = "samordna-problem"
OUTCOME_FORMAT: Final = "samordna-outcome"
VERSION: Final = 1
KINDS: Final = {"settled": Settled, "clash": Clash, "unfinished": Unfinished}
PARTS: Final = ("aspects", "participants", "conditions", "needs", "joint")
_HEAD: Final = ("format", "version")
_LONGEST_NUMBER: Final = 18


def problem_plain(problem: Problem) -> dict[str, Plain]:
    """A problem document as plain JSON values."""
    return {"format": PROBLEM_FORMAT, "version": VERSION, **plain(problem)}


def outcome_plain(outcome: Outcome) -> dict[str, Plain]:
    """An outcome document as plain JSON values."""
    kind = next(name for name, wanted in KINDS.items() if isinstance(outcome, wanted))
    return {"format": OUTCOME_FORMAT, "version": VERSION, "kind": kind, **plain(outcome)}


def write_problem(problem: Problem) -> str:
    """A problem document, indented for people."""
    return json.dumps(problem_plain(problem), ensure_ascii=False, indent=1) + "\n"


def write_outcome(outcome: Outcome) -> str:
    """An outcome document, indented for people."""
    return json.dumps(outcome_plain(outcome), ensure_ascii=False, indent=1) + "\n"


def digest(problem: Problem) -> str:
    """SHA-256, in hexadecimal, of the canonical bytes of the problem document: sorted fields and no spaces."""
    text = json.dumps(problem_plain(problem), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def read_problem(text: str | bytes) -> Problem:
    """The problem in a document. Raises `Malformed` with every fault, its line and its field."""
    source = _decoded(text)
    value = _parsed(source)
    try:
        return problem_of(value)
    except Malformed as malformed:
        raise _with_lines(malformed, source) from None


def read_outcome(text: str | bytes) -> Outcome:
    """The outcome in a document. Raises `Malformed` with every fault, its line and its field."""
    source = _decoded(text)
    value = _parsed(source)
    try:
        return outcome_of(value)
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
    reader = Reader(MAX_PARTS)
    _check_head(reader, value, OUTCOME_FORMAT)
    kind = value.get("kind") if isinstance(value, dict) else None
    if quick := _at_once(KINDS.get(str(kind)), value, (OUTCOME_FORMAT, VERSION, kind)):
        assert isinstance(quick, Settled | Clash | Unfinished)
        return quick
    known = isinstance(kind, str) and kind in KINDS
    outcome: Any = BAD
    if reader.checks.require(known, "kind", "wrong_choice", value=shown(kind), allowed=", ".join(KINDS)):
        body = {name: item for name, item in value.items() if name not in (*_HEAD, "kind")}
        outcome = reader.object(KINDS[str(kind)], body, "")
    reader.finish()
    assert isinstance(outcome, Settled | Clash | Unfinished)
    return outcome


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


def _parsed(text: str) -> Any:
    """The JSON value. Only what JSON itself allows: no doubled fields, no numbers beyond reason, no NaN."""
    doubled: list[str] = []

    def joined(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        if len(result := dict(pairs)) < len(pairs):
            doubled.append("")
        return result

    try:
        value = json.loads(text, object_pairs_hook=joined, parse_int=_whole)
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


def _whole(digits: str) -> int | float:
    """A number with too many digits becomes infinite, which no field accepts."""
    return int(digits) if len(digits) <= _LONGEST_NUMBER else float("inf")


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
    where = positions(text)
    placed = [replace(fault, line=where.line_of(fault.path)) for fault in malformed.faults]
    return Malformed(sorted(placed, key=lambda fault: (fault.line or 0, fault.path)))
