"""What a report tells of its year: all that held and happened then, whatever has become of it since."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction

from samordna.core import clock, journal
from samordna.domain.change.models import Chain
from samordna.domain.decisions.models import DecisionVersion
from samordna.domain.forums.models import Meeting, Ownership
from samordna.domain.organisations.enums import RoleKind
from samordna.domain.reports.queries.gathering import gather
from tests import factories as f
from tests.domain.collaborations.setting import setting
from tests.domain.forums.world import world
from tests.web.followup.test_charts import decided

pytestmark = pytest.mark.django_db


def told(given, kind, year=2025):
    return gather(given.collaboration, year, "sv", clock.now())[kind]


def held(met, at, state="held"):
    ends = at + timedelta(hours=2)
    return Meeting.objects.create(forum=met.forum, starts_at=at, ends_at=ends, planned_at=at, held_at=at, state=state)


def test_every_decision_in_force_is_in_the_chapter_on_following():
    given = setting()
    for n in range(14):
        decided(given, date(2025, 3, n + 1), f"Nummer {n}")
    (table,) = told(given, "following")
    assert len(table.rows) == 14


def test_a_table_that_is_cut_says_what_it_leaves_out(monkeypatch):
    monkeypatch.setattr("samordna.domain.reports.queries.tables.MOST_ROWS", 1)
    met = world()
    for month in (2, 3, 4):
        held(met, datetime(2025, month, 3, 9, tzinfo=UTC))
        held(met, datetime(2026, month, 3, 9, tzinfo=UTC), "planned")
        decided(met.given, date(2025, month, 1), f"Nummer {month}")
        at = datetime(2025, month, 4, 9, tzinfo=UTC)
        Chain.objects.create(
            collaboration=met.given.collaboration,
            title=f"Kedja {month}",
            shared=True,
            begun_at=at,
            closed_at=at,
            outcome="Bättre",
        )
    for kind, at in (("following", 0), ("meetings", 0), ("plan", 2), ("changes", 0)):
        table = told(met.given, kind)[at]
        assert (kind, len(table.rows), "2 till visas inte här." in table.text) == (kind, 1, True)


def test_a_decision_that_was_replaced_after_the_year_was_in_force_in_it():
    given = setting()
    first, second = (decided(given, date(2024, 3, 1), title) for title in ("Ersatt i januari", "Ersatt i maj"))
    for old, month, year in ((first, 1, 2026), (second, 5, 2025)):
        was = old.versions.get()
        DecisionVersion.objects.filter(pk=was.pk).update(state="replaced")
        new = decided(given, date(year, month, 10), "Nästa")
        noted(given, "decision_replaced", old, date(year, month, 10), by=1, decision=new.pk)
    withdrawn = decided(given, date(2024, 4, 1), "Upphävd i februari")
    withdrawn.versions.update(state="withdrawn")
    noted(given, "decision_withdrawn", withdrawn, date(2026, 2, 3))
    since = str(told(given, "decisions")[1].rows)
    assert ("Ersatt i januari" in since, "Upphävd i februari" in since, "Ersatt i maj" in since) == (True, True, False)


def noted(given, action, about, on, /, **content):
    with transaction.atomic():
        journal.record(
            actor=given.coordinator,
            action=action,
            subject_kind="decision",
            subject_id=about.pk,
            at=datetime(on.year, on.month, on.day, 12, tzinfo=UTC),
            version=1,
            **content,
        )


def test_meetings_are_those_of_forums_that_the_collaboration_owned_then():
    met = world()
    met.seat(f.actor(met.given.own, RoleKind.MANAGER))
    held(met, datetime(2025, 3, 3, 9, tzinfo=UTC))
    held(met, datetime(2025, 9, 3, 9, tzinfo=UTC))
    other = setting(name="En annan")
    Ownership.objects.create(
        forum=met.forum,
        collaboration=other.collaboration,
        asked_at=datetime(2025, 5, 1, tzinfo=UTC),
        accepted_at=datetime(2025, 6, 1, tzinfo=UTC),
    )
    Ownership.objects.filter(collaboration=met.given.collaboration).update(
        asked_at=datetime(2024, 1, 1, tzinfo=UTC),
        accepted_at=datetime(2024, 1, 1, tzinfo=UTC),
        ended_at=datetime(2025, 12, 1, tzinfo=UTC),
    )
    assert "3 mars 2025" in str(told(met.given, "meetings")), "it has stepped back since; the year was what it was"
    assert "3 september 2025" in str(told(met.given, "meetings"))
    assert "3 mars 2025" not in str(told(other, "meetings")), "from before it came in"
    assert "3 september 2025" in str(told(other, "meetings"))
    assert told(met.given, "cost")[0].rows[0][1:2] == ("2",)
    assert told(other, "cost")[0].rows[0][1:2] == ("1",)


def test_the_first_day_of_a_leap_year_is_in_its_hours():
    met = world()
    held(met, datetime(2024, 1, 1, 9, tzinfo=UTC))
    Ownership.objects.update(asked_at=datetime(2023, 1, 1, tzinfo=UTC), accepted_at=datetime(2023, 1, 1, tzinfo=UTC))
    table = told(met.given, "cost", 2024)[0]
    assert table.rows[0][1] == "1"
    assert "från 1 januari 2024 till 31 december 2024" in table.text
