"""Reading a request's JSON strictly: what cannot be stored or compared exactly is refused at the door, with its place."""

from __future__ import annotations

import json
from typing import Any, cast

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.parser import Parser

from samordna.core.strict_json import LARGEST_WHOLE_NUMBER, Unreadable, parse

__all__ = ["LARGEST_WHOLE_NUMBER", "Body", "Unreadable", "parse"]


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
