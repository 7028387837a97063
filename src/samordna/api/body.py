"""Reading a request's JSON strictly: what cannot be stored or compared exactly is refused at the door, with its place."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, cast

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.parser import Parser

LARGEST_WHOLE_NUMBER = 2**53 - 1  # RFC 8259 §6: the largest that every reader of JSON agrees on
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class Unreadable(ValueError):
    """The body is not JSON that can be used; the message is a sentence that says where."""


class Body(Parser):
    """Parses request bodies."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        """The body as data; raises `Unreadable`."""
        try:
            return cast("dict[str, Any]", parse(request.body))
        except json.JSONDecodeError as error:
            place = {"line": error.lineno, "column": error.colno, "what": error.msg}
            raise Unreadable(_("The body is not JSON: line %(line)s, column %(column)s: %(what)s.") % place) from error
        except RecursionError as error:
            raise Unreadable(_("The body is nested too deeply.")) from error
        except UnicodeDecodeError as error:
            raise Unreadable(_("The body is not UTF-8: byte %(place)s.") % {"place": error.start}) from error


def parse(body: bytes) -> Any:
    """JSON without NaN, Infinity, whole numbers beyond 2^53, NUL characters or halves of surrogate pairs."""
    data = json.loads(body.decode(), parse_int=_whole_number, parse_constant=_no_constant)
    if b"\\u" in body or b"\x00" in body:
        _insist_on_storable(data)
    return data


def _whole_number(digits: str) -> int:
    if len(digits) > len(str(LARGEST_WHOLE_NUMBER)) + 1 or abs(int(digits)) > LARGEST_WHOLE_NUMBER:
        raise Unreadable(_("The whole number %(digits)s is too large.") % {"digits": digits[:24]})
    return int(digits)


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
