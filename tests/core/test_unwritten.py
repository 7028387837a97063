"""An answer is kept until something is written or the day is over, for whoever it was given to."""

from __future__ import annotations

from datetime import timedelta

import pytest

from samordna.core.unwritten import until_written
from tests import factories as f
from tests.domain.collaborations.setting import setting
from tests.domain.collaborations.test_operations_mandates import give

pytestmark = pytest.mark.django_db


def test_an_answer_is_kept_until_the_journal_the_day_or_the_asker_is_another(django_assert_num_queries):
    given, asked = setting(), []

    def answer(who: str = "a", at=f.NOW) -> int:
        return until_written("how many", who, lambda: asked.append(who) or len(asked), at)

    assert (answer(), answer()) == (1, 1)
    with django_assert_num_queries(1):
        answer()
    assert answer("b") == 2
    assert answer(at=f.NOW + timedelta(days=1)) == 3
    give(given)
    assert (answer(), answer()) == (4, 4)


def test_nothing_is_an_answer_too():
    asked = []
    for _again in range(2):
        assert until_written("nothing", "a", lambda: asked.append(1), f.NOW) is None
    assert len(asked) == 1
