"""Answers worked out beside the request: kept while they are asked for, told when they are not there yet."""

from __future__ import annotations

import threading

import pytest
from django.utils.translation import get_language, override

from samordna.core.errors import Refused
from samordna.domain.decisions import errands
from samordna.domain.decisions.errands import AtWork, Errands


def test_what_has_been_worked_out_is_not_worked_out_again():
    kept, asked = Errands(), []
    for _time in range(2):
        assert kept.answer("one", lambda: asked.append(1) or 7, 10) == 7
    assert kept.answer("two", lambda: 8, 10) == 8
    assert asked == [1]


def test_one_is_told_that_it_is_being_worked_out_and_gets_it_afterwards():
    kept, let_go, begun = Errands(), threading.Event(), []

    def work() -> int:
        begun.append(1)
        let_go.wait(10)
        return 7

    for _time in range(2):
        with pytest.raises(AtWork):
            kept.answer("one", work, 0.01)
    let_go.set()
    assert kept.answer("one", work, 10) == 7
    assert begun == [1]


def test_a_failure_is_told_once_and_tried_again():
    kept = Errands()

    def fails() -> int:
        raise Refused("The line is full.")

    with pytest.raises(Refused, match="line is full"):
        kept.answer("one", fails, 10)
    assert kept.answer("one", lambda: 7, 10) == 7


def test_only_so_much_is_worked_on_and_kept(monkeypatch):
    monkeypatch.setattr(errands, "MOST_AT_WORK", 1)
    monkeypatch.setattr(errands, "KEPT", 2)
    kept, let_go = Errands(), threading.Event()
    with pytest.raises(AtWork):
        kept.answer("one", lambda: let_go.wait(10), 0.01)
    with override("en"), pytest.raises(Refused, match="So much is being calculated"):
        kept.answer("two", lambda: 7, 1)
    let_go.set()
    assert kept.answer("one", lambda: False, 10)
    again: list[str] = []
    for name in ("one", "two", "three", "one"):
        kept.answer(name, lambda name=name: again.append(name), 10)
    assert again == ["two", "three", "one"]


def test_it_speaks_the_language_of_the_one_who_asked():
    with override("en"):
        assert Errands().answer("one", get_language, 10) == "en"
