"""Annual reports of the county: last year's, adopted with the plan for this year, and this year's, which is being written."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.formats import date_format

from samordna.cli.demo.world import World
from samordna.core import clock
from samordna.domain.reports import operations as reports

ADOPTED = {
    "summary": (
        "Året handlade om att den som är klar på sjukhuset ska komma hem till någon som vet. Fler fick kontakt inom ett "
        "dygn. Kallelserna kom däremot inte tidigare.\n\n"
        "Det som gjorde störst skillnad var enkelt: ett telefonnummer till hemkommunen på hemgångsbeskedet."
    ),
    "goals": (
        "Där en enda organisation står för siffran visas inte helheten här. Den organisationen berättar själv i forumet.\n\n"
        "Små kommuner svänger mycket från kvartal till kvartal. Läs kurvan över hela året, inte en enskild punkt."
    ),
    "cost": "Vi kortade chefsforum till 90 minuter i september. Ingen har bett om den tiden tillbaka.",
    "plan": (
        "Tre saker går före allt annat:\n\n"
        "- kallelsen skickas när någon skrivs in, inte när hemgången är bestämd\n"
        "- telefonnumret finns på varje hemgångsbesked\n"
        "- de som är 80 år eller äldre följs för sig"
    ),
}
DRAFT = {
    "summary": (
        "Fler kommer hem till någon som vet. Väntan på sjukhus är kortare, men inte för de äldsta. Kallelserna kommer "
        "fortfarande sent, och nu vet vi varför."
    ),
    "changes": (
        "Det här är nytt för året: när en siffra inte rör sig frågar vi varför, tillsammans, och bestämmer vem som gör vad. "
        "Kedjan om kallelserna är den första som har gått hela vägen från siffra till åtgärd."
    ),
    "plan": (
        "Att besluta om i chefsforum:\n\n"
        "- ett klockslag för kallelsen i rutinen\n"
        "- påminnelsen vid inskrivning på alla avdelningar, inte bara tre\n"
        "- en gemensam introduktion för den som är ny, för alla som deltar"
    ),
}


def report_last_year(world: World, care: str) -> None:
    """Last year's report, adopted in February, or now where that is to come. Told before what has happened since is there."""
    year = clock.day(world.now).year
    adopted = min(clock.noon(date(year, 2, 12)), world.now)
    _written(world, care, year - 1, ADOPTED, min(clock.noon(date(year, 2, 3)), adopted), adopted)


def report_this_year(world: World, care: str) -> None:
    """This year's report, with the plan for the next one: a draft since yesterday."""
    year = clock.day(world.now).year
    begun = max(world.ago(1), clock.noon(date(year, 1, 1)))
    _written(world, care, year, DRAFT, min(begun, world.now))


def _written(
    world: World, care: str, year: int, texts: dict[str, str], at: datetime, adopted: datetime | None = None
) -> None:
    """A report with the writers' own words in some chapters, the others with what is known alone."""
    own = world.coordinator()
    made = reports.begin_annual_report(actor=own, collaboration_id=care, year=year, at=at)
    chapters = {one.kind: one.pk for one in made.chapters.all()}
    for kind, text in texts.items():
        reports.write_chapter(actor=own, chapter_id=chapters[kind], text=text, at=at)
    if adopted is not None:
        how = f"Chefsforum den {date_format(clock.day(adopted), 'j F Y')}, § 4"
        reports.adopt_report(actor=own, annual_report_id=made.pk, how=how, at=adopted)
