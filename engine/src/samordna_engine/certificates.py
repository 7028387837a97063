"""Certificates: what somebody who trusts neither the solver nor whoever ran it needs to see that an answer is right.

That a decision keeps the conditions anybody can try (`check`). That none is better, and that conditions clash, takes
more, and a certificate has it:

- `Optimum`: everybody's part of the question as tables over the frame, and how aspects are taken out of their sum one
  by one. Each step leaves behind a table with the least that can be had; what is left in the end is a number that no
  decision is below. Moving numbers between tables so that their minima add up is called reparametrisation, or a dual
  solution (Werner 2007); that it can reach the optimum is what taking out one by one guarantees.
- `Impossibility`: a tree that asks for one frame value after the other, and at each end names one participant whose
  conditions leave it no way under what has been asked. For each condition of the clash, somebody's values that meet all
  the others. And, if the clash is the smallest, conditions that all can be met without: every clash has one of each.

`verify` reads them without any of the solver's code (`verifying`); `certify` makes them.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from samordna_engine.documents import read_json
from samordna_engine.documents.plain import Plain, plain
from samordna_engine.documents.reading import Reader
from samordna_engine.errors import shown

CERTIFICATE_FORMAT: Final = "samordna-certificate"
CERTIFICATE_VERSION: Final = 1
LONGEST_TABLE: Final = 1 << 22


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A number for each combination of options of some aspects, those of the last aspect next to each other.

    Aspects and options come in the order of the question. `None` means that it may not be.
    """

    aspects: tuple[str, ...]
    numbers: tuple[int | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What the best that one participant can do under each frame costs, as a sum of tables.

    For the coordination, what the frame itself costs. Tables of nothing but zero are left out.
    """

    owner: str
    tables: tuple[Table, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One aspect taken out: tables are added, and for all else the least over its options is left.

    Tables are numbered: first the sums of everybody's tables over the same aspects, in the order of the aspects, then
    what the steps leave. Each number is taken once, unless it is about no aspect.
    """

    aspect: str
    takes: tuple[int, ...]
    leaves: Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Optimum:
    """No decision is below `total`; so one that comes to it is the best. `digest` is that of the question.

    A weighted difference counts `deviation`, and a unit of cost above `floor` counts `cost`, so that the smallest sum
    is the best decision.
    """

    digest: str
    deviation: int
    cost: int
    floor: int
    parts: tuple[Part, ...]
    steps: tuple[Step, ...]
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Refutation:
    """Why no frame is possible: one participant has no way under what was asked so far, or another aspect is asked for.

    Either `excludes` names who has no way (the coordination: the frame itself has none), or each option of `aspect` has
    a branch.
    """

    excludes: str | None = None
    aspect: str | None = None
    branches: Mapping[str, "Refutation"] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """Values with which conditions are met. `without` are those that need not be.

    `own` has participants' own values where they differ from the frame or are local, and `others` those of all who are
    not in `own`.
    """

    without: tuple[str, ...]
    frame: Mapping[str, str]
    own: Mapping[str, Mapping[str, str]]
    others: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Impossibility:
    """The conditions of a clash cannot all be met, each is needed for that, and no clash has fewer.

    `witnesses` meet the clash without one member each, `corrections` the whole question without a few conditions each.
    Where it is not claimed that no clash has fewer there are no corrections.
    """

    digest: str
    refutation: Refutation
    witnesses: tuple[Witness, ...]
    corrections: tuple[Witness, ...]


Certificate = Optimum | Impossibility
_KINDS: Final[Mapping[str, type[Any]]] = {"optimum": Optimum, "impossibility": Impossibility}


def write_certificate(certificate: Certificate) -> str:
    """A certificate as a document, the same bytes for the same certificate."""
    return json.dumps(certificate_plain(certificate), ensure_ascii=False) + "\n"


def certificate_plain(certificate: Certificate) -> dict[str, Plain]:
    """A certificate document as plain JSON values."""
    kind = next(name for name, wanted in _KINDS.items() if isinstance(certificate, wanted))
    return {"format": CERTIFICATE_FORMAT, "version": CERTIFICATE_VERSION, "kind": kind, **plain(certificate)}


def read_certificate(text: str | bytes) -> Certificate:
    """The certificate in a document. Raises `Malformed` with every fault and its field."""
    return certificate_of(read_json(text))


def certificate_of(value: Plain) -> Certificate:
    """The certificate in a document that is plain JSON values by now. Raises `Malformed` with every fault."""
    reader = Reader(longest=LONGEST_TABLE)
    head = value if reader.checks.of_type("", value, dict, "an object") else {}
    wanted = {"format": CERTIFICATE_FORMAT, "version": CERTIFICATE_VERSION}
    for name, right in wanted.items():
        given = head.get(name)
        same = given == right and type(given) is type(right)
        reader.checks.require(same, name, "wrong_choice", value=shown(given), allowed=str(right))
    kind = head.get("kind")
    known = isinstance(kind, str) and kind in _KINDS
    reader.checks.require(known, "kind", "wrong_choice", value=shown(kind), allowed=", ".join(_KINDS))
    reader.finish()
    body = {name: item for name, item in head.items() if name not in (*wanted, "kind")}
    certificate = reader.object(_KINDS[str(kind)], body, "")
    reader.finish()
    assert isinstance(certificate, Optimum | Impossibility)
    return certificate
