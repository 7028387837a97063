"""The report on how much in detail to decide agrees with trying every sharing by brute force."""

from dataclasses import replace
from importlib import import_module

from hypothesis import event, given

from matters import aspect, condition, is_, matter, need, participant
from questions import problems
from samordna_engine import COORDINATION, Limits, Sharing, Unfinished
from samordna_engine.detail import Level, Then, detail
from samordna_engine.outcome import Limit
from samordna_engine.rules import aspects_of
from samordna_engine.solvers.exhaustive import best


def with_sharing(problem, name, sharing):
    aspects = tuple(replace(a, sharing=sharing) if a.id == name else a for a in problem.aspects)
    return replace(problem, aspects=aspects)


@given(problems(max_aspects=3, max_participants=2, max_conditions=6))
def test_every_alternative_is_what_brute_force_finds(problem):
    now = best(problem)
    for report in detail(problem):
        event(report.level)
        tried = {alternative.sharing for alternative in report.alternatives}
        in_need = any(n.owner == COORDINATION and report.aspect in aspects_of(n.rule) for n in problem.needs)
        assert tried == {s for s in Sharing if s is not report.sharing and not (s is Sharing.LOCAL and in_need)}
        for alternative in report.alternatives:
            then = best(with_sharing(problem, report.aspect, alternative.sharing))
            assert (alternative.then is Then.CLASH) == (then is None)
            if now is None or then is None:
                assert alternative.change is None
            else:
                change = (then.likeness - now.likeness, then.cost - now.cost)
                assert (alternative.change.likeness, alternative.change.cost) == change


@given(problems(max_aspects=3, max_participants=2, max_conditions=6))
def test_levels_say_what_they_say(problem):
    now = best(problem)
    for report in detail(problem):
        by = {alternative.sharing: alternative for alternative in report.alternatives}
        common = by.get(Sharing.COMMON)
        assert report.level is not Level.CANNOT_SAY
        if report.level in (Level.OPEN_OF_NECESSITY, Level.OPEN_AT_A_GAIN, Level.NEEDLESSLY_OPEN):
            assert report.sharing is not Sharing.COMMON
            assert (report.level is Level.OPEN_OF_NECESSITY) == bool(common.conditions)
        if report.level is Level.NEEDLESSLY_OPEN:
            there = best(with_sharing(problem, report.aspect, Sharing.COMMON))
            assert there.likeness <= now.likeness
            assert there.cost <= now.cost
        if report.level is Level.NEEDLESSLY_FIXED:
            assert report.sharing is Sharing.COMMON
            assert report.stated_for_all == ()
            local = best(with_sharing(problem, report.aspect, Sharing.LOCAL))
            assert (local.likeness, local.cost) == (now.likeness, now.cost)
        if report.level is Level.FIXED_AT_A_PRICE:
            open_ones = [best(with_sharing(problem, report.aspect, s)) for s in by]
            assert any(
                b is not None and (now is None or (b.likeness, b.cost) != (now.likeness, now.cost)) for b in open_ones
            )


def question():
    idle = aspect("idle", "x", "y")
    dear = aspect("dear", "x", "y")
    asked = aspect("asked", "x", "y")
    apart = aspect("apart", "x", "y", sharing=Sharing.FRAMED)
    alike = aspect("alike", "x", "y", sharing=Sharing.FRAMED)
    cheap = aspect("cheap", "x", "y", sharing=Sharing.LOCAL)
    people = [
        participant("p", dear={"x": 3}, cheap={"x": 2}),
        participant("q", dear={"y": 4}, cheap={"y": 5}),
    ]
    stated = [
        condition("p-apart", "p", is_("apart", "x")),
        condition("q-apart", "q", is_("apart", "y")),
        condition("all", COORDINATION, is_("asked", "x")),
    ]
    return matter([idle, dear, asked, apart, alike, cheap], people, stated)


def test_each_level_in_the_smallest_question_that_has_them():
    reports = {report.aspect: report for report in detail(question())}
    assert {name: report.level for name, report in reports.items()} == {
        "idle": Level.NEEDLESSLY_FIXED,
        "dear": Level.FIXED_AT_A_PRICE,
        "asked": Level.RIGHT,
        "apart": Level.OPEN_OF_NECESSITY,
        "alike": Level.NEEDLESSLY_OPEN,
        "cheap": Level.OPEN_AT_A_GAIN,
    }
    (common,) = [a for a in reports["apart"].alternatives if a.sharing is Sharing.COMMON]
    assert (common.conditions, common.owners) == (("p-apart", "q-apart"), ("p", "q"))
    local = {a.sharing: a.change for a in reports["dear"].alternatives}[Sharing.LOCAL]
    assert (local.likeness, local.cost) == (0, -3)
    common = {a.sharing: a.change for a in reports["cheap"].alternatives}[Sharing.COMMON]
    assert (common.likeness, common.cost) == (0, 2)
    assert reports["asked"].stated_for_all == ("all",)


def test_aspect_that_makes_the_matter_clash_is_told_and_what_opening_it_does():
    form = aspect("form", "x", "y")
    other = aspect("other", "x", "y")
    stated = [condition("a", "p", is_("form", "x")), condition("b", "q", is_("form", "y"))]
    problem = matter([form, other], map(participant, "pq"), stated)
    of_form, of_other = detail(problem)
    assert of_form.level is Level.FIXED_AT_A_PRICE
    assert {a.then for a in of_form.alternatives} == {Then.SETTLED}
    assert of_other.level is Level.RIGHT
    assert {a.then for a in of_other.alternatives} == {Then.CLASH}


def test_need_of_the_coordination_keeps_an_aspect_in_the_frame():
    form = aspect("form", "x", "y")
    (report,) = detail(matter([form], [participant("p")], needs=[need("n", COORDINATION, is_("form", "x"), 1)]))
    assert [alternative.sharing for alternative in report.alternatives] == [Sharing.FRAMED]
    assert (report.level, report.stated_for_all) == (Level.RIGHT, ("n",))


def test_what_the_time_does_not_suffice_for_cannot_be_said(monkeypatch):
    full = {report.aspect: report.level for report in detail(question())}
    hurried = detail(question(), limits=Limits(seconds=0))
    assert all(report.level in (Level.CANNOT_SAY, full[report.aspect]) for report in hurried)
    never = Unfinished(stopped_by=Limit.TIME, limit="0 s")
    monkeypatch.setattr(import_module("samordna_engine.detail"), "settle", lambda *_, **__: never)
    reports = detail(question())
    assert {report.level for report in reports} == {Level.CANNOT_SAY}
    assert {a.then for report in reports for a in report.alternatives} == {Then.UNFINISHED}
