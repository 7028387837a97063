"""Annual reports in the canary world: an adopted one that everybody in its collaboration reads, and a draft."""

from __future__ import annotations

from samordna.core import clock
from samordna.domain.reports import operations as do
from tests.access.canary.following_up import COORDINATED
from tests.access.canary.world import World


def report_on(world: World) -> None:
    """In two collaborations: last year's report adopted, this year's a draft, each with words of its own."""
    this_year = clock.day(world.now).year
    for name, host, _members, _matter in COORDINATED:
        thing = ("collaboration", world.collaborations[name])
        actor = world.actor(f"{host} coordinator")
        for year, openly in ((this_year - 1, "read"), (this_year, "lead")):
            made = do.begin_annual_report(actor=actor, collaboration_id=world.collaborations[name], year=year, at=world.now)
            word = world.cage.word(f"own words in a report of {year}", openly, thing)
            chapter = made.chapters.get(kind="summary")
            do.write_chapter(actor=actor, chapter_id=chapter.pk, text=word, at=world.now)
            if openly == "read":
                how = world.cage.word("how a report was adopted", "read", thing)
                do.adopt_report(actor=actor, annual_report_id=made.pk, how=how, at=world.now)
