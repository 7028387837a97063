"""The changes that what-if is measured on: one participant says one thing less, and then says it again."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import numpy as np

from bench.families import Question

COUNT: Final = 20


def rows_left_out(question: Question) -> list[int]:
    """Which rows of what is stated are left out, one after the other."""
    drawn = np.random.default_rng(0).choice(len(question.owner), min(COUNT, len(question.owner)), replace=False)
    return [int(row) for row in drawn]


def changed(question: Question) -> Iterator[Question]:
    """The question after each change, for those who answer it anew."""
    for row in rows_left_out(question):
        yield replace(question, owner=np.delete(question.owner, row), stated=np.delete(question.stated, row))
