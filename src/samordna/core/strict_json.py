"""JSON that can be stored and compared exactly, read from what others send: a request's body, a file."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

LARGEST_WHOLE_NUMBER = 2**53 - 1  # RFC 8259 §6: the largest that every reader of JSON agrees on
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class Unreadable(ValueError):
    """This is not JSON that can be used; the message is a sentence that says where."""


def parse(body: bytes) -> Any:
    """JSON without NaN, Infinity (however it is written), whole numbers beyond 2^53, NUL characters or halves of surrogate
    pairs."""
    data = json.loads(body.decode(), parse_int=_whole_number, parse_float=_finite, parse_constant=_no_constant)
    if b"\\u" in body or b"\x00" in body:
        _insist_on_storable(data)
    return data


def _whole_number(digits: str) -> int:
    if len(digits) > len(str(LARGEST_WHOLE_NUMBER)) + 1 or abs(int(digits)) > LARGEST_WHOLE_NUMBER:
        raise Unreadable(_("The whole number %(digits)s is too large.") % {"digits": digits[:24]})
    return int(digits)


def _finite(digits: str) -> float:
    value = float(digits)
    return value if math.isfinite(value) else _no_constant(digits[:24])


def _no_constant(word: str) -> Any:
    raise Unreadable(_("%(word)s is not a number that can be used.") % {"word": word})


def _insist_on_storable(data: Any) -> None:
    for text in _texts(data):
        found = UNSTORABLE.search(text)
        if found:
            code = f"U+{ord(found.group()):04X}"
            raise Unreadable(_("The body holds the character %(code)s, which cannot be stored.") % {"code": code})


def _texts(data: Any) -> Iterator[str]:
    match data:
        case str():
            yield data
        case dict():
            yield from data
            for value in data.values():
                yield from _texts(value)
        case list():
            for value in data:
                yield from _texts(value)
