"""What is followed up in the canary world: goals, indicators, reports and results, with canaries in all of it."""

from __future__ import annotations

from datetime import timedelta

from samordna.core import clock
from samordna.domain.collaborations.models import Goal
from samordna.domain.followup import operations as do
from samordna.domain.followup.models import Indicator, Report
from tests.access.canary.world import World

COORDINATED = (("care", "host", ("alpha", "beta"), "gathering"), ("work", "other", ("gamma",), "elsewhere"))


def follow_up(world: World) -> None:
    """In two collaborations: a goal that was looked at, an indicator with another unit since, reports in each state."""
    for name, host, members, matter in COORDINATED:
        indicator = _measured(world, name, f"{host} coordinator", matter)
        for member in members:
            _reported(world, name, member, matter, indicator)
        _taken_further(world, name, f"{host} coordinator")


def _measured(world: World, name: str, coordinator: str, matter: str) -> Indicator:
    collaboration, actor, at = world.collaborations[name], world.actor(coordinator), world.ago(90)
    thing, lead = ("collaboration", collaboration), ("collaboration", collaboration)
    goal = Goal.objects.get(collaboration=collaboration, ended_at__isnull=True)
    word = world.cage.word("draft of a goal", "lead", lead)
    do.draft_goal(actor=actor, collaboration_id=collaboration, said=do.Drafted(what=word), at=at)
    said = world.cage.word("what a look at a goal came to", "read", thing)
    on = clock.day(world.now + timedelta(days=90))
    do.review_goal(actor=actor, goal_id=goal.pk, next_on=on, conclusion=said, at=at)
    do.ground_goal(actor=actor, goal_id=goal.pk, kind="matter", thing_id=world.matters[matter], at=at)
    measures = ("measures", collaboration)
    made = do.start_indicator(
        actor=actor,
        goal_id=goal.pk,
        name=world.cage.word("what is measured", "read", measures),
        definition=world.cage.word("definition of an indicator", "read", measures),
        source=world.cage.word("source of an indicator", "read", measures),
        frequency="month",
        unit="kronor",
        measured_from=clock.day(world.ago(70)),
        at=at,
    )
    do.open_rounds(actor=actor, collaboration_id=collaboration, at=world.ago(3))
    do.change_indicator(
        actor=actor,
        indicator_id=made.pk,
        starts_on=clock.day(world.now),
        why=world.cage.word("why an indicator was changed", "read", thing),
        unit="timmar",
        number_kind="amount",
        aggregation="sum",
        at=world.ago(2),
    )
    return made


def _reported(world: World, name: str, member: str, matter: str, indicator: Indicator) -> None:
    """Two reports, of which one is corrected: its own and the coordinator's, as what is confidential in a position."""
    own = ("position", world.position(matter, member).pk)
    actor, of = world.actor(f"{member} representative"), world.organisations[member].pk
    for at, report in enumerate(
        Report.objects.filter(organisation_id=of, round__collaboration_id=world.collaborations[name]).order_by("pk")
    ):
        for correcting in (False, True) if at == 0 else (False,):
            figure = world.cage.figure(f"what {member} measured", "read confidential", own)
            do.save_report(
                actor=actor,
                report_id=report.pk,
                answers={indicator.pk: {"value": str(figure)}},
                comment=world.cage.word(f"{member}'s comment on a period", "read confidential", own),
                why=world.cage.word(f"why {member} corrected a figure", "read confidential", own) if correcting else "",
                submit=True,
                at=world.ago(1),
            )


def _taken_further(world: World, name: str, coordinator: str) -> None:
    """One report is locked, one sent back; and a file was read that nobody has taken in."""
    collaboration, actor = world.collaborations[name], world.actor(coordinator)
    reports = list(Report.objects.filter(round__collaboration_id=collaboration, state="submitted").order_by("pk"))
    do.lock_report(actor=actor, report_id=reports[0].pk, at=world.now)
    note = world.cage.word("why a report was sent back", "lead", ("collaboration", collaboration))
    if name == "work":
        do.send_back_report(actor=actor, report_id=reports[1].pk, note="Se över", at=world.now)
    named = f"{note}.csv"
    content = f"Indikator;Organisation;Period;Värde\nokänd;{note};2026-01;5".encode()
    do.read_result_file(actor=actor, collaboration_id=collaboration, content=content, name=named, at=world.now)
