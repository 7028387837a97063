"""The picture of a collaboration's contacts: areas, what one asks about, and the roles that answer, drawn by ourselves.

The layout decides the order within each column, so that few lines cross; columns, sizes and colours are ours. Every role
and topic is a link, in reading order, and the table beneath says the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib import import_module

from django.urls import reverse
from django.utils.translation import gettext as _

from samordna.domain.collaborations.queries.contacts import CollaborationContacts

MOST_DRAWN = 60
"""More contact paths than this cannot be told apart in a picture; the table still has them."""
WIDTH, HEIGHT, ROW, GAP = 250, 40, 54, 90
LETTERS = 30
AREA, TOPIC, ROLE = 0, 1, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A box: `x` and `y` are its upper left corner; `tone` is "" or "warn"; `label` says all of it in words."""

    x: int
    y: int
    text: str
    small: str
    label: str
    address: str
    tone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """The drawing: lines as SVG paths, boxes, and its size."""

    nodes: Sequence[Node]
    lines: Sequence[str]
    width: int
    height: int


def network_of(page: CollaborationContacts) -> Network | None:
    """The picture; None when there is nothing to draw or too much to make anything out."""
    if not 0 < len(page.paths) <= MOST_DRAWN:
        return None
    edges = [(f"a{area.id}", f"p{path.id}") for area in page.areas for path in area.paths]
    edges += [(f"p{path.id}", f"r{path.role_id}") for path in page.paths]
    columns = _ordered(edges, [f"a{area.id}" for area in page.areas])
    tallest = max(len(column) for column in columns)
    place = {
        key: (number * (WIDTH + GAP), round((tallest - len(column)) * ROW / 2) + at * ROW)
        for number, column in enumerate(columns)
        for at, key in enumerate(column)
    }
    lines = [_line(place[one], place[other]) for one, other in edges]
    return Network(
        nodes=_nodes(page, columns, place), lines=lines, width=3 * WIDTH + 2 * GAP, height=tallest * ROW - (ROW - HEIGHT)
    )


def _ordered(edges: Sequence[tuple[str, str]], areas: Sequence[str]) -> tuple[list[str], list[str], list[str]]:
    """The keys of each column from the top; areas without any path last."""
    layout = import_module("fast_sugiyama")  # slow: a compiled library that no other page needs
    across: dict[str, float] = {}
    shift = 0.0
    for places, width, _height, _edges in layout.from_edges(edges):
        across |= {str(key): shift + x for key, (x, _y) in places}
        shift += width + 1
    keys = sorted(across, key=lambda key: (across[key], key))
    bare = [key for key in areas if key not in across]
    return (
        [key for key in keys if key[0] == "a"] + bare,
        [key for key in keys if key[0] == "p"],
        [key for key in keys if key[0] == "r"],
    )


def _line(one: tuple[int, int], other: tuple[int, int]) -> str:
    start, end = (one[0] + WIDTH, one[1] + HEIGHT // 2), (other[0], other[1] + HEIGHT // 2)
    middle = (start[0] + end[0]) // 2
    return f"M{start[0]} {start[1]}C{middle} {start[1]} {middle} {end[1]} {end[0]} {end[1]}"


def _nodes(
    page: CollaborationContacts, columns: Iterable[Sequence[str]], place: dict[str, tuple[int, int]]
) -> tuple[Node, ...]:
    areas = {f"a{area.id}": area for area in page.areas}
    paths = {f"p{path.id}": path for path in page.paths}
    roles = {f"r{path.role_id}": path for path in page.paths}
    found = []
    for key in (key for column in columns for key in column):
        x, y = place[key]
        if key in areas:
            area, lacks = areas[key], areas[key].lacking
            small = _("lacking at %(count)s") % {"count": len(lacks)} if lacks else _("all have a path")
            words, address, tone = (area.name, small), f"#omrade-{area.id}", "warn" if lacks else ""
        elif key in paths:
            path = paths[key]
            words, address, tone = (path.topic, path.organisation), f"#vag-{path.id}", ""
        else:
            path, who = roles[key], page.who[roles[key].role_id]
            names = ", ".join((*who.present, *(each.name for each in who.stand_ins))) or _("nobody")
            words, address, tone = (path.role, names), reverse("role", args=[path.role_id]), "warn" if who.vacant else ""
        label = f"{words[0]}: {words[1]}"
        found.append(Node(x=x, y=y, text=_short(words[0]), small=_short(words[1]), label=label, address=address, tone=tone))
    return tuple(found)


def _short(text: str) -> str:
    return text if len(text) <= LETTERS else text[: LETTERS - 1].rstrip() + "…"
