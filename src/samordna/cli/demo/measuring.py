"""What the county follows: five indicators of three goals, with figures over three years and rounds of reports.

Every figure is made up. They follow a line and a small pattern, so that the world tells the same each time it is loaded.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from samordna.cli.demo.cast import PLACES
from samordna.cli.demo.world import Given, World
from samordna.core import clock
from samordna.domain.collaborations.queries.goals import goals_page
from samordna.domain.followup import operations as followup
from samordna.domain.followup.enums import Frequency
from samordna.domain.followup.periods import Period, period_at, period_of
from samordna.domain.followup.queries.reports import report_page, rounds_page
from samordna.domain.followup.reading import Row

if TYPE_CHECKING:
    from samordna.domain.followup.models import Indicator

MUNICIPALITIES = ("strandsala", "kvarnforsa", "lindemala", "bjorkhede", "holmo", "granvattna")
PATTERN = (Decimal("0.3"), Decimal("-0.6"), Decimal("0.9"), Decimal("-0.4"), Decimal("0.1"))
SPREAD = (Decimal(3), Decimal(-2), Decimal(1), Decimal(-4), Decimal(2), Decimal(-1))
DISCHARGED = (148, 96, 61, 34, 4, 27)  # people in a period at each municipality; four are too few to be told of
YEARS, BEGUN = 3, 300  # figures go back so many years; rounds of reports began so many days ago
DAYS, LATE = 20, "granvattna"  # days to report in, and who has not done so in the last round that is due
NONE = "Registret byttes under perioden, och uppgifterna gick inte att ta fram."


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """An indicator of a goal and the line that its figures follow from three years ago until now.

    `own` is (baseline, target, why) where they are other than the goal's.
    """

    goal: str
    name: str
    unit: str
    begins: str
    ends: str
    definition: str
    source: str
    frequency: str = Frequency.QUARTER
    places: tuple[str, ...] = ("region",)
    minimum_group: int = 1
    own: tuple[str, str, str] = ("", "", "")

    @property
    def shares(self) -> bool:
        """Is it told as so many of so many?"""
        return self.unit == "procent"


HOME, KNOWN, CALLED = (
    "Färre väntar på sjukhus fast de kan åka hem",
    "Fler kommer hem till någon som vet",
    "Kallelser kommer i tid",
)
CURVES = (
    Curve(
        goal=HOME,
        name="Dygn som utskrivningsklara väntar, per 1 000 invånare",
        unit="dygn",
        begins="36",
        ends="23.6",
        definition="Dygn från att någon är utskrivningsklar till hemgång, omräknat till år och 1 000 invånare.",
        source="Regionens vårddatalager",
    ),
    Curve(
        goal=HOME,
        name="Samma väntan för den som är 80 år eller äldre",
        unit="dygn",
        begins="47.8",
        ends="38.5",
        definition="Som för alla, men bara för den som har fyllt 80 år.",
        source="Regionens vårddatalager",
        own=("44", "30", "De äldsta väntade längre från början och har ett eget mål."),
    ),
    Curve(
        goal=KNOWN,
        name="Andel som har fått kontakt inom ett dygn",
        unit="procent",
        begins="40.8",
        ends="73",
        definition="Hemkomna med nya insatser som någon i kommunen har talat med inom 24 timmar.",
        source="Kommunernas verksamhetssystem",
        places=MUNICIPALITIES,
        minimum_group=5,
    ),
    Curve(
        goal=KNOWN,
        name="Andel som vet vem de ska ringa",
        unit="procent",
        begins="50.2",
        ends="79",
        definition="Svarar ja på frågan ”Vet du vem du ska ringa om något händer?” två veckor efter hemgång.",
        source="Telefonintervju",
        frequency=Frequency.HALF,
        places=MUNICIPALITIES,
        minimum_group=5,
        own=("62", "90", "Frågan ställdes redan innan målet sattes, och låg högre."),
    ),
    Curve(
        goal=CALLED,
        name="Andel kallelser som skickas senast dagen efter inskrivning",
        unit="procent",
        begins="60.1",
        ends="63.5",
        definition="Kallelser till planering som kommunen har fått senast kl. 16 dagen efter inskrivningen.",
        source="Planeringssystemet",
    ),
)


def load_followup(world: World, care: str, forum_id: str) -> None:
    """Indicators, three years of figures, the rounds since reports began, and what the goals rest on."""
    page = goals_page(world.coordinator(), care, world.now)
    goals = {row.what: row.id for row in page.goals}
    started = {curve.name: (curve, _start(world, goals[curve.goal], curve)) for curve in CURVES}
    rows = [row for number, curve in enumerate(CURVES) for row in _history(world, number, curve)]
    numbered = [Row(line=line, **given) for line, given in enumerate(rows, start=2)]
    followup.record_results(actor=world.coordinator(), collaboration_id=care, rows=numbered, at=world.ago(BEGUN - 1))
    for place in ("region", "strandsala", "kvarnforsa", "lindemala", "holmo"):
        followup.agree_to_comparing(actor=world.answerer(place), collaboration_id=care, at=world.ago(BEGUN - 5))
    _rounds(world, care, {indicator.pk: curve for curve, indicator in started.values()})
    _looked_at(world, care, goals, forum_id)
    on, shared = clock.day(world.ago(-400)), started["Andel som har fått kontakt inom ett dygn"][1]
    own: Given = {"indicator_id": shared.pk, "level": Decimal(90), "on": on, "at": world.ago(120)}
    followup.set_own_target(actor=world.answerer("strandsala"), **own)


def _start(world: World, goal_id: str, curve: Curve) -> Indicator:
    own, at = world.coordinator(), world.ago(BEGUN)
    started = followup.start_indicator(
        actor=own,
        goal_id=goal_id,
        name=curve.name,
        frequency=curve.frequency,
        unit=curve.unit,
        definition=curve.definition,
        source=curve.source,
        minimum_group=curve.minimum_group,
        days_to_report=DAYS,
        respondents=[world.places[place] for place in curve.places],
        at=at,
    )
    baseline, target, why = curve.own
    if baseline:
        told: Given = {"baseline": Decimal(baseline), "target": Decimal(target), "why": why, "unit": curve.unit}
        told |= {"baseline_on": clock.day(world.ago(650)), "target_on": clock.day(world.ago(-500))}
        kind, rule = ("share", "weighted") if curve.shares else ("amount", "sum")
        told |= {"number_kind": kind, "aggregation": rule, "definition": curve.definition}
        begins = period_at(curve.frequency, clock.day(world.ago(365 * YEARS))).starts_on
        followup.change_indicator(actor=own, indicator_id=started.pk, starts_on=begins, at=at, **told)
    return started


def _periods(world: World, curve: Curve) -> Iterator[Period]:
    """Those that have ended, from three years ago."""
    period = period_at(curve.frequency, clock.day(world.ago(365 * YEARS)))
    while period.ends_on < clock.day(world.now):
        yield period
        period = period.following


def _history(world: World, number: int, curve: Curve) -> Iterator[Given]:
    """The figures from before rounds were opened: everything that had ended by then."""
    for period in _periods(world, curve):
        if period.ends_on < clock.day(world.ago(BEGUN)):
            for place in curve.places:
                about: Given = {"indicator": curve.name, "organisation": world.places[place], "period": period.key}
                yield about | _figure(world, number, curve, place, period)


def _figure(world: World, number: int, curve: Curve, place: str, period: Period) -> dict[str, str]:
    """What a place tells of a period, as it is typed."""
    if place == "lindemala" and period.key.endswith("Q3") and period.year % 2:
        return {"missing": NONE}
    gone = Decimal((period.ends_on - clock.day(world.ago(365 * YEARS))).days) / (365 * YEARS)
    begins, ends = Decimal(curve.begins), Decimal(curve.ends)
    at = MUNICIPALITIES.index(place) if place in MUNICIPALITIES else 0
    level = begins + (ends - begins) * gone + PATTERN[(period.year + period.number + number + at) % len(PATTERN)]
    if not curve.shares:
        return {"value": f"{level:.1f}".replace(".", ",")}
    if place not in MUNICIPALITIES:
        return {"numerator": str(round(level * 12)), "denominator": "1200"}
    of = DISCHARGED[at] + (period.number if DISCHARGED[at] > 10 else 0)
    return {"numerator": str(min(of, round((level + SPREAD[at]) * of / 100))), "denominator": str(of)}


def _rounds(world: World, care: str, curves: dict[str, Curve]) -> None:
    """Open the round of each period the day after it ended, report in it, and lock what has been sent in since long."""
    own, today = world.coordinator(), clock.day(world.now)
    begun = clock.day(world.ago(BEGUN))
    ended = sorted({p.ends_on for curve in CURVES for p in _periods(world, curve) if p.ends_on >= begun})
    for ends_on in ended:
        at = clock.noon(ends_on + timedelta(days=1))
        if at > world.now:
            break
        followup.open_rounds(actor=own, collaboration_id=care, at=at)
    due = max(day for day in ended if day + timedelta(days=DAYS) < today)
    numbered = {indicator: (number, curve) for number, (indicator, curve) in enumerate(curves.items())}
    places = {each.name: each.key for each in PLACES}
    for row in rounds_page(own, care, world.now).rounds:
        period = period_of(row.period)
        silent = LATE if period.ends_on == due and period.frequency == Frequency.QUARTER else ""
        for days, report in enumerate(row.reports, start=3):
            place, sent_on = places[report.organisation], period.ends_on + timedelta(days=days * 2)
            if place != silent and sent_on < today:
                _report(world, report.id, place, period, sent_on, numbered)
        if period.ends_on < clock.day(world.ago(150)):
            followup.lock_round(actor=own, round_id=row.id, at=clock.noon(period.ends_on + timedelta(days=40)))


def _report(
    world: World, report_id: str, place: str, period: Period, on: date, curves: dict[str, tuple[int, Curve]]
) -> None:
    actor, at = world.answerer(place), clock.noon(on)
    asked = report_page(actor, report_id, at).asked
    told = {one.id: _figure(world, *curves[one.id], place, period) for one in asked}
    comment = "Två avdelningar har bytt arbetssätt sedan förra perioden." if place == "region" else ""
    followup.save_report(actor=actor, report_id=report_id, answers=told, comment=comment, submit=True, at=at)


def _looked_at(world: World, care: str, goals: dict[str, str], forum_id: str) -> None:
    """What the goals rest on, when they were looked at, and one that cannot be set yet."""
    own = world.coordinator()
    followup.ground_goal(actor=own, goal_id=goals[HOME], kind="forum", thing_id=forum_id, at=world.ago(290))
    for goal, first, then in ((HOME, 290, -70), (KNOWN, 290, -70), (CALLED, 280, 12)):
        next_on = clock.day(world.ago(first - 180))
        followup.review_goal(actor=own, goal_id=goals[goal], next_on=next_on, at=world.ago(first))
        said = (
            "Väntan minskar, men inte för de äldsta. Vi fortsätter och ser över platserna i korttidsboende."
            if goal == HOME
            else "Fler får kontakt i tid. Telefonnumret till hemkommunen gör störst skillnad."
            if goal == KNOWN
            else "Knappt någon förändring på ett år. Avdelningarna skickar kallelsen först när hemgången är bestämd."
        )
        when: Given = {"next_on": clock.day(world.ago(then)), "at": world.ago(first - 180)}
        followup.review_goal(actor=own, goal_id=goals[goal], conclusion=said, **when)
    what = "Färre skrivs in igen inom 30 dagar"
    draft: Given = {"what": what, "indicator": "Andel oplanerade återinskrivningar", "unit": "procent"}
    followup.draft_goal(
        actor=own, collaboration_id=care, said=followup.Drafted(direction="down", **draft), at=world.ago(14)
    )
