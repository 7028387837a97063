"""Where in a document each field stands.

The standard library's reader forgets line numbers, so this one is used when a fault has been found: it walks the text
once more and notes the line of every field, and every field that is given twice. It expects text that is valid JSON.
"""

import json
import re
from collections.abc import Collection
from dataclasses import dataclass, field

_TOKEN = re.compile(r'[\s,:]*("(?:[^"\\]|\\.)*"|[\[\]{}]|[^\s,:\[\]{}"]+)')


@dataclass(slots=True)
class Positions:
    """Lines are counted from 1. `twice` holds (path of the object, name of the field, line)."""

    lines: dict[str, int] = field(default_factory=dict)
    twice: list[tuple[str, str, int]] = field(default_factory=list)

    def line_of(self, path: str) -> int:
        """The line of the field, or of the closest thing around it that stands in the document."""
        while path and path not in self.lines:
            path = path[: max(path.rfind("."), path.rfind("["), 0)]
        return self.lines.get(path, 1)


@dataclass(slots=True)
class _Open:
    """An object or list that has begun: its path, the names seen, and the name or place that the next value gets."""

    path: str
    is_list: bool
    seen: set[str] = field(default_factory=set)
    name: str | None = None
    count: int = 0

    def next_path(self) -> str:
        if self.is_list:
            self.count += 1
            return f"{self.path}[{self.count - 1}]"
        path = f"{self.path}.{self.name}" if self.path else str(self.name)
        self.name = None
        return path


def positions(text: str, wanted: Collection[str] | None = None) -> Positions:
    """The positions of every field of a JSON text, or of those up to the last of the wanted ones."""
    found, left = Positions(), None if wanted is None else set(wanted)
    stack: list[_Open] = []
    line, reached = 1, 0
    for match in _TOKEN.finditer(text):
        token, start = match.group(1), match.start(1)
        line, reached = line + text.count("\n", reached, start), start
        path = _take(token, line, stack, found)
        if left is not None and path in left:
            left.discard(path)
            if not left:
                break
    return found


def _take(token: str, line: int, stack: list[_Open], found: Positions) -> str | None:
    """The path of the value that begins here, if one does."""
    if token in "]}":
        stack.pop()
        return None
    top = stack[-1] if stack else None
    if top is not None and not top.is_list and top.name is None:
        top.name = json.loads(token)
        if top.name in top.seen:
            found.twice.append((top.path, str(top.name), line))
        top.seen.add(str(top.name))
        return None
    path = top.next_path() if top is not None else ""
    found.lines.setdefault(path, line)
    if token in "[{":
        stack.append(_Open(path=path, is_list=token == "["))
    return path
