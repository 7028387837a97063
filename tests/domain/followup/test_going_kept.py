"""How an indicator goes is kept by whatever changes it, and is always what working it out anew gives."""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from hypothesis import given as drawn
from hypothesis import strategies as st

from samordna.core import clock
from samordna.core.errors import Denied
from samordna.domain.collaborations.models import Participation
from samordna.domain.followup import operations as do
from samordna.domain.followup import tasks
from samordna.domain.followup.access import sees_in
from samordna.domain.followup.disclosure import disclosed, whole_shown
from samordna.domain.followup.models import Indicator, IndicatorGoing, Report
from samordna.domain.followup.operations import telling
from samordna.domain.followup.operations.telling import keep_going
from samordna.domain.followup.periods import period_at
from samordna.domain.followup.queries.awaited import awaited_in
from samordna.domain.followup.queries.frames import versions_of
from samordna.domain.followup.queries.lately import LATELY, going_of, going_since, worked_out
from samordna.domain.followup.queries.series import kept_of, parts_of
from samordna.domain.followup.reading import Row
from samordna.domain.followup.tasks import keep_how_it_goes
from tests import factories as f
from tests.domain.collaborations.setting import setting, split_off

few = st.sets(st.sampled_from("abcdef"), max_size=2)
sizes = st.dictionaries(st.sampled_from("abcdef"), st.one_of(st.none(), st.integers(0, 12)), max_size=6)


@drawn(sizes, st.sampled_from([None, *"abcf"]), st.sets(st.sampled_from("abcdef")), st.integers(1, 8), few, few)
def test_whether_a_whole_is_shown_is_said_alike_both_ways(there, own, seen, minimum, knows, sure):
    asked = {"own": own, "seen": seen, "minimum": minimum, "knows": knows | sure, "sure": sure}
    assert whole_shown(there, **asked) == disclosed(there, summed=True, **asked).whole


TOLD_OF = ("Havsnäs", "Storstad", "Tredje", "Länsstyrelsen", "Avknoppad")


class World:
    """A collaboration of five with two indicators, and everything that may become of them, by lot. One was split off from
    another; the superior takes part, and leaves."""

    def __init__(self, seed: int) -> None:
        self.lot, self.given = random.Random(seed), setting()
        self.today = clock.day(clock.now())
        third = f.organisation("Tredje")
        f.participation(self.given.collaboration, third)
        f.participation(self.given.collaboration, self.given.superior)
        (self.new_manager,) = split_off(self.given, "Avknoppad")
        days = {"baseline_on": self.today - timedelta(days=400), "target_on": self.today + timedelta(days=400)}
        goal = f.goal(self.given.collaboration, direction="down", baseline=Decimal(100), target=Decimal(20), **days)
        frame = {
            "goal_id": goal.pk,
            "frequency": "month",
            "measured_from": self.today - timedelta(days=200),
            "past_rounds": True,
        }
        lead = self.lead = self.given.coordinator
        do.start_indicator(actor=lead, name="Dagar", unit="dagar", minimum_group=self.lot.choice((1, 5)), **frame)
        do.start_indicator(actor=lead, name="Andel", unit="procent", **frame)
        do.open_rounds(actor=lead, collaboration_id=self.given.collaboration.pk)

    def record(self):
        period = period_at("month", self.today)
        for _each in range(self.lot.randrange(4)):
            period = period.before
        quarter = period_at("quarter", period.starts_on)
        key, name = self.lot.choice((period.key, period.key, quarter.key)), self.lot.choice(("Dagar", "Andel"))
        rows = [self.row(line, name, of, key) for line, of in enumerate(self.lot.sample(TOLD_OF, 2), start=2)]
        do.record_results(actor=self.lead, collaboration_id=self.given.collaboration.pk, rows=rows, why="Rätt")

    def row(self, line, name, of, key):
        size = str(self.lot.randrange(1, 20))
        told = {"denominator": size} if name == "Andel" else {"group": size}
        value = str(self.lot.randrange(100))
        return Row(line=line, indicator=name, organisation=of, period=key, value=value, **told)

    def report(self):
        report = self.lot.choice(list(Report.objects.order_by("pk").filter(organisation=self.given.own)))
        days, share = Indicator.objects.order_by("-name")
        answers = {
            days.pk: {"value": str(self.lot.randrange(100)), "group": "9"},
            share.pk: {"numerator": "3", "denominator": "12"} if self.lot.random() > 0.2 else {"value": ""},
        }
        said = {"answers": answers, "why": "Rätt", "submit": self.lot.random() < 0.5}
        do.save_report(actor=self.given.manager, report_id=report.pk, **said)

    def aim(self):
        one = self.lot.choice(list(Indicator.objects.order_by("pk")))
        on, level = self.today + timedelta(days=self.lot.randrange(500)), Decimal(self.lot.randrange(100))
        do.set_target_step(actor=self.lead, indicator_id=one.pk, level=level, on=on)

    def reframe(self):
        one = self.lot.choice(list(Indicator.objects.order_by("pk")))
        since = self.today + timedelta(days=self.lot.randrange(-60, 60))
        held = one.versions.order_by("-number")[0]
        unit = self.lot.choice((held.unit, "timmar")) if held.number_kind == "amount" else held.unit
        said = {"unit": unit, "number_kind": held.number_kind, "aggregation": held.aggregation, "why": "Annat"}
        do.change_indicator(actor=self.lead, indicator_id=one.pk, starts_on=since, **said)

    def turn(self):
        one = self.lot.choice(list(Indicator.objects.order_by("pk")))
        since = self.today + timedelta(days=self.lot.randrange(-60, 120))
        said = {"frequency": self.lot.choice(("month", "quarter")), "direction": self.lot.choice(("up", "down"))}
        if self.lot.random() < 0.7:
            low, high = Decimal(self.lot.randrange(40)), Decimal(self.lot.randrange(50, 90))
            said |= dict(
                zip(("baseline", "target"), (low, high) if said["direction"] == "up" else (high, low), strict=True)
            )
            said |= {"baseline_on": since, "target_on": since + timedelta(days=400)}
        do.change_course(actor=self.lead, indicator_id=one.pk, starts_on=since, why="Annan takt", **said)

    def send_back(self):
        report = self.lot.choice(list(Report.objects.order_by("pk")))
        do.send_back_report(actor=self.lead, report_id=report.pk, note="Se över")

    def leave(self):
        staying = Participation.objects.filter(organisation=self.given.superior, left_on__isnull=True)
        staying.update(left_on=self.today)

    def step(self):
        acts = (self.record, self.record, self.record, self.report, self.report, self.aim, self.reframe, self.turn)
        try:
            self.lot.choice((*acts, self.send_back))()
        except Denied:
            return False
        return True

    def check(self):
        indicators = list(Indicator.objects.order_by("pk"))
        anew = worked_out(indicators, self.today)
        kept = dict(IndicatorGoing.objects.values_list("indicator_id", "told"))
        assert kept == anew
        given = self.given
        readers = (self.lead, given.manager, given.other_manager, given.superior_manager, self.new_manager)
        for later in (0, 20, 45, 100):
            day = self.today + timedelta(days=later)
            fresh = worked_out(indicators, day)
            for actor in readers:
                for one in indicators:
                    assert self.going(kept[one.pk], actor, day) == self.going(fresh[one.pk], actor, day)
        for actor in readers:
            for one in indicators:
                assert self.going(kept[one.pk], actor, self.today) == self.drawn(one, actor)

    def going(self, told, actor, day):
        sees, awaited = sees_in(actor, self.given.collaboration), awaited_in(self.given.collaboration)
        since = {often: first.isoformat() for often, first in going_since(day, LATELY).items()}
        return going_of(told, sees, awaited, since, day.isoformat()).value

    def drawn(self, one, actor):
        """How it goes by the last figure that the page of the indicator shows."""
        sees, awaited = sees_in(actor, self.given.collaboration), awaited_in(self.given.collaboration)
        versions, told = versions_of([one.pk])[one.pk], kept_of([one.pk], going_since(self.today, LATELY))[one.pk]
        parts = parts_of(versions, told, sees, awaited)
        part = [each for each in parts if each.starts_on is None or each.starts_on <= self.today][-1]
        shown = [moment.way for moment in part.moments if moment.value is not None]
        return shown[-1] if shown else "unmeasured"


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(4))
def test_what_is_kept_is_what_is_worked_out_anew_whatever_is_done(seed):
    world, done = World(seed), 0
    for turn in range(5):
        done += sum(world.step() for _step in range(3))
        if turn == 2:
            world.leave()
        world.check()
    assert done >= 5


@pytest.mark.django_db
def test_what_is_not_kept_or_is_wrong_is_made_anew_in_the_night():
    World(1)
    first, second = Indicator.objects.order_by("pk")
    IndicatorGoing.objects.filter(indicator=first).delete()
    IndicatorGoing.objects.filter(indicator=second).update(told={"until": "1900-01-01", "lasts": []})
    keep_how_it_goes({}, clock.now())
    assert dict(IndicatorGoing.objects.values_list("indicator_id", "told")) == worked_out(
        [first, second], clock.day(clock.now())
    )
    assert keep_going([first.pk, second.pk]) == 0, "nothing is written where nothing is otherwise"


@pytest.mark.django_db
def test_a_frame_that_begins_another_day_ends_what_counts_on_that_day():
    world = World(2)
    (one, *_rest) = Indicator.objects.filter(name="Dagar")
    since = period_at("month", world.today).following.starts_on
    said = {"unit": "timmar", "number_kind": "amount", "aggregation": "sum", "why": "Annat"}
    do.change_indicator(actor=world.lead, indicator_id=one.pk, starts_on=since, **said)
    kept = IndicatorGoing.objects.get(indicator=one).told
    assert date.fromisoformat(kept["until"]) == since


@pytest.mark.django_db
def test_a_report_that_is_saved_is_worked_out_once_and_only_what_it_changes(monkeypatch):
    world, worked = World(3), []
    monkeypatch.setattr(telling, "worked_out", lambda those, today: worked.append({one.name for one in those}) or {})
    report = Report.objects.filter(organisation=world.given.own).order_by("pk")[0]
    days, share = Indicator.objects.order_by("-name")

    def saved(value, **said):
        answers = {days.pk: {"value": value, "group": "9"}, share.pk: {"numerator": "3", "denominator": "12"}}
        do.save_report(actor=world.given.manager, report_id=report.pk, answers=answers, **said)
        return [worked.pop() for _each in list(worked)]

    assert saved("7") == [{"Dagar", "Andel"}]
    assert saved("8") == [{"Dagar"}]
    assert saved("8") == []
    emptied = {days.pk: {"value": ""}}
    do.save_report(actor=world.given.manager, report_id=report.pk, answers=emptied)
    assert [worked.pop()] == [{"Dagar"}]
    assert saved("8") == [{"Dagar"}]
    assert saved("8", submit=True) == [{"Dagar", "Andel"}], "what was only saved is told now"
    assert saved("9", submit=True, why="Rätt") == [{"Dagar"}]


@pytest.mark.django_db
def test_in_the_night_each_collaboration_is_held_while_its_own_is_made(monkeypatch):
    first, second, done = World(1).given, setting(), []
    do.start_indicator(
        actor=second.coordinator,
        goal_id=f.goal(second.collaboration).pk,
        name="Dygn",
        frequency="month",
        unit="dygn",
        measured_from=clock.day(clock.now()),
    )
    monkeypatch.setattr(tasks, "lock", lambda pk: done.append((pk, *connection.savepoint_ids)))
    monkeypatch.setattr(tasks, "keep_going", lambda those: done.append((set(those), *connection.savepoint_ids)))
    keep_how_it_goes({}, clock.now())
    assert [each[0] for each in done[::2]] == sorted(one.collaboration.pk for one in (first, second))
    for (held, *at), (made, *then) in zip(done[::2], done[1::2], strict=True):
        assert made == set(Indicator.objects.filter(collaboration=held).values_list("pk", flat=True))
        assert len(at) == 1, "in a transaction of its own"
        assert at == then
