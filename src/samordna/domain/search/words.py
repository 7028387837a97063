"""The words of each entry in the form that its database searches best, and nothing else that differs between the two.

Both are given stems (`core.words`) and compare beginnings of them, so the same question has the same answers on both.
SQLite keeps them in a full-text table whose row numbers are the entries'; PostgreSQL in an indexed column of the entry.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection
from django.db.models import BooleanField, Q
from django.db.models.expressions import RawSQL

from samordna.core.words import stems

Row = tuple[int, str, str]
"""An entry's number, title and body."""


def on_postgresql() -> bool:
    """Which of the two is it?"""
    return connection.vendor == "postgresql"


def write(rows: Sequence[Row]) -> None:
    """Keep the words of these entries, which have none yet, or whose old ones were forgotten."""
    if not rows:
        return
    with connection.cursor() as cursor:
        if on_postgresql():
            values = [(_vector(title, body), number) for number, title, body in rows]
            cursor.executemany("UPDATE search_entry SET words = %s::tsvector WHERE id = %s", values)
        else:
            stemmed = [(number, " ".join(stems(title)), " ".join(stems(body))) for number, title, body in rows]
            cursor.executemany("INSERT OR REPLACE INTO search_words (rowid, title, body) VALUES (%s, %s, %s)", stemmed)


def forget(numbers: Sequence[int]) -> None:
    """Let go of the words of these entries."""
    if numbers and not on_postgresql():
        with connection.cursor() as cursor:
            cursor.executemany("DELETE FROM search_words WHERE rowid = %s", [(number,) for number in numbers])


def forget_all() -> None:
    """Let go of all words."""
    if not on_postgresql():
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM search_words")


def matching(asked: Sequence[str]) -> Q:
    """Entries in which every one of these stems begins some word."""
    if on_postgresql():
        return Q(RawSQL("search_entry.words @@ %s::tsquery", [_query(asked, ":*")], output_field=BooleanField()))
    return Q(pk__in=RawSQL("SELECT rowid FROM search_words WHERE search_words MATCH %s", [_match(asked)]))


def in_title(asked: Sequence[str]) -> Q:
    """Entries whose title alone has them all."""
    if on_postgresql():
        return Q(RawSQL("search_entry.words @@ %s::tsquery", [_query(asked, ":*A")], output_field=BooleanField()))
    match = f"title : ({_match(asked)})"
    return Q(pk__in=RawSQL("SELECT rowid FROM search_words WHERE search_words MATCH %s", [match]))


def _match(asked: Sequence[str]) -> str:
    return " AND ".join(f'"{stem}"*' for stem in asked)


def _query(asked: Sequence[str], how: str) -> str:
    return " & ".join(f"'{stem}'{how}" for stem in asked)


def _vector(title: str, body: str) -> str:
    """As PostgreSQL writes one: each stem with a place and a weight. Stems are letters and digits alone."""
    places = [f"'{stem}':1A" for stem in dict.fromkeys(stems(title))]
    return " ".join([*places, *(f"'{stem}':2" for stem in dict.fromkeys(stems(body)))])
